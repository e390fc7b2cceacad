"""The bench on a small scale: real processes, a second of load, every message answered once and counted."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marchante.bootstrap import Storage
from marchante.companies.service import Companies
from marchante.entrypoints.bench.ceiling import measure_ceiling
from marchante.entrypoints.bench.database import durability
from marchante.entrypoints.bench.figures import Load
from marchante.entrypoints.bench.ground import Arrangement, Ground, prepared_ground
from marchante.entrypoints.bench.shop import open_shop
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.clock import SystemClock
from marchante.foundation.kernel.errors import Permanent
from marchante.foundation.kernel.secrets import Vault

CUSTOMERS = 100


@pytest.fixture
async def ground(database_dsn: str, tmp_path: Path) -> AsyncIterator[Ground]:
    arrangement = Arrangement(("all",), CUSTOMERS, graph_ms=1)
    async with prepared_ground(database_dsn, os.getpid(), arrangement, tmp_path) as ground:
        yield ground


async def test_a_second_of_load_is_answered_and_its_cost_is_shared_out(ground: Ground, database_dsn: str) -> None:
    scenario = await ground.scenario("small", Load(1.5, rate=20, statuses=True))

    result = scenario.result
    assert result.sent >= 25
    assert (result.replied, result.unanswered, result.extra_replies, result.refused) == (result.sent, 0, 0, 0)
    assert result.texts > 0
    assert result.webhook.count == result.sent
    assert result.tap_reply.count + result.text_reply.count == result.sent == sum(result.by_second)
    assert scenario.statuses == 3 * result.sent
    assert list(scenario.costs.server) == ["all"]
    assert scenario.costs.total > 0
    assert scenario.database.commits > 0
    assert scenario.database.wal_kilobytes > 0

    confirmed = await ground.scenario("again", Load(1.0, window=CUSTOMERS))
    assert confirmed.orders > 0

    ceiling = await measure_ceiling(
        ground.storage.database,
        database_dsn,
        os.getpid(),
        schema=ground.shop.schemas[0],
        company_id=ground.shop.companies[0].id,
        customers=CUSTOMERS,
        seconds=1,
    )
    assert ceiling.messages_per_second > 0
    assert ceiling.commits >= 5


async def test_each_measured_company_has_four_numbers_of_high_throughput_and_its_share_of_the_customers(
    database: Database, database_dsn: str, vault: Vault, companies: Companies
) -> None:
    storage = Storage(database, database_dsn, vault, SystemClock(), companies)
    shop = await open_shop(storage, CUSTOMERS, companies=2)
    assert {"bench", "bench_2", "bench_neighbour"} < {each.slug for each in await companies.list()}
    for company in shop.companies:
        assert [number.throughput for number in company.numbers] == ["HIGH"] * 4
        async with database.company(company.schema) as connection:
            assert await connection.fetchval("SELECT count(*) FROM customers") == CUSTOMERS / 2
            assert await connection.fetchval("SELECT count(*) FROM products") == shop.products == 60


async def test_a_database_that_does_not_flush_is_not_measured(database: Database) -> None:
    async with database.pool.acquire() as connection:
        with pytest.raises(Permanent) as refused:
            await durability(connection)
    assert refused.value.code == "not_durable"
    assert "fsync" in refused.value.message
