"""What PostgreSQL promises and what it counted."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from marchante.entrypoints.bench.figures import DatabaseCost, Spread
from marchante.foundation.database.connection import Connection, quoted
from marchante.foundation.kernel.errors import Permanent

DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")
STATEMENT_COUNTER = {"shared_preload_libraries": "pg_stat_statements", "pg_stat_statements.track_utility": "on"}
# Sessions hand in what they counted once a second.
COUNTED_AFTER = 1.2
_BLOCK = b"\0" * 8192
_WRITES = 100
_LOOPS = 20
_NUMBERS = 100_000


async def durability(connection: Connection) -> dict[str, str]:
    """The settings a durable figure needs, all on.

    Raises:
        Permanent: `not_durable`: a figure taken without them would be about something else.

    """
    found = {name: str(await connection.fetchval("SELECT current_setting($1)", name)) for name in DURABILITY}
    off = [name for name, value in found.items() if value != "on"]
    if off:
        raise Permanent(f"{', '.join(off)} must be on to measure", code="not_durable")
    return found


def flush_time(folder: Path) -> Spread:
    """How long a write of one block takes to reach the disk: on a disk that lies, or in memory, microseconds."""
    seconds: list[float] = []
    file = os.open(folder / "flush", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        for _ in range(_WRITES):
            begun = time.perf_counter()
            os.pwrite(file, _BLOCK, 0)
            os.fsync(file)
            seconds.append(time.perf_counter() - begun)
    finally:
        os.close(file)
        (folder / "flush").unlink()
    return Spread.of(seconds)


def yardstick() -> Spread:
    """How long a fixed piece of Python takes on this machine at this moment: to compare one day with another."""
    seconds: list[float] = []
    for _ in range(_LOOPS):
        begun = time.perf_counter()
        sum(number * number for number in range(_NUMBERS))
        seconds.append(time.perf_counter() - begun)
    return Spread.of(seconds)


@dataclass(frozen=True, slots=True)
class Counted:
    commits: int
    wal_bytes: int
    wal_flushes: int | None
    statements: int | None
    orders: int
    statuses: int


async def counted(connection: Connection, schemas: Sequence[str]) -> Counted:
    """Since the database was made. `schemas` are the measured companies'."""
    row = await connection.fetchrow(
        """SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()) AS commits,
                  pg_current_wal_lsn() - '0/0' AS wal_bytes,
                  (SELECT count(*) FROM relay.inbox_statuses) AS statuses"""
    )
    assert row is not None
    orders = [await connection.fetchval(f"SELECT count(*) FROM {quoted(schema)}.orders") for schema in schemas]  # noqa: S608
    statements = None
    if await connection.fetchval("SELECT to_regclass('public.pg_stat_statements') IS NOT NULL"):
        statements = await connection.fetchval(
            """SELECT coalesce(sum(calls), 0)::bigint FROM public.pg_stat_statements s
               JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database()"""
        )
    return Counted(
        commits=row["commits"],
        wal_bytes=int(row["wal_bytes"]),
        wal_flushes=await _wal_flushes(connection),
        statements=statements,
        orders=sum(orders),
        statuses=row["statuses"],
    )


async def _wal_flushes(connection: Connection) -> int | None:
    """Flushes of the log by all sessions; counted from PostgreSQL 18 on."""
    if int(await connection.fetchval("SHOW server_version_num")) < 180_000:  # noqa: PLR2004
        return None
    flushes: int | None = await connection.fetchval(
        "SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal' AND context = 'normal'"
    )
    return flushes


def per_message(before: Counted, after: Counted, messages: int) -> DatabaseCost:
    number = max(1, messages)
    flushes = _difference(before.wal_flushes, after.wal_flushes)
    statements = _difference(before.statements, after.statements)
    return DatabaseCost(
        commits=round((after.commits - before.commits) / number, 2),
        wal_kilobytes=round((after.wal_bytes - before.wal_bytes) / number / 1024, 1),
        wal_flushes=None if flushes is None else round(flushes / number, 2),
        statements=None if statements is None else round(statements / number, 1),
    )


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before
