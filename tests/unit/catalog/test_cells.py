"""What the cells of a catalog mean."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.catalog.cells import UNIT_NAMES, BadCell, clean, read_cells
from marchante.catalog.models import UNITS


def read(field: str, cell: object) -> object:
    return read_cells({field: cell})[field]


def refusal(field: str, cell: object) -> str:
    with pytest.raises(BadCell) as bad:
        read(field, cell)
    assert bad.value.field == field
    assert bad.value.reason
    return bad.value.code


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        ("$1,285.50", "1285.50"),
        ("1285.5", "1285.50"),
        (" $ 24 ", "24.00"),
        ("24 pesos", "24.00"),
        ("MXN 24.90", "24.90"),
        ("$24.00 M.N.", "24.00"),
        ("1,285", "1285.00"),
        ("12,50", "12.50"),
        ("1.285,50", "1285.50"),
        ("0", "0.00"),
        (24, "24.00"),
        (23.200000000000003, "23.20"),
        (17.335, "17.34"),
        (Decimal("17.335"), "17.34"),
    ],
)
def test_a_price_is_read_as_shops_write_it(cell, price):
    assert read("price", cell) == Decimal(price)


@pytest.mark.parametrize("cell", ["", None, "  "])
def test_an_empty_price_is_none(cell):
    assert read("price", cell) is None


@pytest.mark.parametrize(
    "cell",
    ["gratis", "-5", "1.285", "1,28,5", "12.345", "$", "1e3", "#REF!", "=A1", True, [24], {"mx": 24}, -0.01, 1e12,
     float("nan"), float("inf"), Decimal("1e999999"), 10**400],
)  # fmt: skip
def test_a_price_that_could_mean_two_things_or_nothing_is_refused(cell):
    assert refusal("price", cell) == "bad_price"


@given(st.decimals(min_value=0, max_value=9_999_999, places=2))
def test_every_price_comes_back_from_every_way_of_writing_it(price):
    for cell in (f"{price}", f"${price:,}", f"{price:,} pesos", price, float(price)):
        assert read("price", cell) == price


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.lists(st.text())))
def test_a_price_is_an_amount_in_cents_or_a_refusal(cell):
    try:
        price = read("price", cell)
    except BadCell:
        return
    assert price is None or (0 <= price <= 9_999_999 and price.as_tuple().exponent == -2)


def test_every_unit_has_names_and_every_name_one_unit():
    assert set(UNIT_NAMES) == set(UNITS)
    names = [name for told in UNIT_NAMES.values() for name in told.split()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("cell", "unit"), [("Kilo", "kg"), ("PZA.", "piece"), ("lt", "liter"), ("service", "service"), ("", None)]
)
def test_a_unit_is_read_as_shops_write_it(cell, unit):
    assert read("unit", cell) == unit


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("step", "0.25", Decimal("0.25")),
        ("step", "0,5", Decimal("0.5")),
        ("step", 1, Decimal(1)),
        ("step", "", None),
        ("stock", "12", Decimal(12)),
        ("stock", 0, Decimal(0)),
        ("stock", None, None),
        ("active", "Sí", True),
        ("active", "x", True),
        ("active", False, False),
        ("active", 0, False),
        ("active", "No", False),
        ("active", "", None),
        ("aliases", "coca, coca chica;  ; refresco|coca", ("coca", "coca chica", "refresco")),
        ("aliases", ["coca, grande", None, " coca  chica "], ("coca, grande", "coca chica")),
        ("aliases", None, ()),
        ("sku", 7501055300075.0, "7501055300075"),
        ("sku", "  A 1 ", "A 1"),
        ("name", "Jitomate\n  saladette\u202e\x00", "Jitomate saladette"),
        ("name", "Familia 👨\u200d👩\u200d👧", "Familia 👨\u200d👩\u200d👧"),
        ("name", "lone \ud800 surrogate", "lone surrogate"),
        ("image_url", "https://example.test/a.jpg", "https://example.test/a.jpg"),
        ("image_url", "fotos/coca.jpg", "fotos/coca.jpg"),
        ("image_url", "", None),
        ("weekdays", "sábado y domingo", (6, 7)),
        ("weekdays", "lunes a viernes", (1, 2, 3, 4, 5)),
        ("weekdays", "Vie-Lun", (1, 5, 6, 7)),
        ("weekdays", "6,7", (6, 7)),
        ("weekdays", [6, 7], (6, 7)),
        ("weekdays", "lunes a domingo", None),
        ("weekdays", "", None),
    ],
)
def test_a_cell_is_read_for_what_it_says(field, cell, value):
    assert read(field, cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("unit", "tonelada", "bad_unit"),
        ("step", "0", "bad_step"),
        ("step", "poco", "bad_step"),
        ("step", "0.0001", "bad_step"),
        ("stock", "-1", "bad_stock"),
        ("stock", float("nan"), "bad_stock"),
        ("stock", True, "bad_stock"),
        ("active", "quizá", "bad_active"),
        ("sku", "7.50106E+12", "bad_sku"),
        ("sku", "x" * 65, "sku_too_long"),
        ("sku", "=A1", "formula"),
        ("name", "x" * 121, "name_too_long"),
        ("name", '=HYPERLINK("http://example.test")', "formula"),
        ("name", ["a"], "bad_name"),
        ("category", "x" * 61, "category_too_long"),
        ("description", "x" * 1001, "description_too_long"),
        ("aliases", ",".join(map(str, range(31))), "too_many_aliases"),
        ("aliases", "x" * 81, "aliases_too_long"),
        ("aliases", [["a"]], "bad_aliases"),
        ("image_url", "javascript:alert(1)", "bad_image_url"),
        ("image_url", "../../etc/passwd", "bad_image_url"),
        ("image_url", "//example.test/a.jpg", "bad_image_url"),
        ("image_url", 'https://a.test/"onload=', "bad_image_url"),
        ("weekdays", "a veces", "bad_weekdays"),
        ("weekdays", "8", "bad_weekdays"),
    ],
)
def test_a_cell_that_makes_no_sense_is_refused_with_a_reason(field, cell, code):
    assert refusal(field, cell) == code


@given(st.text())
def test_cleaned_text_is_one_line_that_postgresql_takes(text):
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert cleaned == " ".join(cleaned.split())
    assert clean(cleaned) == cleaned
    cleaned.encode()
