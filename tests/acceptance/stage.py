"""The whole product on a loopback port, WhatsApp played by the simulator, and people who chat with it.

Everything is real except Meta and the clock: webhooks are signed JSON over HTTP, answers are read from what the
simulator accepted. Time stands still until a test lets it pass.
"""

import asyncio
import contextlib
import itertools
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlparse

import aiohttp
import asyncpg
import uvicorn
from fastapi import FastAPI
from tests.builders.webhooks import SECRET, Change, webhook
from tests.fakes.clock import FakeClock
from tests.fakes.fault_proxy import FaultProxy, fault_proxy

from marchante.bootstrap import Marchante, Storage, wired
from marchante.channels.whatsapp.signature import HEADER, sign
from marchante.channels.whatsapp.transport import graph_session
from marchante.companies.service import Companies
from marchante.entrypoints.web import create_app, working
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.kernel.secrets import Vault
from marchante.settings import Settings
from marchante.simulator.config import SimulatedNumber, SimulatorConfig, StatusDelays
from marchante.simulator.core import Simulator
from marchante.simulator.server import GuestServer, serve_simulator

TOKEN = "token-of-the-tests"
VERIFY_TOKEN = "verify-token-of-the-tests"
KEY = "a key for tests only"
GROCER, WATER = "1001", "2001"
SLUGS = {GROCER: "abarrotes_lupita", WATER: "agua_clara"}
NUMBERS = (
    SimulatedNumber(GROCER, "9001", "+52 228 100 0001", "Abarrotes Lupita", (TOKEN,)),
    SimulatedNumber(WATER, "9002", "+52 667 200 0001", "Agua Clara", (TOKEN,)),
)
SOON, LATE = 1.5, 20.0
"""Seconds of real time after which Graph or the database is given up: soon where a test takes it away, late otherwise,
because a busy machine is no outage."""
PATIENCE = 10.0
"""Seconds of real time: what takes longer than this has not happened."""

Row = dict[str, Any]


@dataclass
class Stage:
    """`graph` is the way from the product to the simulator, `postgres` the way to its database (when asked for).

    `runs`: the product's own loops work. Otherwise worker and sender are driven step by step whenever a test waits.
    """

    url: str
    marchante: Marchante
    simulator: Simulator
    clock: FakeClock
    http: aiohttp.ClientSession
    graph: FaultProxy
    watcher: asyncpg.Connection
    dsn: str
    runs: bool
    postgres: FaultProxy | None = None
    _wamids: Any = None

    def __post_init__(self) -> None:
        self._wamids = itertools.count(1)

    def wamid(self) -> str:
        return f"wamid.STAGE{next(self._wamids):06}"

    async def post(self, body: bytes, signature: str | None = None, **headers: str) -> aiohttp.ClientResponse:
        """POST /webhook, signed by Meta unless another signature is given."""
        signed = {HEADER: sign(SECRET, body) if signature is None else signature}
        async with self.http.post(f"{self.url}/webhook", data=body, headers={**signed, **headers}) as answer:
            await answer.read()
            return answer

    async def deliver(self, *changes: Change) -> None:
        """One webhook; the product must take it."""
        answer = await self.post(webhook(list(changes)))
        assert answer.status == 200, await answer.text()

    async def passes(self, **by: float) -> None:
        """Let time pass, then let the product do what has become due."""
        self.clock.advance(**by)
        await self.rests()

    async def rests(self) -> None:
        """Wait until nothing that can be done now is left to do."""
        if self.runs:
            await self.until(self._at_rest)
            return
        idle = 0
        while idle < 2:  # a round that only cleared the way counts as idle
            idle = 0 if await self._works() else idle + 1

    async def _works(self) -> int:
        """One round of everything; how much there was to do."""
        worker, outbox = self.marchante.worker, self.marchante.outbox
        turns = await worker.dispatch()
        await asyncio.gather(*worker._busy)
        sent = await outbox._sender.tick()
        await outbox._sender.settle()
        return (
            turns
            + sent
            + await outbox._statuses.apply_pending()
            + await self.marchante.accounts.events.handle_pending()
        )

    async def _at_rest(self) -> bool:
        self.marchante.worker.wake()
        self.marchante.outbox.wake()
        return bool(await self.watcher.fetchval(_AT_REST, self.clock.now()))

    async def after_a_while(self, condition: Callable[[], Awaitable[Any]]) -> Any:
        """Work until the condition holds: for what depends on webhooks that are on their way from the simulator."""

        async def works_until() -> Any:
            await self.rests()
            return await condition()

        return await self.until(works_until)

    async def until(self, condition: Callable[[], Awaitable[Any]], seconds: float = PATIENCE) -> Any:
        """Wait for a condition; returns what it came to."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := await condition()):  # noqa: ASYNC110 - the condition lives in another process
                    await asyncio.sleep(0.01)
                return found
        except TimeoutError:
            raise AssertionError(f"it did not happen in {seconds} s; open: {await self._open()}") from None

    async def _open(self) -> list[Row]:
        return [dict(row) for row in await self.watcher.fetch(_OPEN)]

    async def relay(self, sql: str, *arguments: object) -> list[Row]:
        return [dict(row) for row in await self.watcher.fetch(sql, *arguments)]

    async def rows(self, number: str, sql: str, *arguments: object) -> list[Row]:
        """A query in the schema of the company that has this number."""
        async with self.watcher.transaction():
            await self.watcher.execute(f"SET LOCAL search_path = company_{SLUGS[number]}")
            return [dict(row) for row in await self.watcher.fetch(sql, *arguments)]


_AT_REST = """
    SELECT NOT EXISTS (SELECT FROM relay.inbox_messages WHERE handled_at IS NULL AND ready_at <= $1)
       AND NOT EXISTS (SELECT FROM relay.timers WHERE due_at <= $1)
       AND NOT EXISTS (SELECT FROM relay.outbox WHERE status IN ('queued', 'sending', 'in_doubt') AND not_before <= $1)
"""
_OPEN = """
    SELECT 'inbox' AS place, id, type AS what, ready_at AS due FROM relay.inbox_messages WHERE handled_at IS NULL
    UNION ALL
    SELECT 'outbox', id, status, not_before FROM relay.outbox WHERE status IN ('queued', 'sending', 'in_doubt')
"""


@asynccontextmanager
async def open_stage(
    server_dsn: str,
    template: str,
    *,
    runs: bool = False,
    behind_proxy: bool = False,
    numbers: Sequence[SimulatedNumber] = NUMBERS,
    begins: datetime | None = None,
    graph_seconds: float = LATE,
    seed: int = 0,
) -> AsyncIterator[Stage]:
    """A stage over a database of its own; `behind_proxy`: with a fault proxy in front of it."""
    clock = FakeClock(begins)
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(copied_database(server_dsn, template))
        watcher = await asyncpg.connect(dsn)
        stack.push_async_callback(watcher.close)
        postgres = await stack.enter_async_context(fault_proxy(urlparse(dsn).port or 5432)) if behind_proxy else None
        seen_dsn = _through(dsn, postgres.port) if postgres else dsn
        listener = _listener()
        stack.callback(listener.close)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        simulator = await stack.enter_async_context(serve_simulator(_simulated(url, numbers, seed), clock=clock.now))
        graph = await stack.enter_async_context(fault_proxy(urlparse(simulator.url).port or 0))
        settings = stage_settings(dsn=seen_dsn, graph_url=f"http://127.0.0.1:{graph.port}")
        marchante = await stack.enter_async_context(
            composed(settings, clock, graph_seconds, SOON if behind_proxy else LATE)
        )
        if runs:
            await stack.enter_async_context(working(marchante, "worker"))
        await stack.enter_async_context(served(create_app(marchante), listener))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield Stage(url, marchante, simulator.simulator, clock, http, graph, watcher, dsn, runs, postgres)


def stage_settings(*, dsn: str, graph_url: str) -> Settings:
    given: dict[str, Any] = {
        "MARCHANTE_ENV": "development",
        "DATABASE_URL": dsn,
        "SECRET_KEY": KEY,
        "WHATSAPP_TOKEN": TOKEN,
        "WHATSAPP_APP_SECRET": SECRET,
        "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
        "WHATSAPP_API_URL": graph_url,
        "GEOCODING_URL": graph_url,
    }
    return Settings(_env_file=None, **given)


@asynccontextmanager
async def composed(
    settings: Settings, clock: FakeClock, graph_seconds: float = LATE, database_seconds: float = LATE
) -> AsyncIterator[Marchante]:
    """The services as `bootstrap.assemble` makes them, with a clock the test moves."""
    assert settings.database_url is not None
    pool = await open_pool(settings.database_url, size=8, patience=database_seconds)
    try:
        async with graph_session(100, total_seconds=graph_seconds) as session:
            database, vault = Database(pool), Vault(settings.secret_keys)
            storage = Storage(database, settings.database_url, vault, clock, Companies(database, vault))
            yield wired(settings, storage, session)
    finally:
        pool.terminate()


@asynccontextmanager
async def copied_database(server_dsn: str, template: str) -> AsyncIterator[str]:
    name = f"marchante_stage_{os.getpid()}_{os.urandom(4).hex()}"
    connection = await asyncpg.connect(server_dsn)
    try:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        yield f"{server_dsn.rpartition('/')[0]}/{name}"
    finally:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.close()


def _through(dsn: str, port: int) -> str:
    parts = urlparse(dsn)
    userinfo = parts.netloc.rpartition("@")[0]
    return parts._replace(netloc=f"{userinfo}@127.0.0.1:{port}").geturl()


def _simulated(url: str, numbers: Sequence[SimulatedNumber], seed: int) -> SimulatorConfig:
    """It does not see what the tests write, so the 24-hour window is not its to judge."""
    return SimulatorConfig(
        webhook_url=f"{url}/webhook",
        app_secret=SECRET,
        verify_token=VERIFY_TOKEN,
        numbers=tuple(numbers),
        delays=StatusDelays(sent=0, delivered=0),
        enforce_window=False,
        mexican_form="as_sent",
        seed=seed,
    )


def _listener() -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    return listener


@asynccontextmanager
async def served(app: FastAPI, listener: socket.socket) -> AsyncIterator[None]:
    """The app behind uvicorn, with the options `marchante serve` gives it."""
    config = uvicorn.Config(
        app, ws="none", log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1
    )
    server = GuestServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    with _no_loop_dies():
        try:
            yield
        finally:
            server.leave()
            await serving


@contextlib.contextmanager
def _no_loop_dies() -> Generator[None, None, None]:
    """A loop of the product that dies asks its process to end: here, the test fails instead."""
    died: list[bool] = []
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, lambda: died.append(True))
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        assert not died, "a loop of the product died"
