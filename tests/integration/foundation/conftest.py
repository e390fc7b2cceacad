"""Data directories for the embedded PostgreSQL: a new one, a used one, a running one."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.integration.foundation.postgres_processes import (
    command_line,
    is_alive,
    psql,
)

from marchante.foundation.database.embedded import (
    EmbeddedServer,
    embedded_postgres,
)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data directory that does not exist yet, in a place that every account can reach (pytest's own is closed)."""
    with _reachable() as parent:
        yield parent / "data"


@pytest.fixture(scope="module")
def stopped() -> Iterator[Path]:
    with _reachable() as parent:
        with embedded_postgres(parent / "data", durable=False) as server:
            psql(server.dsn, "CREATE TABLE kept (writer int, number int)")
        yield parent / "data"


@pytest.fixture
def used_dir(stopped: Path, data_dir: Path) -> Path:
    """A data directory that was used before and whose server is stopped."""
    subprocess.run(["cp", "-a", stopped, data_dir], check=True)
    return data_dir


@pytest.fixture(scope="module")
def embedded_server() -> Iterator[EmbeddedServer]:
    with _reachable() as parent, embedded_postgres(parent / "data", extra_settings={"work_mem": "7MB"}) as running:
        yield running


@contextmanager
def _reachable() -> Iterator[Path]:
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 1_000_000_000
    # Killed processes lose nothing of either; data in memory is made several times faster.
    parent = Path(tempfile.mkdtemp(prefix="marchante-", dir=memory if roomy else None))
    parent.chmod(0o711)
    try:
        yield parent
    finally:
        _remove(parent)


def _remove(parent: Path) -> None:
    """Stop what a failed test left running, then remove its files."""
    pid_file = parent / "data" / "postgres-18" / "postmaster.pid"
    if pid_file.exists():
        pid = int(pid_file.read_text().split("\n")[0])
        if f"{parent}/" in command_line(pid):
            os.kill(pid, signal.SIGQUIT)
            while is_alive(pid):
                time.sleep(0.02)
    shutil.rmtree(parent)
