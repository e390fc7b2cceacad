"""Stages: shared by the tests of a file where each brings its own customers, of one test where it breaks things."""

import asyncio
import itertools
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import structlog
from tests.acceptance.people import Person
from tests.acceptance.stage import GROCER, KEY, LATE, SLUGS, SOON, WATER, Stage, open_stage
from typer.testing import CliRunner

from marchante.catalog.importing import import_catalog
from marchante.entrypoints.cli import app
from marchante.foundation.database.connection import Database, open_pool

CATALOGS = Path("tests/understanding/known/catalogs")
_phones = itertools.count(5212287770001)

NewPerson = Callable[..., Person]


def new_person(stage: Stage, number: str = GROCER, **known: Any) -> Person:
    """Somebody who never wrote to any shop."""
    return Person(stage, str(next(_phones)), number, **known)


@pytest.fixture(scope="session", autouse=True)
def _logs_apart() -> Iterator[None]:
    """What the product logs is not mixed with what its commands print."""
    plain = (structlog.contextvars.merge_contextvars, structlog.processors.add_log_level)
    structlog.configure(
        [*plain, structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    yield
    structlog.reset_defaults()


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
async def stage(postgres_dsn: str, stocked: str, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Marked `graph_is_lost` it gives up a Graph that does not answer before anybody would."""
    seconds = SOON if request.node.get_closest_marker("graph_is_lost") else LATE
    async with open_stage(postgres_dsn, stocked, graph_seconds=seconds) as stage:
        yield stage


@pytest.fixture
async def running_stage(postgres_dsn: str, stocked: str) -> AsyncIterator[Stage]:
    """The product's own loops work, behind a database that can be taken away."""
    async with open_stage(postgres_dsn, stocked, runs=True, behind_proxy=True) as stage:
        yield stage


@pytest.fixture
def somebody(shared_stage: Stage) -> NewPerson:
    """A new customer of the shared stage: `somebody()` of the grocer, `somebody(WATER)` of the other company."""
    return lambda number=GROCER, **known: new_person(shared_stage, number, **known)


@pytest.fixture
def someone(stage: Stage) -> NewPerson:
    """A new customer of this test's own stage."""
    return lambda number=GROCER, **known: new_person(stage, number, **known)


@dataclass(frozen=True)
class Printed:
    """What a command wrote."""

    exit_code: int
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Shopkeeper:
    """Works with the commands of `marchante …`, at the stage's time."""

    stage: Stage
    monkeypatch: pytest.MonkeyPatch

    async def runs(self, *command: str) -> Printed:
        self.monkeypatch.setenv("DATABASE_URL", self.stage.dsn)
        self.monkeypatch.setenv("SECRET_KEY", KEY)
        self.monkeypatch.setattr("marchante.bootstrap.SystemClock", lambda: self.stage.clock)
        self.monkeypatch.setattr("marchante.foundation.logs.configure", lambda _style: None)
        result = await asyncio.to_thread(CliRunner().invoke, app, list(command))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Printed(result.exit_code, result.output)


@pytest.fixture
def shopkeeper(shared_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Shopkeeper:
    """Of the shared stage."""
    return Shopkeeper(shared_stage, monkeypatch)
