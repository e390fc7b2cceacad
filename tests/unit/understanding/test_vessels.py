"""Containers brought full and taken back empty, as shops of very different habits write them."""

from decimal import Decimal

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

_NEW = "Garrafón nuevo 20 L c/agua purificada"
_ALKALINE = "Recarga garrafón 20 L alcalina"
PLAIN = shop(
    "Recarga garrafón 20 L purificada | unit | A cambio de su envase vacío",
    "Recarga garrafón 20 L alcalina | unit | A cambio de su envase vacío",
    "Recarga medio garrafón 10 L purificada | unit",
    "Recarga galón 4 L purificada | unit",
    "Garrafón nuevo 20 L c/agua purificada | unit | Envase nuevo, ya lleno",
    "Garrafón nuevo 20 L c/agua alcalina | unit | Envase nuevo, ya lleno",
    "Envase garrafón 20 L vacío | piece",
    "Base metálica p/garrafón | piece",
    "Paq. agua 500 ml 24 pz | pack",
    "Paq. agua 1 L 12 pz | pack",
    "Lavado de garrafón | service",
)
CAPITALS = shop(
    "GFON 20LT RECARGA | unit",
    "GFON 20LT NVO C/AGUA | unit",
    "GFON 10LT RECARGA | unit",
    "GFON 10LT NVO C/AGUA | unit",
    "BOT AGUA 1LT C/12 | pack",
)
BY_CONTENTS = shop(
    "Agua purificada botellón 20 L | unit | A cambio de su botellón vacío",
    "Agua alcalina botellón 20 L | unit | A cambio de su botellón vacío",
    "Botellón 20 L nuevo + agua purificada | unit",
    "Botellón 20 L solo envase | piece",
)
BRANDS = shop(
    "Garrafón Ciel 20 L | unit | Intercambio",
    "Garrafón E-pura 20 L | unit | Intercambio",
    "Ciel 600 ml paq. c/12 | pack",
)
CYLINDERS = shop(
    "CILINDRO 10 KG RECARGA | unit | Se cambia por su cilindro vacio, gas",
    "CILINDRO 30 KG RECARGA | unit | Se cambia por su cilindro vacio, gas",
    "CILINDRO 30 KG NVO C/GAS | piece | Cilindro nuevo, ya lleno",
    "GAS P/TANQUE ESTACIONARIO (LT) | liter | Llega la pipa",
    "TANQUE ESTACIONARIO 300 LT NVO | piece | Tanque vacio, sin instalar",
    "MANGUERA GAS 2 MT | piece",
)


@pytest.mark.parametrize(
    "text, index, sku, quantity",
    [
        ("3 garrafones", PLAIN, "Recarga garrafón 20 L purificada", 3),
        ("quiero 2 garrafones de agua", PLAIN, "Recarga garrafón 20 L purificada", 2),
        ("relleno de 4 garrafones", PLAIN, "Recarga garrafón 20 L purificada", 4),
        ("3 recargas", PLAIN, "Recarga garrafón 20 L purificada", 3),
        ("garrafón chico", PLAIN, "Recarga medio garrafón 10 L purificada", 1),
        ("2 galones", PLAIN, "Recarga galón 4 L purificada", 2),
        ("un garrafón de alcalina", PLAIN, "Recarga garrafón 20 L alcalina", 1),
        ("garrafón nuevo", PLAIN, "Garrafón nuevo 20 L c/agua purificada", 1),
        ("2 garrafones con envase", PLAIN, "Garrafón nuevo 20 L c/agua purificada", 2),
        ("un garrafón nuevo de alcalina", PLAIN, "Garrafón nuevo 20 L c/agua alcalina", 1),
        ("un envase vacío de garrafón", PLAIN, "Envase garrafón 20 L vacío", 1),
        ("la base del garrafón", PLAIN, "Base metálica p/garrafón", 1),
        ("36 aguas de litro", PLAIN, "Paq. agua 1 L 12 pz", 3),
        ("un paquete de agua de medio litro", PLAIN, "Paq. agua 500 ml 24 pz", 1),
        ("2 garrafones", CAPITALS, "GFON 20LT RECARGA", 2),
        ("un garrafón completo", CAPITALS, "GFON 20LT NVO C/AGUA", 1),
        ("garrafón de 10 nuevo", CAPITALS, "GFON 10LT NVO C/AGUA", 1),
        ("un garrafoncito de 10, el puro relleno", CAPITALS, "GFON 10LT RECARGA", 1),
        ("agua de litro 1 paquete", CAPITALS, "BOT AGUA 1LT C/12", 1),
        ("4 garrafones", BY_CONTENTS, "Agua purificada botellón 20 L", 4),
        ("2 botellones de alcalina", BY_CONTENTS, "Agua alcalina botellón 20 L", 2),
        ("botellón nuevo", BY_CONTENTS, "Botellón 20 L nuevo + agua purificada", 1),
        ("garrafón epura 2", BRANDS, "Garrafón E-pura 20 L", 2),
        ("el tanque de 30", CYLINDERS, "CILINDRO 30 KG RECARGA", 1),
        ("un tanque nuevo de 30 kilos", CYLINDERS, "CILINDRO 30 KG NVO C/GAS", 1),
        ("150 litros de gas", CYLINDERS, "GAS P/TANQUE ESTACIONARIO (LT)", 150),
        ("200 litros para el estacionario", CYLINDERS, "GAS P/TANQUE ESTACIONARIO (LT)", 200),
        ("tanque estacionario de 300 litros nuevo", CYLINDERS, "TANQUE ESTACIONARIO 300 LT NVO", 1),
    ],
)
def test_a_container_is_its_refill_unless_more_is_said(text: str, index: CatalogIndex, sku: str, quantity: int) -> None:
    read = understand(text, index)
    assert [(item.sku, item.quantity) for item in read.items] == [(sku, Decimal(quantity))]
    assert not read.ambiguous
    assert not read.unknown


@pytest.mark.parametrize("text", ["500 pesos al estacionario", "mil pesos de gas", "$700 para el tanque estacionario"])
def test_money_is_for_what_is_poured(text: str) -> None:
    (item,) = understand(text, CYLINDERS).items
    assert item.sku == "GAS P/TANQUE ESTACIONARIO (LT)"
    assert item.amount_mxn


@pytest.mark.parametrize(
    "text, index", [("garrafón", BRANDS), ("un tanque", CYLINDERS), ("2 ciel", BRANDS), ("agua", PLAIN)]
)
def test_brands_and_sizes_without_a_plain_one_are_asked_for(text: str, index: CatalogIndex) -> None:
    read = understand(text, index)
    assert not read.items
    assert read.ambiguous


def test_bottles_that_fill_no_pack_are_asked_about() -> None:
    read = understand("10 botellas de agua de litro", PLAIN)
    (question,) = read.ambiguous
    assert question.candidates == ("Paq. agua 1 L 12 pz",)
    assert question.quantity is None


@pytest.mark.parametrize(
    "text, index, expected",
    [
        (
            "2 normales y 1 alcalina",
            PLAIN,
            {"Recarga garrafón 20 L purificada": 2, "Recarga garrafón 20 L alcalina": 1},
        ),
        ("4 garrafones y uno nuevo", PLAIN, {"Recarga garrafón 20 L purificada": 4, _NEW: 1}),
        ("uno nuevo y 3 recargas", PLAIN, {_NEW: 1, "Recarga garrafón 20 L purificada": 3}),
        ("no tengo envase, quiero 2 garrafones", PLAIN, {_NEW: 2}),
        (
            "no tengo envase, un garrafón nuevo y 2 rellenos",
            PLAIN,
            {_NEW: 1, "Recarga garrafón 20 L purificada": 2},
        ),
        ("traigan agua, dos garrafones", PLAIN, {"Recarga garrafón 20 L purificada": 2}),
        ("2 garrafones purificados y 3 alcalinos", PLAIN, {"Recarga garrafón 20 L purificada": 2, _ALKALINE: 3}),
        ("garrafones epura 2, ciel 4", BRANDS, {"Garrafón E-pura 20 L": 2, "Garrafón Ciel 20 L": 4}),
        ("el de 30 y uno de 10", CYLINDERS, {"CILINDRO 30 KG RECARGA": 1, "CILINDRO 10 KG RECARGA": 1}),
        ("un tanque lleno nuevo de 30", CYLINDERS, {"CILINDRO 30 KG NVO C/GAS": 1}),
    ],
)
def test_what_is_left_unsaid_is_what_the_shop_brings(text: str, index: CatalogIndex, expected: dict[str, int]) -> None:
    read = understand(text, index)
    assert quantities(read) == expected
    assert not read.ambiguous


def test_garrafon_of_another_brand_leaves_its_container_to_the_next() -> None:
    read = understand("un garrafón santa maría y 2 de ciel", BRANDS)
    assert [(item.sku, item.quantity) for item in read.items] == [("Garrafón Ciel 20 L", Decimal(2))]
    assert read.unknown


def test_packs_called_by_a_brand_of_water_are_water() -> None:
    packs = shop("Paq agua 1 lt (12 pz) | pack", "Paq Ciel 600 ml (24 pz) | pack", "Jugo 1 lt (12 pz) | pack")
    for text, sku in (
        ("3 paquetes de agua ciel", "Paq Ciel 600 ml (24 pz)"),
        ("24 aguas de 600", "Paq Ciel 600 ml (24 pz)"),
    ):
        assert [item.sku for item in understand(text, packs).items] == [sku]


def test_thousands_are_said_with_a_figure() -> None:
    trucks = shop("Pipa de agua 5,000 L | service", "Pipa de agua 10,000 L | service")
    (item,) = understand("una pipa de agua de 10 mil litros", trucks).items
    assert item.sku == "Pipa de agua 10,000 L"
