"""Asking for a person, being answered, and going back to the bot."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from tests.builders.orders import add_customer
from tests.builders.snapshots import rows_of
from tests.fakes.statements import somebody_waits_for_a_lock

from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.handoff import service

KEY = "p:+522281234567"


@dataclass(frozen=True)
class Whose:
    company_id: int
    customer_id: int
    customer_key: str = KEY
    phone_number_id: str = "1001"


@pytest.fixture
async def whose(database, lupita, agua):
    async with database.company(lupita.schema) as connection:
        customer_id = await add_customer(connection)
        for company in (lupita, agua):
            await connection.execute(
                "INSERT INTO relay.conversations (company_id, customer_key) VALUES ($1, $2)", company.id, KEY
            )
    return Whose(lupita.id, customer_id)


async def requested(database, company, whose, clock, reason="asked", **context):
    async with database.company(company.schema) as connection:
        return await service.request(connection, whose, reason, context, clock.now())


async def human_since(database):
    async with database.relay() as connection:
        rows = await connection.fetch("SELECT company_id, human_since FROM relay.conversations")
    return dict(tuple(row) for row in rows)


async def test_a_request_keeps_what_the_person_must_know(database, lupita, agua, clock, whose):
    other = await rows_of(database, agua.schema)
    event = await requested(
        database, lupita, whose, clock, cart=[{"product": "Jitomate", "quantity": "2"}], last_order=None
    )
    assert event.is_new
    async with database.company(lupita.schema) as connection:
        (waiting,) = await service.list_open(connection)
    assert waiting.handoff == event.handoff
    assert waiting.handoff.status == "requested"
    assert waiting.handoff.context == {"cart": [{"product": "Jitomate", "quantity": "2"}], "last_order": None}
    assert waiting.customer_name == "Lupita"
    assert await rows_of(database, agua.schema) == other


async def test_asking_again_keeps_the_place_in_the_queue_and_brings_the_context_up_to_date(
    database, lupita, agua, clock, whose
):
    first = await requested(database, lupita, whose, clock, cart=[])
    asked = clock.now()
    clock.advance(minutes=5)
    again = await requested(database, lupita, whose, clock, reason="again", cart=["1 kg Papa"])
    assert not again.is_new
    assert (again.handoff.id, again.handoff.requested_at, again.handoff.reason) == (first.handoff.id, asked, "asked")
    assert again.handoff.context == {"cart": ["1 kg Papa"]}


async def test_many_requests_at_once_are_one(database, lupita, agua, clock, whose):
    events = await asyncio.gather(*(requested(database, lupita, whose, clock) for _ in range(6)))
    assert len({event.handoff.id for event in events}) == 1
    assert sum(event.is_new for event in events) == 1


async def test_the_queue_shows_who_waits_longest_first_and_those_already_answered_last(
    database, lupita, agua, clock, whose
):
    async with database.company(lupita.schema) as connection:
        others = [await add_customer(connection, name) for name in ("Ana", "Beto")]
    answered = await requested(database, lupita, whose, clock)
    for customer_id in others:
        clock.advance(minutes=1)
        await requested(database, lupita, Whose(lupita.id, customer_id, f"p:{customer_id}"), clock)
    async with database.company(lupita.schema) as connection:
        await service.answer(connection, lupita.id, answered.handoff.id, clock.now())
        assert [waiting.customer_name for waiting in await service.list_open(connection)] == ["Ana", "Beto", "Lupita"]
    async with database.company(agua.schema) as connection:
        assert await service.list_open(connection) == []


async def test_the_first_answer_silences_the_bot_and_later_ones_count_from_the_last(
    database, lupita, agua, clock, whose
):
    event = await requested(database, lupita, whose, clock)
    first = clock.advance(minutes=3)
    for at in (first, clock.advance(minutes=20)):
        async with database.company(lupita.schema) as connection:
            answered = await service.answer(connection, lupita.id, event.handoff.id, at)
    assert (answered.status, answered.answered_at, answered.last_human_at) == (
        "active",
        first,
        first + timedelta(minutes=20),
    )
    assert await human_since(database) == {lupita.id: first, agua.id: None}


async def test_a_person_who_writes_unasked_takes_the_conversation(database, lupita, agua, clock, whose):
    async with database.company(lupita.schema) as connection:
        taken = await service.person_spoke(connection, whose, clock.now())
    assert (taken.status, taken.reason, taken.last_human_at) == ("active", "person_wrote", clock.now())


async def test_a_person_who_writes_to_somebody_waiting_answers_their_request(database, lupita, agua, clock, whose):
    event = await requested(database, lupita, whose, clock)
    at = clock.advance(minutes=2)
    async with database.company(lupita.schema) as connection:
        taken = await service.person_spoke(connection, whose, at)
        late = await service.person_spoke(connection, whose, at - timedelta(minutes=1))
    assert (taken.id, taken.reason, taken.status, taken.answered_at) == (event.handoff.id, "asked", "active", at)
    assert late.last_human_at == at


async def test_giving_back_ends_the_silence_and_a_new_request_is_a_new_one(database, lupita, agua, clock, whose):
    event = await requested(database, lupita, whose, clock)
    async with database.company(lupita.schema) as connection:
        await service.answer(connection, lupita.id, event.handoff.id, clock.now())
    async with database.company(lupita.schema) as connection:
        closed = await service.give_back(connection, lupita.id, event.handoff.id, "Doña Lupita", clock.advance(hours=1))
    assert (closed.status, closed.closed_by, closed.closed_at) == ("closed", "Doña Lupita", clock.now())
    assert await human_since(database) == {lupita.id: None, agua.id: None}
    again = await requested(database, lupita, whose, clock)
    assert again.is_new
    assert again.handoff.id != event.handoff.id


async def test_the_customer_can_go_back_to_the_bot(database, lupita, agua, clock, whose):
    await requested(database, lupita, whose, clock)
    async with database.company(lupita.schema) as connection:
        closed = await service.close(connection, whose.customer_id, "customer", clock.now())
        assert closed is not None
        assert closed.closed_by == "customer"
        assert await service.close(connection, whose.customer_id, "customer", clock.now()) is None
        assert await service.list_open(connection) == []


async def test_what_is_closed_unknown_or_another_shops_is_refused_and_changes_nothing(
    database, lupita, agua, clock, whose
):
    event = await requested(database, lupita, whose, clock)
    stays = await requested(database, lupita, Whose(lupita.id, await _customer(database, lupita), "p:2"), clock)
    async with database.company(lupita.schema) as connection:
        await service.give_back(connection, lupita.id, event.handoff.id, "Doña Lupita", clock.now())
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    silent = await human_since(database)
    for company, handoff_id, kind, code in (
        (lupita, event.handoff.id, Conflict, "handoff_closed"),
        (lupita, 999, NotFound, "handoff_not_found"),
        (agua, stays.handoff.id, NotFound, "handoff_not_found"),
    ):
        for act in (_answer, _give_back):
            with pytest.raises(kind) as refused:
                await act(database, company, handoff_id, clock)
            assert refused.value.code == code
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before
    assert await human_since(database) == silent


async def test_an_answer_waits_for_the_turn_that_runs_and_neither_dies(database, lupita, agua, clock, whose):
    event = await requested(database, lupita, whose, clock)
    async with database.company(lupita.schema) as turn:
        await turn.fetchrow(
            "SELECT company_id FROM relay.conversations WHERE company_id = $1 AND customer_key = $2 FOR NO KEY UPDATE",
            lupita.id,
            KEY,
        )
        answering = asyncio.create_task(_answer(database, lupita, event.handoff.id, clock))
        await somebody_waits_for_a_lock(database)
        await service.request(turn, whose, "again", {}, clock.now())
    assert (await answering).status == "active"


async def _customer(database, company) -> int:
    async with database.company(company.schema) as connection:
        return await add_customer(connection, "Otra")


async def _answer(database, company, handoff_id, clock):
    async with database.company(company.schema) as connection:
        return await service.answer(connection, company.id, handoff_id, clock.now())


async def _give_back(database, company, handoff_id, clock):
    async with database.company(company.schema) as connection:
        return await service.give_back(connection, company.id, handoff_id, "alguien", clock.now())
