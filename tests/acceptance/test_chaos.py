"""The server is killed again and again while customers order: every order once, nobody unanswered, all in order.

Short in CI; `MARCHANTE_CHAOS=1` makes it long and leaves the product's own waits as they are. A run is repeated with
MARCHANTE_CHAOS_SEED.
"""

import asyncio
import os
import random
from collections import Counter
from pathlib import Path

import asyncpg
import pytest
from tests.acceptance.chaos import CUSTOMERS, ORDERS, PATIENCE, SETTLING, Chaos, Customer, keep_shop, zygote
from tests.acceptance.people import words
from tests.acceptance.phones import Phone
from tests.acceptance.server_process import free_port
from tests.acceptance.stage import NUMBERS, SLUGS, VERIFY_TOKEN, copied_database
from tests.builders.endurance import LONG
from tests.builders.webhooks import SECRET

from marchante.conversations.turn import MAX_ATTEMPTS
from marchante.simulator.config import RetryPolicy, SimulatedCustomer, SimulatorConfig, StatusDelays
from marchante.simulator.core import Simulator
from marchante.simulator.faults import Match
from marchante.simulator.server import serve_simulator


@pytest.mark.chaos
@pytest.mark.timeout(1800 if LONG else 200)
async def test_twenty_deaths_of_the_server_lose_double_and_disorder_nothing(
    postgres_dsn: str, stocked: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("MARCHANTE_CHAOS_SEED", random.SystemRandom().randrange(10**6)))
    print("MARCHANTE_CHAOS_SEED", seed)
    port, log = free_port(), tmp_path / "server.log"
    config = SimulatorConfig(
        f"http://127.0.0.1:{port}/webhook",
        SECRET,
        VERIFY_TOKEN,
        NUMBERS,
        delays=StatusDelays(sent=0.05, delivered=0.1),
        retry=RetryPolicy(base_seconds=0.2, factor=1.2, maximum_seconds=1.0),
    )
    async with (
        copied_database(postgres_dsn, stocked) as dsn,
        serve_simulator(config) as running,
        zygote(dsn, running.url, port, log, **({} if LONG else {"SHORT_WAITS": "1"})) as process,
    ):
        chaos = Chaos(process, port, random.Random(seed))
        customers = [
            Customer(
                Phone(
                    running.simulator,
                    SimulatedCustomer(f"52122877800{place:02}", f"Cliente {place}"),
                    NUMBERS[place % 2],
                    patience=PATIENCE,
                ),
                chaos,
            )
            for place in range(CUSTOMERS)
        ]
        await _nobody_is_told_of_orders(dsn)
        _graph_is_as_it_is(running.simulator, chaos.dice)
        await chaos.start()
        keeping = asyncio.create_task(keep_shop(dsn, running.simulator))
        try:
            await asyncio.gather(chaos.rages(), *(customer.lives() for customer in customers))
            await _settles(dsn)
        finally:
            keeping.cancel()
            print(_account(customers, chaos))
            chaos.kill()
        await _prove(dsn, running.simulator, customers)


@pytest.mark.chaos
async def test_a_message_that_kills_the_server_again_and_again_is_set_aside_and_everybody_else_answered(
    postgres_dsn: str, stocked: str, tmp_path: Path
) -> None:
    port = free_port()
    config = SimulatorConfig(
        f"http://127.0.0.1:{port}/webhook",
        SECRET,
        VERIFY_TOKEN,
        NUMBERS,
        retry=RetryPolicy(base_seconds=0.2, factor=1.2, maximum_seconds=1.0),
    )
    async with (
        copied_database(postgres_dsn, stocked) as dsn,
        serve_simulator(config) as running,
        zygote(dsn, running.url, port, tmp_path / "server.log", SHORT_WAITS="1", DEADLY="veneno") as process,
    ):
        chaos = Chaos(process, port, random.Random(1))
        lupe, beto = (
            Phone(running.simulator, SimulatedCustomer(wa_id, name), NUMBERS[0], patience=60)
            for wa_id, name in (("5212287780091", "Lupe"), ("5212287780092", "Beto"))
        )
        await chaos.start()
        supervising = asyncio.create_task(chaos.supervises())
        try:
            lupe.text("veneno")
            while chaos.kills == 0:  # noqa: ASYNC110 - another process dies
                await asyncio.sleep(0.02)
            await beto.says("hola")
            apology = await lupe.hears(lambda: lupe.entries)
            await beto.says("ayuda")
        finally:
            supervising.cancel()
            chaos.kill()
    assert chaos.kills == MAX_ATTEMPTS
    assert "persona" in words(apology.body)


async def _nobody_is_told_of_orders(dsn: str) -> None:
    """An owner who gets a notice of a hundred orders in a minute gets most of them one every six seconds, later."""
    connection = await asyncpg.connect(dsn)
    await connection.execute("UPDATE relay.companies SET owner_phone = NULL")
    await connection.close()


def _graph_is_as_it_is(simulator: Simulator, dice: random.Random) -> None:
    """Its answers take their time, and of some messages it never reports anything."""
    faults = simulator.sending.faults
    faults.add("delay", Match(), times=None, after=0, options={"seconds": 0.08})
    for wa_id in simulator.store.customers:
        for _ in range(ORDERS // 5):
            faults.add("suppress_statuses", Match(to=wa_id), times=3, after=dice.randint(0, 2 * ORDERS), options={})


def _account(customers: list[Customer], chaos: Chaos) -> str:
    return f"{chaos.kills} kills, {sum(len(each.ordered) for each in customers)} orders confirmed"


async def _settles(dsn: str) -> None:
    """Wait until nothing is open any more."""
    connection = await asyncpg.connect(dsn)
    try:
        async with asyncio.timeout(SETTLING):
            while await connection.fetch(_OPEN):  # noqa: ASYNC110 - another process works
                await asyncio.sleep(0.05)
    except TimeoutError:
        pytest.fail(f"still open after {SETTLING} s: {await connection.fetch(_OPEN)}")
    finally:
        await connection.close()


_OPEN = """
    SELECT 'inbox' AS place, i.id, i.type AS what, i.ready_at AS due, c.attempts, c.not_before
    FROM relay.inbox_messages i JOIN relay.conversations c USING (company_id, customer_key) WHERE handled_at IS NULL
    UNION ALL
    SELECT 'outbox', id, status, sending_at, attempts, not_before
    FROM relay.outbox WHERE status IN ('queued', 'sending', 'in_doubt')
"""


async def _prove(dsn: str, simulator: Simulator, customers: list[Customer]) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        for customer in customers:
            await _every_order_once(connection, customer)
        await _every_message_answered(connection, customers)
        await _every_reply_once_and_in_order(connection, simulator, customers)
    finally:
        await connection.close()


async def _every_order_once(connection: asyncpg.Connection, customer: Customer) -> None:
    async with connection.transaction():
        await connection.execute(f"SET LOCAL search_path = company_{SLUGS[customer.phone.number.phone_number_id]}")
        rows = await connection.fetch(
            """SELECT i.quantity FROM orders o JOIN order_items i ON i.order_id = o.id JOIN customers c ON c.id = o.customer_id
               WHERE c.phone LIKE '%' || right($1, 10) ORDER BY o.id""",
            customer.phone.customer.wa_id,
        )
    assert [row["quantity"] for row in rows] == customer.ordered
    assert len(rows) == customer.taps == ORDERS


async def _every_message_answered(connection: asyncpg.Connection, customers: list[Customer]) -> None:
    outcomes = await connection.fetch(
        "SELECT outcome, count(*) AS messages FROM relay.inbox_messages WHERE kind = 'message' GROUP BY 1"
    )
    assert {row["outcome"]: row["messages"] for row in outcomes} == {
        "answered": sum(each.written for each in customers)
    }


async def _every_reply_once_and_in_order(
    connection: asyncpg.Connection, simulator: Simulator, customers: list[Customer]
) -> None:
    found = await connection.fetch("SELECT id, status, possible_duplicate, error_detail FROM relay.outbox")
    rows = {f"o:{row['id']}": row for row in found}
    unheard = {name: row for name, row in rows.items() if row["status"] not in {"sent", "delivered", "read"}}
    assert all(row["possible_duplicate"] and "no answer twice" in row["error_detail"] for row in unheard.values())
    replayed = {name for name, row in unheard.items() if row["status"] == "cancelled"}
    arrived = Counter(entry.callback_data for entry in simulator.store.sent_by_shops())
    assert arrived.keys() == rows.keys() - replayed, "what was queued arrived, and nothing else"
    doubled = {name for name, times in arrived.items() if times > 1}
    print(len(doubled), "doubled,", sum(row["possible_duplicate"] for row in rows.values()), "listed")
    assert doubled <= {name for name, row in rows.items() if row["possible_duplicate"]}
    assert max(arrived.values()) <= 2
    for customer in customers:
        ids = [int(str(entry.callback_data).removeprefix("o:")) for entry in customer.phone.entries]
        firsts = list(dict.fromkeys(ids))
        assert firsts == sorted(firsts), "replies in the order they were written"
