"""A database of one connection, so that a test sees every statement."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from marchante.foundation.database.connection import Connection


class OneConnection:
    """Stands in for `Database` and for its pool."""

    def __init__(self, connection: Connection) -> None:
        self.pool = self
        self._connection = connection

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Connection]:
        yield self._connection

    @asynccontextmanager
    async def relay(self) -> AsyncIterator[Connection]:
        async with self._connection.transaction():
            yield self._connection
