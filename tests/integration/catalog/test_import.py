"""Importing a catalog: good rows in, bad rows told, nobody else touched."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders.catalog_files import csv_file, json_file, xlsx_file
from tests.builders.catalog_imports import JITOMATE, imported, products
from tests.builders.snapshots import rows_of
from tests.fakes.statements import counted

from marchante.catalog import repository
from marchante.catalog.cells import clean
from marchante.catalog.files import parse_catalog
from marchante.catalog.importing import NotSellable, RejectedRow, import_catalog, import_rows
from marchante.foundation.kernel.errors import Invalid

KNOWN = Path(__file__).parents[2] / "understanding" / "known" / "catalogs"


async def version(database, company) -> int:
    async with database.company(company.schema) as connection:
        return await repository.current_version(connection)


@pytest.mark.parametrize(
    "catalog", sorted(KNOWN.glob("abarrotes.json")) + sorted(KNOWN.glob("tintoreria.json")), ids=lambda path: path.stem
)
async def test_a_whole_catalog_is_imported_in_its_own_order_and_into_one_shop(database, lupita, agua, catalog):
    other = await rows_of(database, agua.schema)
    async with database.company(lupita.schema) as connection:
        report = await import_catalog(connection, catalog)
    wanted = parse_catalog(catalog.name, catalog.read_bytes()).rows
    assert (report.imported, report.updated, report.rejected, report.not_sellable) == (len(wanted), 0, (), ())
    known = await products(database, lupita)
    assert list(known) == [row.cells["sku"] for row in wanted]
    for row in wanted:
        product = known[row.cells["sku"]]
        assert product["name"] == row.cells["name"]
        assert product["category"] == row.cells["category"]
        assert product["aliases"] == row.cells["aliases"]
        assert (product["price"], product["step"]) == (
            Decimal(str(row.cells["price"])),
            Decimal(str(row.cells["step"])),
        )
    async with database.company(lupita.schema) as connection:
        menu = await repository.load(connection, 1)
    in_the_file = list(dict.fromkeys(row.cells["category"] for row in wanted))
    assert [category.name for category in menu.categories] == in_the_file
    assert await rows_of(database, agua.schema) == other


async def test_the_good_rows_are_taken_and_each_bad_one_is_told(database, lupita, agua):
    report = await imported(
        database,
        lupita,
        "lista.csv",
        csv_file(
            ("clave", "producto", "precio", "unidad"),
            ("JIT", "Jitomate", "24.50", "kilo"),
            ("PAP", "Papa", "veinte", "kilo"),
            ("", "", "10", "pieza"),
            ("JIT", "Jitomate bola", "30", "kilo"),
            ("", "Jabón Zote (rosa)", "$18.00", "pza"),
            ("AJO", "", "3", "pza"),
        ),
    )
    assert (report.imported, report.updated, report.unchanged) == (2, 0, 0)
    assert [(row.row, row.field, row.code) for row in report.rejected] == [
        (3, "price", "bad_price"),
        (4, "name", "name_missing"),
        (5, "sku", "duplicate_sku"),
        (7, "name", "name_missing"),
    ]
    assert report.rejected[2] == RejectedRow(5, "sku", "duplicate_sku", "El código JIT ya está en la fila 2.")
    known = await products(database, lupita)
    assert list(known) == ["JIT", "jabon-zote-rosa"]
    assert (known["JIT"]["unit"], known["JIT"]["step"]) == ("kg", Decimal("0.25"))
    assert (known["jabon-zote-rosa"]["unit"], known["jabon-zote-rosa"]["step"]) == ("piece", Decimal(1))


async def test_json_products_must_name_their_sku(database, lupita, agua):
    report = await imported(database, lupita, "c.json", json_file({"name": "Papa", "price": 1}, JITOMATE))
    assert report.imported == 1
    assert [(row.row, row.code) for row in report.rejected] == [(1, "sku_missing")]


async def test_importing_the_same_file_again_changes_nothing_and_spoils_no_cache(database, lupita, agua):
    content = json_file(JITOMATE, JITOMATE | {"sku": "PAP", "name": "Papa", "weekdays": [6, 7], "stock": 5})
    await imported(database, lupita, "c.json", content)
    before, at = await rows_of(database, lupita.schema), await version(database, lupita)
    report = await imported(database, lupita, "c.json", content)
    assert (report.imported, report.updated, report.unchanged) == (0, 0, 2)
    assert await rows_of(database, lupita.schema) == before
    assert await version(database, lupita) == at


async def test_a_list_of_new_prices_changes_prices_and_nothing_else(database, lupita, agua):
    whole = JITOMATE | {"stock": 7, "image_url": "fotos/jit.jpg", "weekdays": [6, 7], "active": False}
    await imported(database, lupita, "c.json", json_file(whole))
    before, at = (await products(database, lupita))["JIT"], await version(database, lupita)
    report = await imported(database, lupita, "precios.csv", csv_file(("sku", "precio"), ("JIT", "30"), ("NUEVO", "1")))
    assert (report.imported, report.updated) == (0, 1)
    assert [(row.row, row.code) for row in report.rejected] == [(3, "name_missing")]
    assert (await products(database, lupita))["JIT"] == before | {"price": Decimal("30.00")}
    assert await version(database, lupita) > at


async def test_an_empty_price_keeps_the_price_and_an_empty_stock_stops_counting(database, lupita, agua):
    await imported(database, lupita, "c.json", json_file(JITOMATE | {"stock": 7}))
    await imported(database, lupita, "c.csv", csv_file(("sku", "precio", "existencia"), ("JIT", "", "")))
    jitomate = (await products(database, lupita))["JIT"]
    assert (jitomate["price"], jitomate["stock"]) == (Decimal("24.00"), None)


async def test_categories_are_found_whatever_their_accents_and_capitals(database, lupita, agua):
    rows = [("a", "Lácteos"), ("b", "LACTEOS"), ("c", "🍎"), ("d", "")]
    await imported(database, lupita, "c.csv", csv_file(("nombre", "categoria"), *rows))
    await imported(database, lupita, "c.csv", csv_file(("nombre", "categoria"), ("e", "lacteos"), ("f", "🥛")))
    known = await products(database, lupita)
    assert [known[sku]["category"] for sku in "abcdef"] == ["Lácteos", "Lácteos", "🍎", None, "Lácteos", "🥛"]
    async with database.company(lupita.schema) as connection:
        names = await connection.fetch("SELECT name FROM categories ORDER BY position")
    assert [row["name"] for row in names] == ["Lácteos", "🍎", "🥛"]


async def test_what_whatsapp_forbids_is_kept_but_not_sold_whatever_the_file_says(database, lupita, agua):
    report = await imported(
        database,
        lupita,
        "c.csv",
        csv_file(
            ("sku", "nombre", "categoria", "precio", "whatsapp"),
            ("SOL", "Sol 1.2 L", "Cervezas", "45", "sí"),
            ("AGU", "Agua 1 L", "Bebidas", "12", "sí"),
            ("REL", "Relleno de piña", "Bebidas", "", ""),
            ("INT", "Uso interno", "Bebidas", "5", "no"),
        ),
    )
    assert report.imported == 4
    assert report.not_sellable == (
        NotSellable(2, "SOL", "Sol 1.2 L", "alcohol", "WhatsApp no permite vender bebidas alcohólicas"),
        NotSellable(4, "REL", "Relleno de piña", "no_price", "no tiene precio"),
    )
    assert str(report.not_sellable[0]) == "Sol 1.2 L (WhatsApp no permite vender bebidas alcohólicas)"
    async with database.company(lupita.schema) as connection:
        assert [product.sku for product in (await repository.load(connection, 1)).products] == ["AGU"]


async def test_what_the_shop_decided_about_a_product_survives_the_next_import(database, lupita, agua):
    beer = {"sku": "X", "name": "Bengala de emergencia", "price": 10}
    await imported(database, lupita, "c.json", json_file(beer))
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET whatsapp_sellable = true")
    assert (await imported(database, lupita, "c.json", json_file(beer | {"price": 11}))).not_sellable == ()
    assert (await products(database, lupita))["X"]["whatsapp_sellable"]
    renamed = await imported(database, lupita, "c.json", json_file(beer | {"name": "Bengalas"}))
    assert [kept.code for kept in renamed.not_sellable] == ["fireworks"]
    assert not (await products(database, lupita))["X"]["whatsapp_sellable"]


async def test_a_file_that_is_no_use_changes_nothing_in_any_shop(database, lupita, agua, tmp_path):
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    path = tmp_path / "lista.csv"
    path.write_bytes(b"a,b\n1,2\n")
    async with database.company(lupita.schema) as connection:
        with pytest.raises(Invalid):
            await import_catalog(connection, path)
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before


async def test_the_number_of_statements_does_not_grow_with_the_file(database, lupita, agua):
    await imported(database, lupita, "c.json", json_file(JITOMATE))
    content = csv_file(("nombre", "precio", "categoria"), *((f"p{n}", "1", f"c{n % 30}") for n in range(2_000)))
    async with database.company(lupita.schema) as connection:
        await import_rows(connection, parse_catalog("c.csv", content))
        async with counted(connection) as statements:
            await import_rows(connection, parse_catalog("c.csv", content.replace(b",1,", b",2,")))
        assert len(statements) <= 5
    assert len(await products(database, lupita)) == 2_001


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["'; DROP TABLE products; --", "<script>alert(1)</script>", "$1", "%s", "{0}", '"', "\\", "@SUM(A1)", "-1+1"]
    ),
)


HOSTILE_ROW = st.fixed_dictionaries(
    dict.fromkeys(("sku", "name", "category", "description"), HOSTILE) | {"aliases": st.lists(HOSTILE, max_size=3)}
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(HOSTILE_ROW, min_size=1, max_size=4))
async def test_hostile_texts_are_kept_as_texts_or_refused_and_touch_nobody_else(database, lupita, agua, rows):
    other = await rows_of(database, agua.schema)
    async with database.company(lupita.schema) as connection:
        await connection.execute("DELETE FROM products")
    report = await imported(database, lupita, "c.json", json_file(*(row | {"price": 1} for row in rows)))
    assert report.imported + len(report.rejected) == len(rows)
    refused = {row.row for row in report.rejected}
    known = await products(database, lupita)
    assert len(known) == report.imported
    for number, row in enumerate(rows, start=1):
        if number not in refused:
            product = known[clean(row["sku"])]
            assert (product["name"], product["description"]) == (clean(row["name"]), clean(row["description"]))
            assert product["aliases"] == list(dict.fromkeys(filter(None, map(clean, row["aliases"]))))
    assert await rows_of(database, agua.schema) == other


async def test_a_workbook_is_imported_like_any_list(database, lupita, agua):
    content = xlsx_file(
        ("Abarrotes Lupita", None, None),
        ("Código", "Producto", "Precio"),
        (7501055300075, "Coca-Cola 600 ml", 21),
        ("Q1", "Queso Oaxaca", 185.5),
        ("F1", "=1+1", 3),
    )
    report = await imported(database, lupita, "lista.xlsx", content)
    assert report.imported == 2
    assert [(row.row, row.code) for row in report.rejected] == [(5, "name_missing")]
    known = await products(database, lupita)
    assert {sku: product["price"] for sku, product in known.items()} == {
        "7501055300075": Decimal("21.00"),
        "Q1": Decimal("185.50"),
    }
