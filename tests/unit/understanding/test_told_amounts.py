"""Amounts told in a roundabout way, and numbers that put nothing in doubt."""

import pytest
from tests.unit.understanding.carts import cart
from tests.unit.understanding.shops import shop

from marchante.understanding import understand

SHOP = shop(
    "Jitomate | kg",
    "Papa | kg",
    "Naranja | kg",
    "Aguacate | kg",
    "Gansito | piece",
    "Tamal verde | piece",
    "Tamal de rajas | piece",
    "Pollo entero | kg",
    "Menudo | kg",
    "Pata de res | kg",
    "Crema | piece",
    "Enchiladas verdes | service",
    "Biografía | piece",
)
LAUNDRY = shop("Ropa por kilo | kg", "Cobija | service", "Almohada | service")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("50 pesos de lo que alcance de jitomate", {"Jitomate": "$50"}),
        ("aguacates los que alcancen con 100 pesos", {"Aguacate": "$100"}),
        ("entre 2 y 3 kilos de naranja", {"Naranja": "3"}),
        ("par de kilos de papa", {"Papa": "2"}),
        ("4/5 gansitos", {"Gansito": "5"}),
        ("3/4 de papa", {"Papa": "0.75"}),
        ("2 gansitos, son 50 años", {"Gansito": "2"}),
        ("como 7 y media quiero 10 tamales verdes y 5 de rajas", {"Tamal verde": "10", "Tamal de rajas": "5"}),
        ("2 pollos enteros, uno partido en cuatro y otro sin partir", {"Pollo entero": "2pz"}),
        ("menudo 3 kilos con pata 1 kilo", {"Menudo": "3", "Pata de res": "1"}),
        ("menudo 2 kilos con una pata de res", {"Menudo": "2", "Pata de res": "1pz"}),
        ("3 enchiladas verdes con un poco de crema", {"Enchiladas verdes": "3"}),
        ("2 gansitos y la biografía de Benito Juárez", {"Gansito": "2", "Biografía": "1"}),
        ("viene mi hijo a comer asi q le encargo 2 kilos de papa", {"Papa": "2"}),
        ("ya tengo 2 kilos de papa, mandame un kilo de naranja", {"Naranja": "1"}),
    ],
)
def test_the_amount_told_is_taken(text: str, expected: dict[str, str]) -> None:
    understood = understand(text, SHOP)

    assert cart(understood) == expected
    assert not understood.ambiguous


def test_how_a_thing_is_to_be_washed_does_not_rule_it_out() -> None:
    washed = understand("2 kilos de ropa y una cobija, la ropa que no la metan con cloro", LAUNDRY)
    refused = understand("2 kilos de ropa y una cobija, la almohada no la quiero", LAUNDRY)

    assert cart(washed) == {"Ropa por kilo": "2", "Cobija": "1"}
    assert "Almohada" not in cart(refused)
