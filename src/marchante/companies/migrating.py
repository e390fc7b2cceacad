"""Bring every company's schema to head: one canary first, then a few at a time. A failed one never stops the others."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from marchante.foundation.database.connection import Database
from marchante.foundation.database.migrations import bring_to_head
from marchante.foundation.kernel.errors import AppError

AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of one company. `error` None and `changed` False: it was at head already."""

    slug: str
    changed: bool
    error: str | None = None


async def migrate_companies(database: Database, slugs: Sequence[str]) -> list[Migrated]:
    """Safe to repeat: a company at head is left alone. When the canary (the first) fails, no other is touched."""
    if not slugs:
        return []
    canary = await _migrate(database, slugs[0])
    if canary.error is not None:
        return [canary]
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(slug: str) -> Migrated:
        async with limit:
            return await _migrate(database, slug)

    return [canary, *await asyncio.gather(*(one(slug) for slug in slugs[1:]))]


async def _migrate(database: Database, slug: str) -> Migrated:
    try:
        async with database.pool.acquire() as connection:
            return Migrated(slug, await bring_to_head(connection, "tenant", f"company_{slug}"))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, AppError) as error:
        return Migrated(slug, changed=False, error=f"{type(error).__name__}: {error}")
