"""Greetings and wishes to see a list order nothing, however they are written."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import understand

BAKERY = shop(
    "Pan de caja blanco 680 g | piece",
    "Media noche bolsa 8 pzas | bag",
    "Pastel 3 leches ch 10 pers | piece",
    "Pastel 3 leches gde 35 pers | piece",
)


@pytest.mark.parametrize("text", ["Buenas nochees", "buenas nohes", "buenas nochez", "buenas noxes", "buenas noches"])
def test_a_misspelt_greeting_orders_nothing(text: str) -> None:
    understood = understand(text, BAKERY)

    assert (understood.intent, understood.items, understood.ambiguous) == ("greeting", (), ())


@pytest.mark.parametrize("text", ["mandeme su lista de panes y pasteles", "me pasa el catalogo de pan"])
def test_asking_for_a_list_orders_nothing(text: str) -> None:
    understood = understand(text, BAKERY)

    assert (understood.intent, understood.items, understood.ambiguous) == ("catalog", (), ())


@pytest.mark.parametrize("text", ["buenas noches, 2 medias noches", "de su lista de panes quiero 2 medias noches"])
def test_what_is_counted_beside_them_is_ordered(text: str) -> None:
    assert [(item.sku, item.quantity) for item in understand(text, BAKERY).items] == [("Media noche bolsa 8 pzas", 2)]
