"""Import a catalog file: the good rows are taken, the others reported with the reason. One transaction, by sku.

A file may speak of a few columns only (a list of new prices): what it does not mention stays as it is.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from marchante.catalog import repository
from marchante.catalog.asked.repository import accepted_aliases
from marchante.catalog.cells import BadCell, clean, read_cells
from marchante.catalog.commerce_policy import forbidden
from marchante.catalog.files import CatalogFile, RawRow, read_catalog
from marchante.catalog.option_importing import FIELD, known_options, options_changed, read_options, write_options
from marchante.catalog.options import OptionGroup
from marchante.catalog.words import plain
from marchante.foundation.database.connection import Connection

_LONGEST_MADE_SKU = 60
_QUARTER = Decimal("0.25")
_DEFAULTS: Mapping[str, Any] = {
    "name": "",
    "category": None,
    "description": "",
    "price": None,
    "unit": "piece",
    "step": None,
    "stock": None,
    "aliases": (),
    "image_url": None,
    "whatsapp_sellable": True,
    "active": True,
    "weekdays": None,
}
# An empty cell in these columns says nothing; in the others it empties the field.
_EMPTY_SAYS_NOTHING = frozenset({"name", "unit", "price", "step", "active", "whatsapp_sellable"})


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """`row` as in the sheet (the header is row 1) or the place in the JSON list; `code` is stable, `reason` Spanish."""

    row: int
    field: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class NotSellable:
    """A product taken into the catalog that the bot will not sell; `code` is the rule, or `no_price`."""

    row: int
    sku: str
    name: str
    code: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name} ({self.reason})"


@dataclass(frozen=True, slots=True)
class CatalogImportReport:
    """How many products are new and how many known ones changed; what was refused; what WhatsApp will not sell."""

    imported: int
    updated: int
    unchanged: int
    rejected: tuple[RejectedRow, ...]
    not_sellable: tuple[NotSellable, ...]


@dataclass(frozen=True, slots=True)
class _Good:
    """A row whose cells make sense, with its sku."""

    number: int
    sku: str
    said: Mapping[str, Any]


async def import_catalog(connection: Connection, file: Path) -> CatalogImportReport:
    """Read a file and import it inside the company's transaction. Raises Invalid when the file as a whole is no use.

    A large workbook takes seconds to read: whoever serves others reads it first (`read_catalog`, in a thread) and then
    calls `import_rows`.
    """
    return await import_rows(connection, read_catalog(file))


async def import_rows(connection: Connection, file: CatalogFile) -> CatalogImportReport:
    """Write the good rows of a catalog file, in the company's transaction."""
    good, rejected = _sort_out(file)
    known = await repository.lock_products(connection, [row.sku for row in good])
    groups = await known_options(connection, [row.said for row in good])
    learned = await accepted_aliases(connection)
    writes: list[dict[str, Any]] = []
    options: dict[str, Sequence[OptionGroup]] = {}
    not_sellable: list[NotSellable] = []
    updated = unchanged = 0
    for row in good:
        product = _product(row, known.get(row.sku), learned.get(row.sku, ()))
        if not product["name"]:
            rejected.append(RejectedRow(row.number, "name", "name_missing", "Falta el nombre del producto."))
            continue
        not_sellable += _apply_policy(row, product, known.get(row.sku))
        refilled = options_changed(row.said, groups.get(known[row.sku]["id"], ()) if row.sku in known else ())
        if refilled:
            options[row.sku] = row.said[FIELD]
        changed = refilled or _changed(product, known.get(row.sku))
        updated += row.sku in known and changed
        unchanged += not changed
        if changed:
            writes.append(product)
    await _write(connection, writes)
    await write_options(connection, options)
    return CatalogImportReport(
        imported=len(writes) - updated,
        updated=updated,
        unchanged=unchanged,
        rejected=tuple(sorted(rejected, key=lambda refused: refused.row)),
        not_sellable=tuple(not_sellable),
    )


def _sort_out(file: CatalogFile) -> tuple[list[_Good], list[RejectedRow]]:
    """The rows that make sense, each sku once, and the others."""
    good: dict[str, _Good] = {}
    rejected: list[RejectedRow] = []
    for row in file.rows:
        try:
            said = read_cells({field: cell for field, cell in row.cells.items() if field != FIELD})
            said |= read_options(row.cells)
            sku = _sku(row, said, required=file.skus_required)
            if sku in good:
                reason = f"El código {sku} ya está en la fila {good[sku].number}."
                raise BadCell("sku", "duplicate_sku", reason)
        except BadCell as bad:
            rejected.append(RejectedRow(row.number, bad.field, bad.code, bad.reason))
        else:
            good[sku] = _Good(row.number, sku, said)
    return list(good.values()), rejected


def _sku(row: RawRow, said: Mapping[str, Any], *, required: bool) -> str:
    """The product's own sku, else one made from its name: the same name gives the same sku in the next file."""
    if said.get("sku"):
        return str(said["sku"])
    if required:
        raise BadCell("sku", "sku_missing", "Falta el código (sku).")
    name = said.get("name") or clean(row.cells.get("name"))
    if not name:
        raise BadCell("name", "name_missing", "Falta el nombre del producto.")
    made = plain(name).replace(" ", "-")
    if made and len(made) <= _LONGEST_MADE_SKU:
        return made
    return f"{made[: _LONGEST_MADE_SKU - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}".lstrip("-")


def _product(row: _Good, known: Mapping[str, Any] | None, learned: Sequence[str]) -> dict[str, Any]:
    """The whole product: what the row says, over what is known, over what is usual. Names the owner accepted from
    customers stay, whatever aliases the file has.
    """
    said = {
        field: value
        for field, value in row.said.items()
        if field not in {"sku", FIELD} and not (field in _EMPTY_SAYS_NOTHING and value in {None, ""})
    }
    base = {**_DEFAULTS, **{field: known[field] for field in _DEFAULTS}} if known else dict(_DEFAULTS)
    product = base | said | {"sku": row.sku}
    product["aliases"] = tuple(dict.fromkeys((*product["aliases"], *learned)))
    product["category"] = product["category"] or None
    if product["step"] is None:
        product["step"] = _QUARTER if product["unit"] == "kg" else Decimal(1)
    return product


def _apply_policy(row: _Good, product: dict[str, Any], known: Mapping[str, Any] | None) -> list[NotSellable]:
    """Switch off what WhatsApp forbids, whatever the file says. A known product that still has the same name and
    category keeps what the shop decided about it.
    """
    product_id = (row.number, row.sku, product["name"])
    judged = known is not None and all(known[field] == product[field] for field in ("name", "category"))
    rule = forbidden(product["name"], product["category"] or "")
    allowed = rule is None or (judged and known is not None and known["whatsapp_sellable"])
    product["whatsapp_sellable"] = product["whatsapp_sellable"] and allowed
    if rule and not product["whatsapp_sellable"]:
        return [NotSellable(*product_id, rule.code, f"WhatsApp no permite vender {rule.reason}")]
    if product["price"] is None:
        return [NotSellable(*product_id, "no_price", "no tiene precio")]
    return []


def _changed(product: Mapping[str, Any], known: Mapping[str, Any] | None) -> bool:
    if known is None:
        return True
    before = dict(known) | {
        "aliases": tuple(known["aliases"]),
        "weekdays": known["weekdays"] and tuple(known["weekdays"]),
    }
    return any(product[field] != before[field] for field in _DEFAULTS)


async def _write(connection: Connection, products: Sequence[dict[str, Any]]) -> None:
    categories = await repository.ensure_categories(
        connection, [product["category"] for product in products if product["category"]]
    )
    rows = [
        product | {"category_id": categories[product["category"]] if product["category"] else None}
        for product in products
    ]
    await repository.upsert_products(connection, rows)
