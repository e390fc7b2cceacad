"""`marchante understand CATALOG.json`: JSON lines in, JSON lines out."""

import json
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from marchante.understanding.domain import Ambiguous, CatalogProduct, ItemOp, Understood
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.understand import understand


def load_catalog(path: Path) -> tuple[CatalogProduct, ...]:
    """Read `{"company": …, "products": [{"sku", "name", "category", "price", "unit", "step", …}]}`.

    Raises `ValueError` when the file is not of that shape.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return tuple(_product(row) for row in document["products"])
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError(f"{path.name} is not a catalog: {error!r}") from error


def _product(row: dict[str, Any]) -> CatalogProduct:
    return CatalogProduct(
        sku=str(row["sku"]),
        name=str(row["name"]),
        category=str(row.get("category", "")),
        price=Decimal(str(row.get("price", 0))),
        unit=str(row.get("unit", "piece")),
        step=Decimal(str(row.get("step", 1))),
        aliases=tuple(str(alias) for alias in row.get("aliases", ())),
        description=str(row.get("description", "")),
    )


def run(catalog_path: Path, stdin: Iterable[str], stdout: TextIO, stderr: TextIO | None = None) -> int:
    """Answer every line; a bad line is named on stderr and the rest goes on. Returns the number of bad lines."""
    index = CatalogIndex.build(load_catalog(catalog_path))
    bad = 0
    for number, line in enumerate(stdin, 1):
        if not line.strip():
            continue
        try:
            message = json.loads(line)
            identity, text = message["id"], str(message["text"])
        except (ValueError, KeyError, TypeError) as error:
            bad += 1
            print(f"line {number}: {error!r}", file=stderr or sys.stderr)
            continue
        stdout.write(json.dumps(to_json(identity, understand(text, index)), ensure_ascii=False) + "\n")
    return bad


def to_json(identity: object, understood: Understood) -> dict[str, object]:
    """Shape one answer as the public contract has it."""
    return {
        "id": identity,
        "intent": understood.intent,
        "items": [_item(item, with_op=understood.intent == "change_cart") for item in understood.items],
        "unknown": list(understood.unknown),
        "ambiguous": [
            {"phrase": each.phrase, "candidates": list(each.candidates), **_amount(each)}
            for each in understood.ambiguous
        ],
        "notes": list(understood.notes),
    }


def _item(item: ItemOp, *, with_op: bool) -> dict[str, object]:
    shaped: dict[str, object] = {"sku": item.sku, **_amount(item)}
    if with_op:
        shaped["op"] = item.op
    return shaped


def _amount(source: ItemOp | Ambiguous) -> dict[str, float | int]:
    """Give the one amount that is set, as a JSON number."""
    pairs = (("quantity", source.quantity), ("amount_mxn", source.amount_mxn), ("pieces", source.pieces))
    return {
        name: int(value) if value == value.to_integral_value() else float(value)
        for name, value in pairs
        if value is not None
    }
