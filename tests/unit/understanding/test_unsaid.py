"""What goes without saying at the laundry and where water is filled."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

LAUNDRY = shop(
    "Ropa por kg | kg | Lavado y doblado",
    "Ropa por kg express | kg",
    "Ropa de bebé por kg | kg",
    "Cobija matrimonial | service | Lavado",
    "Lavado de colcha king | service",
    "Almohada | service",
    "Abrigo | service",
    "Guayabera lavada y planchada | service",
    "Tenis (par) | service",
    "Bolsa de piel chica | service",
    "Bolsa de piel grande | service",
)
WATER = shop(
    "Recarga garrafón 20 L purificada | unit",
    "Recarga garrafón 20 L alcalina | unit",
    "Garrafón nuevo 20 L c/agua | unit",
    "Hielo molido 5 kg | bag",
    "Hielo molido 15 kg | bag",
)
_PLAIN, _ALKALINE = "Recarga garrafón 20 L purificada", "Recarga garrafón 20 L alcalina"


@pytest.mark.parametrize(
    ("text", "index", "cart"),
    [
        ("8 kilos y 2 cobijas matrimoniales", LAUNDRY, {"Ropa por kg": 8, "Cobija matrimonial": 2}),
        ("son 6 kilos y un abrigo", LAUNDRY, {"Ropa por kg": 6, "Abrigo": 1}),
        ("me rellenan 3 porfa", WATER, {_PLAIN: 3}),
        ("5 garrafones, 2 que sean de alcalina", WATER, {_PLAIN: 3, _ALKALINE: 2}),
        ("30 kg de hielo molido, en bolsas de 15", WATER, {"Hielo molido 15 kg": 2}),
        ("2 pares de converse", LAUNDRY, {"Tenis (par)": 2}),
        ("van 10 kilos de ropa", LAUNDRY, {"Ropa por kg": 10}),
        (
            "2 bolsas coach de piel una chica y una grande",
            LAUNDRY,
            {"Bolsa de piel chica": 1, "Bolsa de piel grande": 1},
        ),
        (
            "les mando 6 guayaberas, son de los meseros, dos traen manchas",
            LAUNDRY,
            {"Guayabera lavada y planchada": 6},
        ),
        (
            "te mando mi abrigo y también 2 almohadas, una trae mancha",
            LAUNDRY,
            {"Abrigo": 1, "Almohada": 2},
        ),
        (
            "un abrigo y dos almohadas, no, las almohadas no, mejor la colcha king",
            LAUNDRY,
            {"Abrigo": 1, "Lavado de colcha king": 1},
        ),
    ],
)
def test_the_shop_knows_what_is_meant(text: str, index: CatalogIndex, cart: dict[str, int]) -> None:
    understood = understand(text, index)
    assert understood.intent == "order"
    assert {item.sku: item.quantity for item in understood.items} == cart
    assert (understood.unknown, understood.ambiguous) == ((), ())


def test_kilos_after_what_is_weighed_are_no_more_clothes() -> None:
    understood = understand("ropa de bebé, son 3 kilos", LAUNDRY)
    assert [item.sku for item in understood.items] == ["Ropa de bebé por kg"]
