"""What is sold by the kilo and counted by the customer: pieces where a count is meant, else kilos."""

import pytest
from tests.unit.understanding.carts import cart
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

GREENGROCER = shop(
    "Ejote | kg",
    "Calabacita | kg",
    "Chayote | kg",
    "Limón | kg",
    "Naranja | kg",
    "Papaya | kg",
    "Papa | kg",
    "Guayaba | kg",
)
SWEETS = shop("Polvorón de nuez | kg", "Mantecada | piece")
HARDWARE = shop("Clavo 2 pulgadas | kg", "Alambre recocido | kg", "Martillo | piece")
PARTY = shop("Vaso rojo c/20 | pack", "Plato pastelero c/50 | pack", "Rosa roja docena | bunch")


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("ejote uno, calabacita uno y chayote medio", GREENGROCER, {"Ejote": "1", "Calabacita": "1", "Chayote": "0.5"}),
        ("papa 2 y limón 1", GREENGROCER, {"Papa": "2", "Limón": "1"}),
        ("limón 20, papa 15", GREENGROCER, {"Limón": "20", "Papa": "15"}),
        ("papaya 1", GREENGROCER, {"Papaya": "1pz"}),
        ("papaya 1 y papa 2 kg", GREENGROCER, {"Papaya": "1", "Papa": "2"}),
        ("una docena de limones y media de naranjas", GREENGROCER, {"Limón": "12pz", "Naranja": "6pz"}),
        ("medio de limón y media de naranjas", GREENGROCER, {"Limón": "0.5", "Naranja": "0.5"}),
        ("unas seis guayabas", GREENGROCER, {"Guayaba": "6pz"}),
        ("16 polvorones de nuez", SWEETS, {"Polvorón de nuez": "16pz"}),
        ("2 de polvorones de nuez", SWEETS, {"Polvorón de nuez": "2"}),
        ("10 clavos y 2 de alambre", HARDWARE, {"Clavo 2 pulgadas": "10pz", "Alambre recocido": "2"}),
        ("2 de clavo", HARDWARE, {"Clavo 2 pulgadas": "2"}),
        ("60 vasos rojos y 24 rosas rojas", PARTY, {"Vaso rojo c/20": "3", "Rosa roja docena": "2"}),
    ],
)
def test_pieces_are_told_from_kilos(text: str, index: CatalogIndex, expected: dict[str, str]) -> None:
    understood = understand(text, index)

    assert cart(understood) == expected
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text, index, sku",
    [
        ("limón 20", GREENGROCER, "Limón"),
        ("30 platos pasteleros", PARTY, "Plato pastelero c/50"),
        ("media docena de rosas rojas", PARTY, "Rosa roja docena"),
    ],
)
def test_what_may_be_pesos_or_part_of_a_pack_is_asked_about(text: str, index: CatalogIndex, sku: str) -> None:
    understood = understand(text, index)

    assert understood.items == ()
    assert [(each.candidates, each.quantity) for each in understood.ambiguous] == [((sku,), None)]
