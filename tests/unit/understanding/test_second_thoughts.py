"""What is put right, ruled out or half said in the breath of an order."""

import pytest
from tests.unit.understanding.carts import cart
from tests.unit.understanding.shops import GREENGROCER

from marchante.understanding import understand


@pytest.mark.parametrize(
    "text, expected",
    [
        ("un kilo de chile serrano, no, de poblano mejor", {"Chile poblano": "1"}),
        ("un kilo de papa, digo de limón", {"Limón": "1"}),
        ("2 kilos de papa y uno de limón, mejor 3 de papa", {"Papa blanca": "3", "Limón": "1"}),
        ("medio kilo de chile, no quiero del serrano", {"Chile poblano": "0.5"}),
        ("medio kilo de chile que no sea poblano", {"Chile serrano": "0.5"}),
        ("2 kilos de papa, no me mandes limón", {"Papa blanca": "2"}),
    ],
)
def test_second_thoughts_change_what_they_are_about_and_nothing_else(text: str, expected: dict[str, str]) -> None:
    understood = understand(text, GREENGROCER)

    assert cart(understood) == expected
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text, expected",
    [
        ("k d papa y 1/2 ceb morada", {"Papa blanca": "1", "Cebolla morada": "0.5"}),
        ("2kilosde papa", {"Papa blanca": "2"}),
        ("kilo doscientos de papa", {"Papa blanca": "1.2"}),
        ("un kilo con doscientos de papa", {"Papa blanca": "1.2"}),
        ("un par de kilos de limón", {"Limón": "2"}),
        ("kilo y medio de papa y de limón otro tanto", {"Papa blanca": "1.5", "Limón": "1.5"}),
        ("medio kilo de cada uno: papa y limón", {"Papa blanca": "0.5", "Limón": "0.5"}),
    ],
)
def test_short_glued_and_vague_amounts_are_read(text: str, expected: dict[str, str]) -> None:
    assert cart(understand(text, GREENGROCER)) == expected
