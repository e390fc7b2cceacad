"""The labelled sets beside this file and their shops, each made searchable once, however many tests ask for it."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marchante.understanding import CatalogIndex, CatalogProduct
from marchante.understanding.command import load_catalog

HERE = Path(__file__).parent
HELD_BACK = frozenset(["held", "sealed", "last"])


@dataclass(frozen=True)
class Shop:
    """One catalog with its index."""

    name: str
    products: Sequence[CatalogProduct]
    index: CatalogIndex


def sets() -> list[Path]:
    return sorted(path.parent for path in HERE.glob("*/messages.jsonl"))


def labels(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (folder / "messages.jsonl").read_text(encoding="utf-8").splitlines() if row]


@cache
def catalogs() -> dict[str, Path]:
    """Every catalog that may be read, under its shop's name."""
    found = sorted(HERE.glob("*/catalogs/*.json"))
    return {path.stem: path for path in found if path.parts[-3] not in HELD_BACK}


@cache
def shop(catalog: Path) -> Shop:
    products = load_catalog(catalog)
    return Shop(catalog.stem, products, CatalogIndex.build(products))


def shops() -> list[Shop]:
    """Those whose catalogs may be read."""
    return [shop(catalog) for catalog in catalogs().values()]


def unaccented(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
