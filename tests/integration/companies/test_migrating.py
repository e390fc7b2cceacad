"""Companies of older releases are brought to head with all they have, one canary first."""

import asyncio
import dataclasses
from decimal import Decimal

import pytest
from tests.builders.catalog import add_product
from tests.builders.databases import anatomy, set_back
from tests.builders.orders import add_customer
from tests.builders.snapshots import rows_of
from tests.conftest import LUPITA

from marchante.companies import migrating
from marchante.companies.migrating import CANARIES, Migrated, migrate_companies
from marchante.foundation.database.migrations import head, revision_of

OLD = "0001"
STATUSES = ("pending", "shipped", "delivered", "cancelled")


@pytest.fixture
async def old_lupita(database, lupita):
    """Lupita's company as the first release made it, with four orders in it."""
    await set_back(database, lupita, OLD)
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection, "Lupe")
        product = await add_product(connection, "jitomate", stock=Decimal(10))
        for number, status in enumerate(STATUSES, start=1):
            await old_order(connection, customer, product, number, status)
    return lupita


async def test_the_command_brings_an_old_company_to_head_and_keeps_its_data(database, marchante, old_lupita, agua):
    before = await rows_of(database, old_lupita.schema)
    assert "abarrotes_lupita migrated" in await marchante.run("migrate")
    assert marchante.code == 0
    async with database.pool.acquire() as connection:
        assert await revision_of(connection, old_lupita.schema) == head("tenant")
        assert await anatomy(connection, old_lupita.schema) == await anatomy(connection, agua.schema)
    after = await rows_of(database, old_lupita.schema)
    for table in ("customers", "orders", "order_items", "order_history", "products", "order_statuses", "catalog_state"):
        assert len(after[table]) == len(before[table]) > 0, table
    # Columns that came later are at the end of a row.
    kept = [new.startswith(old.removesuffix(")")) for old, new in zip(before["orders"], after["orders"], strict=True)]
    assert all(kept)


async def test_orders_that_are_there_already_get_their_payment_and_delivery(database, old_lupita):
    assert [entry.error for entry in await migrate_companies(database, [old_lupita.slug])] == [None]
    async with database.company(old_lupita.schema) as connection:
        rows = await connection.fetch(
            """SELECT s.code, p.method, p.status AS payment, p.amount, p.pays_with, p.paid_at = o.updated_at AS paid_then,
                      d.status AS delivery, d.address, d.scheduled_from = o.requested_from AS same_slot
               FROM orders o JOIN order_statuses s ON s.id = o.status_id JOIN payments p ON p.order_id = o.id
               LEFT JOIN deliveries d ON d.order_id = o.id ORDER BY o.id"""
        )
    amount, bill = Decimal("39.00"), Decimal("50.00")
    assert [tuple(row) for row in rows] == [
        ("pending", "cash", "pending", amount, bill, None, "pending", "Av. Xalapa 12", True),
        ("shipped", "transfer", "pending", amount, None, None, "shipped", "Av. Xalapa 12", True),
        ("delivered", "cash", "completed", amount, bill, True, "delivered", "Av. Xalapa 12", True),
        ("cancelled", "transfer", "failed", amount, None, None, None, None, None),
    ]


async def test_a_company_that_fails_does_not_stop_the_others_even_as_the_first(database, companies, agua, old_lupita):
    await set_back(database, agua, OLD)
    await spoil(database, agua)
    third = await new_company(companies, database)
    for order in ([old_lupita, agua, third], [agua, old_lupita, third]):
        report = await migrate_companies(database, [company.slug for company in order])
        assert [entry.slug for entry in report] == [company.slug for company in order]
        assert [entry.slug for entry in report if entry.error] == [agua.slug]
        assert {entry.slug for entry in report if entry.changed} == {old_lupita.slug, third.slug}
        for company in (old_lupita, third):
            await set_back(database, company, OLD)
    async with database.pool.acquire() as connection:
        assert await revision_of(connection, agua.schema) == OLD
        assert await connection.fetchval(f"SELECT to_regclass('{agua.schema}.reviews')") is None


async def test_a_migration_that_fails_for_the_first_few_is_not_tried_on_the_rest(database, companies, old_lupita):
    canaries = [await new_company(companies, database, number) for number in range(CANARIES)]
    for company in canaries:
        await spoil(database, company)
    report = await migrate_companies(database, [*(company.slug for company in canaries), old_lupita.slug])
    assert all("payments" in entry.error for entry in report[:-1])
    assert report[-1] == Migrated(old_lupita.slug, changed=False, error="not tried: the others failed")
    async with database.pool.acquire() as connection:
        assert await revision_of(connection, old_lupita.schema) == OLD


async def test_migrating_again_after_a_failure_goes_on_where_it_stopped(database, marchante, agua, old_lupita):
    await set_back(database, agua, OLD)
    await spoil(database, agua)
    await marchante.run("migrate")
    assert marchante.code == 1
    async with database.company(agua.schema) as connection:
        await connection.execute("DROP TABLE payments")
    await marchante.run("migrate")
    assert marchante.code == 0
    assert "at head already" in await marchante.run("migrate", "--company", agua.slug)


async def test_two_migrations_at_once_do_it_once(database, old_lupita):
    one, other = await asyncio.gather(
        migrate_companies(database, [old_lupita.slug]), migrate_companies(database, [old_lupita.slug])
    )
    assert [entry.error for entry in (*one, *other)] == [None, None]
    assert sorted(entry.changed for entry in (*one, *other)) == [False, True]
    async with database.company(old_lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM payments") == len(STATUSES)


async def test_a_company_in_use_is_given_up_after_a_while_and_left_as_it_was(database, old_lupita, monkeypatch):
    monkeypatch.setattr("marchante.foundation.database.migrations.LOCK_TIMEOUT", "50ms")
    async with database.company(old_lupita.schema) as connection:
        await connection.execute("LOCK TABLE customers IN ACCESS SHARE MODE")
        (entry,) = await migrate_companies(database, [old_lupita.slug])
    assert "LockNotAvailable" in entry.error
    assert [done.error for done in await migrate_companies(database, [old_lupita.slug])] == [None]


async def test_few_companies_are_migrated_at_the_same_time(database, companies, old_lupita, monkeypatch):
    slugs = [old_lupita.slug, *[(await new_company(companies, database, number)).slug for number in range(6)]]
    running, most = 0, 0
    bring = migrating.bring_to_head

    async def counted(*what):
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            return await bring(*what)
        finally:
            running -= 1

    monkeypatch.setattr(migrating, "bring_to_head", counted)
    assert all(entry.changed for entry in await migrate_companies(database, slugs))
    assert 1 < most <= migrating.AT_ONCE


async def spoil(database, company):
    """Something stands in the way of the next migration."""
    async with database.company(company.schema) as connection:
        await connection.execute("CREATE TABLE payments (mine text)")


async def new_company(companies, database, number=0):
    company = await companies.create(
        dataclasses.replace(LUPITA, slug=f"tercera_{number}", phone_number_id=f"300{number}", display_phone="")
    )
    await set_back(database, company, OLD)
    return company


async def old_order(connection, customer, product, number, status):
    """As the first release wrote one: no payment, no delivery."""
    delivered = status != "cancelled"
    cash = number % 2 == 1
    order = await connection.fetchval(
        """INSERT INTO orders (folio, customer_id, status_id, subtotal, delivery_fee, total_amount, fulfilment,
                               delivery_address, requested_from, payment_method, pays_with, confirmation_key,
                               phone_number_id)
           SELECT $1, $2, s.id, 24, 15, 39, $4, $5, now(), $6, $7, $1, '1001' FROM order_statuses s WHERE s.code = $3
           RETURNING id""",
        f"A-{number:04}",
        customer,
        status,
        "delivery" if delivered else "pickup",
        "Av. Xalapa 12" if delivered else None,
        "cash" if cash else "transfer",
        Decimal(50) if cash else None,
    )
    await connection.execute(
        """INSERT INTO order_items (order_id, product_id, position, sku, product_name, quantity, unit, unit_price, total_price)
           VALUES ($1, $2, 1, 'jitomate', 'Jitomate', 1, 'kg', 24, 24)""",
        order,
        product,
    )
    await connection.execute(
        "INSERT INTO order_history (order_id, happened_at, actor_kind, action) VALUES ($1, now(), 'customer', 'placed')",
        order,
    )
