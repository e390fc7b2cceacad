"""JSON nobody should send, read all the same."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.channels.whatsapp.wire_json import dumps, identifier, integer, loads, moment, number, phone

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


def nested(depth):
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


def depth_of(value):
    depth = 0
    while isinstance(value, list):
        depth += 1
        value = value[0] if value else None
    return depth


@given(JSON)
def test_what_is_written_is_read_again(value):
    assert loads(dumps(value)) == value
    assert dumps(value).isascii()


@given(JSON)
def test_a_value_in_any_spelling_of_json_is_read(value):
    assert loads(json.dumps(value, indent=2).encode()) == value


@pytest.mark.parametrize("depth", [1, 64, 65, 800, 990, 3000, 100_000])
def test_any_depth_is_read_and_what_is_out_of_reach_becomes_null(depth):
    read = loads(b"[" * depth + b"]" * depth)
    assert depth_of(read) in {depth, 64}
    assert depth_of(loads(dumps(read))) in {depth, 64}


def test_a_value_too_deep_to_write_is_written_as_far_as_it_goes():
    assert dumps(nested(5000)) == b"[" * 64 + b"null" + b"]" * 64
    assert dumps({"a": nested(5000)}).startswith(b'{"a":[[')


def test_only_the_part_that_is_too_deep_is_lost():
    deep = b"[" * 2000 + b"]" * 2000
    assert loads(b'{"a":' + deep + b',"b":[1,' + deep + b',2],"c":"]]\\"[["}')["c"] == ']]"[['
    assert loads(b'{"a":' + deep + b',"b":[1,' + deep + b",2]}")["b"][2] == 2


@pytest.mark.parametrize(
    "body", [b"[" * 5000, b"]" * 5000, b"[" * 5000 + b"}" * 5000, b'{"a":' * 5000 + b'"', b"", b"x"]
)
def test_what_is_no_json_is_a_value_error(body):
    with pytest.raises(ValueError, match=r"."):
        loads(body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"9" * 6000, "9" * 6000),
        (b"1e999", "1e999"),
        (b"-1e999", "-1e999"),
        (b"[NaN,Infinity,-Infinity]", [None, None, None]),
        (b'"\\ud83d"', "\ud83d"),
        (b'"\\ud83c\\udf45"', "🍅"),
        (b'"a\tb"', "a\tb"),
        (b'"\xe1"', "\ufffd"),
        (b'{"a":1,"a":2}', {"a": 2}),
    ],
)
def test_numbers_and_texts_no_machine_likes_are_read(body, value):
    assert loads(body) == value


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("wamid.A=", "wamid.A="),
        (" 7 ", "7"),
        (7, "7"),
        ("", None),
        (" ", None),
        (True, None),
        (7.0, None),
        (None, None),
        (["a"], None),
        ("a\x00", None),
        ("ñ", None),
        ("a\n", "a"),
        ("a\nb", None),
        ("x" * 512, "x" * 512),
        ("x" * 513, None),
        (10**40, None),
        pytest.param(-(10**6000), None, id="huge"),
    ],
)
def test_an_id_is_visible_ascii_of_a_sane_length(value, found):
    assert identifier(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("5215500000001", "5215500000001"),
        ("+52 1 (55) 0000-0001", "+52 1 (55) 0000-0001"),
        (5215500000001, "5215500000001"),
        ("MX.123", None),
        ("---", None),
        ("١٢٣٤٥", None),
        (None, None),
    ],
)
def test_a_phone_is_kept_exactly_as_received(value, found):
    assert phone(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [("7", 7), (7, 7), (7.0, 7), (7.5, None), (True, None), ("7a", None), ("", None), (2**63, None), (1e300, None)],
)
def test_a_whole_number_is_read_in_every_form(value, found):
    assert integer(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (99.99, Decimal("99.99")),
        ("19.5", Decimal("19.5")),
        (3, Decimal(3)),
        ("NaN", None),
        ("sNaN", None),
        (float("inf"), None),
        (True, None),
        ("tres", None),
        ({}, None),
    ],
)
def test_a_number_is_exact(value, found):
    assert number(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("1795449600", datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        (1795449600, datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        (0, None),
        (-1, None),
        (10**18, None),
        ("ayer", None),
    ],
)
def test_a_moment_is_unix_seconds_of_our_times(value, found):
    assert moment(value) == found
