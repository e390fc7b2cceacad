"""What comes in together, twice, broken, unreadable or endlessly."""

import asyncio
from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, options, words
from tests.acceptance.stage import GROCER, SLUGS, WATER, Stage
from tests.builders.webhooks import message, webhook


async def test_a_batch_of_two_companies_with_duplicates_and_a_malformed_part_is_answered_once_each(
    stage: Stage, someone: NewPerson
) -> None:
    grocers = [someone(GROCER) for _ in range(10)]
    waters = [someone(WATER) for _ in range(6)]
    changes = [
        message(person.number, person.phone, f"wamid.B{place}", "hola", at=stage.clock.now())
        for place, person in enumerate([*grocers, *waters])
    ]
    malformed: dict[str, Any] = {"field": "messages", "value": {"metadata": {"phone_number_id": GROCER}, "messages": 7}}
    batch = webhook([*changes, changes[0], changes[3], changes[12]], extra=[malformed])

    for _ in range(2):  # Meta repeats the whole of it, too
        assert (await stage.post(batch)).status == 200
    await stage.passes(seconds=1)

    assert [len(person.heard) for person in (*grocers, *waters)] == [1] * 16
    assert all("Abarrotes Lupita" in words(person.heard[0]) for person in grocers)
    assert all("Agua Clara" in words(person.heard[0]) for person in waters)
    [malformed_kept] = await stage.relay("SELECT kind FROM relay.inbox_events")
    assert malformed_kept == {"kind": "malformed"}


async def test_a_burst_of_three_texts_gets_one_answer(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    for text in ("hola", "quiero 2 cocas de 600", "y un kilo de huevo blanco, paso por ellos"):
        await lupe.writes(text)
        await shared_stage.passes(seconds=0.5)
    assert lupe.heard == [], "more may come"
    await shared_stage.passes(seconds=0.5)
    [answer] = lupe.heard
    assert "$88.00" in words(answer)


async def test_a_button_does_not_wait_for_more(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await lupe.says("hola")
    _, id_, title = lupe.offered("Hacer un pedido")
    before = shared_stage.clock.now()
    await shared_stage.deliver(_tap(lupe, id_, title))
    await shared_stage.rests()
    assert len(lupe.heard) == 2
    assert shared_stage.clock.now() == before


def _tap(person: Person, id_: str, title: str) -> dict[str, Any]:
    reply = {"type": "list_reply", "list_reply": {"id": id_, "title": title}}
    return message(
        person.number,
        person.phone,
        person.stage.wamid(),
        at=person.stage.clock.now(),
        type="interactive",
        interactive=reply,
    )


async def test_the_same_message_delivered_five_times_at_once_is_answered_once(
    somebody: NewPerson, shared_stage: Stage
) -> None:
    lupe = somebody()
    body = webhook([message(GROCER, lupe.phone, "wamid.FIVE", "hola", at=shared_stage.clock.now())])
    answers = await asyncio.gather(*(shared_stage.post(body) for _ in range(5)))
    assert [answer.status for answer in answers] == [200] * 5
    await shared_stage.passes(seconds=1)
    assert len(lupe.heard) == 1


_MEDIA = {"id": "900", "mime_type": "application/octet-stream", "sha256": "c2hh"}
UNSUPPORTED: dict[str, dict[str, Any]] = {
    "a voice note": {"type": "audio", "audio": {**_MEDIA, "voice": True}},
    "a sticker": {"type": "sticker", "sticker": {**_MEDIA, "animated": False}},
    "a photo": {"type": "image", "image": {**_MEDIA, "caption": "mi lista"}},
    "a video": {"type": "video", "video": _MEDIA},
    "a document": {"type": "document", "document": {**_MEDIA, "filename": "lista.pdf"}},
    "a contact": {"type": "contacts", "contacts": [{"name": {"formatted_name": "Beto"}, "phones": [{"phone": "1"}]}]},
    "a poll": {"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown"}]},
    "a type of next year": {"type": "hologram", "hologram": {"id": "1"}},
}


@pytest.mark.parametrize("content", UNSUPPORTED.values(), ids=UNSUPPORTED.keys())
async def test_what_cannot_be_read_gets_a_useful_answer(somebody: NewPerson, content: dict[str, Any]) -> None:
    [answer] = await somebody().sends(**content)
    assert options(answer), "something to tap"
    said = words(answer).lower()
    assert any(honest in said for honest in ("no puedo", "no la puedo ver", "solo entiendo"))


async def test_a_reaction_is_not_answered(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("hola")
    assert await lupe.sends(type="reaction", reaction={"message_id": "wamid.X", "emoji": "👍"}) == []


async def test_a_suspended_company_answers_once_and_keeps_what_is_written(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    await shopkeeper.runs("company", "suspend", SLUGS[GROCER])
    try:
        [polite] = await lupe.says("¿ya está?")
        assert "Abarrotes Lupita" in words(polite)
        assert await lupe.says("¿hola?") == []
        assert await lupe.taps("Confirmar") == []
        [other] = await somebody(WATER).says("hola")
        assert "Agua Clara" in words(other)
    finally:
        await shopkeeper.runs("company", "resume", SLUGS[GROCER])
    kept = await shared_stage.rows(GROCER, "SELECT text FROM messages WHERE text IN ('¿ya está?', '¿hola?')")
    assert len(kept) == 2
    [back] = await lupe.says("hola")
    assert "Seguir con mi pedido" in [title for _, _, title in options(back)]


async def test_two_bots_do_not_talk_to_each_other_for_ever(somebody: NewPerson, shared_stage: Stage) -> None:
    bot = somebody()
    for _ in range(12):
        await bot.says("Gracias por comunicarse. En un momento le atendemos.")
    assert len(bot.heard) <= 3
    [alert] = await shared_stage.relay(
        "SELECT code, times FROM relay.alerts WHERE code = 'conversation_loop' AND fingerprint LIKE '%' || $1",
        bot.phone[-10:],
    )
    assert alert["code"] == "conversation_loop"


async def test_twenty_answers_that_lead_nowhere_are_the_last(somebody: NewPerson, shared_stage: Stage) -> None:
    bot = somebody()
    names = await shared_stage.rows(GROCER, "SELECT name FROM products ORDER BY id LIMIT 30")
    for row in names:
        await bot.says(f"¿a cómo está {row['name']}?")
        shared_stage.clock.advance(seconds=7)
    assert len(bot.heard) == 20
