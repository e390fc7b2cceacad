"""In the summary "otro más" adds to the line just shown, and "no, mejor 5" sets it."""

from decimal import Decimal

import pytest

from marchante.conversations.amounts import TypedAmount, read_amount, read_more


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("otro más", "1"),
        ("otra mas por fa", None),
        ("y 2 más", "2"),
        ("una más", "1"),
        ("medio kilo más", "0.5"),
        ("3 mas", "3"),
        ("otro igual", "1"),
        ("nada más", None),
        ("algo más", None),
        ("50 pesos más", None),
        ("mas", None),
    ],
)
def test_what_is_added_is_read_only_when_nothing_else_is_said(text: str, more: str | None) -> None:
    assert read_more(text) == (None if more is None else TypedAmount(Decimal(more)))


@pytest.mark.parametrize("text", ["no mejor 5", "no, mejor 5", "mejor que sean 5", "mejor ponme 5", "siempre sí 5"])
def test_a_correction_sets_the_amount(text: str) -> None:
    expected = None if text == "siempre sí 5" else TypedAmount(Decimal(5))
    assert read_amount(text) == expected
