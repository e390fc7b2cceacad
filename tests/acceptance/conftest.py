"""Stages: shared by the tests of a file where each brings its own customers, of one test where it breaks things."""

import itertools
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest
from tests.acceptance.people import Person
from tests.acceptance.stage import GROCER, SLUGS, WATER, Stage, open_stage

from marchante.catalog.importing import import_catalog
from marchante.foundation.database.connection import Database, open_pool

CATALOGS = Path("tests/understanding/known/catalogs")
_phones = itertools.count(5212287770001)

NewPerson = Callable[..., Person]


@pytest.fixture(scope="session")
async def stocked(postgres_dsn: str, template: str) -> str:
    """A database whose two companies have products to sell."""
    name = f"marchante_stocked_{os.getpid()}"
    connection = await asyncpg.connect(postgres_dsn)
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    await connection.close()
    pool = await open_pool(f"{postgres_dsn.rpartition('/')[0]}/{name}", size=2)
    for number, catalog in ((GROCER, "abarrotes.json"), (WATER, "agua.json")):
        async with Database(pool).company(f"company_{SLUGS[number]}") as company:
            await import_catalog(company, CATALOGS / catalog)
    await pool.close()
    return name


@pytest.fixture(scope="module")
async def shared_stage(postgres_dsn: str, stocked: str) -> AsyncIterator[Stage]:
    async with open_stage(postgres_dsn, stocked) as stage:
        yield stage


@pytest.fixture
async def stage(postgres_dsn: str, stocked: str) -> AsyncIterator[Stage]:
    async with open_stage(postgres_dsn, stocked) as stage:
        yield stage


@pytest.fixture
def somebody(shared_stage: Stage) -> NewPerson:
    """A new customer of the shared stage: `somebody()` of the grocer, `somebody(WATER)` of the other company."""
    return lambda number=GROCER, **known: Person(shared_stage, str(next(_phones)), number, **known)


@pytest.fixture
def someone(stage: Stage) -> NewPerson:
    """A new customer of this test's own stage."""
    return lambda number=GROCER, **known: Person(stage, str(next(_phones)), number, **known)
