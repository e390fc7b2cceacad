"""Several processes apply statuses beside the senders: nobody waits for a lock, few statements, one wake-up."""

import asyncio
from typing import Any

from tests.builders import outbox
from tests.builders.outbox import status_came
from tests.fakes.clock import FakeClock
from tests.fakes.one_connection import OneConnection
from tests.fakes.statements import counted

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.outbox.statuses import StatusApplier

REGULAR = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}


async def usage(database: Database) -> list[tuple[Any, ...]]:
    async with database.relay() as connection:
        rows = await connection.fetch(
            """SELECT company_id, phone_number_id, wamid, category, pricing_type, billable FROM relay.usage_events
               ORDER BY id"""
        )
    return [tuple(row.values()) for row in rows]


async def test_a_message_being_written_is_not_waited_for(
    database: Database, statuses: StatusApplier, sent: list[dict[str, Any]], clock: FakeClock
) -> None:
    mine, other = sent
    await status_came(database, "1001", mine["wamid"], "read", clock.now())
    await status_came(database, "2001", other["wamid"], "read", clock.now())
    async with database.relay() as connection:
        await connection.execute("SELECT id FROM relay.outbox WHERE id = $1 FOR UPDATE", mine["id"])
        async with asyncio.timeout(5):
            assert await statuses.apply_pending() == 1
    assert (await outbox.row(database, other["id"]))["status"] == "read"

    await statuses.apply_pending()

    assert (await outbox.row(database, mine["id"]))["status"] == "read"


async def test_two_processes_apply_each_status_once(
    database: Database, statuses: StatusApplier, lupita: Company, clock: FakeClock
) -> None:
    for number in range(40):
        await status_came(database, "1001", f"wamid.{number}", "delivered", clock.now(), pricing=REGULAR)
    another = StatusApplier(database, clock, after_resolved=lambda: None)

    applied = await asyncio.gather(statuses.apply_pending(), another.apply_pending())
    rest = await statuses.apply_pending()

    assert sum(applied) + rest == 40
    assert len(await usage(database)) == 40


async def test_the_sender_is_woken_when_a_doubt_is_settled_and_only_then(
    database: Database, lupita: Company, sent: list[dict[str, Any]], clock: FakeClock
) -> None:
    woken: list[str] = []
    statuses = StatusApplier(database, clock, after_resolved=lambda: woken.append("woken"))
    await status_came(database, "1001", sent[0]["wamid"], "read", clock.now())
    await statuses.apply_pending()
    assert woken == []
    async with database.relay() as connection:
        await connection.execute(
            "UPDATE relay.outbox SET status = 'in_doubt', wamid = NULL WHERE id = $1", sent[1]["id"]
        )

    await status_came(database, "2001", "wamid.x", "sent", clock.now(), callback_data=f"o:{sent[1]['id']}")
    await statuses.apply_pending()

    assert woken == ["woken"]


async def test_a_hundred_statuses_cost_three_statements(database: Database, lupita: Company, clock: FakeClock) -> None:
    await status_came(database, "1001", "wamid.first", "delivered", clock.now(), pricing=REGULAR)
    async with database.pool.acquire() as connection:
        statuses = StatusApplier(OneConnection(connection), clock, after_resolved=lambda: None)  # type: ignore[arg-type]
        assert await statuses.apply_pending() == 1  # the driver learns its types
        for number in range(100):
            await status_came(database, "1001", f"wamid.{number}", "delivered", clock.now(), pricing=REGULAR)
        async with counted(connection) as statements:
            assert await statuses.apply_pending() == 100

    assert len(statements) == 5, statements  # BEGIN, which ones, whose, write, COMMIT
