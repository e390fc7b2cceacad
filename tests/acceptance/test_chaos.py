"""The server is killed again and again while customers order: every order once, nobody unanswered, all in order.

Short in CI; `MARCHANTE_CHAOS=1` makes it long and leaves the product's own waits as they are. A run is repeated with
MARCHANTE_CHAOS_SEED.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import aiohttp
import asyncpg
import pytest
from tests.acceptance.people import options, words
from tests.acceptance.phones import Phone
from tests.acceptance.server_process import clean_environment, free_port
from tests.acceptance.stage import GROCER, KEY, NUMBERS, SLUGS, TOKEN, VERIFY_TOKEN, copied_database
from tests.builders.webhooks import SECRET

from marchante.simulator.chats import Entry
from marchante.simulator.config import RetryPolicy, SimulatedCustomer, SimulatorConfig, StatusDelays
from marchante.simulator.core import Simulator
from marchante.simulator.server import serve_simulator

LONG = bool(os.environ.get("MARCHANTE_CHAOS"))
CUSTOMERS = 40
ORDERS = 25 if LONG else 5
KILLS = 100 if LONG else 20
PATIENCE = 900.0 if LONG else 100.0
SETTLING = 200.0 if LONG else 30.0
THING = {GROCER: "cocas de 600", "2001": "garrafones"}


@dataclass
class Chaos:
    """The server, who starts it anew, and how often it was killed."""

    zygote: "asyncio.subprocess.Process"
    port: int
    dice: random.Random
    confirmed: int = 0
    kills: int = 0
    pid: int = 0

    async def start(self) -> None:
        assert self.zygote.stdin is not None
        assert self.zygote.stdout is not None
        self.zygote.stdin.write(b"start\n")
        self.pid = int(await self.zygote.stdout.readline())

    async def ready(self) -> None:
        async with asyncio.timeout(60), aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.get(f"http://127.0.0.1:{self.port}/health/live") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.02)

    async def rages(self) -> None:
        """Kill and start anew, as the orders go on: mostly while it serves, now and then while it starts."""
        while self.kills < KILLS:
            if self.dice.random() < 0.85:
                await self.ready()
                await self._some_orders_later()
                await asyncio.sleep(self.dice.uniform(0, 0.2))
            else:
                await asyncio.sleep(self.dice.uniform(0, 0.6))
            os.kill(self.pid, signal.SIGKILL)
            self.kills += 1
            await self.start()
        await self.ready()

    async def _some_orders_later(self) -> None:
        while self.confirmed < self.kills * CUSTOMERS * ORDERS // (KILLS + 2):  # noqa: ASYNC110 - counted by customers
            await asyncio.sleep(0.01)

    def kill(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)


@dataclass
class Customer:
    """Orders again and again: writes, changes their mind now and then, confirms what was understood."""

    phone: Phone
    chaos: Chaos
    ordered: list[Decimal] = field(default_factory=list)
    taps: int = 0
    written: int = 0

    async def lives(self) -> None:
        for _ in range(ORDERS):
            await self._orders(self.chaos.dice.randint(2, 90))

    async def _orders(self, count: int) -> None:
        thing = THING[self.phone.number.phone_number_id]
        summary = await self._writes(f"{count} {thing}, paso por eso", count)
        if self.chaos.dice.random() < 0.3:
            count += 1
            summary = await self._writes(f"mejor {count}", count)
        before = len(self.phone.entries)
        self.taps += 1
        self.written += 1
        self.phone.tap(*next(each for each in options(summary.body) if each[2] == "Confirmar"))
        await self.phone.hears(lambda: [each for each in self._since(before) if "registrado" in words(each.body)])
        self.ordered.append(Decimal(count))
        self.chaos.confirmed += 1

    async def _writes(self, text: str, count: int) -> Entry:
        """Write, and wait for the summary that says so much."""
        before = len(self.phone.entries)
        self.written += 1
        self.phone.text(text)
        return await self.phone.hears(
            lambda: [
                each
                for each in self._since(before)
                if any(title == "Confirmar" for _, _, title in options(each.body)) and f"{count} " in words(each.body)
            ]
        )

    def _since(self, before: int) -> list[Entry]:
        return self.phone.entries[before:]


@asynccontextmanager
async def zygote(dsn: str, graph_url: str, port: int, log: Path) -> AsyncIterator["asyncio.subprocess.Process"]:
    environment = {
        **clean_environment(),
        "MARCHANTE_ENV": "development",
        "PORT": str(port),
        "DATABASE_URL": dsn,
        "SECRET_KEY": KEY,
        "WHATSAPP_TOKEN": TOKEN,
        "WHATSAPP_APP_SECRET": SECRET,
        "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
        "WHATSAPP_API_URL": graph_url,
        "MARCHANTE_DATA_DIR": str(log.parent),
        **({} if LONG else {"SHORT_WAITS": "1"}),
    }
    with log.open("wb") as stderr:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.acceptance.chaos_server",
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
        try:
            yield process
        finally:
            process.kill()
            await process.wait()


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
        zygote(dsn, running.url, port, log) as process,
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
        await chaos.start()
        try:
            await asyncio.gather(chaos.rages(), *(customer.lives() for customer in customers))
            await _settles(dsn)
        finally:
            print(_account(customers, chaos))
            chaos.kill()
        await _prove(dsn, running.simulator, customers)


async def _nobody_is_told_of_orders(dsn: str) -> None:
    """An owner who gets a notice of a hundred orders in a minute gets most of them one every six seconds, later."""
    connection = await asyncpg.connect(dsn)
    await connection.execute("UPDATE relay.companies SET owner_phone = NULL")
    await connection.close()


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
    rows = {
        f"o:{row['id']}": row
        for row in await connection.fetch("SELECT id, status, possible_duplicate FROM relay.outbox")
    }
    assert {row["status"] for row in rows.values()} <= {"sent", "delivered", "read"}
    arrived = Counter(entry.callback_data for entry in simulator.store.sent_by_shops())
    assert arrived.keys() == rows.keys(), "what was queued arrived, and nothing else"
    doubled = {name for name, times in arrived.items() if times > 1}
    assert doubled <= {name for name, row in rows.items() if row["possible_duplicate"]}
    assert max(arrived.values()) <= 2
    for customer in customers:
        ids = [int(str(entry.callback_data).removeprefix("o:")) for entry in customer.phone.entries]
        firsts = list(dict.fromkeys(ids))
        assert firsts == sorted(firsts), "replies in the order they were written"
