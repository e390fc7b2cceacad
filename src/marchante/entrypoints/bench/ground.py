"""Everything a bench runs on: a durable database, the shop, the stub, the server's processes, the load generator."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from marchante.bootstrap import Storage, open_storage
from marchante.entrypoints.bench import cpu, database
from marchante.entrypoints.bench.figures import Costs, Load, LoadResult, Scenario
from marchante.entrypoints.bench.processes import (
    HOST,
    LoadGenerator,
    graph_stub,
    listening_socket,
    load_generator,
    server_process,
)
from marchante.entrypoints.bench.shop import Shop, open_shop
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Permanent
from marchante.settings import Settings

_START_SECONDS = 30.0
_SETTLE_SECONDS = 30.0
_POLL = 0.1


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`roles` names the server's processes, one each; the customers are shared out over the companies; `graph_ms` is
    how long the stub takes to accept a message.
    """

    roles: tuple[str, ...]
    customers: int
    graph_ms: float
    companies: int = 1


@dataclass(frozen=True, slots=True)
class _Used:
    """CPU seconds so far, by process and of the whole machine, and when that was (monotonic seconds)."""

    by_process: cpu.Snapshot
    machine: float | None
    at: float

    @classmethod
    def now(cls) -> "_Used":
        return cls(cpu.snapshot(), cpu.machine_seconds(), time.monotonic())


@dataclass(frozen=True)
class Ground:
    storage: Storage
    shop: Shop
    load: LoadGenerator
    stub: int
    servers: Mapping[int, str]
    postmaster: int

    async def scenario(self, name: str, load: Load) -> Scenario:
        """Run one load from quiet to quiet; costs are shared out over all its messages."""
        async with self.storage.database.pool.acquire() as connection:
            await connection.execute("CHECKPOINT")
            yard = database.yardstick().p50
            before, used = await database.counted(connection, self.shop.schemas), _Used.now()
        result = await self.load.run(load)
        async with self.storage.database.pool.acquire() as connection:
            await _settled(connection)
            spent = _Used.now()
            yard = round((yard + database.yardstick().p50) / 2, 2)
            await asyncio.sleep(database.COUNTED_AFTER)
            after = await database.counted(connection, self.shop.schemas)
        return Scenario(
            name=name,
            load=load,
            result=result,
            costs=self._costs(used, spent, result),
            database=database.per_message(before, after, result.replied),
            orders=after.orders - before.orders,
            statuses=after.statuses - before.statuses,
            yardstick_ms=yard,
        )

    def _costs(self, before: "_Used", after: "_Used", result: LoadResult) -> Costs:
        def used(pid: int) -> float:
            return cpu.cpu_seconds(after.by_process, pid) - cpu.cpu_seconds(before.by_process, pid)

        def per_thousand(seconds: float) -> float:
            return round(seconds / max(1, result.replied) * 1000, 2)

        elsewhere = None
        if before.machine is not None and after.machine is not None:
            # The other processes of a bench are all children of this one, but for PostgreSQL.
            own = used(os.getpid()) + used(self.postmaster)
            elsewhere = round(max(0.0, after.machine - before.machine - own) / (after.at - before.at), 2)
        return Costs(
            load=per_thousand(result.cpu_seconds),
            stub=per_thousand(used(self.stub)),
            server={name: per_thousand(used(pid)) for pid, name in self.servers.items()},
            postgres=per_thousand(used(self.postmaster)),
            elsewhere=elsewhere,
        )


@asynccontextmanager
async def prepared_ground(dsn: str, postmaster: int, arrangement: Arrangement, folder: Path) -> AsyncIterator[Ground]:
    """Make the shop in an empty database and start all processes; at the end they are stopped, each by its id."""
    secret = secrets.token_urlsafe(24)
    async with AsyncExitStack() as stack:
        webhook, graph = (stack.enter_context(listening_socket()) for _ in range(2))
        environment = _environment(dsn, folder, secret, _port(graph))
        storage = await stack.enter_async_context(open_storage(_settings(environment)))
        shop = await open_shop(storage, arrangement.customers, arrangement.companies)
        stub = await stack.enter_async_context(graph_stub(folder, graph, _port(webhook), secret, arrangement.graph_ms))
        servers: dict[int, str] = {}
        for place, role in enumerate(arrangement.roles):
            name = role if arrangement.roles.count(role) == 1 else f"{role} {place + 1}"
            servers[await stack.enter_async_context(server_process(folder, webhook, role, environment))] = name
        await _serving(storage, len(servers), folder)
        load = await stack.enter_async_context(
            load_generator(
                folder,
                _port(webhook),
                _port(graph),
                secret,
                customers=arrangement.customers,
                companies=arrangement.companies,
            )
        )
        yield Ground(storage, shop, load, stub, servers, postmaster)


def _environment(dsn: str, folder: Path, secret: str, graph_port: int) -> dict[str, str]:
    """What the server is told: as in production, with the stub in the place of Graph."""
    return {
        "MARCHANTE_ENV": "production",
        "DATABASE_URL": dsn,
        "MARCHANTE_DATA_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "WHATSAPP_API_URL": f"http://{HOST}:{graph_port}",
        "WHATSAPP_TOKEN": "bench",
        "WHATSAPP_APP_SECRET": secret,
        "WHATSAPP_VERIFY_TOKEN": "bench",
        "LOG_FORMAT": "json",
    }


def _settings(environment: Mapping[str, str]) -> Settings:
    return Settings.model_validate(dict(environment))


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


async def _serving(storage: Storage, processes: int, folder: Path) -> None:
    """Each process of the server listens for wake-ups once it works."""
    async with asyncio.timeout(_START_SECONDS), storage.database.pool.acquire() as connection:
        while True:
            listening = await connection.fetchval(
                """SELECT count(*) FROM pg_stat_activity
                   WHERE application_name = 'marchante-wakeups' AND datname = current_database()"""
            )
            if listening >= processes:
                return
            await asyncio.sleep(_POLL)
            if any(_died(folder)):
                raise Permanent("the server did not start: see its log", code="server_died")


def _died(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("server-*.log") if b"Traceback" in path.read_bytes()]


async def _settled(connection: Connection) -> None:
    """Until every status that came back is applied; what takes longer is left out of nobody's bill but the clock's."""
    deadline = asyncio.get_running_loop().time() + _SETTLE_SECONDS
    seen = -1
    while asyncio.get_running_loop().time() < deadline:
        row = await connection.fetchrow(
            "SELECT count(*) AS all, count(*) FILTER (WHERE handled_at IS NULL) AS open FROM relay.inbox_statuses"
        )
        assert row is not None
        if row["open"] == 0 and row["all"] == seen:
            return
        seen = row["all"]
        await asyncio.sleep(1)


def postmaster_pid(data_dir: Path, major: int) -> int:
    """The first process of the embedded server: all others of it are its children."""
    return int((data_dir / f"postgres-{major}" / "postmaster.pid").read_text().split("\n", 1)[0])


def readable_by_the_server(folder: Path) -> None:
    """As root PostgreSQL runs under another account, which has to pass through our folder."""
    if os.geteuid() == 0:
        folder.chmod(0o711)
