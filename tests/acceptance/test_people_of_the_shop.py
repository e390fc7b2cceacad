"""A person of the shop takes over, the bot is silent, and it comes back when it should."""

from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, words
from tests.acceptance.stage import GROCER, SLUGS, WATER, Stage
from tests.builders.webhooks import Change

from marchante.simulator.faults import Match

SHOP = SLUGS[GROCER]


async def waiting(shopkeeper: Shopkeeper, person: Person) -> list[dict[str, Any]]:
    """The open requests of this customer, as `handoffs list` shows them."""
    listed = (await shopkeeper.runs("handoffs", "list", SHOP, "--json")).json
    return [entry for entry in listed if entry["customer_phone"].endswith(person.phone[-10:])]


def echo(person: Person, wamid: str, text: str, **content: Any) -> Change:
    """What the owner typed (or, by `content`, did) in the WhatsApp Business app, as Meta reports it."""
    at = person.stage.clock.now()
    sent = {"from": "15550000000", "to": person.phone, "id": wamid, "timestamp": str(int(at.timestamp()))}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550000000", "phone_number_id": person.number},
        "message_echoes": [{**sent, **(content or {"type": "text", "text": {"body": text}})}],
    }
    return {"field": "smb_message_echoes", "value": value}


async def test_a_person_is_asked_for_answers_and_gives_the_chat_back(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("hola")
    [calling] = await lupe.taps("Hablar con un asesor")
    assert "persona" in words(calling)
    assert await lupe.says("¿tienen veladoras?") == []

    [request] = await waiting(shopkeeper, lupe)
    handoff = str(request["handoff"]["id"])
    assert request["handoff"]["status"] == "requested"
    replied = await shopkeeper.runs("handoffs", "reply", SHOP, handoff, "Sí, de vaso, a 15 pesos")
    assert replied.exit_code == 0
    await shared_stage.rests()
    assert words(lupe.heard[-1]) == "Sí, de vaso, a 15 pesos"
    assert await lupe.says("menú") == []
    [request] = await waiting(shopkeeper, lupe)
    assert request["handoff"]["status"] == "active"

    closed = await shopkeeper.runs("handoffs", "close", SHOP, handoff)
    assert closed.exit_code == 0
    assert await waiting(shopkeeper, lupe) == []
    [menu] = await lupe.says("menú")
    assert "Hacer un pedido" in words(menu)


async def test_the_bot_comes_back_with_an_apology_when_nobody_answers(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await lupe.says("asesor")
    heard = len(lupe.heard)
    await shared_stage.passes(minutes=29)
    assert len(lupe.heard) == heard
    await shared_stage.passes(minutes=2)
    [apology] = lupe.heard[heard:]
    assert words(apology).startswith("Disculpa")
    [answer] = await lupe.says("2 cocas de 600")
    assert "Coca-Cola" in words(answer)


async def test_the_bot_comes_back_four_hours_after_a_person_last_wrote(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("asesor")
    [request] = await waiting(shopkeeper, lupe)
    await shopkeeper.runs("handoffs", "reply", SHOP, str(request["handoff"]["id"]), "Dígame")
    await shared_stage.passes(hours=3, minutes=59)
    assert await lupe.says("¿sigue ahí?") == []
    await shared_stage.passes(minutes=2)
    [answer] = await lupe.says("menú")
    assert "Hacer un pedido" in words(answer)


@pytest.mark.parametrize("answered", [False, True])
async def test_a_chat_is_given_back_although_the_company_was_suspended_when_its_time_came(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage, answered: bool
) -> None:
    lupe = somebody()
    await lupe.says("asesor")
    if answered:
        [request] = await waiting(shopkeeper, lupe)
        await shopkeeper.runs("handoffs", "reply", SHOP, str(request["handoff"]["id"]), "Dígame")
    await shopkeeper.runs("company", "suspend", SHOP)
    await shared_stage.passes(hours=5)
    await shopkeeper.runs("company", "resume", SHOP)
    [answer] = await lupe.says("quiero 2 cocas de 600")
    assert "Coca-Cola" in words(answer)


async def test_what_the_owner_types_on_the_shops_phone_silences_the_bot(
    somebody: NewPerson, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("hola")
    await shared_stage.deliver(echo(lupe, shared_stage.wamid(), "Hola Lupe, yo te atiendo"))
    await shared_stage.passes(seconds=1)
    assert await lupe.says("quiero 2 cocas de 600") == []
    [said] = await shared_stage.rows(
        GROCER, "SELECT text FROM messages WHERE author = 'human' AND text LIKE '%yo te atiendo%'"
    )
    assert said


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (
            {
                "type": "edit",
                "edit": {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "Sí hay"}}},
            },
            "[edited] Sí hay",
        ),
        ({"type": "revoke", "revoke": {"original_message_id": "wamid.1"}}, "[deleted]"),
        ({"type": "image", "image": {"id": "1", "mime_type": "image/jpeg", "caption": "la foto"}}, "[image] la foto"),
        ({"type": "future", "future": {}}, "[future]"),
    ],
)
async def test_whatever_the_owner_does_on_the_shops_phone_is_kept_and_silences_the_bot(
    somebody: NewPerson, shared_stage: Stage, content: dict[str, Any], shown: str
) -> None:
    lupe = somebody()
    await lupe.says("hola")
    await shared_stage.deliver(echo(lupe, shared_stage.wamid(), "", **content))
    await shared_stage.passes(seconds=1)
    assert await lupe.says("quiero 2 cocas de 600") == []
    said = await shared_stage.rows(GROCER, "SELECT text FROM messages WHERE author = 'human' ORDER BY id DESC LIMIT 1")
    assert said == [{"text": shown}]


async def test_what_the_bot_had_queued_before_a_person_took_over_is_not_sent(stage: Stage, someone: NewPerson) -> None:
    lupe = someone()
    stage.simulator.sending.faults.add("error", Match(), times=None, after=0, options={"code": 131000, "status": 500})
    await lupe.writes("hola")
    stage.clock.advance(seconds=1)
    await stage.rests()
    await stage.deliver(echo(lupe, stage.wamid(), "Hola Lupe, yo te atiendo"))
    await stage.passes(seconds=1)
    stage.simulator.sending.faults.clear()
    await stage.passes(minutes=5)

    assert lupe.heard == []
    [queued] = await stage.relay("SELECT status, error_detail FROM relay.outbox")
    assert queued == {"status": "cancelled", "error_detail": "a person had taken over"}


async def test_a_person_cannot_answer_or_close_a_request_of_another_company(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    lupe = somebody()
    await lupe.says("asesor")
    [request] = await waiting(shopkeeper, lupe)
    heard = len(lupe.heard)
    # The numbering of handoffs is each company's own: this id means nothing, or somebody else, there.
    for command in (("reply", SLUGS[WATER], str(request["handoff"]["id"]), "hola"), ("close", SLUGS[WATER], "1")):
        refused = await shopkeeper.runs("handoffs", *command)
        assert refused.exit_code == 1
        assert "handoff_not_found" in refused.text
    await lupe.stage.rests()
    assert len(lupe.heard) == heard
    assert await waiting(shopkeeper, lupe) == [request]
