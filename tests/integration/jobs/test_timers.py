"""Timers become something to handle, once each, in their own conversation."""

import asyncio
import hashlib
from datetime import timedelta

import msgspec

from marchante.foundation.jobs.timers import Timer, cancel_timer, fire_due, next_due, set_timer


def timer(company, due_at, kind="reminder", key="p:+522281234567", **payload) -> Timer:
    return Timer(company.id, key, company.numbers[0].phone_number_id, kind, due_at, payload)


async def put(database, *timers) -> None:
    async with database.relay() as connection:
        for each in timers:
            await set_timer(connection, each)


async def fired(database, now, limit=100) -> int:
    async with database.relay() as connection:
        return await fire_due(connection, now, limit)


async def inbox(database):
    async with database.relay() as connection:
        return await connection.fetch(
            """SELECT dedupe_key, company_id, customer_key, phone_number_id, kind, type, wamid, sent_at, position,
                      received_at, ready_at, raw, trace_id, handled_at FROM relay.inbox_messages ORDER BY sent_at, id"""
        )


async def test_a_due_timer_becomes_an_inbox_row_of_its_conversation(database, lupita, agua, clock):
    due = clock.now() - timedelta(seconds=1)
    await put(database, timer(lupita, due, cart_version=3), timer(agua, clock.now() + timedelta(seconds=1)))
    async with database.relay() as connection:
        timer_id = await connection.fetchval("SELECT id FROM relay.timers WHERE company_id = $1", lupita.id)
    assert await fired(database, clock.now()) == 1
    (row,) = await inbox(database)
    assert row["dedupe_key"] == hashlib.sha256(f"timer:{timer_id}".encode()).digest()[:16]
    assert msgspec.json.decode(row["raw"]) == {"cart_version": 3}
    assert len(row["trace_id"]) == 32
    assert int(row["trace_id"], 16)
    assert tuple(row)[1:11] == (
        lupita.id, "p:+522281234567", "1001", "timer", "reminder", "", due, 0, clock.now(), clock.now()
    )  # fmt: skip
    async with database.relay() as connection:
        conversations = await connection.fetch("SELECT company_id, customer_key FROM relay.conversations")
        assert [tuple(each) for each in conversations] == [(lupita.id, "p:+522281234567")]
        assert await connection.fetchval("SELECT company_id FROM relay.timers") == agua.id
        assert await next_due(connection) == clock.now() + timedelta(seconds=1)


async def test_setting_it_again_moves_it_and_leaves_the_other_shop_and_the_other_kind_alone(
    database, lupita, agua, clock
):
    soon, later = clock.now() + timedelta(minutes=1), clock.now() + timedelta(hours=1)
    await put(
        database, timer(lupita, soon, a=1), timer(lupita, soon, "expiry"), timer(agua, soon), timer(lupita, later, b=2)
    )
    async with database.relay() as connection:
        rows = await connection.fetch("SELECT company_id, kind, due_at, payload FROM relay.timers")
    assert {tuple(row)[:3] for row in rows} == {
        (lupita.id, "reminder", later),
        (lupita.id, "expiry", soon),
        (agua.id, "reminder", soon),
    }
    assert [row["payload"] for row in rows if row["due_at"] == later] == [{"b": 2}]


async def test_a_cancelled_timer_never_fires_and_only_it_is_cancelled(database, lupita, agua, clock):
    await put(database, timer(lupita, clock.now()), timer(lupita, clock.now(), "expiry"), timer(agua, clock.now()))
    async with database.relay() as connection:
        assert await cancel_timer(connection, lupita.id, "p:+522281234567", "reminder")
        assert not await cancel_timer(connection, lupita.id, "p:+522281234567", "reminder")
    assert await fired(database, clock.now()) == 2
    assert {(row["company_id"], row["type"]) for row in await inbox(database)} == {
        (lupita.id, "expiry"),
        (agua.id, "reminder"),
    }


async def test_the_most_overdue_fire_first_when_there_are_too_many(database, lupita, agua, clock):
    await put(database, *(timer(lupita, clock.now() - timedelta(minutes=n), key=f"p:{n}") for n in range(5)))
    assert await fired(database, clock.now(), limit=2) == 2
    assert [row["customer_key"] for row in await inbox(database)] == ["p:4", "p:3"]


async def test_several_processes_fire_each_timer_once(database, lupita, agua, clock):
    await put(database, *(timer(company, clock.now(), key=f"p:{n}") for n in range(25) for company in (lupita, agua)))
    taken = await asyncio.gather(*(fired(database, clock.now(), limit=20) for _ in range(6)))
    while more := await fired(database, clock.now()):
        taken.append(more)
    assert sum(taken) == 50
    rows = await inbox(database)
    assert len({(row["company_id"], row["customer_key"]) for row in rows}) == len(rows) == 50


async def test_processes_that_fire_do_not_wait_for_each_other(database, lupita, agua, clock):
    await put(database, timer(lupita, clock.now() - timedelta(minutes=1)), timer(agua, clock.now()))
    async with database.relay() as connection:
        assert await fire_due(connection, clock.now(), 1) == 1
        assert await asyncio.wait_for(fired(database, clock.now()), 5) == 1
    assert [row["company_id"] for row in await inbox(database)] == [lupita.id, agua.id]


async def test_firing_does_not_wait_for_a_turn_of_that_conversation(database, lupita, agua, clock):
    await put(database, timer(lupita, clock.now()))
    async with database.relay() as turn:
        await turn.execute(
            "INSERT INTO relay.conversations (company_id, customer_key) VALUES ($1, 'p:+522281234567')", lupita.id
        )
    async with database.relay() as turn:
        await turn.fetch("SELECT attempts FROM relay.conversations FOR NO KEY UPDATE")
        assert await asyncio.wait_for(fired(database, clock.now()), 5) == 1
    assert len(await inbox(database)) == 1


async def test_a_timer_of_a_company_that_is_gone_goes_away_and_stops_nobody(database, lupita, agua, clock):
    await put(database, Timer(999, "p:1", "9", "reminder", clock.now()), timer(agua, clock.now()))
    assert await fired(database, clock.now()) == 2
    assert [row["company_id"] for row in await inbox(database)] == [agua.id]
    assert await fired(database, clock.now()) == 0
