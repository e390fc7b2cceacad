"""What is printed in a catalog, before it is drawn."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.known_catalogs import KNOWN, known_catalog

from marchante.catalog.document.sheet import MOST_PRODUCTS, Shop, days, price, printable, sheet
from marchante.catalog.domain import Catalog, Category, Product
from marchante.companies.domain import BusinessType

SHOP = Shop("Abarrotes Doña Lupita", BusinessType.GROCERY, date(2026, 11, 23), phone="+52 228 100 0001")
MANGO = Product(1, "M", "Mango ataulfo", 1, "Frutas", "Dulce", Decimal("38.5"), "kg", Decimal("0.25"))
FRUIT = Category(1, "Frutas")


def of(*products: Product, shop: Shop = SHOP, photos: dict[int, str] | None = None) -> dict:
    return sheet(Catalog(1, (FRUIT,), products), shop, photos or {}, has_logo=False)


def test_a_product_is_printed_with_its_price_per_unit():
    (category,) = of(MANGO)["categories"]
    (line,) = category["products"]
    assert (category["name"], line["name"], line["price"], line["per"]) == ("Frutas", "Mango ataulfo", "$38.50", "/ kg")
    assert (line["note"], line["letter"], line["photo"]) == ("Dulce", "M", None)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("24", "$24.00"), ("1285.5", "$1,285.50"), ("9999999", "$9,999,999.00"), ("0.5", "$0.50"), (None, "Pregunta")],
)
def test_money_is_written_as_in_mexico(amount, text):
    assert price(replace(MANGO, price=None if amount is None else Decimal(amount))) == text


@pytest.mark.parametrize(
    ("weekdays", "text"),
    [
        (None, ""),
        ((6, 7), "sábado y domingo"),
        ((3,), "miércoles"),
        ((1, 2, 3, 4, 5), "lun a vie"),
        ((2, 4, 6), "mar, jue, sáb"),
    ],
)
def test_weekdays_are_told_in_words(weekdays, text):
    assert days(weekdays) == text


def test_the_day_of_the_prices_and_the_shop_are_on_the_cover():
    whole = of(MANGO, shop=replace(SHOP, address="Av. Xalapa 12", opening_hours="8 a 9"))
    assert whole["prices_at"] == "Precios al 23 de noviembre de 2026"
    assert (whole["title"], whole["trade"], whole["initials"]) == (
        ["Abarrotes Doña Lupita"],
        "Abarrotes y despensa",
        "DL",
    )
    assert whole["facts"] == ["8 a 9", "Av. Xalapa 12"]
    assert of(MANGO, shop=replace(SHOP, name="Despensa y Abarrotes Juan"))["trade"] == ""


def test_a_shop_that_says_usted_invites_with_usted():
    assert of(MANGO)["invitation"][0] == "Pide por WhatsApp"
    assert of(MANGO, shop=replace(SHOP, treatment="usted"))["invitation"][0] == "Pida por WhatsApp"


def test_a_long_name_is_set_on_two_lines_and_none_ends_on_an_article():
    whole = of(MANGO, shop=replace(SHOP, name="Agua Purificada Manantial del Valle"))
    assert whole["title"] == ["Agua Purificada", "Manantial del Valle"]


def test_products_without_a_category_come_last_under_a_name_of_their_own():
    loose = replace(MANGO, id=2, category_id=None, category="")
    assert [category["name"] for category in of(MANGO, loose)["categories"]] == ["Frutas", "Otros"]


def test_pages_become_cards_when_a_third_of_the_products_have_a_photo():
    products = [replace(MANGO, id=number) for number in range(1, 7)]
    assert not of(*products, photos={1: "/a.png"})["grid"]
    assert of(*products, photos={1: "/a.png", 2: "/b.png"})["grid"]
    assert not of()["grid"]


def test_a_number_keeps_its_unit_on_the_same_line():
    (category,) = of(replace(MANGO, name="Coca-Cola 600 ml retornable 12 piezas"))["categories"]
    assert category["products"][0]["name"] == "Coca-Cola 600\u00a0ml retornable 12\u00a0piezas"


def test_a_catalog_too_long_to_leaf_through_says_how_much_more_there_is():
    whole = of(*(replace(MANGO, id=number) for number in range(MOST_PRODUCTS + 7)))
    assert sum(len(category["products"]) for category in whole["categories"]) == MOST_PRODUCTS
    assert whole["more"] == 7


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Aguacate 🥑 hass", "Aguacate hass"),
        ("👩🏽‍🌾 Fresco  del\ncampo ❤️", "Fresco del campo"),
        ("½ y ¾ — «ñ» “¡sí!” $5 €3 °C ®", "½ y ¾ — «ñ» “¡sí!” $5 €3 °C ®"),
        ('#read("x") \\ *a* _b_ [c] $d$', '#read("x") \\ *a* _b_ [c] $d$'),
        ("漢字 кириллица", "кириллица"),
        ("a\u202eb\u0000c", "abc"),
        ("🥭", ""),
    ],
)
def test_only_what_our_fonts_draw_is_kept(text, kept):
    assert printable(text) == kept


@given(st.text(max_size=200))
def test_any_text_becomes_one_line_whose_words_can_break(text):
    line = printable(text)
    assert "\n" not in line
    assert all(len(part) <= 24 for word in line.split(" ") for part in word.split("\u200b"))
    assert json.loads(json.dumps(of(replace(MANGO, name=text, description=text))))


@pytest.mark.parametrize("name", KNOWN)
def test_no_product_of_a_known_catalog_is_left_out(name):
    catalog, shop_name, business_type = known_catalog(name)
    whole = sheet(catalog, Shop(shop_name, business_type, date(2026, 11, 23)), {}, has_logo=False)
    printed = [line["id"] for category in whole["categories"] for line in category["products"]]
    assert printed == [product.id for product in catalog.products]
    assert [category["name"] for category in whole["categories"]] == [each.name for each in catalog.categories]
