"""The running server: recognise it, start it, ask it, stop it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self

from marchante.foundation.database.embedded.account import Account
from marchante.foundation.database.embedded.binaries import postgres_environment, postgres_program
from marchante.foundation.database.embedded.errors import EmbeddedPostgresError
from marchante.foundation.database.embedded.layout import DATABASE, HOST, ROLE, Address, Layout
from marchante.foundation.database.embedded.lease import is_locked, open_lock_file, try_lock

_POLL_SECONDS = 0.01
_LOG_BYTES = 10 * 1024 * 1024
_PROBE = f"SELECT count(*), current_setting('data_directory') FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608


class Probe(Enum):
    """What a connection with our password found."""

    READY = "our server with our database"
    NO_DATABASE = "our server without our database"
    REFUSED = "a server that does not take our password, or serves other data"
    SILENT = "nothing that takes connections"


@dataclass(frozen=True)
class PidFile:
    """The lines of `postmaster.pid` that matter here."""

    pid: int
    port: int
    ready: bool

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read the file; None when it is empty or was not written by a server. A file half written is not ready."""
        lines = [*text.splitlines(), *[""] * 8]
        if not lines[0].strip().isdecimal():
            return None
        port = int(lines[3]) if lines[3].isdecimal() else 0
        return cls(pid=int(lines[0]), port=port, ready=lines[7].strip() == "ready")


def read_pid_file(layout: Layout) -> PidFile | None:
    """What the server, or one that died, wrote about itself."""
    try:
        return PidFile.parse((layout.cluster / "postmaster.pid").read_text(errors="replace"))
    except FileNotFoundError:
        return None


def is_running(layout: Layout) -> bool:
    """Whether a server, or a child that outlived it, still works on the data."""
    return is_locked(layout.alive) or server_pid(layout) is not None


def server_pid(layout: Layout) -> int | None:
    """Process id of the living server of this very data directory; a reused id does not count."""
    found = read_pid_file(layout)
    if found is None or f"/postgres -D {layout.cluster} " not in _command_line(found.pid):
        return None
    return found.pid


def _command_line(pid: int) -> str:
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return os.fsdecode(b" ".join([*words, b""]))
    shown = subprocess.run(  # noqa: S603
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return f"{shown.stdout.strip()} "


def probe(layout: Layout, address: Address) -> Probe:
    """Connect as our role and see whose server answers; silent until the server of this data directory is ready."""
    found = read_pid_file(layout)
    if found is None or not found.ready or server_pid(layout) != found.pid:
        return Probe.SILENT
    asked = _psql(address, _PROBE)
    if asked.returncode == 0:
        count, _, folder = asked.stdout.strip().partition("|")
        if folder != str(layout.cluster):
            return Probe.REFUSED
        return Probe.READY if count == "1" else Probe.NO_DATABASE
    if "too many clients" in asked.stderr:
        return Probe.READY  # only a busy server says so; its process and port have been recognised already
    return Probe.REFUSED if "authentication failed" in asked.stderr else Probe.SILENT


def create_database(address: Address) -> None:
    """Create our database in a new cluster."""
    created = _psql(address, f"CREATE DATABASE {DATABASE}")
    if created.returncode != 0:
        raise EmbeddedPostgresError("postgres_init_failed", f"PostgreSQL made no database: {created.stderr.strip()}")


def _psql(address: Address, statement: str) -> subprocess.CompletedProcess[str]:
    # The password travels in the environment: a command line can be read by every account.
    environment = {**postgres_environment(), "PGPASSWORD": address.password, "PGCONNECT_TIMEOUT": "5"}
    where = ["-h", HOST, "-p", str(address.port), "-U", ROLE, "-d", "postgres"]
    return subprocess.run(  # noqa: S603
        [postgres_program("psql"), "-XAtw", *where, "-c", statement],
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def launch(account: Account, layout: Layout, settings: Mapping[str, str]) -> int:
    """Start the server detached from this process; returns where its own lines begin in the log (bytes)."""
    rotate_log(layout)
    alive = open_lock_file(layout.alive)
    try:
        if not try_lock(alive):
            raise EmbeddedPostgresError("postgres_start_failed", f"{layout.cluster} is still in use.")
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command: list[str | Path] = [account.installation.program("postgres"), "-D", layout.cluster, *flags]
        with os.fdopen(os.open(layout.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            begin = os.fstat(log.fileno()).st_size
            # The shell leaves at once: the server is nobody's child, so no owner keeps a zombie of it.
            account.run(
                ["/bin/sh", "-c", '"$@" &', "sh", *command], log=log, keep=[alive], environment=ignore_stale_pid(layout)
            )
        return begin
    finally:
        os.close(alive)


def ignore_stale_pid(layout: Layout) -> dict[str, str]:
    """Have PostgreSQL ignore the id of a dead server that an unrelated process bears by now.

    It skips the id it is told to be its grandparent's, and still checks that no old child uses the shared memory.
    """
    stale = read_pid_file(layout)
    return {} if stale is None else {"PG_GRANDPARENT_PID": str(stale.pid)}


def wait_until(condition: Callable[[], bool], *, timeout_seconds: float) -> bool:
    """Poll until the condition holds; False when it did not in time."""
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def stop(layout: Layout, *, timeout_seconds: float) -> None:
    """Fast shutdown: open transactions are rolled back, everything committed is on disk afterwards."""
    pid = server_pid(layout)
    if pid is not None:
        try:
            os.kill(pid, signal.SIGINT)
        except ProcessLookupError:
            pass
        except PermissionError as error:
            raise EmbeddedPostgresError(
                "postgres_not_permitted", f"The server in {layout.data_dir} runs under another account."
            ) from error
    if not wait_until(lambda: not is_running(layout), timeout_seconds=timeout_seconds):
        raise EmbeddedPostgresError(
            "postgres_stop_timeout", f"PostgreSQL did not stop within {timeout_seconds:.0f} s.\n{log_tail(layout)}"
        )


def log_tail(layout: Layout, begin: int = 0, *, lines: int = 12) -> str:
    """Last lines the server printed, from `begin` (bytes) on."""
    try:
        with layout.log.open("rb") as log:
            log.seek(max(begin, layout.log.stat().st_size - 16_384))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""


def rotate_log(layout: Layout) -> None:
    """Set a log of more than 10 MB aside, so that log and predecessor stay bounded."""
    if layout.log.exists() and layout.log.stat().st_size > _LOG_BYTES:
        layout.log.replace(layout.log.with_suffix(".log.1"))
