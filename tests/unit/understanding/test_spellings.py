"""Names of numbers, letters and shortened words are found however they are said, and claim no other words."""

from decimal import Decimal

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

HARDWARE = shop(
    "Resistol 850 250 g | bottle",
    "Resistol 850 1 kg | bottle",
    "Pro-1000 blanco 4 L | can",
    "Pro-1000 blanco 19 L | can | Cubeta",
    "Vinimex blanco 4 L | can",
    "Vinimex marfil 4 L | can",
    "Esmalte Comex 100 blanco 1 L | can",
    "Esmalte Comex 100 negro 1 L | can",
    "Sellador 5x1 4 L | can",
    "Sellador 5x1 19 L | can",
    "Imper 3 años rojo 19 L | can",
    "Imper 5 años rojo 19 L | can",
    "Cal Calidra 25 kg | bag",
    "Cable THW cal. 12 (metro) | unit",
    "Cable THW cal. 14 (metro) | unit",
    'Clavo 1" | kg',
    'Clavo 2" | kg',
    "Pincel No. 6 | piece",
    "Pincel No. 10 | piece",
    "Pilas AA paq 4 pz | pack",
    "Pilas AAA paq 4 pz | pack",
    "Foco LED 9 W luz blanca | piece",
    "Foco LED 9 W luz cálida | piece",
)
GROCER = shop(
    "Leche Lala entera 1 L | box",
    "Leche Lala Deslact. 1 L | box",
    "Molida de res | kg",
    "Molida de res especial 90/10 | kg",
    "Hielo en barra | piece",
    "Hielo en barra, media | piece",
    "Dispensador de mesa fría/caliente | piece",
    "Dispensador de cerámica | piece",
    "Vestido casual | service",
    "Vestido de XV | service",
    "Pañal adulto Tena Slip M c/10 | pack",
    "Pañal adulto Tena Slip G c/10 | pack",
    "Venda elástica 5 cm | piece",
    "Venda elástica 10 cm | piece",
)


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("resistol 850 de kilo", HARDWARE, {"Resistol 850 1 kg": 1}),
        ("pro mil blanca de 4 litros", HARDWARE, {"Pro-1000 blanco 4 L": 1}),
        ("2 vinimex blanca", HARDWARE, {"Vinimex blanco 4 L": 2}),
        ("esmalte negro de litro", HARDWARE, {"Esmalte Comex 100 negro 1 L": 1}),
        ("sellador 5 por 1 de 4 litros", HARDWARE, {"Sellador 5x1 4 L": 1}),
        ("2 imper 5 años", HARDWARE, {"Imper 5 años rojo 19 L": 2}),
        ("2 bultos de cal", HARDWARE, {"Cal Calidra 25 kg": 2}),
        ("10 metros de cable cal 12", HARDWARE, {"Cable THW cal. 12 (metro)": 10}),
        ("cal 2\ncable cal 12 10 metros", HARDWARE, {"Cal Calidra 25 kg": 2, "Cable THW cal. 12 (metro)": 10}),
        ("cable thw 14", HARDWARE, {"Cable THW cal. 14 (metro)": 1}),
        ("1 kg de clavo de pulgada", HARDWARE, {'Clavo 1"': 1}),
        ("pincel numero 6", HARDWARE, {"Pincel No. 6": 1}),
        ("pilas doble aa", HARDWARE, {"Pilas AA paq 4 pz": 1}),
        ("2 focos cálidos", HARDWARE, {"Foco LED 9 W luz cálida": 2}),
        ("2 lehces enteras", GROCER, {"Leche Lala entera 1 L": 2}),
        ("leche deslactosada", GROCER, {"Leche Lala Deslact. 1 L": 1}),
        ("molida 90 10 un kilo", GROCER, {"Molida de res especial 90/10": 1}),
        ("2 hielo en barra, media", GROCER, {"Hielo en barra, media": 2}),
        ("dispensador fria/caliente de mesa", GROCER, {"Dispensador de mesa fría/caliente": 1}),
        ("2 pañales tena grandes", GROCER, {"Pañal adulto Tena Slip G c/10": 2}),
        ("pañal tena m", GROCER, {"Pañal adulto Tena Slip M c/10": 1}),
        ("venda de 10", GROCER, {"Venda elástica 10 cm": 1}),
        ("me venda 2 kilos de molida de res", GROCER, {"Molida de res": 2}),
        ("el vestido de quince", GROCER, {"Vestido de XV": 1}),
    ],
)
def test_a_name_is_found_however_it_is_said(text: str, index: CatalogIndex, expected: dict[str, int]) -> None:
    understood = understand(text, index)

    assert quantities(understood) == expected
    assert not understood.ambiguous
    assert not understood.unknown


def test_a_number_of_a_name_is_still_an_amount_elsewhere() -> None:
    understood = understand("3 clavo 2 pulgadas, hielo en barra, media docena de focos led", HARDWARE)

    assert {(item.sku, item.quantity) for item in understood.items} == {('Clavo 2"', Decimal(3))}
    assert [each.quantity for each in understood.ambiguous] == [Decimal(6)]
