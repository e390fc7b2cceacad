"""marchante bench: a durable database, a real server, a stub for Graph, load; the figures as a table and as JSON."""

import asyncio
import logging
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from marchante.entrypoints.bench import database, report
from marchante.entrypoints.bench.ceiling import measure_ceiling
from marchante.entrypoints.bench.figures import Figures, Load, Spread, Surroundings
from marchante.entrypoints.bench.ground import (
    Arrangement,
    Ground,
    postmaster_pid,
    prepared_ground,
    readable_by_the_server,
)
from marchante.entrypoints.bench.people import NUMBERS_OF_A_COMPANY
from marchante.entrypoints.bench.webhook_cost import webhook_cost
from marchante.entrypoints.commands.running import fail, out
from marchante.foundation import logs
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.database.embedded import EmbeddedPostgresError, EmbeddedServer, embedded_postgres
from marchante.foundation.kernel.errors import AppError

_WARM_UP_SECONDS = 6.0
# An open loop is tried at these parts of the saturated rate until one is sustained.
_SHARES = (0.85, 0.7, 0.5)
_LEAST_RATE = 10.0


@dataclass(frozen=True, slots=True)
class Options:
    """`rate` None: found by saturation. `statuses` None: figures with and without them."""

    seconds: float
    rate: float | None
    processes: int
    apart: bool
    statuses: bool | None
    customers: int
    companies: int
    graph_ms: float
    count_statements: bool
    folder: Path | None
    json_file: Path | None

    @property
    def roles(self) -> tuple[str, ...]:
        return ("web", *["worker"] * self.processes) if self.apart else ("all",) * self.processes


def run(options: Options) -> None:
    """Measure, print, and write the JSON if a file was named; nothing else is left behind."""
    logs.configure("console", level=logging.WARNING)
    try:
        with _folder(options.folder) as folder:
            counter = database.STATEMENT_COUNTER if options.count_statements else {}
            with embedded_postgres(folder / "data", extra_settings=counter) as server:
                figures = asyncio.run(_measure(options, folder, server))
    except AppError as error:
        fail(error.code, error.message)
    except EmbeddedPostgresError as error:
        fail(error.code, str(error))
    except KeyboardInterrupt:
        return
    report.show(figures)
    if options.json_file is not None:
        options.json_file.write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="marchante-bench-", dir=parent))
    readable_by_the_server(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _measure(options: Options, folder: Path, server: EmbeddedServer) -> Figures:
    flush, yardstick = database.flush_time(server.data_dir), database.yardstick()
    arrangement = Arrangement(options.roles, options.customers, options.graph_ms, options.companies)
    postmaster = postmaster_pid(server.data_dir, server.major)
    async with prepared_ground(server.dsn, postmaster, arrangement, folder) as ground:
        if options.count_statements:
            async with ground.storage.database.pool.acquire() as connection:
                await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public")
        figures = Figures(await _surroundings(options, ground, flush, yardstick))
        figures.webhook_cost = webhook_cost()
        await _run_all(options, ground, figures)
    await _add_ceiling(options, server, ground, figures)
    return figures


async def _run_all(options: Options, ground: Ground, figures: Figures) -> None:
    async def run(name: str, load: Load) -> None:
        out.print(f"{name} …", highlight=False)
        figures.scenarios.append(await ground.scenario(name, load))

    await ground.load.run(Load(_WARM_UP_SECONDS))
    for statuses in (False, True) if options.statuses is None else (options.statuses,):
        came_back = "with statuses" if statuses else "without statuses"
        await run(f"saturated, {came_back}", Load(options.seconds, statuses=statuses))
    saturated = figures.scenarios[-1].result.replies_per_second
    rates = [options.rate] if options.rate else [max(_LEAST_RATE, saturated * share) for share in _SHARES]
    back = figures.scenarios[-1].load.statuses
    for rate in rates:
        await run(f"{rate:.0f} a second", Load(options.seconds, rate=round(rate), statuses=back))
        if figures.scenarios[-1].result.is_sustained(rate):
            figures.sustained_rate = round(rate)
            break
    await run(f"{rate / 2:.0f} a second", Load(options.seconds, rate=round(rate / 2), statuses=back))


async def _add_ceiling(options: Options, server: EmbeddedServer, ground: Ground, figures: Figures) -> None:
    out.print("pgbench …", highlight=False)
    pool = await open_pool(server.dsn, size=1)
    try:
        figures.ceiling = await measure_ceiling(
            Database(pool),
            server.dsn,
            ground.postmaster,
            schema=ground.shop.schemas[0],
            company_id=ground.shop.companies[0].id,
            customers=options.customers // options.companies,
            seconds=max(1, round(options.seconds / 2)),
        )
    finally:
        await pool.close()


async def _surroundings(options: Options, ground: Ground, flush: Spread, yardstick: Spread) -> Surroundings:
    async with ground.storage.database.pool.acquire() as connection:
        promised = await database.durability(connection)
        version = str(await connection.fetchval("SHOW server_version"))
    return Surroundings(
        cores=os.cpu_count() or 0,
        machine=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        postgres=version,
        durability=promised,
        flush=flush,
        yardstick=yardstick,
        load_average=os.getloadavg(),
        processes=list(ground.servers.values()),
        customers=options.customers,
        products=ground.shop.products,
        companies=options.companies,
        numbers=NUMBERS_OF_A_COMPANY * options.companies,
        graph_ms=options.graph_ms,
    )
