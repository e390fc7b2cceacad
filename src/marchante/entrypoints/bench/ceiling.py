"""The same writes by pgbench: what this PostgreSQL could do if Python cost nothing."""

import asyncio
import re
from pathlib import Path
from urllib.parse import urlsplit

from marchante.entrypoints.bench import cpu
from marchante.entrypoints.bench.database import COUNTED_AFTER, counted, per_message
from marchante.entrypoints.bench.figures import Ceiling
from marchante.foundation.database.connection import Database
from marchante.foundation.database.embedded import postgres_environment, postgres_program
from marchante.foundation.kernel.errors import Permanent

CLIENTS = 8
SCRIPT = Path(__file__).with_name("one_message.sql")
_RATE = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_DONE = re.compile(r"number of transactions actually processed: (\d+)")


async def measure_ceiling(
    database: Database, dsn: str, postmaster: int, *, schema: str, company_id: int, customers: int, seconds: int
) -> Ceiling:
    """Run the script for so many seconds with 8 clients on the database that was just measured.

    Raises:
        Permanent: `pgbench_failed`, with what it printed.

    """
    async with database.pool.acquire() as connection:
        await connection.execute("CHECKPOINT")
        before = await counted(connection, [schema])
    used = cpu.cpu_seconds(cpu.snapshot(), postmaster)
    printed, bench_seconds = await _pgbench(dsn, company_id, customers, seconds)
    rate, done = _RATE.search(printed), _DONE.search(printed)
    if rate is None or done is None:
        raise Permanent(f"pgbench: {printed[-500:]}", code="pgbench_failed")
    messages = int(done[1])
    used = cpu.cpu_seconds(cpu.snapshot(), postmaster) - used
    await asyncio.sleep(COUNTED_AFTER)
    async with database.pool.acquire() as connection:
        cost = per_message(before, await counted(connection, [schema]), messages)
    return Ceiling(
        messages_per_second=round(float(rate[1]), 1),
        clients=CLIENTS,
        commits=cost.commits,
        wal_kilobytes=cost.wal_kilobytes,
        postgres_cpu=round(used / messages * 1000, 2),
        pgbench_cpu=round(bench_seconds / messages * 1000, 2),
    )


async def _pgbench(dsn: str, company_id: int, customers: int, seconds: int) -> tuple[str, float]:
    """What it printed, and the CPU seconds it used itself."""
    address = urlsplit(dsn)
    command = [str(postgres_program("pgbench")), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "1"]
    command += ["-T", str(seconds), "-f", str(SCRIPT), "-D", f"company={company_id}", "-D", f"customers={customers}"]
    command += ["-h", str(address.hostname), "-p", str(address.port), "-U", str(address.username)]
    process = await asyncio.create_subprocess_exec(
        *command,
        address.path.lstrip("/"),
        env=postgres_environment() | {"PGPASSWORD": address.password or ""},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        reading = asyncio.create_task(process.communicate())
        await asyncio.sleep(max(0.1, seconds - 0.2))
        used = cpu.cpu_seconds(cpu.snapshot(), process.pid)
        printed, _ = await asyncio.wait_for(reading, 30)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return printed.decode(errors="replace"), used
