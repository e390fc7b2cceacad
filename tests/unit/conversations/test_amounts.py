"""Amounts typed as answers, and fitted to how a product is sold."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.shop_view import grocer, product

from marchante.conversations.amounts import fit_money, fit_pieces, fit_quantity, read_amount, usual_quantity
from marchante.conversations.pieces import piece_weight
from marchante.foundation.kernel.money import line_total

PAPA = product(grocer(), "Papa")
ATUN = product(grocer(), "Atún")
AMOUNTS = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(5000), places=3)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2", "2"),
        ("02", "2"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        (" 3 kg. ", "3"),
        ("2kg", "2"),
        ("medio", "0.5"),
        ("Medio kilo", "0.5"),
        ("½", "0.5"),
        ("1½ kg", "1.5"),
        ("1 1/2", "1.5"),
        ("un cuarto", "0.25"),
        ("3/4", "0.75"),
        ("250 gramos", "0.25"),
        ("uno", "1"),
        ("una docena", "12"),
        ("dos kilos", "2"),
        ("5 piezas", "5"),
        ("que sean 4", "4"),
    ],
)
def test_a_bare_amount_is_read(typed: str, value: str):
    amount = read_amount(typed)
    assert amount is not None
    assert amount.value == Decimal(value)
    assert amount.kind == "quantity"


@pytest.mark.parametrize(("typed", "value"), [("$50", "50"), ("50 pesos", "50"), ("$ 20 pesos", "20")])
def test_money_is_told_from_quantities(typed: str, value: str):
    amount = read_amount(typed)
    assert amount is not None
    assert (amount.value, amount.kind) == (Decimal(value), "money")


@pytest.mark.parametrize("typed", ["", "kg", "dos cocas", "2 de papa", "1/0", "calle 5", "2 3", "si", "-2", "1e5", "٣"])
def test_anything_else_is_no_bare_amount(typed: str):
    assert read_amount(typed) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str):
    amount = read_amount(text)
    assert amount is None or amount.value >= 0


@given(AMOUNTS)
def test_a_fitted_quantity_is_never_less_than_asked_nor_out_of_step(asked: Decimal):
    for each in (PAPA, ATUN, replace(ATUN, step=Decimal(3))):
        fitted = fit_quantity(each, asked)
        if fitted.quantity is None:
            assert asked > 999
            continue
        assert fitted.quantity >= asked
        assert fitted.quantity >= each.step
        if not each.by_weight:
            assert fitted.quantity % each.step == 0


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(20000), places=2))
def test_money_never_buys_more_than_was_said(amount: Decimal):
    for each in (PAPA, ATUN):
        fitted = fit_money(each, amount)
        if fitted.quantity is not None:
            assert fitted.quantity > 0
            assert line_total(each.price or Decimal(0), fitted.quantity) <= amount


def test_pieces_weigh_what_they_usually_weigh():
    fitted = fit_pieces(product(grocer(), "Aguacate"), Decimal(3))
    assert (fitted.quantity, fitted.pieces) == (Decimal("0.600"), Decimal(3))
    assert fit_pieces(product(grocer(), "Queso"), Decimal(3)).problem == "weight_unknown"
    assert fit_pieces(ATUN, Decimal(3)).quantity == 3


def test_the_weight_of_a_small_kind_is_not_guessed():
    assert piece_weight("Papa blanca") == Decimal("0.18")
    assert piece_weight("Papa cambray") is None
    assert piece_weight("") is None


def test_a_tap_adds_one_or_the_least_that_is_sold():
    assert usual_quantity(PAPA) == 1
    assert usual_quantity(replace(PAPA, step=Decimal(3))) == 3
