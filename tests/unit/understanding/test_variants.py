"""Which of several variants is meant, and when the shop has to ask."""

from decimal import Decimal

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

PARTY = shop(
    "Hielo 3 kg | bag",
    "Hielo 15 kg | bag",
    "Bolsa negra jumbo c/10 | pack | Para basura",
    "Agua mineral Topo Chico 600 ml | bottle",
    "Aceite 123 1 L | bottle",
    "Aceite Capullo 840 ml | bottle",
    "Sal La Fina 1 kg | bag",
    "Bolillo | piece | Sale a las 7 y a las 5",
    "Engargolado hasta 100 hojas | service",
    "Engargolado 101 a 200 hojas | service",
    "Pipeta hasta 10 kg | piece",
    "Pipeta 10 a 25 kg | piece",
    "Copia carta | piece",
    "Copia oficio | piece",
    "Chuleta de puerco | kg",
    "Chuleta ahumada | kg",
    "Cuchara grande c/25 | pack",
    "Cuchara cafetera c/50 | pack",
    "Masking tape 18 mm | piece",
    "Masking tape 24 mm | piece",
    "Leche Jersey 1/2 galón | bottle",
    "Leche Jersey galón | bottle",
    "Pantalón planchado | service",
    "Pantalón vestir tintorería | service",
)

DELIVERIES = shop(
    "Recarga garrafón 20 L purificada | unit",
    "Recarga garrafón 20 L alcalina | unit",
    "Garrafón 20 L nvo c/agua | piece",
    "Paq. agua 500 ml 24 pz | pack",
    "Paq. agua 1 L 12 pz | pack",
    "Cilindro 20 kg recarga | unit",
    "Cilindro 20 kg nvo c/gas | piece",
    "Gas p/tanque estacionario (litro) | liter",
    "Tanque estacionario 300 L nvo | piece",
    "Ropa por kg lavado y doblado | kg",
    "Ropa de bebé por kg | kg",
    "Bolsa de piel ch limpieza | service | Bolsa chica",
    "Bolsa de piel gde limpieza | service | Bolsa grande",
    "Funda de almohada lavada y planchada | service",
    "V. novia sencillo limpieza | service | Vestido de novia sin pedrería",
    "Tapete de sala 2 x 3 m | service",
    "Tapete de sala 1 x 2 m | service",
    "Pintura Vinimex blanca 4 L | can",
    "Pintura Vinimex blanca 19 L | can",
    "Cable THW cal 12 (metro) | unit",
    "Cable THW cal 12 rollo 100 m | piece",
)


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("3 garrafones", DELIVERIES, {"Recarga garrafón 20 L purificada": 3}),
        ("3 garrafones de alcalina", DELIVERIES, {"Recarga garrafón 20 L alcalina": 3}),
        ("2 paquetes de agua de medio litro", DELIVERIES, {"Paq. agua 500 ml 24 pz": 2}),
        ("un tanque nuevo de 20 kilos", DELIVERIES, {"Cilindro 20 kg nvo c/gas": 1}),
        ("5 kilos de ropa", DELIVERIES, {"Ropa por kg lavado y doblado": 5}),
        ("2 bolsas de piel chicas", DELIVERIES, {"Bolsa de piel ch limpieza": 2}),
        ("un vestido de novia sencillo", DELIVERIES, {"V. novia sencillo limpieza": 1}),
        ("un galon de vinimex blanca", DELIVERIES, {"Pintura Vinimex blanca 4 L": 1}),
        ("2 cubetas de vinimex", DELIVERIES, {"Pintura Vinimex blanca 19 L": 2}),
        ("20 metros de cable del 12", DELIVERIES, {"Cable THW cal 12 (metro)": 20}),
        ("un tapete de 2x3", DELIVERIES, {"Tapete de sala 2 x 3 m": 1}),
    ],
)
def test_the_variant_meant_is_taken_of_what_is_delivered(
    text: str, index: CatalogIndex, expected: dict[str, int]
) -> None:
    understood = understand(text, index)

    assert quantities(understood) == expected
    assert not understood.ambiguous


def test_money_is_for_what_is_poured() -> None:
    understood = understand("500 pesos al estacionario", DELIVERIES)

    assert [(item.sku, item.amount_mxn) for item in understood.items] == [
        ("Gas p/tanque estacionario (litro)", Decimal(500))
    ]


def test_a_cover_of_something_else_is_lacking() -> None:
    understood = understand("un tapete de 2x3 y 4 fundas de silla", DELIVERIES)

    assert {item.sku for item in understood.items} == {"Tapete de sala 2 x 3 m"}
    assert understood.unknown == ("fundas de silla",)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2 bolsas de hielo de 15", {"Hielo 15 kg": 2}),
        ("2 topochicos", {"Agua mineral Topo Chico 600 ml": 2}),
        ("un aceite 123", {"Aceite 123 1 L": 1}),
        ("una sal", {"Sal La Fina 1 kg": 1}),
        ("un engargolado de 150 hojas", {"Engargolado 101 a 200 hojas": 1}),
        ("un engargolado de 80 hojas", {"Engargolado hasta 100 hojas": 1}),
        ("2 pipetas de 8 kilos", {"Pipeta hasta 10 kg": 2}),
        ("10 copias", {"Copia carta": 10}),
        ("2 masking del ancho", {"Masking tape 24 mm": 2}),
        ("un galon de leche", {"Leche Jersey galón": 1}),
        ("un kilo de chuleta", {"Chuleta de puerco": 1}),
    ],
)
def test_the_variant_meant_is_taken(text: str, expected: dict[str, int]) -> None:
    understood = understand(text, PARTY)

    assert quantities(understood) == expected
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text, index, candidates",
    [
        ("4 bolsas de hielo", PARTY, {"Hielo 3 kg", "Hielo 15 kg"}),
        ("unas cucharas", PARTY, {"Cuchara grande c/25", "Cuchara cafetera c/50"}),
        ("3 pantalones", PARTY, {"Pantalón planchado", "Pantalón vestir tintorería"}),
        ("un aceite", PARTY, {"Aceite 123 1 L", "Aceite Capullo 840 ml"}),
    ],
)
def test_of_several_the_shop_asks_which(text: str, index: CatalogIndex, candidates: set[str]) -> None:
    understood = understand(text, index)

    assert understood.items == ()
    assert {sku for each in understood.ambiguous for sku in each.candidates} == candidates


SHELVES = shop(
    "Leche Lala entera 1 L | liter | Leche en caja",
    "Leche Nido polvo 360 g | can",
    "Leche Carnation lata | can | Leche evaporada",
    "Jamón Fud | kg",
    "Jamón de pavo San Rafael | kg",
    "Pierna de pollo | kg",
    "Muslo de pollo | kg",
    "Pierna y muslo | kg",
    "Pan Bimbo blanco | bag",
    "Bimbo Medias Noches 8 pz | bag | Pan para hot dog",
    "Pollo rostizado entero | piece",
    "Pollo enchilado entero | piece",
    "Alcohol etílico | liter",
    "Gel antibacterial | liter | Con 70 % de alcohol",
    "Pechuga con hueso | kg",
    "Pechuga sin hueso | kg",
)


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("2 leches", "Leche Lala entera 1 L"),
        ("un kilo de jamón", "Jamón Fud"),
        ("2 kilos de pierna", "Pierna de pollo"),
        ("2 kilos de muslo", "Muslo de pollo"),
        ("2 kilos de pierna y muslo", "Pierna y muslo"),
        ("un pan bimbo", "Pan Bimbo blanco"),
        ("un pollo", "Pollo rostizado entero"),
        ("un pollo enchilado, el pollo que venga partido", "Pollo enchilado entero"),
        ("5 litros de alcohol", "Alcohol etílico"),
        ("una leche nido", "Leche Nido polvo 360 g"),
        ("una leche evaporada", "Leche Carnation lata"),
    ],
)
def test_nobody_means_the_special_one_who_does_not_say_so(text: str, sku: str) -> None:
    read = understand(text, SHELVES)
    assert [item.sku for item in read.items] == [sku]
    assert read.ambiguous == ()


def test_of_several_plain_ones_it_is_asked_which() -> None:
    (asked,) = understand("2 kilos de pechuga", SHELVES).ambiguous
    assert len(asked.candidates) == 2
    legs = shop("Jamón de pavo Fud | kg", "Jamón de pierna San Rafael | kg")
    assert len(understand("un cuarto de jamón", legs).ambiguous) == 1
