"""An order of the web catalog as a chat message: written so that it is read back without guessing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.known_catalogs import KNOWN, known_catalog

from marchante.catalog.domain import Catalog, Product
from marchante.catalog.order_text import LONGEST, TITLE, cart_text, order_text, read_order_text
from marchante.understanding import understand


def product(number: int, name: str, unit: str = "piece") -> Product:
    return Product(number, f"SKU-{number}", name, None, "", "", Decimal(10), unit, Decimal("0.25"))


JITOMATE, COCA = product(1, "Jitomate saladette", "kg"), product(2, "Coca-Cola 600 ml", "bottle")
CATALOG = Catalog(1, (), (JITOMATE, COCA))


def test_an_order_reads_like_one_a_person_typed():
    text = order_text(CATALOG, [(JITOMATE, Decimal("1.500")), (COCA, Decimal(10))])
    assert text == "Pedido del catálogo:\n1.5 kg Jitomate saladette\n10 Coca-Cola 600 ml"


@pytest.mark.parametrize("name", KNOWN)
def test_every_product_of_a_known_catalog_comes_back_as_it_was_chosen(name):
    catalog, _, _ = known_catalog(name)
    items = [(each, Decimal("0.75") if each.by_weight else Decimal(3)) for each in catalog.products]
    for start in range(0, len(items), 20):
        read = read_order_text(order_text(catalog, items[start : start + 20]), catalog)
        assert read.items == tuple(items[start : start + 20])
        assert read.others == ()


@pytest.mark.parametrize("name", KNOWN)
def test_whoever_only_understands_spanish_reads_nearly_all_of_it_too(name):
    catalog, _, _ = known_catalog(name)
    skus = [
        [item.sku for item in understand(order_text(catalog, [(each, Decimal(2))]), catalog.index).items]
        for each in catalog.products
    ]
    right = sum(found == [each.sku] for found, each in zip(skus, catalog.products, strict=True))
    assert right >= 0.9 * len(catalog.products)


NAMES = st.text(min_size=1, max_size=30).filter(lambda name: name.strip() and "[" not in name and "]" not in name)


@given(
    names=st.lists(NAMES, min_size=1, max_size=5),
    quantities=st.lists(st.decimals("0.001", "9999", places=3), min_size=5, max_size=5),
    unit=st.sampled_from(["kg", "piece"]),
)
def test_any_names_come_back_as_they_were_chosen(names, quantities, unit):
    products = tuple(product(number, name, unit) for number, name in enumerate(names))
    catalog = Catalog(1, (), products)
    items = tuple(zip(products, quantities, strict=False))
    read = read_order_text(order_text(catalog, items), catalog)
    assert read.items == items


def test_two_products_of_one_name_are_told_apart():
    small, large = product(1, "Refresco"), product(2, "REFRESCO")
    catalog = Catalog(1, (), (small, large))
    text = order_text(catalog, [(large, Decimal(2))])
    assert text.endswith("2 REFRESCO [SKU-2]")
    assert read_order_text(text, catalog).items == ((large, Decimal(2)),)


def test_what_the_customer_adds_is_left_to_be_understood():
    text = f"{TITLE}\n2 kg jitomate  SALADETTE\n\nbien maduro porfa\n- 1 Coca-Cola 600 ml\n1 kg Jitomate saladette\n3 mangos"
    read = read_order_text(text, CATALOG)
    assert read.items == ((JITOMATE, Decimal(3)), (COCA, Decimal(1)))
    assert read.others == ("bien maduro porfa", "3 mangos")


@pytest.mark.parametrize(
    "line", ["2 Jitomate saladette", "1 kg Coca-Cola 600 ml", "0 Coca-Cola 600 ml", "Coca-Cola 600 ml", "2"]
)
def test_a_line_that_was_changed_is_not_guessed(line):
    assert read_order_text(f"{TITLE}\n{line}", CATALOG).others == (line,)


@pytest.mark.parametrize("text", ["", "   ", "2 kg Jitomate saladette", "hola\nPedido del catálogo:", "\n"])
def test_other_texts_are_not_of_the_catalog(text):
    assert read_order_text(text, CATALOG) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text):
    read_order_text(f"{TITLE}\n{text}", CATALOG)


def test_a_name_that_begins_with_its_unit_is_read_whole():
    ice = product(1, "Kg de hielo", "bag")
    catalog = Catalog(1, (), (ice,))
    assert read_order_text(order_text(catalog, [(ice, Decimal(2))]), catalog).items == ((ice, Decimal(2)),)


def test_an_order_too_long_for_an_address_says_so():
    products = tuple(product(number, f"Producto de nombre largo número {number}") for number in range(100))
    text = order_text(Catalog(1, (), products), [(each, Decimal(1)) for each in products])
    assert len(text) <= LONGEST + 60
    assert text.splitlines()[-1].startswith("y ")
    assert text.splitlines()[-1].endswith(" más que digo en el chat")


def test_a_cart_of_whatsapps_own_catalog_is_read_by_its_skus():
    text = cart_text([("SKU-1", 2), ("SKU-2", 10), ("GONE", 1), ("ROTO]\n", 1)], "sin bolsa\npor favor")
    read = read_order_text(text, CATALOG)

    assert read.items == ((JITOMATE, Decimal(2)), (COCA, Decimal(10)))
    assert read.gone == 2
    assert read.others == ("sin bolsa", "por favor")
