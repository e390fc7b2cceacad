"""What only the open cart explains."""

from decimal import Decimal

import pytest

from marchante.understanding import CartLine, CatalogIndex, CatalogProduct, Context, understand

INDEX = CatalogIndex.build(
    [
        CatalogProduct("COLA25", "Coca-Cola 2.5 L", price=Decimal(45), unit="bottle"),
        CatalogProduct("COLA3", "Coca-Cola 3 L", price=Decimal(52), unit="bottle"),
        CatalogProduct("COLA0", "Coca-Cola sin azúcar 600 ml", price=Decimal(21), unit="bottle"),
        CatalogProduct("SOPA", "Maruchan camarón 64 g", price=Decimal(18)),
        CatalogProduct("QUESO", "Queso Oaxaca", price=Decimal(190), unit="kg", step=Decimal("0.1")),
        CatalogProduct("AZUCAR", "Azúcar estándar 1 kg", price=Decimal(31), unit="bag"),
    ]
)


def operations(text: str, *cart: str) -> list[tuple[str, str, str]]:
    lines = tuple(CartLine(sku, Decimal(1)) for sku in cart)
    read = understand(text, INDEX, Context(cart=lines))
    return [(item.op, item.sku, str(item.quantity)) for item in read.items]


@pytest.mark.parametrize("said", ["no, mejor la de 3 litros", "mejor la de 3 litros", "ay no, mejor la coca de 3"])
def test_rather_another_of_its_kind_takes_the_place_of_what_was_in_the_cart(said: str):
    assert operations(said, "COLA25", "SOPA") == [("remove", "COLA25", "None"), ("add", "COLA3", "None")]


def test_rather_so_many_of_another_takes_that_many():
    assert operations("mejor 2 cocas de 3 litros", "COLA25") == [("remove", "COLA25", "None"), ("add", "COLA3", "2")]


def test_rather_something_of_no_kind_in_the_cart_takes_nothing_out():
    assert [sku for _, sku, _ in operations("mejor un queso oaxaca", "COLA25")] == ["QUESO"]


def test_without_an_open_cart_rather_takes_nothing_out():
    assert operations("mejor la coca de 3 litros") == [("add", "COLA3", "1")]


@pytest.mark.parametrize(
    "said", ["sin queso", "sin el queso", "y 2 maruchan, sin queso", "2 maruchan pero sin queso porfa"]
)
def test_without_something_that_is_in_the_cart_takes_it_out(said: str):
    assert ("remove", "QUESO", "None") in operations(said, "QUESO", "COLA25")


def test_without_what_the_cart_lacks_takes_nothing_out():
    assert operations("2 maruchan, sin queso", "COLA25") == [("add", "SOPA", "2")]


def test_what_is_sold_without_something_is_not_that_taken_out():
    assert all(op != "remove" for op, _, _ in operations("2 cocas, sin azúcar", "AZUCAR"))
