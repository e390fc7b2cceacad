"""Our files in messages: made, checked and uploaded just before the message leaves, once per number while Meta has it."""

import asyncio

import pytest
from tests.builders.media import ogg, pdf, png
from tests.fakes.graph import FakeGateway, graph_failure
from tests.fakes.media import MemoryMedia, ScriptedMedia

from marchante.channels.whatsapp.errors import Action
from marchante.channels.whatsapp.messages import Document, Image, Recipient, Text, frame, payload
from marchante.channels.whatsapp.ports import Accepted, Refused, Unreachable
from marchante.media.domain import MediaKey
from marchante.media.outgoing import MediaSendingGateway, OutgoingMedia
from marchante.media.uploads import Uploads

PHOTO = MediaKey("abarrotes_lupita", "products", "a1", "png")
OTHERS = MediaKey("agua_clara", "products", "a1", "png")


class Desk:
    def __init__(self, database, clock) -> None:
        self.meta, self.graph, self.store, self.clock = ScriptedMedia(), FakeGateway(), MemoryMedia(clock), clock
        self.produced: list[MediaKey] = []
        media = OutgoingMedia(database, self.store, Uploads(database, self.meta, clock), {"catalog": self.produce})
        self.gateway = MediaSendingGateway(self.graph, media, most_seconds=2)
        self.catalog: bytes = pdf()

    async def produce(self, key: MediaKey) -> bytes:
        self.produced.append(key)
        return self.catalog

    async def send(self, message, number: str = "1001"):
        return await self.gateway.send(number, "token", frame(payload(message), Recipient("5212281234567", None), "x"))

    @property
    def sent_ids(self) -> list[str]:
        return [sent[sent["type"]]["id"] for sent in self.graph.frames]


@pytest.fixture
async def desk(database, lupita, agua, clock) -> Desk:
    made = Desk(database, clock)
    await made.store.put(PHOTO, png())
    return made


async def test_a_photo_of_ours_leaves_with_metas_id(desk):
    assert isinstance(await desk.send(Image(media_id=PHOTO.reference, caption="Aguacate")), Accepted)
    (sent,) = desk.graph.frames
    assert sent["image"] == {"id": "9000", "caption": "Aguacate"}
    assert desk.meta.uploaded == [("1001", "image/png", "products.png", png())]


async def test_a_file_is_uploaded_once_per_number_and_content(desk):
    await desk.store.put(MediaKey("abarrotes_lupita", "products", "b2", "png"), png())
    for key in (PHOTO.reference, "media:abarrotes_lupita/products/b2.png", PHOTO.reference):
        await desk.send(Image(media_id=key))
    assert len(desk.meta.uploaded) == 1
    await desk.store.put(OTHERS, png())
    await desk.send(Image(media_id=OTHERS.reference), number="2001")
    assert [upload[0] for upload in desk.meta.uploaded] == ["1001", "2001"]


async def test_many_who_ask_at_once_cause_one_upload(desk):
    await asyncio.gather(*(desk.send(Image(media_id=PHOTO.reference)) for _ in range(20)))
    assert len(desk.meta.uploaded) == 1
    assert set(desk.sent_ids) == {"9000"}


async def test_an_upload_is_repeated_when_its_id_is_about_to_end(desk):
    await desk.send(Image(media_id=PHOTO.reference))
    desk.clock.advance(days=28)
    await desk.send(Image(media_id=PHOTO.reference))
    desk.clock.advance(days=2)
    await desk.send(Image(media_id=PHOTO.reference))
    assert desk.sent_ids == ["9000", "9000", "9001"]


async def test_an_id_meta_forgot_early_is_uploaded_again_and_the_message_leaves(desk):
    await desk.send(Image(media_id=PHOTO.reference))
    desk.graph.will(Refused(graph_failure(100, "is not a valid whatsapp business account media attachment ID")))
    assert isinstance(await desk.send(Image(media_id=PHOTO.reference)), Accepted)
    assert desk.sent_ids == ["9000", "9000", "9001"]


async def test_a_catalog_is_made_when_it_is_needed(desk):
    reference = "media:abarrotes_lupita/catalog/current.pdf"
    outcome = await desk.send(Document(media_id=reference, filename="Catálogo Lupita.pdf", caption="Precios de hoy"))
    assert isinstance(outcome, Accepted)
    assert [str(key) for key in desk.produced] == ["abarrotes_lupita/catalog/current.pdf"]
    assert desk.meta.uploaded == [("1001", "application/pdf", "Catálogo Lupita.pdf", pdf())]
    assert desk.graph.frames[0]["document"]["filename"] == "Catálogo Lupita.pdf"


async def test_a_file_in_a_header_or_a_template_is_found_too(desk):
    body = {
        "to": "+52228",
        "type": "interactive",
        "interactive": {"type": "button", "header": {"type": "image", "image": {"id": PHOTO.reference}}},
        "template": {"components": [{"parameters": [{"type": "image", "image": {"id": PHOTO.reference}}]}]},
    }
    await desk.gateway.send("1001", "token", body)
    (sent,) = desk.graph.frames
    assert sent["interactive"]["header"]["image"]["id"] == "9000"
    assert sent["template"]["components"][0]["parameters"][0]["image"]["id"] == "9000"
    assert body["interactive"]["header"]["image"]["id"] == PHOTO.reference


@pytest.mark.parametrize(
    "message",
    [Text("media:abarrotes_lupita/products/a1.png"), Image(media_id="12345"), Image(link="https://a.mx/b.png")],
)
async def test_other_messages_pass_untouched(desk, message):
    await desk.send(message)
    assert desk.meta.uploaded == []
    assert desk.graph.frames[0][message.as_payload()["type"]] == message.as_payload()[message.as_payload()["type"]]


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        (OTHERS.reference, "media_not_found"),
        ("media:abarrotes_lupita/products/missing.png", "media_not_found"),
        ("media:../../etc/passwd", "media_not_found"),
        ("media:abarrotes_lupita/incoming/voice.ogg", "wrong_kind"),
    ],
)
async def test_a_file_that_may_not_be_sent_fails_its_message_and_nothing_else(desk, reference, title):
    await desk.store.put(OTHERS, png())
    await desk.store.put(MediaKey("abarrotes_lupita", "incoming", "voice", "ogg"), ogg())
    outcome = await desk.send(Image(media_id=reference))
    assert isinstance(outcome, Refused)
    assert (outcome.failure.action, outcome.failure.title) == (Action.FIX_MEDIA, title)
    assert (desk.graph.sent, desk.meta.uploaded) == ([], [])


@pytest.mark.parametrize("reference", [OTHERS.reference, "media:abarrotes_lupita/products/missing.png"])
async def test_a_question_is_asked_without_its_picture_rather_than_not_at_all(desk, reference):
    header = {"type": "image", "image": {"id": reference}}
    body = {"to": "+52228", "type": "interactive", "interactive": {"header": header, "body": {"text": "¿Cuánto?"}}}
    assert isinstance(await desk.gateway.send("1001", "token", body), Accepted)
    assert desk.graph.frames[0]["interactive"] == {"body": {"text": "¿Cuánto?"}}
    assert body["interactive"]["header"] == header


@pytest.mark.parametrize("missing", [True, False])
async def test_a_captioned_photo_goes_as_text_when_it_cannot_go_at_all(desk, missing):
    key = "media:abarrotes_lupita/products/missing.png" if missing else PHOTO.reference
    if not missing:
        desk.graph.will(*[Refused(graph_failure(131053, "not a picture"))] * 2)
    assert isinstance(await desk.send(Image(media_id=key, caption="Aguacate, $60")), Accepted)
    sent = desk.graph.frames[-1]
    assert (sent["type"], sent["text"]) == ("text", {"body": "Aguacate, $60"})
    assert "image" not in sent
    assert sent["to"] == "+5212281234567"


async def test_a_number_of_nobody_sends_nothing(desk):
    outcome = await desk.send(Image(media_id=PHOTO.reference), number="3001")
    assert outcome.failure.action is Action.FIX_MEDIA


async def test_a_store_that_is_away_holds_back_this_customer_and_not_the_number(desk):
    desk.store.down = True
    outcome = await desk.send(Image(media_id=PHOTO.reference))
    assert (outcome.failure.action, outcome.failure.title) == (Action.WAIT_PAIR, "media_unavailable")
    desk.store.down = False
    assert isinstance(await desk.send(Image(media_id=PHOTO.reference)), Accepted)


async def test_what_meta_says_of_an_upload_is_what_it_says_of_the_message(desk):
    refused = Refused(graph_failure(190, http_status=401))
    desk.meta.uploads.extend([refused, Unreachable("timeout")])
    assert await desk.send(Image(media_id=PHOTO.reference)) == refused
    assert (await desk.send(Image(media_id=PHOTO.reference))).failure.title == "timeout"
    assert desk.graph.sent == []


async def test_a_fault_of_ours_is_never_taken_for_a_message_in_doubt(desk):
    desk.catalog = 5  # type: ignore[assignment]
    outcome = await desk.send(Document(media_id="media:abarrotes_lupita/catalog/current.pdf", filename="c.pdf"))
    assert (outcome.failure.action, outcome.failure.title) == (Action.WAIT_PAIR, "media_failed")


class SlowMedia(ScriptedMedia):
    """Meta's files behind a line that stalls until it is `released`."""

    def __init__(self) -> None:
        super().__init__()
        self.released = asyncio.Event()
        self.begun = 0

    async def upload(self, *given):
        self.begun += 1
        await self.released.wait()
        return await super().upload(*given)


async def test_an_upload_that_takes_too_long_goes_on_for_the_next_attempt(desk, database):
    meta = SlowMedia()
    outgoing = OutgoingMedia(database, desk.store, Uploads(database, meta, desk.clock), {})
    body = {"to": "+52228", "type": "image", "image": {"id": PHOTO.reference}}
    hurried, patient = (MediaSendingGateway(desk.graph, outgoing, most_seconds=each) for each in (0.05, 10))
    assert (await hurried.send("1001", "token", body)).failure.title == "media_slow"
    meta.released.set()
    assert isinstance(await patient.send("1001", "token", body), Accepted)
    assert (meta.begun, len(meta.uploaded)) == (1, 1)
