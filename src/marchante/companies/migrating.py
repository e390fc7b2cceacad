"""Bring every company's schema to head: canaries first, one by one, then a few at a time.

A company that fails never stops the others; a migration that fails everywhere is not tried everywhere.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from marchante.foundation.database.connection import Database
from marchante.foundation.database.migrations import bring_to_head
from marchante.foundation.kernel.errors import AppError

AT_ONCE = 4
# A migration that failed for so many companies, and for none before went well, is taken to be at fault itself.
CANARIES = 3


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of one company. `error` None and `changed` False: it was at head already."""

    slug: str
    changed: bool
    error: str | None = None


async def migrate_companies(database: Database, slugs: Sequence[str]) -> list[Migrated]:
    """Safe to repeat: a company at head is left alone. One entry for each slug, in their order."""
    canaries = await _canaries(database, slugs)
    rest = slugs[len(canaries) :]
    if sum(entry.error is not None for entry in canaries) == CANARIES:
        return [*canaries, *(Migrated(slug, changed=False, error="not tried: the others failed") for slug in rest)]
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(slug: str) -> Migrated:
        async with limit:
            return await _migrate(database, slug)

    return [*canaries, *await asyncio.gather(*(one(slug) for slug in rest))]


async def _canaries(database: Database, slugs: Sequence[str]) -> list[Migrated]:
    """Companies one by one until one was migrated, or too many have failed."""
    tried: list[Migrated] = []
    for slug in slugs:
        tried.append(await _migrate(database, slug))
        if tried[-1].changed or sum(entry.error is not None for entry in tried) == CANARIES:
            break
    return tried


async def _migrate(database: Database, slug: str) -> Migrated:
    try:
        async with database.pool.acquire() as connection:
            return Migrated(slug, await bring_to_head(connection, "tenant", f"company_{slug}"))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, AppError) as error:
        return Migrated(slug, changed=False, error=f"{type(error).__name__}: {error}")
