"""A catalog is imported while the shop sells, or while somebody else imports."""

import asyncio
from decimal import Decimal

from tests.builders.catalog_files import csv_file, json_file
from tests.builders.catalog_imports import JITOMATE, imported, products
from tests.builders.orders import add_customer, draft, line
from tests.fakes.statements import somebody_waits_for_a_lock

from marchante.catalog.files import parse_catalog
from marchante.catalog.importing import import_rows
from marchante.orders.domain import OrderPlaced
from marchante.orders.service import place


async def test_orders_go_on_while_catalogs_are_imported(database, lupita, agua, clock):
    skus = [f"P{number:03d}" for number in range(200)]
    first = csv_file(("sku", "nombre", "precio", "existencia"), *((sku, sku, "10", "500") for sku in skus))
    again = csv_file(("sku", "nombre", "precio"), *((sku, sku, "11") for sku in reversed(skus)), ("NEW", "Nuevo", "1"))
    await imported(database, lupita, "c.csv", first)
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        ids = [row["id"] for row in await connection.fetch("SELECT id FROM products ORDER BY id DESC LIMIT 20")]

    async def order(number: int) -> object:
        async with database.company(lupita.schema) as connection:
            lines = (line(product) for product in ids[number:] + ids[:number])
            return await place(connection, customer, "1001", draft(*lines, key=str(number)), clock.now())

    reports = [imported(database, lupita, "c.csv", again) for _ in range(2)]
    outcomes = await asyncio.gather(*reports, *(order(number) for number in range(10)))
    assert sorted((report.imported, report.updated) for report in outcomes[:2]) == [(0, 0), (1, 200)]
    assert all(isinstance(outcome, OrderPlaced) for outcome in outcomes[2:])
    known = await products(database, lupita)
    assert len(known) == 201
    assert {known[sku]["stock"] for sku in skus[-20:]} == {Decimal(490)}


async def test_a_second_import_waits_and_finds_what_the_first_wrote(database, lupita, agua):
    file = parse_catalog("c.json", json_file(JITOMATE))
    async with database.company(lupita.schema) as connection:
        first = await import_rows(connection, file)
        second = asyncio.create_task(imported(database, lupita, "c.json", json_file(JITOMATE)))
        await somebody_waits_for_a_lock(database)
    assert (first.imported, (await second).unchanged) == (1, 1)


async def test_stock_sold_while_a_catalog_without_stock_is_imported_stays_sold(database, lupita, agua, clock):
    await imported(database, lupita, "c.json", json_file(JITOMATE | {"stock": 10}))
    async with database.company(lupita.schema) as connection:
        customer, product = await add_customer(connection), await connection.fetchval("SELECT id FROM products")
    async with database.company(lupita.schema) as turn:
        await place(turn, customer, "1001", draft(line(product, "4")), clock.now())
        importing = asyncio.create_task(imported(database, lupita, "c.json", json_file(JITOMATE | {"price": 30})))
        await somebody_waits_for_a_lock(database)
    await importing
    jitomate = (await products(database, lupita))["JIT"]
    assert (jitomate["stock"], jitomate["price"]) == (Decimal(6), Decimal("30.00"))
