"""Which of several variants is meant, and when the shop has to ask."""

from decimal import Decimal

import pytest
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
)


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
        ("un kilo de chuleta", {"Chuleta de puerco": 1}),
    ],
)
def test_the_variant_meant_is_taken(text: str, expected: dict[str, int]) -> None:
    understood = understand(text, PARTY)

    assert {item.sku: item.quantity for item in understood.items} == {
        sku: Decimal(quantity) for sku, quantity in expected.items()
    }
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text, index, candidates",
    [
        ("4 bolsas de hielo", PARTY, {"Hielo 3 kg", "Hielo 15 kg"}),
        ("un aceite", PARTY, {"Aceite 123 1 L", "Aceite Capullo 840 ml"}),
    ],
)
def test_of_several_the_shop_asks_which(text: str, index: CatalogIndex, candidates: set[str]) -> None:
    understood = understand(text, index)

    assert understood.items == ()
    assert {sku for each in understood.ambiguous for sku in each.candidates} == candidates
