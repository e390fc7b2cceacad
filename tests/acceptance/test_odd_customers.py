"""Customers who hide their phone, who change it, or who tap and write whatever comes to their mind."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.conftest import new_person
from tests.acceptance.people import Person, options, words
from tests.acceptance.phones import Phone
from tests.acceptance.stage import GROCER, NUMBERS, WATER, Stage
from tests.acceptance.test_many_messages import UNSUPPORTED

from marchante.simulator.chats import Entry
from marchante.simulator.config import SimulatedCustomer

TEXTS = [
    json.loads(line)["text"]
    for folder in ("known", "fresh")
    for line in Path(f"tests/understanding/{folder}/messages.jsonl").read_text(encoding="utf-8").splitlines()
]


async def answered(stage: Stage, phone: Phone) -> Entry:
    """The answer to what was just written with a phone of the simulator, which delivers its webhook itself."""
    before = len(phone.entries)
    await stage.until(lambda: stage.relay("SELECT FROM relay.inbox_messages WHERE handled_at IS NULL"))
    await stage.passes(seconds=1)
    [answer] = phone.entries[before:]
    return answer


async def test_somebody_who_hides_the_phone_orders_like_everybody_else(stage: Stage) -> None:
    ana = SimulatedCustomer("5212287790001", "Ana", user_id="MX.5544332211", username="ana.lopez", hides_phone=True)
    phone = Phone(stage.simulator, ana, NUMBERS[0])
    phone.text("2 cocas de 600, paso por ellas")
    assert "$42.00" in words((await answered(stage, phone)).body)
    phone.tap(*phone.offered("Confirmar"))
    assert "registrado" in words((await answered(stage, phone)).body)

    [customer] = await stage.rows(
        GROCER, "SELECT c.phone, c.name FROM orders o JOIN customers c ON c.id = o.customer_id"
    )
    assert customer == {"phone": None, "name": "Ana"}
    [frame] = await stage.relay(
        "SELECT DISTINCT recipient_phone, recipient_bsuid FROM relay.outbox WHERE status <> 'queued' AND recipient_bsuid IS NOT NULL"
    )
    assert frame == {"recipient_phone": None, "recipient_bsuid": "MX.5544332211"}


@pytest.mark.parametrize(("first", "second"), [("5212287790002", "522287790002"), ("522287790003", "5212287790003")])
async def test_both_forms_of_a_mexican_number_are_one_customer(stage: Stage, first: str, second: str) -> None:
    lupe = new_person(stage)
    lupe.phone = first
    lupe.__post_init__()
    await lupe.says("2 cocas de 600, paso por ellas")
    same = Person(stage, second, GROCER)
    await same.writes("sí")
    await stage.passes(seconds=1)
    orders = await stage.rows(GROCER, "SELECT customer_id FROM orders")
    customers = await stage.rows(GROCER, "SELECT id FROM customers")
    assert len(orders) == len(customers) == 1


async def does_something(person: Person, dice: random.Random) -> tuple[Any, ...]:
    """A tap on anything offered lately, a text of anybody, a place, or something nobody can read."""
    offered = [option for sent in person.heard[-3:] for option in options(sent)]
    chance = dice.random()
    if offered and chance < 0.6:
        kind, id_, title = dice.choice(offered)
        await person.taps_id(id_, title, kind)
        return "taps", id_
    if chance < 0.9:
        text = dice.choice(TEXTS)
        await person.says(text)
        return "says", text
    if chance < 0.95:
        await person.shares_location(dice.uniform(14, 32), dice.uniform(-117, -86))
        return ("shares a place",)
    content = dice.choice(list(UNSUPPORTED.values()))
    await person.sends(**content)
    return "sends", content["type"]


async def test_whatever_customers_do_meta_refuses_nothing_and_no_turn_fails(stage: Stage) -> None:
    seed = random.SystemRandom().randrange(10**6)
    dice = random.Random(seed)
    for name in ("Lupe", "😀" * 30, "A" * 200, "*_~`"):
        person = new_person(stage, dice.choice([GROCER, WATER]), name=name)
        trail = [seed]
        for _ in range(25):
            trail.append(await does_something(person, dice))
            await stage.passes(seconds=dice.choice([10, 10, 10, 1200, 20_000]))
            assert stage.simulator.refusals == [], trail
            assert await stage.relay("SELECT FROM relay.conversations WHERE attempts > 0") == [], trail
        assert person.heard, trail
