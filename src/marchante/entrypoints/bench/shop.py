"""The shop that is measured: one company with four numbers of HIGH throughput and thousands of known customers, another
company beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from marchante.bootstrap import Storage
from marchante.catalog.importing import import_catalog
from marchante.companies import repository
from marchante.companies.domain import BusinessType, Company, CompanySettings, NewCompany, Plan
from marchante.entrypoints.bench.people import Person, numbers_of
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.phone import match_key

CATALOG = Path(__file__).parents[1] / "demo" / "shops" / "abarrotes.json"
NEIGHBOUR = NewCompany(
    slug="bench_neighbour",
    name="Agua La Vecina",
    business_type=BusinessType.WATER_DELIVERY,
    plan=Plan.BASICO,
    phone_number_id="800000000000001",
    display_phone="+52 228 100 0009",
)

_CUSTOMERS = """
    WITH person AS (
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS p (name, wa_id, phone, bsuid)
    ), known AS (
        INSERT INTO customers (name, phone, privacy_notice_at, last_seen_at)
        SELECT name, wa_id, now(), now() FROM person RETURNING id, phone AS wa_id
    ), phones AS (
        INSERT INTO customer_identities (customer_id, kind, value, raw)
        SELECT id, 'phone', phone, wa_id FROM known JOIN person USING (wa_id)
    ), bsuids AS (
        INSERT INTO customer_identities (customer_id, kind, value)
        SELECT id, 'bsuid', bsuid FROM known JOIN person USING (wa_id)
    )
    INSERT INTO customer_addresses (customer_id, typed, is_default)
    SELECT id, 'Av. Xalapa ' || id || ', Centro', true FROM known
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """The measured companies, each with so many products."""

    companies: tuple[Company, ...]
    products: int

    @property
    def schemas(self) -> tuple[str, ...]:
        return tuple(company.schema for company in self.companies)


async def open_shop(storage: Storage, customers: int, companies: int = 1) -> Shop:
    """Create the companies, each with numbers, catalog and its share of the customers, and their neighbour."""
    people = [Person(place, companies) for place in range(customers)]
    opened = [
        await _open(storage, number, [person for person in people if person.company == number])
        for number in range(companies)
    ]
    await storage.companies.create(NEIGHBOUR)
    async with storage.database.pool.acquire() as connection:
        await connection.execute("ANALYZE")
    return Shop(tuple(company for company, _ in opened), opened[0][1])


async def _open(storage: Storage, number: int, people: list[Person]) -> tuple[Company, int]:
    """The company, and how many products it has."""
    new = NewCompany(
        slug="bench" if number == 0 else f"bench_{number + 1}",
        name="Abarrotes La Medida",
        business_type=BusinessType.GROCERY,
        plan=Plan.PREMIUM,
        phone_number_id=numbers_of(number)[0],
        display_phone="+52 228 100 0001",
        settings=CompanySettings(delivery_fee=Decimal("15.00"), address="Av. Xalapa 12, Centro"),
    )
    company = await storage.companies.create(new)
    async with storage.database.relay() as connection:
        await _add_numbers(connection, company.id, numbers_of(number))
    async with storage.database.company(company.schema) as connection:
        report = await import_catalog(connection, CATALOG)
        await _add_customers(connection, people)
    return await storage.companies.get(company.slug), report.imported


async def _add_numbers(connection: Connection, company_id: int, numbers: Sequence[str]) -> None:
    await connection.execute(
        """INSERT INTO platform.whatsapp_numbers (phone_number_id, company_id, display_phone)
           SELECT number, $1, '+52 228 100 000' || place
           FROM unnest($2::text[]) WITH ORDINALITY AS n (number, place) WHERE place > 1""",
        company_id,
        list(numbers),
    )
    await connection.execute(
        "UPDATE platform.whatsapp_numbers SET throughput = 'HIGH' WHERE company_id = $1", company_id
    )
    await repository.project(connection, company_id)


async def _add_customers(connection: Connection, people: list[Person]) -> None:
    await connection.execute(
        _CUSTOMERS,
        [person.name for person in people],
        [person.wa_id for person in people],
        [match_key(person.wa_id) for person in people],
        [person.bsuid for person in people],
    )
