"""What customers answer in a word or two is no order, whatever a shop's products sound like."""

from decimal import Decimal
from importlib.resources import files

import pytest

from marchante.understanding import CatalogIndex, CatalogProduct, understand
from marchante.understanding.command import load_catalog

SHOPS = ("abarrotes", "agua", "ferreteria", "tintoreria", "verduleria")
ANSWERS = (
    ("sale", "confirm"),
    ("va", "confirm"),
    ("ok", "confirm"),
    ("sí por favor", "confirm"),
    ("no gracias", "deny"),
    ("así no", "deny"),
    ("no ocupo factura", "deny"),
    ("pago con 500", "other"),
    ("en efectivo con 200", "other"),
    ("paso por ellos en media hora", "other"),
    ("paso en 20 minutos", "other"),
    ("transferencia", "other"),
    ("Ana López", "other"),
    ("otra dirección", "other"),
    ("a qué hora llega", "order_status"),
)


@pytest.mark.parametrize("shop", SHOPS)
def test_an_answer_of_a_word_or_two_puts_nothing_into_the_cart(shop: str) -> None:
    catalog = files("marchante.entrypoints.demo") / "shops" / f"{shop}.json"
    index = CatalogIndex.build(load_catalog(catalog))

    came = {text: understand(text, index) for text, _ in ANSWERS}

    assert {text: read.intent for text, read in came.items()} == dict(ANSWERS)
    assert not [text for text, read in came.items() if read.items or read.ambiguous]


def test_who_comes_in_a_while_fetches_the_order() -> None:
    assert understand("paso en 20 minutos", CatalogIndex.build([])).delivery == "pickup"
    assert understand("pasen en 20 minutos", CatalogIndex.build([])).delivery != "pickup"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("gracias, medio de cebolla morada, si es tan amable", "order"),
        ("gracias, me llegaron los 2 kilos de cebolla muy bien", "thanks"),
        ("muchas gracias por el kilo de cebolla", "thanks"),
    ],
)
def test_courtesy_is_no_reason_to_leave_out_what_is_counted(text: str, intent: str) -> None:
    onion = CatalogProduct("CEB", "Cebolla morada", unit="kg", step=Decimal("0.25"))

    assert understand(text, CatalogIndex.build([onion])).intent == intent
