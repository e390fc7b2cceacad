"""Reading a catalog file: whatever program wrote it, whatever is in it."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.catalog_files import csv_file, json_file, xlsx_file

from marchante.catalog import files
from marchante.catalog.files import MAX_BYTES, MAX_ROWS, parse_catalog, read_catalog
from marchante.foundation.kernel.errors import Invalid

HEADER = ("Clave", "Producto", "Precio")
ROW = ("JIT", "Jitomate", "24.50")


def cells(file_name: str, content: bytes) -> list[dict]:
    return [dict(row.cells) for row in parse_catalog(file_name, content).rows]


def refusal(file_name: str, content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        parse_catalog(file_name, content)
    return refused.value.code


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_a_csv_of_any_separator_and_encoding_is_read(separator, encoding):
    content = csv_file(HEADER, ("PIÑ", "Piña, miel; «grande»", "24.50"), separator=separator, encoding=encoding)
    assert cells("lista.CSV", content) == [{"sku": "PIÑ", "name": "Piña, miel; «grande»", "price": "24.50"}]


def test_a_separator_hint_and_a_title_above_the_header_are_no_products():
    content = b"sep=;\r\nAbarrotes Lupita;;\r\n;;\r\n" + csv_file(HEADER, ROW, separator=";")
    (row,) = parse_catalog("lista.csv", content).rows
    assert (row.number, row.cells["name"]) == (4, "Jitomate")


def test_rows_are_counted_as_the_sheet_shows_them():
    content = csv_file(HEADER, ROW, (), ("", " ", ""), ("PAP", "Papa\nblanca", "25"), ("AJO", "Ajo", "3"))
    assert [row.number for row in parse_catalog("lista.csv", content).rows] == [2, 5, 6]


def test_columns_are_known_by_their_spanish_and_english_titles_in_any_order():
    content = csv_file(
        ("PRECIO DE VENTA", "otra cosa", "Categoría", "Código", "name"), ("24", "x", "Verdura", "J", "Jitomate")
    )
    assert cells("lista.csv", content) == [{"sku": "J", "name": "Jitomate", "category": "Verdura", "price": "24"}]


def test_a_row_shorter_than_the_header_speaks_only_of_what_it_has():
    assert cells("lista.csv", csv_file(HEADER, ("JIT", "Jitomate"))) == [{"sku": "JIT", "name": "Jitomate"}]


def test_a_workbook_is_read_with_its_own_numbers():
    content = xlsx_file(("Lista de precios",), HEADER, (7501055300075, "Coca-Cola", 21), ("X", "Queso", 185.5))
    assert cells("lista.xlsx", content) == [
        {"sku": 7501055300075, "name": "Coca-Cola", "price": 21},
        {"sku": "X", "name": "Queso", "price": 185.5},
    ]


def test_formulas_of_a_workbook_are_not_calculated():
    content = xlsx_file(HEADER, ("A", "Ajo", "=1+1"), ("B", '=HYPERLINK("http://example.test","x")', 3))
    assert [row.get("price") for row in cells("lista.xlsx", content)] == [None, 3]
    assert cells("lista.xlsx", content)[1]["name"] is None


def test_json_is_read_in_the_shape_of_a_catalog_or_as_a_bare_list():
    content = json_file({"sku": "JIT", "name": "Jitomate", "price": 24.1, "photo": "x"}, {"sku": "P"})
    assert cells("c.json", content) == [{"sku": "JIT", "name": "Jitomate", "price": Decimal("24.1")}, {"sku": "P"}]
    assert cells("c.json", b'[{"sku": "JIT"}, 7]') == [{"sku": "JIT"}, {}]


@pytest.mark.parametrize(
    ("file_name", "content", "code"),
    [
        ("c.json", b"{", "unreadable_file"),
        ("c.json", b'{"products": {}}', "unreadable_file"),
        ("c.json", b'"products"', "unreadable_file"),
        ("c.json", b"\xff\xfe\x00", "unreadable_file"),
        ("c.json", b"[" * 100_000, "unreadable_file"),
        ("c.json", b"[" + b"9" * 5000 + b"]", "unreadable_file"),
        ("c.json", b'{"products": []}', "no_products"),
        ("c.csv", b"", "no_header"),
        ("c.csv", b"\x00\x01\x02" * 50, "no_header"),
        ("c.csv", b"a,b\n1,2\n", "no_header"),
        ("c.csv", b"nombre,precio\n", "no_products"),
        ("c.csv", b'nombre,precio\n"' + b"x" * 200_000, "unreadable_file"),
        ("c.xlsx", b"not a zip", "unreadable_file"),
        ("c.xlsx", b"PK\x05\x06" + b"\0" * 18, "unreadable_file"),
        ("c.xls", b"x", "unknown_file_type"),
        ("catalogo", b"x", "unknown_file_type"),
        ("c.json", b" " * (MAX_BYTES + 1), "file_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else len(value),
)
def test_a_file_that_is_no_use_is_refused_by_name(file_name, content, code):
    assert refusal(file_name, content) == code


def test_a_file_too_large_is_not_even_read(tmp_path):
    path = tmp_path / "c.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Invalid) as refused:
        read_catalog(path)
    assert refused.value.code == "file_too_large"


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(files, "_MAX_UNPACKED", 100_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000)
    assert refusal("c.xlsx", content.getvalue()) == "file_too_large"


def test_a_workbook_with_a_damaged_sheet_is_refused():
    whole = xlsx_file(HEADER, ROW)
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(content, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            target.writestr(entry, data[: len(data) // 2] if "sheet1" in entry.filename else data)
    assert refusal("c.xlsx", content.getvalue()) == "unreadable_file"


def test_a_catalog_has_a_limit_of_rows():
    lines = [("nombre",), *((f"p{number}",) for number in range(MAX_ROWS + 1))]
    assert refusal("c.csv", csv_file(*lines)) == "too_many_rows"
    assert len(parse_catalog("c.csv", csv_file(*lines[:-1])).rows) == MAX_ROWS


HOSTILE = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "'; DROP TABLE products; --",
            "<script>",
            "\x00",
            "a\tb",
            'x"y',
        ]
    ),
)
# What a sheet can hold at all: XML has no control characters, Excel no more than 32,767 letters.
WRITABLE = HOSTILE.filter(lambda text: not openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(text) and text.isprintable())


@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=5), st.sampled_from([",", ";", "\t"]))
def test_every_cell_of_a_csv_comes_back_as_it_was_written(rows, separator):
    told = [row for row in rows if any(cell.strip() for cell in row)]
    content = csv_file(("nombre", "descripcion"), *rows, separator=separator)
    if not told:
        assert refusal("c.csv", content) == "no_products"
    else:
        assert [(row["name"], row["description"]) for row in cells("c.csv", content)] == told


@given(st.lists(st.tuples(WRITABLE.filter(str.strip), WRITABLE), min_size=1, max_size=3))
def test_every_text_of_a_workbook_comes_back_and_no_formula_does(rows):
    content = xlsx_file(("nombre", "descripcion", "precio"), *((*row, 1) for row in rows))

    def kept(text: str) -> str | None:
        return text if text and not (text.startswith("=") and len(text) > 1) else None

    read = [(row.get("name"), row.get("description")) for row in cells("c.xlsx", content)]
    assert read == [(kept(name), kept(description)) for name, description in rows]


@given(st.binary(max_size=300), st.sampled_from(["c.json", "c.csv", "c.xlsx"]))
def test_any_bytes_give_rows_or_a_named_refusal(content, file_name):
    code = None
    try:
        rows = parse_catalog(file_name, content).rows
    except Invalid as refused:
        code = refused.code
    assert rows if code is None else code in {"unreadable_file", "no_header", "no_products"}
