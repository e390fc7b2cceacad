"""Measures that names state: widths of what is cut by the metre, how many persons a cake is for."""

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

HABERDASHER = shop(
    "Listón satín 1 cm rojo (metro) | unit",
    "Listón satín 2.5 cm rojo (metro) | unit",
    "Elástico 1 cm (metro) | unit",
    "Malla gallinero 1.50 m (metro) | unit",
    "Manguera jardín 15 m | piece",
    "Lápiz Mirado No. 2 | piece",
    "Lápiz bicolor Berol | piece",
)
BAKERY = shop(
    "Pastel 3 leches ch 10 pers | piece",
    "Pastel 3 leches med 20 pers | piece",
    "Pastel 3 leches s/azúcar ch 10 pers | piece",
    "Pastel chocolate med 20 pers | piece",
    "Pan molido 500 g | bag",
    "Leche Lala 1 L | liter",
)


@pytest.mark.parametrize(
    ("shop_index", "text", "expected"),
    [
        (HABERDASHER, "elastico de 1 cm 3 metros", {"Elástico 1 cm (metro)": 3}),
        (HABERDASHER, "liston rojo del ancho 5 metros", {"Listón satín 2.5 cm rojo (metro)": 5}),
        (HABERDASHER, "2 listones rojos del angosto de 3 metros", {"Listón satín 1 cm rojo (metro)": 6}),
        (HABERDASHER, "5 m de malla gallinero", {"Malla gallinero 1.50 m (metro)": 5}),
        (HABERDASHER, "manguera de 15 metros", {"Manguera jardín 15 m": 1}),
        (HABERDASHER, "3 lapises", {"Lápiz Mirado No. 2": 3}),
        (BAKERY, "un pastel de tres leches para 20 personas", {"Pastel 3 leches med 20 pers": 1}),
        (BAKERY, "un pastel de tres leches para 10", {"Pastel 3 leches ch 10 pers": 1}),
        (BAKERY, "pastel tres leches mediano", {"Pastel 3 leches med 20 pers": 1}),
        (BAKERY, "un pastel de chocolate y 3 leches", {"Pastel chocolate med 20 pers": 1, "Leche Lala 1 L": 3}),
    ],
)
def test_a_measure_in_a_name_tells_which_and_never_how_much(
    shop_index: CatalogIndex, text: str, expected: dict[str, int]
) -> None:
    assert quantities(understand(text, shop_index)) == expected


def test_no_cake_of_the_size_asked_for_is_guessed() -> None:
    asked = understand("pastel de tres leches para 15 personas", BAKERY)
    assert not asked.items
    assert asked.ambiguous
