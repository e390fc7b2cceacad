"""How customers of other trades ask: tacos by the piece, grams by the hundred, packs, alternatives, work at the tailor's."""

from decimal import Decimal

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

TACOS = shop(
    "Taco al pastor | piece",
    "Taco de suadero | piece",
    "Taco de bistec | piece",
    "Gringa de pastor | piece",
    "Kilo de pastor | kg",
    "Refresco 355 ml | piece | Coca, Sprite o Fanta",
    "Coctel campechano | piece",
    "Coctel de camarón chico | piece",
)
SEEDS = shop(
    "Chile guajillo | kg",
    "Chile ancho | kg",
    "Almendra | kg",
    "Frijol negro | kg",
    "Frijol bayo | kg",
    "Cacahuate natural | kg",
    "Cacahuate enchilado | kg",
)
TAILOR = shop(
    "Bastilla de pantalón | service",
    "Cambio de cierre chamarra | service",
    "Cambio de elástico | service",
    "Cierre 50 cm | piece",
)
PARTY = shop(
    "Gorros paquete 6 | pack",
    "Cucharas paquete 25 | pack",
    "Servilletas paquete 100 | pack",
    "Taquete 1/4 ciento | pack",
    "Pañal Huggies etapa 3 paquete 40 | pack",
    "Pañal Huggies etapa 4 paquete 40 | pack",
)
WATER = shop(
    "Recarga garrafón 20 L | unit",
    "Garrafón 20 L con envase | unit",
    "Recarga garrafón 10 L | unit",
    "Coca-Cola 600 ml | bottle",
    "Coca-Cola 2 L | bottle",
)


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("me da 5 de pastor, 3 de suadero y una coca", TACOS, [5, 3, 1]),
        ("un coctel campechano y uno chico de camaron", TACOS, [1, 1]),
        ("un kilo de pastor", TACOS, [1]),
        ("100 gramos de guajillo y 50 de ancho", SEEDS, ["0.1", "0.05"]),
        ("3 kilos de frijol, mitad negro mitad bayo", SEEDS, ["1.5", "1.5"]),
        ("si hay frijol bayo dame 3 kilos, si no negro", SEEDS, [3]),
        ("tengo 2 pantalones para bastilla", TAILOR, [2]),
        ("me cambia el elástico de 4 pants", TAILOR, [4]),
        ("30 gorros", PARTY, [5]),
        ("cucharas 2, servilletas 1", PARTY, [2, 1]),
        ("200 taquetes", PARTY, [2]),
        ("pañales etapa 4 dos paquetes", PARTY, [2]),
        ("3 garrafones", WATER, [3]),
        ("tiene coca de vidrio? si no, 2 de 600", WATER, [2]),
    ],
)
def test_amounts_of_other_trades(text: str, index: CatalogIndex, expected: list[int | str]) -> None:
    understood = understand(text, index)

    assert understood.intent == "order"
    assert [item.quantity for item in understood.items] == [Decimal(quantity) for quantity in expected]
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text, index",
    [
        ("100 de almendra", SEEDS),
        ("chile ancho 100", SEEDS),
        ("un cuarto de cacahuate con chile", SEEDS),
        ("50 cucharas y 20 gorros", PARTY),
    ],
)
def test_what_may_be_meant_in_two_ways_is_asked_about(text: str, index: CatalogIndex) -> None:
    understood = understand(text, index)

    assert understood.ambiguous


@pytest.mark.parametrize(
    "text, index, operations",
    [
        ("siempre no me mande el frijol negro, mejor 2 kilos de bayo", SEEDS, ["remove", "add"]),
        ("quita el frijol negro y ponle bayo lo mismo", SEEDS, ["remove", "add"]),
        ("le puedes agregar 2 gringas a mi orden", TACOS, ["add"]),
        ("no van a ser 3 gringas, ponle 5", TACOS, ["set"]),
    ],
)
def test_an_open_order_is_changed(text: str, index: CatalogIndex, operations: list[str]) -> None:
    understood = understand(text, index)

    assert understood.intent == "change_cart"
    assert [item.op for item in understood.items] == operations


def test_food_for_another_animal_is_not_given_to_this_one() -> None:
    dogs = shop("Croquetas Dog Chow | kg", "Jitomate saladet | kg")

    assert understand("2 kilos de croquetas para gato", dogs).items == ()
    assert len(understand("2 kilos de jitomate para salsa", dogs).items) == 1


RULING_OUT = shop(
    "Suavizante azul | liter",
    "Suavizante rosa | liter",
    "Pechuga con hueso | kg",
    "Pechuga sin hueso | kg",
    "Lechuga romana | piece",
    "Lechuga italiana | piece",
    "Apio | piece",
    "Poliducto 1/2 metro | unit",
)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("un litro de suavizante que no sea el rosa", {"Suavizante azul": 1}),
        ("1 kg de pechuga, no con hueso, sin hueso", {"Pechuga sin hueso": 1}),
        ("2 lechugas romanas, no me mandes italiana, y 1 apio", {"Lechuga romana": 2, "Apio": 1}),
        ("2 lechugas romanas, bueno una romana y una italiana", {"Lechuga romana": 1, "Lechuga italiana": 1}),
        ("setenta y cinco metros de poliducto", {"Poliducto 1/2 metro": 75}),
        ("un par de litros de suavizante azul", {"Suavizante azul": 2}),
        ("un kilo de pechuga de la que no tiene hueso", {"Pechuga sin hueso": 1}),
        ("2 lechugas y si hay romanas mejor", {"Lechuga romana": 2}),
        ("3 lechugas romanas, las más chiquitas que tenga", {"Lechuga romana": 3}),
    ],
)
def test_what_is_ruled_out_or_corrected_in_the_same_breath(text: str, expected: dict[str, int]) -> None:
    understood = understand(text, RULING_OUT)

    assert quantities(understood) == expected
    assert not understood.ambiguous
