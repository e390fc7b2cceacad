"""Changing an open order, in the many ways customers say it."""

import pytest
from tests.unit.understanding.carts import operations
from tests.unit.understanding.shops import shop

from marchante.understanding import understand

SHOP = shop(
    "Papa blanca | kg",
    "Elote | piece",
    "Piña | piece",
    "Pera | kg",
    "Lechuga romana | piece",
    "Lechuga orejona | piece",
    "Manzana roja | kg",
    "Manzana amarilla | kg",
)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("agrégale 2 kilos de papa a mi pedido", ["add Papa blanca 2"]),
        ("al pedido que hice agrégale una piña", ["add Piña 1"]),
        ("además ponme 3 elotes", ["add Elote 3"]),
        ("de la papa ya no, gracias", ["remove Papa blanca -"]),
        ("la pera ya no por favor", ["remove Pera -"]),
        ("no me traigas pera", ["remove Pera -"]),
        ("se puede quitar la piña de mi pedido?", ["remove Piña -"]),
        ("en vez de 2 kilos de papa que sean 3", ["set Papa blanca 3"]),
        ("de piña mejor ponme 2", ["set Piña 2"]),
        ("corrige: son 3 kilos de papa", ["set Papa blanca 3"]),
        ("me equivoqué, son 2 piñas", ["set Piña 2"]),
        ("mejor nada más 1 kilo de papa", ["set Papa blanca 1"]),
        ("quisiera cambiar la cantidad de papa a 4 kilos", ["set Papa blanca 4"]),
        ("quítale 2 elotes y déjame 3", ["set Elote 3"]),
        ("la lechuga que sea romana, no orejona", ["add Lechuga romana -", "remove Lechuga orejona -"]),
        ("cámbiame la manzana roja por amarilla", ["remove Manzana roja -", "add Manzana amarilla -"]),
    ],
)
def test_an_open_order_is_changed(text: str, expected: list[str]) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "change_cart"
    assert operations(understood) == expected
    assert not understood.ambiguous


def test_what_is_wanted_instead_and_lacking_is_named() -> None:
    understood = understand("cámbiame la papa por camote", SHOP)

    assert [item.op for item in understood.items] == ["remove"]
    assert understood.unknown == ("camote",)


def test_what_is_changed_at_home_takes_nothing_out_of_the_order() -> None:
    hardware = shop("Llave para lavabo | piece", "Teflón | piece")

    understood = understand("necesito cambiar la llave del lavabo, me da un teflón", hardware)

    assert [(item.op, item.sku) for item in understood.items] == [("add", "Teflón")]
