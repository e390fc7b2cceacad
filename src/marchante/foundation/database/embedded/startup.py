"""From a data directory in any state to the address of a server that answers."""

import secrets
import socket
import time
from collections.abc import Mapping
from dataclasses import replace

from marchante.foundation.database.embedded.account import Account, choose_account
from marchante.foundation.database.embedded.binaries import installation
from marchante.foundation.database.embedded.cluster import create_cluster, reset_password
from marchante.foundation.database.embedded.errors import EmbeddedPostgresError
from marchante.foundation.database.embedded.layout import HOST, Address, Layout
from marchante.foundation.database.embedded.lease import Lease, any_user
from marchante.foundation.database.embedded.postmaster import (
    Probe,
    create_database,
    is_running,
    launch,
    log_tail,
    probe,
    read_pid_file,
    server_pid,
    stop,
)

_START_SECONDS = 60
_STOP_SECONDS = 60
_LEAVING_SECONDS = 10
_ATTEMPTS = 40
_PAUSE_SECONDS = 0.25
_POLL_SECONDS = 0.01
# Below the range from which systems take ports for outgoing connections.
_PORTS = range(20_000, 32_000)
_PORT_TAKEN = ("could not bind", "could not create any TCP/IP sockets")
# Complaints that need no repair: old processes on their way out, a server killed from outside, a client's mistake.
_PASSING = (
    "pre-existing shared memory block",
    'lock file "postmaster.pid" already exists',
    "unexpected postmaster exit",
    "authentication failed",
    "the database system is",
)
_SETTINGS = {
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


def server_settings(port: int, *, durable: bool, extra_settings: Mapping[str, str]) -> dict[str, str]:
    """PostgreSQL settings of a start: ours, then the caller's; never anything but TCP on the loopback."""
    return {
        **_SETTINGS,
        **dict.fromkeys(_DURABILITY, "on" if durable else "off"),
        **extra_settings,
        "listen_addresses": HOST,
        "port": str(port),
        "unix_socket_directories": "",
    }


def join(layout: Layout, lease: Lease) -> Address | None:
    """Address of the server that runs here, whoever started it; None when there is none (any more).

    Waits while it starts, recovers or stops. A server whose password nobody knows any more is stopped when nobody
    else uses it (the start that follows sets a new one), else `postgres_url_lost`.
    """
    known = layout.read_address()
    begun = last_seen = time.monotonic()
    while is_running(layout):
        found = read_pid_file(layout)
        if server_pid(layout) is None or found is None:
            if time.monotonic() - last_seen > _LEAVING_SECONDS:
                raise _failed(
                    layout, f"Processes of a server that died, or of another container, use {layout.cluster}."
                )
        else:
            last_seen = time.monotonic()
            address = None if known is None else replace(known, port=found.port or known.port)
            verdict = Probe.REFUSED if address is None else probe(layout, address)
            if verdict is Probe.REFUSED:
                _evict(layout, lease)
                return None
            if address is not None and verdict is not Probe.SILENT:
                return _welcome(layout, address, verdict)
        _pause_until(begun + _START_SECONDS, layout)
    return None


def start(layout: Layout, *, durable: bool, extra_settings: Mapping[str, str]) -> Address:
    """Start the server, making its data first when there is none; returns once it takes connections."""
    account = choose_account(layout, installation())
    known = layout.read_address()
    address = Address(_port(known), secrets.token_urlsafe(24)) if known is None else replace(known, port=_port(known))
    # The address is on disk before anything that has its password or port: a crash in between loses neither.
    layout.write_address(address)
    if not layout.cluster.exists():
        create_cluster(account, layout, address.password, durable=durable)
    else:
        account.give(layout.cluster)
        if known is None:
            reset_password(account, layout, address.password)
    for _ in range(_ATTEMPTS):
        layout.write_address(address)
        settings = server_settings(address.port, durable=durable, extra_settings=extra_settings)
        begin = launch(account, layout, settings)
        verdict = _wait_for_answer(layout, address)
        if verdict in {Probe.READY, Probe.NO_DATABASE}:
            return _welcome(layout, address, verdict)
        address = _remedy(account, layout, address, verdict, log_tail(layout, begin))
    raise _failed(layout, f"PostgreSQL did not start in {layout.data_dir}.")


def _welcome(layout: Layout, address: Address, verdict: Probe) -> Address:
    if verdict is Probe.NO_DATABASE:
        create_database(address)
    layout.write_address(address)
    return address


def _wait_for_answer(layout: Layout, address: Address) -> Probe:
    """What the server that was just launched says; silent when it died."""
    begun = time.monotonic()
    while is_running(layout):
        verdict = probe(layout, address)
        if verdict is not Probe.SILENT:
            return verdict
        _pause_until(begun + _START_SECONDS, layout)
    return Probe.SILENT


def _remedy(account: Account, layout: Layout, address: Address, verdict: Probe, printed: str) -> Address:
    """Prepare the next attempt after a failed one, or raise with what the server printed."""
    if verdict is Probe.REFUSED:
        stop(layout, timeout_seconds=_STOP_SECONDS)
        reset_password(account, layout, address.password)
        return address
    if any(sign in printed for sign in _PORT_TAKEN):
        return replace(address, port=_port(None))
    complaints = [line for line in printed.splitlines() if " FATAL: " in line or " PANIC: " in line]
    if all(any(sign in line for sign in _PASSING) for line in complaints):
        time.sleep(_PAUSE_SECONDS)
        return address
    raise _failed(layout, f"PostgreSQL did not start in {layout.data_dir}.")


def _evict(layout: Layout, lease: Lease) -> None:
    if any_user(layout.users, but=lease):
        raise EmbeddedPostgresError(
            "postgres_url_lost",
            f"{layout.url} is gone or does not fit the server that other processes use: stop them and start again.",
        )
    stop(layout, timeout_seconds=_STOP_SECONDS)


def _pause_until(deadline: float, layout: Layout) -> None:
    if time.monotonic() > deadline:
        raise EmbeddedPostgresError(
            "postgres_start_timeout",
            f"PostgreSQL in {layout.data_dir} takes longer than {_START_SECONDS} s to start or stop and goes on: "
            f"try again later.\n{log_tail(layout)}",
        )
    time.sleep(_POLL_SECONDS)


def _failed(layout: Layout, sentence: str) -> EmbeddedPostgresError:
    return EmbeddedPostgresError("postgres_start_failed", f"{sentence} Last lines of its log:\n{log_tail(layout)}")


def _port(known: Address | None) -> int:
    """The port used before if it is free, else any free one (another process may still take it first)."""
    if known is not None and _is_free(known.port):
        return known.port
    while True:
        port = secrets.choice(_PORTS)
        if _is_free(port):
            return port


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        # As PostgreSQL does: a port whose last connections are still closing is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True
