"""Wake the other processes: NOTIFY after commit, coalesced, on a connection of its own; a slow poll is their net.

Never inside a transaction that stores: one database-wide lock would serialise those commits.
"""

import asyncio
from collections.abc import Callable, Mapping

import asyncpg
import structlog

from marchante.foundation.database.connection import CONNECT_SECONDS, DATABASE_AWAY, Connection

log = structlog.get_logger(__name__)

COALESCE = 0.02
_RECONNECT = 1.0


class Wakeups:
    """`listeners` maps a channel to what to call when it is notified, by this process or by another.

    The direct DSN must not go through a transaction pooler: LISTEN belongs to a session.
    """

    def __init__(self, direct_dsn: str, listeners: Mapping[str, Callable[[], None]]) -> None:
        self._dsn = direct_dsn
        self._listeners = listeners
        self._due: set[str] = set()
        self._something_due = asyncio.Event()
        self._stopping = False

    def notify(self, channel: str) -> None:
        """Call this process's listener at once, and the others' within some milliseconds. Best effort, never raises."""
        if channel in self._listeners:
            self._listeners[channel]()
        self._due.add(channel)
        self._something_due.set()

    async def run(self) -> None:
        while not self._stopping:
            try:
                await self._serve()
            except DATABASE_AWAY as error:
                log.warning("wakeups.connection_lost", error=type(error).__name__)
                await asyncio.sleep(_RECONNECT)

    async def stop(self) -> None:
        self._stopping = True
        self._something_due.set()

    async def _serve(self) -> None:
        connection: Connection = await asyncpg.connect(
            self._dsn,
            server_settings={"application_name": "marchante-wakeups"},
            timeout=CONNECT_SECONDS,
            command_timeout=CONNECT_SECONDS,
        )
        try:
            for channel in self._listeners:
                await connection.add_listener(channel, self._heard)
            while not self._stopping:
                await self._something_due.wait()
                self._something_due.clear()
                channels, self._due = list(self._due), set()
                if channels:
                    await connection.execute("SELECT pg_notify(c, '') FROM unnest($1::text[]) AS c", channels)
                await asyncio.sleep(COALESCE)
        finally:
            connection.terminate()  # nothing of it is worth waiting for, least of all a server that is away

    def _heard(self, connection: object, pid: int, channel: object, _payload: object) -> None:
        own = getattr(connection, "get_server_pid", lambda: None)()
        if pid != own and isinstance(channel, str):
            self._listeners[channel]()
