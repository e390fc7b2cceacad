"""Plays a week on a stage of its own, with a second company beside it, and gives back the page that tells it."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
import pytest

from marchante.catalog.importing import import_catalog
from marchante.companies.service import Companies
from marchante.entrypoints.demo.shops import SHOPS, DemoShop
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.database.setup import prepare
from marchante.foundation.kernel.secrets import Vault
from marchante.simulator.config import SimulatedNumber
from tests.acceptance.stage import KEY, TOKEN, open_stage
from tests.weeks import greengrocer, grocer, water
from tests.weeks.diary import Diary

BEGINS = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # Monday, before any of the shops opens


@dataclass(frozen=True, slots=True)
class Week:
    """A script and the shop it plays in."""

    file: str
    slug: str
    title: str
    live: Callable[[Diary], Awaitable[None]]


WEEKS = (
    Week("grocer.md", grocer.SLUG, grocer.TITLE, grocer.live),
    Week("greengrocer.md", greengrocer.SLUG, greengrocer.TITLE, greengrocer.live),
    Week("water.md", water.SLUG, water.TITLE, water.live),
)


async def told(server_dsn: str, week: Week) -> str:
    """The page: Markdown, the same at every run."""
    shop = next(each for each in SHOPS if each.company.slug == week.slug)
    other = next(each for each in SHOPS if each.company.slug != week.slug)
    async with _database_of(server_dsn, shop, other) as template:
        numbers = [_number(each) for each in (shop, other)]
        async with open_stage(server_dsn, template, numbers=numbers, begins=BEGINS) as stage:
            with pytest.MonkeyPatch.context() as patch:
                company = await stage.marchante.storage.companies.get(week.slug)
                diary = Diary(stage, patch, week.slug, shop.company.phone_number_id, company.zone)
                await week.live(diary)
    head = [f"# {week.title}", "", "Played through the whole product and written by `make weeks`. Do not edit.", ""]
    return "\n".join([*head, *diary.lines, "---", "", diary.counted(), ""])


@asynccontextmanager
async def _database_of(server_dsn: str, *shops: DemoShop) -> AsyncIterator[str]:
    """The name of a database with these shops in it."""
    name = f"marchante_week_{os.getpid()}_{os.urandom(4).hex()}"
    connection = await asyncpg.connect(server_dsn)
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        pool = await open_pool(f"{server_dsn.rpartition('/')[0]}/{name}", size=2)
        database = Database(pool)
        await prepare(database)
        companies = Companies(database, Vault([KEY]))
        for shop in shops:
            company = await companies.create(shop.company)
            async with database.company(company.schema) as inside:
                await import_catalog(inside, shop.catalog)
        await pool.close()
        yield name
    finally:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.close()


def _number(shop: DemoShop) -> SimulatedNumber:
    company = shop.company
    waba_id = f"2{company.phone_number_id[1:]}"
    return SimulatedNumber(company.phone_number_id, waba_id, company.display_phone, company.name, (TOKEN,))
