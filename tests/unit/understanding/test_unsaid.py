"""What goes without saying at the laundry and where water is filled."""

import pytest
from tests.unit.understanding.carts import quantities
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
    "Traje 2 pz | service",
    "Traje 3 pz | service",
    "Planchado docena | service",
    "Planchado media docena | service",
    "Pantalón planchado | service",
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
        ("3 garrafones 1 alcalina", WATER, {_PLAIN: 2, _ALKALINE: 1}),
        ("3 garrafones, 1 alcalino", WATER, {_PLAIN: 2, _ALKALINE: 1}),
        ("3 garrafones y 1 alcalina", WATER, {_PLAIN: 3, _ALKALINE: 1}),
        ("3 garrafones, 1 nuevo", WATER, {_PLAIN: 3, "Garrafón nuevo 20 L c/agua": 1}),
        ("30 kg de hielo molido, en bolsas de 15", WATER, {"Hielo molido 15 kg": 2}),
        ("2 pares de converse", LAUNDRY, {"Tenis (par)": 2}),
        ("van 10 kilos de ropa", LAUNDRY, {"Ropa por kg": 10}),
        ("van 7 kilos y un abrigo", LAUNDRY, {"Ropa por kg": 7, "Abrigo": 1}),
        ("el traje 3 pz y un abrigo", LAUNDRY, {"Traje 3 pz": 1, "Abrigo": 1}),
        ("2 trajes 3 piezas", LAUNDRY, {"Traje 3 pz": 2}),
        ("te dejo media docena para planchado", LAUNDRY, {"Planchado media docena": 1}),
        (
            "necesito que me laven 2 almohadas y planchen 4 pantalones",
            LAUNDRY,
            {"Almohada": 2, "Pantalón planchado": 4},
        ),
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
    assert quantities(understood) == cart
    assert (understood.unknown, understood.ambiguous) == ((), ())


def test_kilos_after_what_is_weighed_are_no_more_clothes() -> None:
    understood = understand("ropa de bebé, son 3 kilos", LAUNDRY)
    assert [item.sku for item in understood.items] == ["Ropa de bebé por kg"]


def test_what_is_said_not_to_be_was_ordered_before() -> None:
    understood = understand("la bolsa de piel no es chica, es grande", LAUNDRY)
    assert understood.intent == "change_cart"
    assert [(item.sku, item.op) for item in understood.items] == [
        ("Bolsa de piel chica", "remove"),
        ("Bolsa de piel grande", "add"),
    ]


def test_how_it_is_washed_orders_nothing_more() -> None:
    understood = understand("un abrigo, que me lo laven bien", LAUNDRY)
    assert [item.sku for item in understood.items] == ["Abrigo"]
