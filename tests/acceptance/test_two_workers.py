"""Two processes work on one database: every message is answered once, each customer's in their order."""

import asyncio
from collections import Counter

from tests.acceptance.conftest import new_person
from tests.acceptance.people import Person, words
from tests.acceptance.stage import GROCER, WATER, Stage, composed

from marchante.entrypoints.web import working

NAMES = ["Coca-Cola lata", "Pepsi 2 L", "Electrolit coco", "Queso panela", "Huevo blanco"]


async def asks_prices(person: Person) -> None:
    """Five questions, without waiting for the answers."""
    for name in NAMES:
        await person.writes(f"¿a cómo está {name}?")
        person.stage.clock.advance(seconds=1)
        await asyncio.sleep(0.01)


async def test_two_processes_answer_everybody_once_and_in_order(running_stage: Stage) -> None:
    stage = running_stage
    people = [new_person(stage, GROCER) for _ in range(8)] + [new_person(stage, WATER) for _ in range(4)]
    async with composed(stage.marchante.settings, stage.clock) as other, working(other, "worker"):
        await asyncio.gather(*(asks_prices(person) for person in people))
        for _ in range(10):
            await stage.passes(seconds=6)
        handled = await stage.relay("SELECT outcome, count(*) AS number FROM relay.inbox_messages GROUP BY 1")
        assert handled == [{"outcome": "answered", "number": 12 * len(NAMES)}]

    arrived = Counter(entry.callback_data for entry in stage.simulator.store.sent_by_shops())
    assert set(arrived.values()) == {1}
    assert await stage.relay("SELECT FROM relay.outbox WHERE possible_duplicate OR status = 'failed'") == []
    for person in people:
        ids = [int(str(entry.callback_data).removeprefix("o:")) for entry in person.entries]
        assert ids == sorted(ids)
    for person in people[:8]:
        told = "\n".join(words(sent) for sent in person.heard)
        places = [told.find(name) for name in NAMES]
        assert -1 not in places
        assert places == sorted(places)
