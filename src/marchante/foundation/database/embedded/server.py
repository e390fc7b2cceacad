"""One PostgreSQL for all processes that share a data directory: first in starts it, last out stops it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from marchante.foundation.database.embedded.binaries import installation
from marchante.foundation.database.embedded.errors import EmbeddedPostgresError
from marchante.foundation.database.embedded.layout import Layout, prepare_layout, refuse_other_major
from marchante.foundation.database.embedded.lease import Lease, any_user, exclusive
from marchante.foundation.database.embedded.postmaster import is_running, stop
from marchante.foundation.database.embedded.startup import join, start

_STOP_SECONDS = 60
# Longer than a start and a stop together: whoever waits here learns what became of them.
_GUARD_SECONDS = 150
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server that this process may use until it releases it."""

    dsn: str = field(repr=False)
    """`postgresql://role:password@127.0.0.1:port/marchante`."""
    data_dir: Path
    major: int
    _lease: Lease = field(repr=False, compare=False)


@contextmanager
def embedded_postgres(
    data_dir: Path, *, durable: bool = True, extra_settings: Mapping[str, str] = _NO_SETTINGS
) -> Iterator[EmbeddedServer]:
    """Use the PostgreSQL of a data directory, starting it when nobody has; see `acquire`."""
    server = acquire(data_dir, durable=durable, extra_settings=extra_settings)
    try:
        yield server
    finally:
        release(server)


def acquire(
    data_dir: Path, *, durable: bool = True, extra_settings: Mapping[str, str] = _NO_SETTINGS
) -> EmbeddedServer:
    """Start the server of a data directory, or join the one that runs, and register this process as its user.

    The data directory is made when missing. `durable=False` gives up crash safety for speed (tests);
    `extra_settings` are PostgreSQL settings by name. Both count only for the process that starts the server. A server
    that died while this process uses it comes back, at the same address if the port is still free, with another
    `acquire`. Blocks for about a second on the first start. Raises `EmbeddedPostgresError`.
    """
    layout = prepare_layout(data_dir, installation().major)
    with exclusive(layout.guard, timeout_seconds=_GUARD_SECONDS):
        refuse_other_major(layout)
        lease = Lease.take(layout.users)
        try:
            address = join(layout, lease) or start(layout, durable=durable, extra_settings=extra_settings)
        except BaseException as error:
            lease.drop()
            # A long crash recovery must not begin anew with each attempt: it goes on, and the next attempt joins it.
            if not (isinstance(error, EmbeddedPostgresError) and error.code == "postgres_start_timeout"):
                _stop_unless_used(layout)
            raise
    return EmbeddedServer(dsn=address.dsn(), data_dir=layout.data_dir, major=layout.major, _lease=lease)


def release(server: EmbeddedServer) -> None:
    """End the use; the last user stops the server. Releasing twice, or in a forked child, does nothing."""
    lease = server._lease  # noqa: SLF001
    if lease.pid != os.getpid() or not lease.path.exists():
        return
    layout = Layout(server.data_dir, server.major)
    with exclusive(layout.guard, timeout_seconds=_GUARD_SECONDS):
        lease.drop()
        _stop_unless_used(layout)


def _stop_unless_used(layout: Layout) -> None:
    if not any_user(layout.users) and is_running(layout):
        stop(layout, timeout_seconds=_STOP_SECONDS)
