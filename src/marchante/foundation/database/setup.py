"""Bring the shared schemas to head before anyone serves."""

from marchante.foundation.database.connection import Database
from marchante.foundation.database.migrations import bring_to_head


async def prepare(database: Database) -> None:
    """Create or migrate `platform` and `relay`. Company schemas are migrated one by one, by `companies`."""
    async with database.pool.acquire() as connection:
        await bring_to_head(connection, "platform", "platform")
        await bring_to_head(connection, "relay", "relay")
