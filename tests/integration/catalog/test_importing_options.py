"""A catalog file says what is chosen inside a product, and what has no price of its own is only chosen there."""

import json

import pytest
from tests.builders.catalog_files import json_file

from marchante.catalog import repository
from marchante.catalog.files import parse_catalog
from marchante.catalog.importing import CatalogImportReport, import_rows

GUISO = {"group": "Guiso", "min": 1, "max": 1, "choices": [{"name": "Tinga"}, {"name": "Rajas"}]}
EXTRAS = {"group": "Extras", "min": 0, "max": 2, "choices": [{"name": "Con queso", "price": 8.5}]}
QUESADILLA = {"sku": "Q", "name": "Quesadilla", "price": 30, "unit": "piece", "options": [GUISO, EXTRAS]}
RAJAS = {"sku": "R", "name": "Rajas", "unit": "piece"}


async def imported(database, company, *rows) -> CatalogImportReport:
    async with database.company(company.schema) as connection:
        return await import_rows(connection, parse_catalog("c.json", json_file(*rows)))


async def sold(database, company):
    async with database.company(company.schema) as connection:
        return await repository.load(connection, await repository.current_version(connection))


async def test_options_come_with_the_catalog_and_a_filling_without_price_is_not_listed(database, lupita, agua):
    report = await imported(database, lupita, QUESADILLA, RAJAS)
    assert (report.imported, [each.code for each in report.not_sellable]) == (2, ["no_price"])
    catalog = await sold(database, lupita)
    assert [product.name for product in catalog.products] == ["Quesadilla"]
    guiso, extras = catalog.products[0].groups
    assert [(each.name, each.product_id is not None) for each in guiso.options] == [("Tinga", False), ("Rajas", True)]
    assert (guiso.min_choices, guiso.max_choices) == (1, 1)
    assert [(each.name, str(each.price_delta)) for each in extras.options] == [("Con queso", "8.50")]
    assert (await sold(database, agua)).products == ()


async def test_the_same_options_again_change_nothing_and_other_ones_replace_them(database, lupita, agua):
    await imported(database, lupita, QUESADILLA)
    before = (await sold(database, lupita)).version
    assert (await imported(database, lupita, QUESADILLA)).unchanged == 1
    assert (await sold(database, lupita)).version == before
    assert (await imported(database, lupita, QUESADILLA | {"options": [EXTRAS]})).updated == 1
    assert [group.name for group in (await sold(database, lupita)).products[0].groups] == ["Extras"]


async def test_a_file_that_does_not_speak_of_options_leaves_them(database, lupita, agua):
    await imported(database, lupita, QUESADILLA)
    await imported(database, lupita, {"sku": "Q", "price": 32})
    assert len((await sold(database, lupita)).products[0].groups) == 2


async def test_a_filling_that_is_switched_off_is_not_offered(database, lupita, agua):
    await imported(database, lupita, QUESADILLA, RAJAS)
    await imported(database, lupita, {"sku": "R", "active": False})
    guiso = (await sold(database, lupita)).products[0].groups[0]
    assert [each.name for each in guiso.options] == ["Tinga"]


@pytest.mark.parametrize(
    "options",
    [
        "tinga",
        [1],
        [{"group": "Guiso", "choices": []}],
        [{"group": "", "choices": ["Tinga"]}],
        [{"group": "Guiso", "min": 3, "max": 3, "choices": ["Tinga"]}],
        [{"group": "Guiso", "min": "x", "choices": ["Tinga"]}],
        [{"group": "Guiso", "choices": ["Tinga", "tinga"]}],
        [{"group": "Guiso", "choices": [{"name": "Tinga", "price": "mucho"}]}],
        [GUISO, GUISO],
    ],
    ids=json.dumps,
)
async def test_options_that_make_no_sense_cost_only_their_row(database, lupita, agua, options):
    report = await imported(
        database, lupita, QUESADILLA | {"options": options}, {"sku": "S", "name": "Sope", "price": 9}
    )
    assert [(each.row, each.field, each.code) for each in report.rejected] == [(1, "options", "bad_options")]
    assert report.imported == 1
