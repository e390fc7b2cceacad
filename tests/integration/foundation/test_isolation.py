"""Nothing reads or writes a company's data except inside that company's transaction."""

import asyncpg
import pytest

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database


async def test_outside_a_company_no_tenant_table_can_be_named(database: Database) -> None:
    async with database.relay() as connection:
        with pytest.raises(asyncpg.UndefinedTableError):
            await connection.fetch("SELECT id FROM customers")


async def test_the_search_path_ends_with_the_transaction(database: Database, lupita: Company) -> None:
    async with database.pool.acquire() as connection:
        await connection.execute("SELECT 1")
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM customers") == 0
    for _ in range(10):
        async with database.relay() as connection:
            assert await connection.fetchval("SHOW search_path") == ""


async def test_a_company_sees_only_its_own_rows(database: Database, lupita: Company, agua: Company) -> None:
    async with database.company(lupita.schema) as connection:
        await connection.execute("INSERT INTO customers (name) VALUES ('Lupe')")
    async with database.company(agua.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM customers") == 0
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT name FROM customers") == "Lupe"


async def test_an_error_inside_a_company_transaction_leaves_nothing_behind(database: Database, lupita: Company) -> None:
    with pytest.raises(RuntimeError):  # noqa: PT012 - the transaction must be inside
        async with database.company(lupita.schema) as connection:
            await connection.execute("INSERT INTO customers (name) VALUES ('Nadie')")
            raise RuntimeError("the turn failed")
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM customers") == 0


@pytest.mark.parametrize(
    "name", ["public", "company_", "company_A", 'company_a"; DROP SCHEMA relay', "pg_catalog", "company_1a"]
)
async def test_only_our_own_schema_names_are_ever_put_into_sql(database: Database, name: str) -> None:
    with pytest.raises(ValueError, match="not a schema of ours"):
        async with database.company(name):
            pass
