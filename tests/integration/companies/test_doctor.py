"""What a person would mend first about a company."""

import json

import pytest
from tests.builders.catalog import add_product
from tests.builders.databases import set_back
from tests.builders.orders import add_customer, draft, line

from marchante.companies.doctor import examine
from marchante.orders.service import place

SLUG = "abarrotes_lupita"


@pytest.fixture
async def open_shop(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        customer, product = await add_customer(connection), await add_product(connection, "jitomate")
        order = draft(line(product), fulfilment="delivery", delivery_address="Av. 1")
        await place(connection, customer, "1001", order, clock.now())
    return lupita


async def amiss(database, companies):
    findings = await examine(database, await companies.get(SLUG))
    return {finding.name: finding.required for finding in findings if not finding.ok}


async def test_a_shop_that_sells_is_fit(marchante, database, companies, open_shop):
    assert await amiss(database, companies) == {"hours": False}
    shown = await marchante.run("company", "doctor", SLUG, "--json")
    assert marchante.code == 0
    assert {finding["name"] for finding in json.loads(shown)} >= {
        "schema",
        "catalog",
        "numbers",
        "subscription",
        "hours",
    }
    await marchante.run("company", "hours", SLUG, "--set", "mon-sun 8-21")
    assert await amiss(database, companies) == {}


async def test_a_new_shop_has_nothing_to_sell(marchante, lupita):
    shown = await marchante.run("company", "doctor", SLUG)
    assert (marchante.code, "catalog yes amiss 0 products to sell" in shown) == (1, True)


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("UPDATE platform.companies SET version = version + 1", {"served": True}),
        ("UPDATE platform.company_subscriptions SET active = false, ends_at = now()", {"subscription": True}),
        ("DELETE FROM platform.whatsapp_numbers", {"numbers": True}),
        ("UPDATE platform.companies SET owner_phone = NULL", {"owner": False}),
        ("""UPDATE platform.companies SET settings = '{"delivers": false, "picks_up": false}'""", {"ways": True}),
        ("DELETE FROM company_abarrotes_lupita.payments", {"orders": False}),
        ("DELETE FROM company_abarrotes_lupita.deliveries", {"orders": False}),
        ("UPDATE company_abarrotes_lupita.products SET whatsapp_sellable = false", {"catalog": True}),
    ],
)
async def test_what_is_amiss_is_named(database, companies, open_shop, harm, found):
    async with database.relay() as connection:
        await connection.execute(harm)
    assert await amiss(database, companies) == {"hours": False} | found


async def test_an_old_schema_is_named_and_not_looked_into(marchante, database, lupita):
    await set_back(database, lupita, "0001")
    shown = await marchante.run("company", "doctor", SLUG)
    assert (marchante.code, "revision 0001; run: marchante migrate" in shown) == (1, True)
    assert "catalog" not in shown
