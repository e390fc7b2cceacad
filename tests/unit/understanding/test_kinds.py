"""What owners call by a brand or a variety alone, customers call by its kind."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

CORNER = shop(
    "CORONA FAMILIAR 940 ML | bottle",
    "VICTORIA FAMILIAR 940 ML | bottle",
    "TECATE LATA 355 ML | can",
    "MARLBORO ROJO CAJETILLA | box",
    "SALVO LIMON 750 ML | bottle",
    "COLGATE TRIPLE ACCION | piece",
    "DOG CHOW ADULTO | kg",
    "LECHE CARNATION CLAVEL 360 G | can",
    "SABRITAS ORIGINAL 45 G | bag",
    "CHILES JALAPEÑOS RAJAS 220 G | can",
)
BUTCHER = shop("Suadero | kg", "Arrachera marinada | kg", "Milanesa de pollo | kg")
CLEANER = shop("Corbata | service", "Falda | service", "Pantalón | service")
PAPER = shop("Hojas blancas carta | pack", "Bomba para globos | piece")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("unos cigarros", "MARLBORO ROJO CAJETILLA"),
        ("un lavatrastes", "SALVO LIMON 750 ML"),
        ("un jabón para los trastes", "SALVO LIMON 750 ML"),
        ("una pasta de dientes", "COLGATE TRIPLE ACCION"),
        ("un kilo de croquetas para perro", "DOG CHOW ADULTO"),
        ("una leche evaporada", "LECHE CARNATION CLAVEL 360 G"),
        ("unas papas fritas", "SABRITAS ORIGINAL 45 G"),
        ("unas papas sabritas", "SABRITAS ORIGINAL 45 G"),
        ("unos chiles en vinagre", "CHILES JALAPEÑOS RAJAS 220 G"),
        ("una caguama victoria", "VICTORIA FAMILIAR 940 ML"),
        ("una cerveza tecate", "TECATE LATA 355 ML"),
    ],
)
def test_a_brand_tells_the_kind(text: str, expected: str) -> None:
    understood = understand(text, CORNER)

    assert [item.sku for item in understood.items] == [expected]
    assert not understood.unknown


def test_several_of_a_kind_are_asked_about() -> None:
    understood = understand("dos caguamas", CORNER)

    assert understood.ambiguous[0].candidates == ("CORONA FAMILIAR 940 ML", "VICTORIA FAMILIAR 940 ML")


@pytest.mark.parametrize(
    "text, index",
    [
        ("quiero una cerveza indio", CORNER),
        ("una salsa de soya", CORNER),
        ("un kilo de carne de pollo molida", BUTCHER),
        ("3 panes", CLEANER),
        ("un kilo de carne", CLEANER),
        ("2 cervezas", PAPER),
        ("2 chicles", PAPER),
    ],
)
def test_what_only_sounds_like_a_kind_is_not_sold(text: str, index: CatalogIndex) -> None:
    assert not understand(text, index).items
    assert not understand(text, index).ambiguous


def test_poultry_is_no_carne() -> None:
    (asked,) = understand("un kilo de carne", BUTCHER).ambiguous

    assert "Milanesa de pollo" not in asked.candidates
