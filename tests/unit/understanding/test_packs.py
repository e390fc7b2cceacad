"""Weights, volumes and counts of what comes in packs: whole packs, or else a question."""

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

BUTCHER = shop(
    "Hamburguesa de res paq 8 pz | pack",
    "Tocino ahumado 250 g | pack",
    "Tortilla de harina paq 20 pz | pack",
    "Huevo San Juan 18 pz | pack",
    "Huevo San Juan 30 pz | pack",
    "Carbón 4 kg | bag",
    "Carbón 8 kg | bag",
    "Azúcar 1 kg | bag",
    "Bistec de res | kg",
)
COOK = shop(
    "Orden de alitas BBQ (10 pzas) | piece",
    "Papas cambray 1/2 kg | piece",
    "Crema de rancho 1/2 L | piece",
    "Chilaquiles verdes | service | Con crema y queso",
    "Chilaquiles rojos | service | Con crema y queso",
    "Chilaquiles con pollo | service",
    "Conos de papel paq 200 pz | pack",
    "Huevo blanco cono 30 pz | pack",
)
HARDWARE = shop(
    "Lija de agua #220 | piece",
    "Lija de agua #400 | piece",
    "Tubo CPVC 1/2 pulgada 3 m | piece | Tramo de 3 metros",
    "Cable calibre 12 (metro) | unit",
    "Cuaderno raya 100 hojas | piece",
)
LAUNDRY = shop("Planchado docena (12 pzas) | service", "Planchado media docena (6 pzas) | service", "Saco | service")


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("40 hamburguesas de res", BUTCHER, {"Hamburguesa de res paq 8 pz": 5}),
        ("cuarto tocino y un kilo de bistec", BUTCHER, {"Tocino ahumado 250 g": 1, "Bistec de res": 1}),
        ("tocino tres cuartos", BUTCHER, {"Tocino ahumado 250 g": 3}),
        ("18 huevos", BUTCHER, {"Huevo San Juan 18 pz": 1}),
        ("tortillas de harina 2", BUTCHER, {"Tortilla de harina paq 20 pz": 2}),
        ("8 kilos de carbón", BUTCHER, {"Carbón 8 kg": 1}),
        ("20 alitas bbq", COOK, {"Orden de alitas BBQ (10 pzas)": 2}),
        ("2 alitas bbq", COOK, {"Orden de alitas BBQ (10 pzas)": 2}),
        ("medio de papas cambray", COOK, {"Papas cambray 1/2 kg": 1}),
        ("un litro y medio de crema", COOK, {"Crema de rancho 1/2 L": 3}),
        ("200 conos de papel", COOK, {"Conos de papel paq 200 pz": 1}),
        ("2 conos de huevo", COOK, {"Huevo blanco cono 30 pz": 2}),
        ("lija de agua 400, 6 hojas", HARDWARE, {"Lija de agua #400": 6}),
        ("6 metros de tubo y 10 metros de cable", HARDWARE, {"Tubo CPVC 1/2 pulgada 3 m": 2, "Cable calibre 12 (metro)": 10}),
        ("2 cuadernos", HARDWARE, {"Cuaderno raya 100 hojas": 2}),
        ("media docena de planchado", LAUNDRY, {"Planchado media docena (6 pzas)": 1}),
        ("2 docenas de planchado", LAUNDRY, {"Planchado docena (12 pzas)": 2}),
    ],
)  # fmt: skip
def test_what_fills_packs_is_so_many_packs(text: str, index: CatalogIndex, expected: dict[str, int]) -> None:
    understood = understand(text, index)

    assert quantities(understood) == expected
    assert not understood.ambiguous
    assert not understood.unknown


@pytest.mark.parametrize(
    "text, index, sku",
    [
        ("10 hamburguesas", BUTCHER, "Hamburguesa de res paq 8 pz"),
        ("medio tocino", BUTCHER, "Tocino ahumado 250 g"),
        ("medio de azúcar", BUTCHER, "Azúcar 1 kg"),
        ("dos y medio de azúcar", BUTCHER, "Azúcar 1 kg"),
        ("15 alitas bbq", COOK, "Orden de alitas BBQ (10 pzas)"),
        ("un cuarto de crema", COOK, "Crema de rancho 1/2 L"),
        ("100 conos de papel", COOK, "Conos de papel paq 200 pz"),
    ],
)
def test_what_fills_no_packs_is_asked_about(text: str, index: CatalogIndex, sku: str) -> None:
    understood = understand(text, index)

    assert understood.items == ()
    assert [(each.candidates, each.quantity) for each in understood.ambiguous] == [((sku,), None)]
