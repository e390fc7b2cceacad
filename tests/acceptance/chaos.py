"""A server that is killed again and again, and the customers who do not care."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import aiohttp
import asyncpg
from tests.acceptance.people import options, words
from tests.acceptance.phones import Phone
from tests.acceptance.server_process import clean_environment
from tests.acceptance.stage import GROCER, KEY, TOKEN, VERIFY_TOKEN, WATER
from tests.builders.endurance import LONG
from tests.builders.webhooks import SECRET

from marchante.outbox.dead_letters import replay
from marchante.simulator.chats import Entry
from marchante.simulator.core import Simulator

CUSTOMERS = 40
ORDERS = 15 if LONG else 5
KILLS = 60 if LONG else 20
PATIENCE = 900.0 if LONG else 100.0
SETTLING = 200.0 if LONG else 30.0
THING = {GROCER: "cocas de 600", WATER: "garrafones"}


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

    async def supervises(self) -> None:
        """Start it anew whenever it has died; `kills` counts."""
        while True:
            if not self.lives():
                self.kills += 1
                await self.start()
            await asyncio.sleep(0.02)

    def lives(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        if self.pid and self.lives():
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
async def zygote(
    dsn: str, graph_url: str, port: int, log: Path, **more: str
) -> AsyncIterator["asyncio.subprocess.Process"]:
    """What makes servers; see chaos_server.py for what `more` may say."""
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
        **more,
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


async def keep_shop(dsn: str, simulator: Simulator) -> None:
    """A person who looks at what failed (the server died twice over one message) and replays what never arrived."""
    connection = await asyncpg.connect(dsn)
    while True:
        for letter in await connection.fetch("SELECT id FROM relay.outbox WHERE status = 'failed'"):
            if not any(entry.callback_data == f"o:{letter['id']}" for entry in simulator.store.sent_by_shops()):
                async with connection.transaction():
                    await replay(connection, letter["id"], datetime.now(UTC))
        await asyncio.sleep(0.5)
