"""Categories and products in pages."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.builders.shop_view import NOW, grocer, product
from tests.unit.conversations.chat import Chat

from marchante.catalog.domain import Catalog, Category, Product
from marchante.channels.whatsapp.messages import ListMenu
from marchante.conversations.table import StateName


def shop_with(count: int, categories: int = 1) -> Catalog:
    products = tuple(
        Product(
            id=place,
            sku=f"S-{place}",
            name=f"Producto número {place}",
            category_id=1 + (place - 1) % categories,
            category=f"C{1 + (place - 1) % categories}",
            description="",
            price=Decimal(10),
            unit="piece",
            step=Decimal(1),
        )
        for place in range(1, count + 1)
    )
    return Catalog(1, tuple(Category(place, f"C{place}") for place in range(1, categories + 1)), products)


@pytest.mark.parametrize("count", [1, 9, 10, 11, 12, 19, 20, 37, 100])
def test_every_product_of_a_long_list_can_be_reached_by_its_pages(count: int):
    chat = Chat(grocer(catalog=shop_with(count))).says("catálogo")
    seen: list[str] = []
    while True:
        assert len(chat.titles) <= 10
        seen += [title for title in chat.titles if title.startswith("Producto")]
        if "Ver más ▸" not in chat.titles:
            break
        chat.taps("Ver más ▸")
    assert seen == [f"Producto número {place}" for place in range(1, count + 1)]


def test_a_page_leads_back_to_the_one_before():
    chat = Chat(grocer(catalog=shop_with(30))).says("catálogo")
    first = chat.titles
    chat.taps("Ver más ▸", "◂ Anteriores")
    assert chat.titles == first


def test_more_than_ten_categories_have_pages_too():
    chat = Chat(grocer(catalog=shop_with(24, categories=12))).says("catálogo")
    assert "Ver más ▸" in chat.titles
    chat.taps("Ver más ▸", "C12", "Producto número 12")
    assert chat.state == StateName.SUMMARY


def test_a_shop_with_one_category_shows_its_products_at_once():
    assert Chat(grocer(catalog=shop_with(5))).says("catálogo").state == StateName.BROWSE_PRODUCTS


def test_products_without_a_category_are_found_under_others():
    loose = replace(product(grocer(), "Cilantro"), category_id=None, category="")
    catalog = grocer().catalog
    view = grocer(catalog=Catalog(2, catalog.categories, (*catalog.products[:6], *catalog.products[7:], loose)))
    chat = Chat(view).says("catálogo").taps("Otros productos")
    assert chat.titles == ["Cilantro", "Ver detalles y foto"]


def test_a_name_too_long_for_a_row_is_whole_in_its_description():
    chat = Chat(grocer()).says("catálogo").taps("Verduras", "Ver más ▸")
    message = chat.answers[0]
    assert isinstance(message, ListMenu)
    row = next(row for row in message.sections[0].rows if row.title.startswith("Nopal"))
    assert row.title.endswith("…")
    assert row.description == "$38.00 la bolsa · Nopal limpio en bolsa preparado"


def test_a_tapped_product_is_added_and_leads_straight_to_the_summary():
    chat = Chat(grocer()).says("pedir").taps("Verduras", "Jitomate saladette")
    assert chat.state == StateName.SUMMARY
    assert chat.cart() == {"Jitomate saladette": 1}
    assert chat.titles == ["Confirmar", "Cambiar algo", "Cancelar"]


def test_what_is_sold_out_says_so_and_is_not_added():
    view = grocer()
    chat = Chat(grocer(sold_out=frozenset({product(view, "Manzana").id}))).says("pedir").taps("Frutas")
    message = chat.answers[0]
    assert isinstance(message, ListMenu)
    assert message.sections[0].rows[-2].description == "Agotado por hoy"
    chat.taps("Manzana roja")
    assert chat.cart() == {}
    assert "se nos acabó: Manzana roja" in chat.told


def test_what_is_not_sold_on_this_weekday_is_not_shown():
    catalog = grocer().catalog
    saturdays = tuple(
        replace(each, weekdays=(6,)) if each.name == "Manzana roja" else each for each in catalog.products
    )
    chat = Chat(grocer(catalog=Catalog(2, catalog.categories, saturdays))).says("catálogo").taps("Frutas")
    assert NOW.isoweekday() == 4
    assert "Manzana roja" not in chat.titles
    assert chat.says("1 kg de manzana").cart() == {}


def test_an_empty_catalog_offers_a_person():
    chat = Chat(grocer(catalog=Catalog(1, (), ()))).says("catálogo")
    assert "asesor" in chat.told
    assert chat.titles == ["Menú"]


@pytest.mark.parametrize("typed", ["jitomate", "1", "Jitomate Saladette", "2 kg de jitomate porfa"])
def test_a_product_can_be_typed_instead_of_tapped(typed: str):
    chat = Chat(grocer()).says("pedir").taps("Verduras").says(typed)
    assert list(chat.cart()) == ["Jitomate saladette"]
