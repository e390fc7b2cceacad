"""Customers' files: noted in the turn, fetched after it, kept or refused, never lost to a passing fault."""

import asyncio
import hashlib
from datetime import timedelta

import pytest
from tests.builders.media import jpeg, ogg
from tests.builders.orders import add_customer
from tests.fakes.graph import graph_failure
from tests.fakes.media import MemoryMedia, PlainTokens, ScriptedMedia

from marchante.channels.whatsapp.inbound_types import Envelope, MediaMessage
from marchante.channels.whatsapp.ports import Downloaded, MediaInfo, Refused, Unreachable
from marchante.foundation.kernel.errors import NotFound
from marchante.media import repository
from marchante.media.incoming import IncomingMedia, note, retry_delay

UNKNOWN = Refused(graph_failure(100, subcode=33))


class Shop:
    """Everything a test of one company's files touches."""

    def __init__(self, database, company, clock) -> None:
        self.database, self.company, self.clock = database, company, clock
        self.meta, self.store = ScriptedMedia(), MemoryMedia(clock)
        self.incoming = IncomingMedia(database, self.meta, self.store, PlainTokens(), clock)
        self.customer_id = 0

    async def receives(self, wamid: str = "wamid.1", kind: str = "image", content: bytes | None = None, **more) -> int:
        content = jpeg() if content is None else content
        self.meta.files[f"m-{wamid}"] = Downloaded(content, "application/octet-stream")
        envelope = Envelope(wamid, more.pop("at", self.clock.now()))
        message = MediaMessage(envelope, kind, f"m-{wamid}", None, None, more.pop("filename", None), False, None)
        async with self.database.company(self.company.schema) as connection:
            return await note(
                connection,
                company_id=self.company.id,
                customer_id=self.customer_id,
                phone_number_id="1001",
                message=message,
                now=self.clock.now(),
            )

    async def file(self, file_id: int) -> repository.MediaFile:
        async with self.database.company(self.company.schema) as connection:
            return await repository.find_file(connection, file_id)

    async def waiting(self) -> list[dict]:
        async with self.database.relay() as connection:
            rows = await connection.fetch("SELECT file_id, attempts, not_before, last_error FROM relay.media_downloads")
        return [dict(row) for row in rows]


@pytest.fixture
async def shop(database, lupita, agua, clock) -> Shop:
    made = Shop(database, lupita, clock)
    async with database.company(lupita.schema) as connection:
        made.customer_id = await add_customer(connection)
    return made


async def test_a_file_is_fetched_checked_and_kept_under_its_company(shop):
    file_id = await shop.receives(kind="document", content=jpeg(), filename="../../receta de Lupita.exe")
    assert (await shop.file(file_id)).status == "pending"
    assert await shop.incoming.take_due() == 1
    kept = await shop.file(file_id)
    assert (kept.status, kept.kind, kept.mime, kept.size) == ("stored", "document", "image/jpeg", len(jpeg()))
    assert kept.sha256 == hashlib.sha256(jpeg()).digest()
    assert (kept.key.company, kept.key.kind, kept.key.extension) == (shop.company.slug, "incoming", "jpg")
    assert kept.filename == "../../receta de Lupita.exe"
    assert await shop.store.get(kept.key) == jpeg()
    assert shop.meta.asked == [("m-wamid.1", "token", "1001")]
    assert await shop.waiting() == []


async def test_a_message_that_comes_twice_brings_one_file(shop):
    assert await shop.receives() is not None
    assert await shop.receives() is None
    assert await shop.incoming.take_due() == 1


async def test_a_customers_newest_files_come_first(shop, database):
    ids = [await shop.receives(f"wamid.{number}") for number in range(3)]
    async with database.company(shop.company.schema) as connection:
        found = await repository.files_of(connection, shop.customer_id, 2)
    assert [file.id for file in found] == [ids[2], ids[1]]


@pytest.mark.parametrize(
    ("kind", "content", "refusal"),
    [
        ("image", b"<script>alert(1)</script>", "unknown_type"),
        ("audio", jpeg(), "wrong_kind"),
        ("image", b"", "empty"),
    ],
)
async def test_a_file_that_is_not_what_it_claims_is_refused_and_not_kept(shop, kind, content, refusal):
    file_id = await shop.receives(kind=kind, content=content)
    await shop.incoming.take_due()
    file = await shop.file(file_id)
    assert (file.status, file.refusal, file.key) == ("refused", refusal, None)
    assert (shop.store.files, await shop.waiting()) == ({}, [])


async def test_a_file_that_is_too_large_is_not_even_downloaded(shop):
    announced = await shop.receives("wamid.announced")
    shop.meta.infos.append(MediaInfo("https://lookaside.fbsbx.com/x", None, None, 200 * 1024 * 1024))
    await shop.incoming.take_due()
    unannounced = await shop.receives("wamid.unannounced")
    shop.meta.downloads.append(Unreachable("too_large"))
    await shop.incoming.take_due()
    assert [(await shop.file(each)).refusal for each in (announced, unannounced)] == ["too_large", "too_large"]


@pytest.mark.parametrize(
    ("script", "trouble", "error"),
    [
        ("infos", Unreachable("timeout"), "timeout"),
        ("infos", Refused(graph_failure(131000)), "graph_131000"),
        ("infos", Refused(graph_failure(190, http_status=401)), "graph_190"),
        ("infos", UNKNOWN, "graph_100"),
        ("downloads", Refused(graph_failure(None, http_status=404)), "download_404"),
        ("downloads", Unreachable("connection_lost"), "connection_lost"),
    ],
)
async def test_a_passing_fault_costs_an_attempt_and_no_file(shop, script, trouble, error):
    file_id = await shop.receives()
    getattr(shop.meta, script).append(trouble)
    await shop.incoming.take_due()
    (row,) = await shop.waiting()
    assert (row["attempts"], row["last_error"]) == (1, error)
    assert row["not_before"] == shop.clock.now() + timedelta(seconds=2)
    assert await shop.incoming.take_due() == 0
    shop.clock.advance(seconds=2)
    assert await shop.incoming.take_due() == 1
    assert (await shop.file(file_id)).status == "stored"


async def test_a_store_that_is_away_costs_an_attempt_and_no_file(shop):
    file_id = await shop.receives()
    shop.store.down = True
    await shop.incoming.take_due()
    assert (await shop.waiting())[0]["last_error"] == "media_unavailable"
    shop.store.down = False
    shop.clock.advance(seconds=2)
    await shop.incoming.take_due()
    assert (await shop.file(file_id)).status == "stored"


async def test_a_missing_token_is_waited_for(shop):
    shop.incoming = IncomingMedia(shop.database, shop.meta, shop.store, PlainTokens(""), shop.clock)
    await shop.receives()
    await shop.incoming.take_due()
    assert (await shop.waiting())[0]["last_error"] == "whatsapp_token_missing"


async def test_a_fault_that_stays_is_told_to_a_person(shop):
    await shop.receives()
    shop.store.down = True
    for attempt in range(1, 8):
        await shop.incoming.take_due()
        shop.clock.advance(seconds=retry_delay(attempt).total_seconds())
    async with shop.database.relay() as connection:
        alerts = await connection.fetch("SELECT code, company_id, data FROM relay.alerts")
    assert [(row["code"], row["company_id"], row["data"]["reason"]) for row in alerts] == [
        ("media_not_fetched", shop.company.id, "media_unavailable")
    ]


async def test_what_meta_does_not_know_after_some_tries_is_gone(shop):
    file_id = await shop.receives()
    shop.meta.infos.extend([UNKNOWN] * 4)
    for _ in range(4):
        assert (await shop.file(file_id)).status == "pending"
        await shop.incoming.take_due()
        shop.clock.advance(hours=1)
    assert (await shop.file(file_id)).status == "gone"


async def test_after_seven_days_a_file_is_gone_without_asking(shop):
    file_id = await shop.receives(at=shop.clock.now() - timedelta(days=7, seconds=1))
    await shop.incoming.take_due()
    assert (await shop.file(file_id)).status == "gone"
    assert shop.meta.asked == []


async def test_whoever_cannot_wait_fetches_a_file_at_once(shop):
    file_id = await shop.receives(kind="audio", content=ogg())
    fetched = await shop.incoming.fetch(shop.company.schema, shop.company.id, file_id)
    assert (fetched.status, fetched.mime) == ("stored", "audio/ogg")
    assert await shop.incoming.fetch(shop.company.schema, shop.company.id, file_id) == fetched
    assert len(shop.meta.asked) == 1


async def test_fetching_does_not_wait_for_the_next_attempt_to_be_due(shop):
    file_id = await shop.receives()
    shop.meta.infos.append(Unreachable("timeout"))
    assert (await shop.incoming.fetch(shop.company.schema, shop.company.id, file_id)).status == "pending"
    assert (await shop.incoming.fetch(shop.company.schema, shop.company.id, file_id)).status == "stored"


async def test_a_file_nobody_noted_is_not_found(shop):
    with pytest.raises(NotFound):
        await shop.incoming.fetch(shop.company.schema, shop.company.id, 999)


async def test_a_process_that_dies_leaves_the_file_to_another_after_its_lease(shop):
    file_id = await shop.receives()
    async with shop.database.relay() as connection:
        now = shop.clock.now()
        assert len(await repository.claim_due(connection, now, now + timedelta(minutes=3), 4)) == 1
    assert await shop.incoming.take_due() == 0
    shop.clock.advance(minutes=3)
    assert await shop.incoming.take_due() == 1
    assert (await shop.file(file_id)).status == "stored"


async def test_two_processes_never_take_the_same_file(shop):
    for number in range(6):
        await shop.receives(f"wamid.{number}")
    other = IncomingMedia(shop.database, shop.meta, shop.store, PlainTokens(), shop.clock)
    taken = await asyncio.gather(shop.incoming.take_due(3), other.take_due(3))
    assert sum(taken) == len(shop.meta.asked) == 6


async def test_a_fault_of_ours_with_one_file_leaves_the_others_alone(shop):
    broken, fine = await shop.receives("wamid.1"), await shop.receives("wamid.2")
    shop.meta.files["m-wamid.1"] = Downloaded("text is no content", None)  # type: ignore[arg-type]
    assert await shop.incoming.take_due() == 2
    assert [(await shop.file(each)).status for each in (broken, fine)] == ["pending", "stored"]


async def test_the_files_of_a_company_that_is_gone_are_forgotten(shop):
    async with shop.database.relay() as connection:
        await connection.execute(
            """INSERT INTO relay.media_downloads (company_id, file_id, phone_number_id, media_id, wamid, kind, sent_at,
                                                  not_before) VALUES (999, 1, '1', 'm', 'w', 'image', $1, $1)""",
            shop.clock.now(),
        )
    assert await shop.incoming.take_due() == 0
    assert await shop.waiting() == []


async def test_the_loop_fetches_what_is_noted_and_stops_when_told(shop):
    loop = asyncio.create_task(shop.incoming.run())
    file_id = await shop.receives()
    shop.incoming.wake()
    async with asyncio.timeout(5):
        await shop.store.kept.wait()
        await shop.incoming.stop()
        await loop
    assert (await shop.file(file_id)).status == "stored"


def test_attempts_come_further_and_further_apart_up_to_an_hour():
    waits = [retry_delay(attempts).total_seconds() for attempts in range(1, 40)]
    assert waits[:4] == [2, 8, 32, 128]
    assert waits == sorted(waits)
    assert waits[-1] == 3600
