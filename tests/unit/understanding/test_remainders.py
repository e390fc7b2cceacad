"""Variants told apart by what is said after them, and what tells none apart."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import understand

PARTY = shop(
    "Pastel chocolate ch 10 pers | piece",
    "Pastel chocolate gde 20 pers | piece",
    "Mantel 6-8 personas | service",
    "Mantel 10-12 personas | service",
    "Hielo molido 5 kg | bag",
    "Hielo molido 15 kg | bag",
    "Maruchan camarón | piece",
    "Maruchan pollo | piece",
    "Pechuga con hueso | kg",
    "Pechuga sin hueso | kg",
    "Resistol 850 110 g | piece",
    "Resistol 850 250 g | piece",
    "Frijoles charros 1/2 L | piece",
    "Frijoles charros 1 L | piece",
    "Café molido bolsa 250 g | bag",
    "Café molido bolsa 500 g | bag",
    "Pan molido bolsa 500 g | bag",
    "Cinta aislar 3M | piece",
    "Cinta aislar Truper | piece",
    "Agua de jamaica 1/2 L | piece",
    "Agua de jamaica 1 L | piece",
    "Agua de horchata 1/2 L | piece",
    "Agua de horchata 1 L | piece",
)


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("un pastel de chocolate, somos como 20 personas", "Pastel chocolate gde 20 pers"),
        ("un pastel de chocolate para diez invitados", "Pastel chocolate ch 10 pers"),
        ("quiero 2 manteles, son de 8 personas", "Mantel 6-8 personas"),
        ("30 kg de hielo molido, en bolsas de 15 porfa", "Hielo molido 15 kg"),
        ("2 maruchan pero no de camaron de las de pollo", "Maruchan pollo"),
        ("medio kilo de pechuga de la que tiene hueso", "Pechuga con hueso"),
        ("un resistol pero del chico", "Resistol 850 110 g"),
        ("una bolsa de café molido, en bolsa de 500", "Café molido bolsa 500 g"),
        ("una cinta de aislar 3m", "Cinta aislar 3M"),
        ("2 cintas de aislar, de la truper", "Cinta aislar Truper"),
        ("una pechuga, es con hueso", "Pechuga con hueso"),
        ("un mantel, el de 12 personas", "Mantel 10-12 personas"),
        ("hielo molido, la bolsa de 5", "Hielo molido 5 kg"),
        ("hielo molido, la bolsa de 15 kilos", "Hielo molido 15 kg"),
        ("cinta de aislar, la truper", "Cinta aislar Truper"),
        ("2 aguas de horchata, de las de medio", "Agua de horchata 1/2 L"),
    ],
)
def test_what_is_said_after_a_thing_tells_which_one(text: str, sku: str) -> None:
    read = understand(text, PARTY)
    assert [item.sku for item in read.items] == [sku]
    assert read.ambiguous == ()


@pytest.mark.parametrize(
    "text",
    [
        "una cinta de aislar y una maruchan de pollo",
        "un pastel de chocolate, paso a las 10",
        "un pastel de chocolate para 15 personas",
        "un resistol y 2 bolsas de café molido de 500",
        "2 bolsas de hielo molido para 15 personas",
    ],
)
def test_what_tells_none_apart_leaves_the_question(text: str) -> None:
    assert len(understand(text, PARTY).ambiguous) == 1
