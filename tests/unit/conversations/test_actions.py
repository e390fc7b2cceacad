"""The ids of buttons: everything comes back as it went out, and nothing else is let in."""

from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.conversations.actions import KINDS, MAX_ID, Action, Confirm, SetQuantity, ShowCategory, decode

INTEGERS = st.integers(min_value=0, max_value=2**63 - 1)
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("999999999.999"), places=3)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    kind = draw(st.sampled_from(sorted(KINDS.values(), key=lambda each: each.NAME)))
    values = {each.name: draw(INTEGERS if each.type is int else AMOUNTS) for each in fields(kind)}
    return kind(**values)


@given(actions())
def test_every_action_comes_back_as_it_went_out(action: Action):
    identifier = action.encode()
    assert len(identifier) <= MAX_ID
    assert identifier == identifier.strip()
    assert decode(identifier) == action


@given(st.text(max_size=300))
def test_any_other_text_is_no_action_or_a_whole_one(text: str):
    action = decode(text)
    assert action is None or isinstance(action, Action)


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "confirm",
        "confirm:1",
        "confirm:1:2:3",
        "confirm:-1:2",
        "confirm:1:NaN",
        "confirm:1:1e9",
        "confirm:१:1",
        "add:1.5:0",
        "add:99999999999999999999:0",
        "menu:1",
        "nothing:1",
        "menu:" + "0" * 300,
    ],
)
def test_what_was_not_made_by_us_is_refused(identifier: str):
    assert decode(identifier) is None


def test_numbers_are_written_plainly():
    assert SetQuantity(3, 7, Decimal("1E+2")).encode() == "quantity:3:7:100"
    assert Confirm(3, Decimal("142.00")).encode() == "confirm:3:142.00"
    assert ShowCategory(0, 2).encode() == "category:0:2"
