"""Somebody writes to a shop, and who the shop then takes them for."""

from marchante.companies.domain import Company
from marchante.customers.domain import ContactIdentity, CustomerRow
from marchante.customers.service import locked_customer
from marchante.foundation.database.connection import Database
from tests.fakes.clock import FakeClock


async def wrote(database: Database, company: Company, identity: ContactIdentity, clock: FakeClock) -> CustomerRow:
    async with database.company(company.schema) as connection:
        return await locked_customer(connection, identity, clock.now())


async def live(database: Database, company: Company) -> set[tuple[int, str, str]]:
    async with database.company(company.schema) as connection:
        rows = await connection.fetch(
            "SELECT customer_id, kind, value FROM customer_identities WHERE retired_at IS NULL"
        )
    return {tuple(row) for row in rows}


async def customers(database: Database, company: Company) -> dict[int, tuple[str | None, str | None]]:
    async with database.company(company.schema) as connection:
        return {
            row["id"]: (row["name"], row["phone"])
            for row in await connection.fetch("SELECT id, name, phone FROM customers")
        }
