"""How things come: closed packs, reams of paper, slices and whole ones, gallons and buckets."""

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

GROCER = shop(
    "Cerveza Pacífico ballena 940 ml | bottle",
    "Cerveza Pacífico lata 355 ml 6 pack | pack",
    "Tecate Light lata 12 pack | pack",
    "Coca Cola 600 ml | bottle",
    "Frijoles charros 1/2 L | piece",
    "Frijoles charros 1 L | piece",
    "Gomitas ositos | kg",
    "Gomitas aro durazno | kg",
)
STATIONER = shop(
    "Hojas blancas carta paq 100 | pack",
    "Hojas blancas carta paq 500 | pack",
    "Folder carta beige paq 25 | pack",
    "Plumón Sharpie permanente negro | piece",
    "Plumón p/pizarrón Magistral negro | piece",
    "Plumón p/pizarrón Magistral azul | piece",
    "Copia carta | service",
    "Copia a color carta | service",
    "Colores Mapita 12 pz | box",
    "Thinner 1 L | bottle",
    "Thinner 4 L | can",
)
BAKERY = shop(
    "Flan napolitano entero | piece",
    "Flan napolitano reb. | piece",
    "Gelatina mosaico molde 2 L | piece",
    "Gelatina mosaico vaso | piece",
)


@pytest.mark.parametrize(
    ("shop_index", "text", "expected"),
    [
        (GROCER, "six de pacífico", {"Cerveza Pacífico lata 355 ml 6 pack": 1}),
        (GROCER, "2 six de pacifico", {"Cerveza Pacífico lata 355 ml 6 pack": 2}),
        (GROCER, "un 12 pack de tecate", {"Tecate Light lata 12 pack": 1}),
        (GROCER, "tecate light 12 pack", {"Tecate Light lata 12 pack": 1}),
        (GROCER, "un 6 pack de coca", {"Coca Cola 600 ml": 6}),
        (GROCER, "frijoles charros de a medio", {"Frijoles charros 1/2 L": 1}),
        (GROCER, "gomitas: 1 de ositos", {"Gomitas ositos": 1}),
        (STATIONER, "un paquete de 500 hojas carta", {"Hojas blancas carta paq 500": 1}),
        (STATIONER, "20 copias y 5 a color", {"Copia carta": 20, "Copia a color carta": 5}),
        (
            STATIONER,
            "un plumon para pizarron azul y uno negro",
            {"Plumón p/pizarrón Magistral azul": 1, "Plumón p/pizarrón Magistral negro": 1},
        ),
        (STATIONER, "thinner galon", {"Thinner 4 L": 1}),
        (BAKERY, "3 rebanadas de flan", {"Flan napolitano reb.": 3}),
    ],
)
def test_how_it_comes_tells_which(shop_index: CatalogIndex, text: str, expected: dict[str, int]) -> None:
    assert quantities(understand(text, shop_index)) == expected


@pytest.mark.parametrize("text", ["un flan", "gelatina"])
def test_of_whole_ones_and_portions_neither_is_plain(text: str) -> None:
    (asked,) = understand(text, BAKERY).ambiguous
    assert len(asked.candidates) == 2


HABERDASHER = shop("Estambre Cristal rojo 100 g | piece", "Estambre Cristal blanco 100 g | piece")
BUTCHER = shop(
    "Arrachera | kg", "Arrachera marinada | kg", "Pierna de puerco | kg", "Pierna y muslo | kg", "Pechuga | kg"
)


def test_balls_of_yarn_are_counted() -> None:
    (item,) = understand("estambre rojo dos bolas", HABERDASHER).items
    assert (item.sku, item.quantity) == ("Estambre Cristal rojo 100 g", 2)


def test_pero_may_tell_which() -> None:
    (item,) = understand("arrachera 1 kg pero de la marinada", BUTCHER).items
    assert item.sku == "Arrachera marinada"


def test_pero_may_tell_how_it_is_to_be() -> None:
    (item,) = understand("arrachera 1 kg pero delgadita", BUTCHER).items
    assert item.sku == "Arrachera"


def test_legs_of_chicken_come_with_thighs_where_pork_has_legs_too() -> None:
    (item,) = understand("6 piernas de pollo", BUTCHER).items
    assert (item.sku, item.pieces) == ("Pierna y muslo", 6)


def test_legs_alone_may_be_of_either() -> None:
    assert len(understand("6 piernas", BUTCHER).ambiguous[0].candidates) == 2


def test_sweets_are_one_word_in_the_plural() -> None:
    sweets = shop("Dulce surtido p/piñata | kg", "Bolo armado niño | piece | Bolsa de dulces")
    assert [item.sku for item in understand("2 kilos de dulces", sweets).items] == ["Dulce surtido p/piñata"]
