"""A name said in full is one product, whatever numbers, packaging and small words it is made of."""

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

GROCER = shop(
    "Avena 3 Minutos 400 g | bag",
    "Huevo San Juan cartera 30 piezas | pack",
    "Jabón líquido Zote | liter",
    "Col blanca | piece",
    "Lápiz Mirado #2 | piece",
    "Lápiz adhesivo 20 g | piece",
    "Jamón Fud | kg",
    "Jamón de pavo | kg",
    "Leche Lala | liter",
    "Papel Pétalo 4 rollos | pack | Papel higiénico",
)
HARDWARE = shop(
    "Varilla 3/8 de 12 m | piece",
    "Varilla 1/2 de 12 m | piece",
    "Pala cuadrada | piece",
    "Llave de paso esfera 1/2 | piece",
    "Hojas blancas 500 piezas | pack",
    "Foco LED 9 W | piece",
    "Foco LED 14 W | piece",
)
BAKERY = shop("Dona azúcar | piece", "Dona chocolate | piece", "Concha vainilla | piece", "Concha chocolate | piece")


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("2 avena 3 minutos 400 g", GROCER, {"Avena 3 Minutos 400 g": 2}),
        ("2 huevo san juan cartera 30 piezas", GROCER, {"Huevo San Juan cartera 30 piezas": 2}),
        ("jabon liquido zote", GROCER, {"Jabón líquido Zote": 1}),
        ("2 col blanca", GROCER, {"Col blanca": 2}),
        ("3 lapiz mirado #2", GROCER, {"Lápiz Mirado #2": 3}),
        ("lapiz mirado 2", GROCER, {"Lápiz Mirado #2": 2}),
        ("5 varillas 3/8 de 12 m y 2 foco led 14 w", HARDWARE, {"Varilla 3/8 de 12 m": 5, "Foco LED 14 W": 2}),
        ("una hojas blancas 500 piezas", HARDWARE, {"Hojas blancas 500 piezas": 1}),
        ("una pala y una llave de paso", HARDWARE, {"Pala cuadrada": 1, "Llave de paso esfera 1/2": 1}),
        ("2 lapices", GROCER, {"Lápiz Mirado #2": 2}),
        ("8 focos, la mitad de 9 y la mitad de 14", HARDWARE, {"Foco LED 9 W": 4, "Foco LED 14 W": 4}),
        ("2 donas de chocolate y 1 de azucar", BAKERY, {"Dona chocolate": 2, "Dona azúcar": 1}),
    ],
)
def test_a_name_is_read_as_a_whole(text: str, index: CatalogIndex, expected: dict[str, int]) -> None:
    understood = understand(text, index)

    assert quantities(understood) == expected
    assert not understood.ambiguous
    assert not understood.unknown


@pytest.mark.parametrize(
    "text, index, lacking",
    [
        ("2 servilletas petalo", GROCER, "servilletas petalo"),
        ("tocino fud 250 g", GROCER, "tocino fud"),
        ("una leche fud", GROCER, "leche fud"),
        ("2 kilos de azucar", BAKERY, "azucar"),
        ("3 tostadas charras", BAKERY, "tostadas charras"),
    ],
)
def test_what_only_shares_a_brand_or_a_stuff_is_not_put_into_the_cart(
    text: str, index: CatalogIndex, lacking: str
) -> None:
    understood = understand(text, index)

    assert understood.items == ()
    assert any(lacking in phrase for phrase in understood.unknown)


@pytest.mark.parametrize("typed", ["tocno", "plaano", "aguaate", "cecna"])
def test_a_letter_left_out_does_not_hide_a_product(typed: str) -> None:
    index = shop("Tocino | kg", "Plátano | kg", "Aguacate | kg", "Cecina | kg")

    assert len(understand(f"2 kilos de {typed}", index).items) == 1
