"""Every state of human service and of error handling, as the session's row has it, from signed webhooks to Graph calls."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, state_of, words
from tests.acceptance.stage import GROCER, SLUGS, Stage

from marchante.conversations import engine
from marchante.conversations.effects import Step
from marchante.conversations.inputs import Input, Said
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView

SHOP = SLUGS[GROCER]


async def request_of(shopkeeper: Shopkeeper, person: Person) -> str:
    listed = (await shopkeeper.runs("handoffs", "list", SHOP, "--json")).json
    [entry] = [entry for entry in listed if entry["customer_phone"].endswith(person.phone[-10:])]
    return str(entry["handoff"]["id"])


async def in_conversation(somebody: NewPerson, shopkeeper: Shopkeeper, stage: Stage) -> tuple[Person, str]:
    """Somebody a person is answering."""
    lupe = somebody()
    await lupe.says("asesor")
    assert await state_of(lupe) == "with_person"
    handoff = await request_of(shopkeeper, lupe)
    await shopkeeper.runs("handoffs", "reply", SHOP, handoff, "Dígame, ¿qué va a llevar?")
    await stage.rests()
    assert await state_of(lupe) == "agent_connected"
    assert await lupe.says("2 cocas de 600, a la calle Zaragoza 5, Centro") == []
    assert await state_of(lupe) == "agent_interaction"
    return lupe, handoff


async def test_a_person_notes_the_order_and_the_customer_confirms_it_with_one_tap(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, handoff = await in_conversation(somebody, shopkeeper, shared_stage)
    [coca] = await shared_stage.rows(GROCER, "SELECT sku FROM products WHERE name = 'Coca-Cola 600 ml'")
    heard = len(lupe.heard)
    noted = await shopkeeper.runs(
        "handoffs", "order", SHOP, handoff, f"{coca['sku']}=2", "--address", "Calle Zaragoza 5, Centro"
    )
    assert noted.exit_code == 0, noted.text
    await shared_stage.passes(seconds=2)
    [summary] = lupe.heard[heard:]
    assert "Esto quedamos contigo" in words(summary)
    assert "Zaragoza 5" in words(summary)
    assert await state_of(lupe) == "final_order"
    [confirmation] = await lupe.taps("Confirmar")
    assert "registrado" in words(confirmation)
    [order] = await shared_stage.rows(
        GROCER,
        """SELECT i.sku, i.quantity, o.delivery_address FROM orders o JOIN order_items i ON i.order_id = o.id
           JOIN customers c ON c.id = o.customer_id WHERE c.phone LIKE '%' || right($1, 10)""",
        lupe.phone,
    )
    assert (order["sku"], int(order["quantity"])) == (coca["sku"], 2)
    assert "Zaragoza 5" in order["delivery_address"]


async def test_a_person_notes_the_address_and_the_customer_says_it_is_right(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, handoff = await in_conversation(somebody, shopkeeper, shared_stage)
    heard = len(lupe.heard)
    await shopkeeper.runs("handoffs", "address", SHOP, handoff, "Calle Hidalgo 7, Centro")
    await shared_stage.passes(seconds=2)
    [question] = lupe.heard[heard:]
    assert "Calle Hidalgo 7, Centro" in words(question)
    assert await state_of(lupe) == "final_address"
    await lupe.taps("Sí, es ahí")
    assert await state_of(lupe) == "menu"
    saved = await shared_stage.rows(GROCER, "SELECT 1 FROM customer_addresses WHERE typed LIKE 'Calle Hidalgo 7%'")
    assert len(saved) == 1


async def test_a_session_with_a_person_ends_and_the_bot_answers_again(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, handoff = await in_conversation(somebody, shopkeeper, shared_stage)
    await shopkeeper.runs("handoffs", "close", SHOP, handoff)
    assert await state_of(lupe) == "session_ended"
    [answer] = await lupe.says("¿a cómo la coca de 600?")
    assert "$" in words(answer)


@pytest.mark.parametrize("line", ["NADA-1=2", "mucho", "X=-1"])
async def test_what_cannot_be_ordered_is_not_noted(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage, line: str
) -> None:
    lupe, handoff = await in_conversation(somebody, shopkeeper, shared_stage)
    refused = await shopkeeper.runs("handoffs", "order", SHOP, handoff, line)
    assert refused.exit_code == 1
    assert await state_of(lupe) == "agent_interaction"


async def test_who_is_not_understood_is_transferred_to_a_person(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = somebody()
    for text in ("wxyz qqq", "zzz kkk", "qqq jjj"):
        [answer] = await lupe.says(text)
    assert "persona" in words(answer)
    assert await state_of(lupe) == "human_transfer"
    assert await request_of(shopkeeper, lupe)


async def test_an_error_of_ours_is_shown_and_transferred(
    stage: Stage, someone: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy = engine.run

    def run(session: Session, inputs: Sequence[Input], view: ShopView, **more: Any) -> Step:
        if any(isinstance(each, Said) and "veneno" in each.text for each in inputs):
            raise RuntimeError("a bug of the flow")
        return healthy(session, inputs, view, **more)

    monkeypatch.setattr(engine, "run", run)
    lupe = someone()
    await lupe.writes("veneno")
    for _ in range(8):
        await stage.passes(seconds=90)
    assert "Perdón" in words(lupe.heard[-1])
    assert await state_of(lupe) == "show_error_and_transfer"
