"""What a piece of code asks the database, and when it has to wait there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from marchante.foundation.database.connection import Connection, Database


@asynccontextmanager
async def counted(connection: Connection) -> AsyncIterator[list[str]]:
    """The statements sent over this connection inside the block; complete once the block is left."""
    seen: list[str] = []

    def note(query: object) -> None:
        seen.append(str(getattr(query, "query", query)))

    connection.add_query_logger(note)
    try:
        yield seen
        await asyncio.sleep(0)  # loggers are called by the loop
    finally:
        connection.remove_query_logger(note)


async def somebody_waits_for_a_lock(database: Database) -> None:
    """Return as soon as a connection of this database waits for a row another one holds."""
    while True:
        async with database.relay() as connection:
            if await connection.fetchval(
                """SELECT EXISTS (SELECT FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock')"""
            ):
                return
        await asyncio.sleep(0.01)
