"""Who uses the server: locks that the kernel drops with the process, however it dies."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from marchante.foundation.database.embedded.errors import EmbeddedPostgresError

_POLL_SECONDS = 0.02


def open_lock_file(path: Path) -> int:
    """Open (or make, 0600) a lock file; `postgres_not_permitted` when another account owns it."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except PermissionError as error:
        raise EmbeddedPostgresError(
            "postgres_not_permitted",
            f"{path} belongs to another account: run as that account or choose another MARCHANTE_DATA_DIR.",
        ) from error


def try_lock(descriptor: int) -> bool:
    """Take the exclusive lock of an open file, or say that somebody else holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_locked(path: Path) -> bool:
    """Whether a living process holds the lock of this file."""
    descriptor = open_lock_file(path)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(path: Path, *, timeout_seconds: float) -> Iterator[None]:
    """Run alone among all processes; `postgres_busy` when somebody else is at it for longer than the timeout."""
    descriptor = open_lock_file(path)
    try:
        deadline = time.monotonic() + timeout_seconds
        while not try_lock(descriptor):
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    "postgres_busy",
                    f"Another process has been starting or stopping PostgreSQL in {path.parent} "
                    f"for {timeout_seconds:.0f} s.",
                )
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Lease:
    """One use of the server by this process; it ends with `drop` or with the process."""

    path: Path
    descriptor: int
    pid: int

    @classmethod
    def take(cls, folder: Path) -> Self:
        """Register a use. Call it, `drop` and `any_user` only inside `exclusive`."""
        path = folder / f"{os.getpid()}-{secrets.token_hex(4)}"
        descriptor = open_lock_file(path)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return cls(path, descriptor, os.getpid())

    def drop(self) -> None:
        """End this use."""
        self.path.unlink(missing_ok=True)
        os.close(self.descriptor)


def any_user(folder: Path, *, but: Lease | None = None) -> bool:
    """Whether a living process uses the server, leaving one lease out; what the dead left behind is removed."""
    alive = False
    for path in folder.iterdir():
        if but is not None and path == but.path:
            continue
        if is_locked(path):
            alive = True
        else:
            with suppress(FileNotFoundError):
                path.unlink()
    return alive
