"""Things sized by how many people they are for, and amounts said after the thing."""

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

LAUNDRY = shop(
    "Mantel 6-8 personas | service",
    "Mantel 10-12 personas | service",
    "Cortina (hoja) | service",
    "Saco | service",
)
DESCRIBED = shop("Mantel chico | service | De 4 a 6 personas", "Mantel gde | service | De 8 a 12 personas")
CAKES = shop("Tres leches ch (10 pers) | piece", "Tres leches gde (20 pers) | piece", "Concha | piece")
ICE = shop("Bolsa hielo 3 kg | bag", "Bolsa hielo 5 kg | bag")


@pytest.mark.parametrize(
    ("text", "index", "cart"),
    [
        ("un mantel de 12 personas", LAUNDRY, {"Mantel 10-12 personas": 1}),
        ("mantel como para siete personas", LAUNDRY, {"Mantel 6-8 personas": 1}),
        ("2 manteles para 10", LAUNDRY, {"Mantel 10-12 personas": 2}),
        ("mantel para seis y otro para 10 personas", DESCRIBED, {"Mantel chico": 1, "Mantel gde": 1}),
        ("un tres leches para 20 personas", CAKES, {"Tres leches gde (20 pers)": 1}),
        ("para 20 personas: 30 conchas", CAKES, {"Concha": 30}),
        ("cortinas, son 6 hojas, y un saco", LAUNDRY, {"Cortina (hoja)": 6, "Saco": 1}),
    ],
)
def test_how_many_it_is_for_tells_which(text: str, index: CatalogIndex, cart: dict[str, int]) -> None:
    understood = understand(text, index)
    assert understood.intent == "order"
    assert quantities(understood) == cart


def test_those_already_ordered_are_changed() -> None:
    assert understand("las cortinas, son 6", LAUNDRY).intent == "change_cart"


def test_three_bags_are_not_those_of_three_kilos() -> None:
    understood = understand("3 bolsas de hielo", ICE)
    assert not understood.items
    assert [question.quantity for question in understood.ambiguous] == [3]
