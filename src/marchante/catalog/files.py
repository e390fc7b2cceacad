"""Read the rows of a catalog file as a shopkeeper sends it: .json, .csv or .xlsx. What cells mean is for cells.py.

Nothing in a file is ever executed: formulas are read as the value they last had, markup and SQL are text like any
other.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from marchante.catalog.words import plain
from marchante.foundation.kernel.errors import Invalid

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
# An .xlsx is a zip: a small file may unpack to gigabytes.
_MAX_UNPACKED = 400 * 1024 * 1024
_MAX_COLUMNS = 50
# A shopkeeper's sheet may begin with a title or the shop's name.
_ROWS_BEFORE_HEADER = 10
_SEPARATORS = (",", ";", "\t")
_SNIFFED = 65_536
_EXCEL_HINT = re.compile(r"\Asep=.\r?\n", re.IGNORECASE)

# What each column may be called, without accents and in lower case; the first is the field's own name.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "sku": ("sku", "clave", "codigo", "codigo de barras", "id"),
    "name": ("name", "nombre", "producto", "articulo", "nombre del producto"),
    "category": ("category", "categoria", "departamento", "seccion", "linea"),
    "price": ("price", "precio", "precio de venta", "precio venta", "precio publico"),
    "unit": ("unit", "unidad", "unidad de medida", "se vende por"),
    "step": ("step", "paso", "minimo", "cantidad minima", "fraccion"),
    "aliases": ("aliases", "alias", "otros nombres", "sinonimos", "tambien le dicen"),
    "description": ("description", "descripcion", "detalle"),
    "stock": ("stock", "existencia", "existencias", "inventario"),
    "image_url": ("image url", "imagen", "foto", "url de imagen"),
    "active": ("active", "activo", "disponible"),
    "whatsapp_sellable": ("whatsapp sellable", "se vende por whatsapp", "vender por whatsapp", "whatsapp"),
    # A list of groups: only in JSON.
    "options": (),
    "weekdays": ("weekdays", "dias", "dias de venta", "dias de la semana"),
}
_FIELD_OF = {title: name for name, titles in _COLUMNS.items() for title in titles}


@dataclass(frozen=True, slots=True)
class RawRow:
    """One product as the file has it. `number` is the row in the sheet, or the place in the JSON list, from 1.

    `cells` holds only the fields the file speaks of: what it does not mention is not changed.
    """

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """`skus_required`: in JSON every product names its own; in a sheet a missing one is made from the name."""

    rows: tuple[RawRow, ...]
    skus_required: bool


def read_catalog(path: Path) -> CatalogFile:
    """Read a file from disk; see `parse_catalog`."""
    if path.stat().st_size > MAX_BYTES:
        raise _too_large()
    return parse_catalog(path.name, path.read_bytes())


def parse_catalog(file_name: str, content: bytes) -> CatalogFile:
    """The rows of a catalog file; its kind is told by the end of its name. Blank rows are skipped.

    Raises Invalid `file_too_large`, `unknown_file_type`, `unreadable_file`, `no_header`, `no_products` or
    `too_many_rows`.
    """
    if len(content) > MAX_BYTES:
        raise _too_large()
    kind = Path(file_name).suffix.lower()
    if kind == ".json":
        return CatalogFile(_limited(_json_rows(content)), skus_required=True)
    if kind == ".csv":
        return CatalogFile(_limited(_table_rows(_csv_table(content))), skus_required=False)
    if kind == ".xlsx":
        return CatalogFile(_limited(_table_rows(_xlsx_table(content))), skus_required=False)
    raise Invalid(f"a catalog is a .json, .csv or .xlsx file, not {kind or 'nameless'}", code="unknown_file_type")


def _limited(rows: Iterable[RawRow]) -> tuple[RawRow, ...]:
    taken = tuple(islice(rows, MAX_ROWS + 1))
    if len(taken) > MAX_ROWS:
        raise Invalid(f"a catalog has {MAX_ROWS} products at most", code="too_many_rows")
    if not taken:
        raise Invalid("the file has no products", code="no_products")
    return taken


def _json_rows(content: bytes) -> Iterator[RawRow]:
    try:
        whole = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Invalid("the file is not JSON", code="unreadable_file") from error
    products = whole.get("products") if isinstance(whole, dict) else whole
    if not isinstance(products, list):
        raise Invalid('the file has no list of "products"', code="unreadable_file")
    for number, product in enumerate(products, start=1):
        cells = product if isinstance(product, dict) else {}
        yield RawRow(number, {name: cells[name] for name in _COLUMNS if name in cells})


def _csv_table(content: bytes) -> Iterator[Sequence[Any]]:
    text = _EXCEL_HINT.sub("", _decoded(content))
    separator = max(_SEPARATORS, key=lambda each: _known_titles(text[:_SNIFFED], each))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Invalid(f"the file is not a readable table: {error}", code="unreadable_file") from error


def _known_titles(text: str, separator: str) -> int:
    first = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _ROWS_BEFORE_HEADER)
    try:
        return max((len(_header(row)) for row in first), default=0)
    except csv.Error:
        return 0


def _decoded(content: bytes) -> str:
    """Excel writes UTF-8 with a mark, UTF-16, or the Windows code page; others write UTF-8 without one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _xlsx_table(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Invalid("the file is not an .xlsx workbook", code="unreadable_file") from error
    if unpacked > _MAX_UNPACKED:
        raise _too_large()
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file claims about its size is not believed
        yield from sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True)
    except Exception as error:  # a damaged workbook fails in too many ways to name them
        raise Invalid("the workbook cannot be read", code="unreadable_file") from error


def _table_rows(table: Iterable[Sequence[Any]]) -> Iterator[RawRow]:
    """Rows under the header: the first of the top rows that has a column for the name or the sku."""
    header: dict[str, int] = {}
    seen = 0
    for number, cells in enumerate(table, start=1):
        if all(cell is None or not str(cell).strip() for cell in cells):
            continue
        if header:
            yield RawRow(number, {name: cells[at] for name, at in header.items() if at < len(cells)})
            continue
        seen += 1
        header = _header(cells)
        if not header and seen >= _ROWS_BEFORE_HEADER:
            break
    if not header:
        raise Invalid("no row names the columns (nombre, precio …)", code="no_header")


def _header(cells: Sequence[Any]) -> dict[str, int]:
    """Where each field is, by the titles in this row; empty when it is not a header."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells[:_MAX_COLUMNS]):
        field = _FIELD_OF.get(plain(str(cell))) if cell is not None else None
        if field is not None:
            found.setdefault(field, at)
    return found if "name" in found or ("sku" in found and len(found) > 1) else {}


def _too_large() -> Invalid:
    return Invalid(f"a catalog file is {MAX_BYTES // 1024 // 1024} MB at most", code="file_too_large")
