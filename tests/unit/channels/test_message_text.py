"""Text that must fit, and text that must not format."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marchante.channels.whatsapp.text import clean_text, clean_tree, escape_formatting, fit

FAMILY, FLAG, THUMB, KEYCAP = "👨‍👩‍👧‍👦", "🇲🇽", "👍🏽", "3️⃣"


@pytest.mark.parametrize(
    ("text", "limit", "fitted"),
    [
        ("Jitomate", 8, "Jitomate"),
        ("Jitomate saladette", 18, "Jitomate saladette"),
        ("Jitomate saladette", 17, "Jitomate…"),
        ("Jitomate saladette", 9, "Jitomate…"),
        ("Jitomate, saladette", 12, "Jitomate…"),
        ("Total $1,234.50 MXN", 15, "Total…"),
        ("Total $1,234.50 MXN", 16, "Total $1,234.50…"),
        ("Total $ 1,234.50", 10, "Total…"),
        ("$1,234.50", 5, "…"),
        ("precio:$1,234.50", 12, "precio…"),
        ("Anticongelante", 6, "Antic…"),
        ("Anticongelante", 1, "…"),
        ("Anticongelante", 0, ""),
        ("   hola que tal", 8, "   hola…"),
        (FAMILY * 3, 7, "…"),
        (FAMILY * 3, 12, FAMILY + "…"),
        (FLAG * 3, 4, FLAG + "…"),
        (THUMB * 2, 3, THUMB + "…"),
        (THUMB * 2, 2, "…"),
        (KEYCAP * 2, 4, KEYCAP + "…"),
        ("e\u0301" * 3, 4, "e\u0301…"),
    ],
)
def test_a_text_that_is_too_long_ends_where_a_reader_would_end_it(text, limit, fitted):
    assert fit(text, limit) == fitted


@given(st.text(), st.integers(0, 60))
def test_a_fitted_text_is_never_too_long_and_only_shortened_when_it_must_be(text, limit):
    fitted = fit(text, limit)
    assert len(fitted) <= limit
    if len(text) <= limit:
        assert fitted == text
    elif limit:
        assert fitted.endswith("…")
        assert text.startswith(fitted[:-1])


@given(
    st.lists(st.from_regex(r"[a-zñ]{1,12}|\$[0-9]{1,3},[0-9]{3}\.[0-9]{2}|👨‍👩‍👧|🇲🇽", fullmatch=True), min_size=2),
    st.integers(15, 80),
)
def test_no_word_price_or_emoji_is_cut_in_two(words, limit):
    text = " ".join(words)
    assume(len(text) > limit)
    fitted = fit(text, limit).removesuffix("…")
    assert fitted.split(" ") == words[: len(fitted.split(" "))]


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("*gratis*", "∗gratis∗"),
        ("_urge_ y ~no~", "＿urge＿ y ∼no∼"),
        ("```codigo```", "ˋˋˋcodigoˋˋˋ"),
        ("lupita_verde@correo.mx", "lupita_verde@correo.mx"),
        ("2*3", "2*3"),
        ("* lista", "∗ lista"),
        ("Av. Xalapa 12, Centro", "Av. Xalapa 12, Centro"),
    ],
)
def test_what_a_customer_typed_does_not_format_when_repeated(typed, safe):
    assert escape_formatting(typed) == safe


@given(st.text(alphabet="*_~`ab ñ1.\n"))
def test_no_marker_is_left_at_the_edge_of_a_word(typed):
    safe = escape_formatting(typed)
    assert len(safe) == len(typed)
    for at, char in enumerate(safe):
        if char in "*_~`":
            around = safe[at - 1] if at else " ", safe[at + 1] if at + 1 < len(safe) else " "
            assert any(side.isalnum() or side in "*_~`" for side in around)


@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "L"]) | st.just("\x00")))
def test_clean_text_can_be_stored(text):
    cleaned = clean_text(text)
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned


@given(st.text())
def test_clean_text_leaves_storable_text_alone(text):
    assume(not any(unicodedata.category(char) == "Cs" or char == "\x00" for char in text))
    assert clean_text(text) == text


def test_a_tree_is_cleaned_through_and_through():
    assert clean_tree({"a\x00": ["\ud800", {"b": ("x\x00", 1, None)}]}) == {"a": ["\ufffd", {"b": ["x", 1, None]}]}


def test_a_tree_without_end_is_cut():
    deep = value = []
    for _ in range(5000):
        inner = []
        value.append(inner)
        value = inner
    assert str(clean_tree(deep)).count("[") == 64
