"""The database goes away and comes back: the webhook says so, and nothing is lost or doubled."""

import asyncio
import time
from typing import Any

import pytest
from tests.acceptance.conftest import new_person
from tests.acceptance.people import Person, words
from tests.acceptance.stage import GROCER, WATER, Stage
from tests.acceptance.test_bad_webhooks import problem
from tests.builders.webhooks import message, webhook
from tests.fakes.fault_proxy import Fault, FaultProxy

from marchante.conversations import engine
from marchante.conversations.turn import MAX_ATTEMPTS


@pytest.fixture
def postgres(running_stage: Stage) -> FaultProxy:
    assert running_stage.postgres is not None
    return running_stage.postgres


async def meta_delivers(stage: Stage, body: bytes) -> int:
    """As Meta does: again until it is taken; returns how often it was refused."""
    refused = 0
    async with asyncio.timeout(60):
        while (answer := await stage.post(body)).status != 200:
            assert await problem(answer) == (503, "cannot_store")
            refused += 1
            await asyncio.sleep(0.1)
    return refused


async def heard(stage: Stage, people: list[Person], counts: list[int]) -> None:
    """Wait until each has heard so many messages, while the seconds pass."""

    async def all_heard() -> bool:
        stage.clock.advance(seconds=0.2)
        stage.marchante.worker.wake()
        stage.marchante.outbox.wake()
        return [len(person.heard) for person in people] >= counts

    await stage.until(all_heard, 45)


async def test_while_the_database_refuses_connections_meta_is_told_to_repeat_and_afterwards_everybody_is_answered(
    running_stage: Stage, postgres: FaultProxy
) -> None:
    stage = running_stage
    people = [new_person(stage, number) for number in (GROCER, WATER) for _ in range(4)]
    for person in people:
        await person.says("hola")

    await postgres.stop()
    bodies = [webhook([message(p.number, p.phone, stage.wamid(), "menú", at=stage.clock.now())]) for p in people]
    deliveries = [asyncio.create_task(meta_delivers(stage, body)) for body in bodies]
    async with stage.http.get(f"{stage.url}/health/ready") as ready:
        assert await problem(ready) == (503, "database_unreachable")
    async with stage.http.get(f"{stage.url}/health/live") as live:
        assert live.status == 200
    for _ in range(20):
        stage.clock.advance(seconds=0.5)
        await asyncio.sleep(0.05)

    await postgres.start()
    assert all(refused > 0 for refused in await asyncio.gather(*deliveries))
    await heard(stage, people, [2] * 8)
    await stage.passes(minutes=2)
    assert [len(person.heard) for person in people] == [2] * 8
    assert await stage.relay("SELECT FROM relay.inbox_messages WHERE outcome = 'dead_letter'") == []


async def test_a_turn_whose_connection_is_cut_is_taken_again_and_its_order_placed_once(
    running_stage: Stage, postgres: FaultProxy
) -> None:
    stage, lupe = running_stage, new_person(running_stage)
    await lupe.says("2 cocas de 600, paso por ellas")
    _, id_, title = lupe.offered("Confirmar")
    for _ in range(3):
        await lupe.only_taps(id_, title)
        postgres.cut()
        stage.clock.advance(seconds=6)
        await asyncio.sleep(0.05)
    await heard(stage, [lupe], [2])
    await stage.passes(minutes=2)
    assert len(await stage.rows(GROCER, "SELECT FROM orders")) == 1
    confirmations = [sent for sent in lupe.heard if "registrado" in words(sent)]
    doubled = await stage.relay("SELECT FROM relay.outbox WHERE possible_duplicate")
    assert len(confirmations) <= 1 + len(doubled)


async def test_a_message_is_not_blamed_for_a_database_that_goes_away_in_each_of_its_turns(
    running_stage: Stage, postgres: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, lupe = running_stage, new_person(running_stage)
    cuts, healthy = [True] * (MAX_ATTEMPTS + 2), engine.run

    def run(*given: Any, **named: Any) -> Any:
        if cuts:
            cuts.pop()
            postgres.cut()
        return healthy(*given, **named)

    monkeypatch.setattr(engine, "run", run)
    await meta_delivers(stage, webhook([message(lupe.number, lupe.phone, stage.wamid(), "hola", at=stage.clock.now())]))
    await heard(stage, [lupe], [1])
    assert cuts == []
    assert "Te damos la bienvenida" in words(lupe.heard[0])
    assert await stage.relay("SELECT FROM relay.inbox_messages WHERE outcome = 'dead_letter'") == []


async def test_a_database_that_restarts_ends_no_loop_of_the_product(running_stage: Stage) -> None:
    stage, lupe = running_stage, new_person(running_stage)
    await lupe.says("hola")
    for _ in range(3):
        # What a restart does to open connections: "terminating connection due to administrator command".
        await stage.relay(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()"""
        )
        await asyncio.sleep(0.3)
    await heard_after(stage, lupe, "menú")
    await heard_after(stage, lupe, "ayuda")


async def heard_after(stage: Stage, person: Person, text: str) -> None:
    before = len(person.heard)
    body = webhook([message(person.number, person.phone, stage.wamid(), text, at=stage.clock.now())])
    await meta_delivers(stage, body)
    await heard(stage, [person], [before + 1])


async def test_a_database_that_answers_nothing_any_more_is_given_up_and_found_again(
    running_stage: Stage, postgres: FaultProxy
) -> None:
    stage, lupe = running_stage, new_person(running_stage)
    await lupe.says("hola")
    postgres.always = Fault.BLACK_HOLE
    body = webhook([message(lupe.number, lupe.phone, stage.wamid(), "menú", at=stage.clock.now())])
    assert await problem(await stage.post(body)) == (503, "cannot_store")

    postgres.always = None
    started = time.monotonic()
    await meta_delivers(stage, body)
    await heard(stage, [lupe], [2])
    assert time.monotonic() - started < 15


async def test_a_badly_signed_body_while_the_database_is_away_is_not_an_error_of_ours(
    running_stage: Stage, postgres: FaultProxy
) -> None:
    await postgres.stop()
    body = webhook([message(GROCER, "5212280000009", "wamid.X", "hola")])
    answer = await running_stage.post(body, "sha256=" + "0" * 64)
    assert await problem(answer) == (503, "cannot_store")
    await postgres.start()
