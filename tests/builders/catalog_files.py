"""Catalog files as a shopkeeper's programs write them."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import openpyxl


def json_file(*products: dict[str, Any]) -> bytes:
    return json.dumps({"company": {"name": "Lupita"}, "products": products}).encode()


def csv_file(*rows: Sequence[Any], separator: str = ",", encoding: str = "utf-8") -> bytes:
    sheet = io.StringIO(newline="")
    csv.writer(sheet, delimiter=separator).writerows(rows)
    return sheet.getvalue().encode(encoding)


def xlsx_file(*rows: Sequence[Any]) -> bytes:
    """A workbook with one sheet. Texts are written as texts, formulas (a text with "=") as Excel would keep them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
