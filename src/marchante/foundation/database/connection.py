"""Connections and transactions.

Outside a company's transaction there is no search path, so tenant tables cannot be named.

Two ways in, no third: `database.relay()` for platform and relay tables (always written with their schema), and
`database.company(schema)` for one company's tables.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
import msgspec

from marchante.foundation.kernel.errors import Transient

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
else:
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool

SCHEMA_NAME = re.compile(r"^(platform|relay|company_[a-z][a-z0-9_]{1,39})$")

# What a frozen worker holds is freed after this long; its late commit then fails.
IDLE_IN_TRANSACTION = "15s"
CONNECT_SECONDS = 5.0
# A server that does not even answer that a statement was cancelled is not there any more.
CANCEL_SECONDS = 2.0


class ConnectionLost(Transient):
    """The connection went away in the middle of a transaction: whatever was done in it is the database's secret."""

    code = "database_away"


# Whatever the driver raises when the database is away, or goes away in the middle: also its own confusion about it.
DATABASE_AWAY = (
    ConnectionLost,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)


def quoted(schema: str) -> str:
    """A schema name fit for SQL text. Only our own names pass: nothing else can ever be interpolated.

    Raises:
        ValueError: the name is not platform, relay or a company's schema.

    """
    if not SCHEMA_NAME.match(schema):
        raise ValueError(f"not a schema of ours: {schema!r}")
    return f'"{schema}"'


class _Pool(Pool):
    """A server that vanished without a word (a failover, a firewall that forgot) costs one patience, not one for each
    connection: the first that is not even answered a cancellation makes all others be replaced.
    """

    async def release(self, connection: Any, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - asyncpg's own
        try:
            await super().release(connection, timeout=CANCEL_SECONDS if timeout is None else timeout)
        except TimeoutError:
            await self.expire_connections()
            raise


async def open_pool(dsn: str, *, size: int, behind_pooler: bool = False, patience: float = 30.0) -> Pool:
    """A pool whose connections speak JSON and have an empty search path.

    `patience` is how many seconds a statement may take. `behind_pooler`: a transaction pooler stands between
    (DATABASE_POOLER=transaction): no prepared statement may outlive its transaction and no start-up parameter is
    passed; the role's default search path (empty) still holds.
    """
    options: dict[str, Any] = {"statement_cache_size": 0} if behind_pooler else {"server_settings": SERVER_SETTINGS}
    return await _Pool(
        dsn,
        min_size=min(2, size),
        max_size=size,
        init=_speak_json,
        reset=_nothing_to_reset,
        max_queries=20_000,  # recycled: a backend's catalog cache grows with every schema it touches
        max_inactive_connection_lifetime=300.0,
        loop=None,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        timeout=CONNECT_SECONDS,
        command_timeout=patience,
        **options,
    )


SERVER_SETTINGS = {
    "search_path": "",
    "application_name": "marchante",
    "jit": "off",
    "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION,
}


async def _speak_json(connection: Connection) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(name, schema="pg_catalog", encoder=_json_text, decoder=msgspec.json.decode)


def _json_text(value: object) -> str:
    return msgspec.json.encode(value).decode()


async def _nothing_to_reset(_connection: Connection) -> None:
    """Our settings are all local to a transaction: the usual RESET ALL would cost a round trip for nothing."""


class Database:
    """The one place a transaction can come from."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    @asynccontextmanager
    async def relay(self) -> AsyncIterator[Connection]:
        """A transaction on platform and relay tables; no company table can be named in it."""
        async with self.pool.acquire() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def company(self, schema: str) -> AsyncIterator[Connection]:
        """A transaction in one company's schema (and relay, by its full name). Leaving it by an error rolls back.

        Raises:
            ConnectionLost: the connection went away while the transaction was open, or in the moment of its commit.

        """
        async with self.pool.acquire() as connection:
            await connection.execute(begin_in(schema))
            try:
                yield connection
                await connection.execute("COMMIT")
            except Exception as error:
                if await self._roll_back(connection):
                    raise
                raise ConnectionLost("the database went away in the middle of a transaction") from error
            except BaseException:
                await self._roll_back(connection)
                raise

    async def _roll_back(self, connection: Connection) -> bool:
        """Whether there still is a connection to roll back on. Never raises: what went wrong before is what matters."""
        if _is_gone(connection):
            return False
        try:
            await connection.execute("ROLLBACK", timeout=CANCEL_SECONDS)
        except DATABASE_AWAY as error:
            if not _is_gone(connection):
                connection.terminate()
            if isinstance(error, TimeoutError):
                await self.pool.expire_connections()
            return False
        return True


def _is_gone(connection: Connection) -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:  # the pool took it back when it broke
        return True


def begin_in(schema: str) -> str:
    """BEGIN and the company's search path in one round trip; the path ends with the transaction."""
    return f"BEGIN; SELECT set_config('search_path', '{quoted(schema)}', true)"
