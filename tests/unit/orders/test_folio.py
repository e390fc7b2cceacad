"""Folios: short, said aloud, never the same twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.orders.folio import folio, read_folio

NUMBERS = st.integers(min_value=1, max_value=9_999 * 26 * 27)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (1, "A-0001"),
        (42, "A-0042"),
        (9_999, "A-9999"),
        (10_000, "B-0001"),
        (26 * 9_999, "Z-9999"),
        (26 * 9_999 + 1, "AA-0001"),
        (27 * 26 * 9_999, "ZZ-9999"),
        (27 * 26 * 9_999 + 1, "AAA-0001"),
    ],
)
def test_ten_thousand_orders_share_a_letter_but_one(number, name):
    assert folio(number) == name


@given(NUMBERS, NUMBERS)
def test_two_orders_never_share_a_folio(one, other):
    assert (folio(one) == folio(other)) == (one == other)


@given(NUMBERS)
def test_the_next_folio_counts_on_or_begins_the_next_letter_at_one(number):
    series, place = folio(number).split("-")
    next_series, next_place = folio(number + 1).split("-")
    if place == "9999":
        assert next_place == "0001"
        assert (len(next_series), next_series) > (len(series), series)
    else:
        assert (next_series, int(next_place)) == (series, int(place) + 1)


@pytest.mark.parametrize("number", [0, -1])
def test_orders_count_from_one(number):
    with pytest.raises(ValueError, match="from 1"):
        folio(number)


@given(NUMBERS, st.sampled_from(["{}", " {} ", "{} \n"]), st.sampled_from(["-", "", " ", " - ", "–"]), st.booleans())
def test_a_folio_is_read_as_people_type_it(number, around, dash, upper):
    series, place = folio(number).split("-")
    typed = around.format(f"{series}{dash}{int(place)}")
    assert read_folio(typed if upper else typed.lower()) == folio(number)


@pytest.mark.parametrize("text", ["", "A", "42", "A-0", "A-0000", "A-12345", "pedido A-42", "A-4²", "Ñ-0042", "A--42"])
def test_what_is_no_folio_is_not_read_as_one(text):
    assert read_folio(text) is None
