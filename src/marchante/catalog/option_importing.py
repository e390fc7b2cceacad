"""Extras and fillings in a catalog file: `"options": [{"group", "min", "max", "choices": [{"name", "price"}]}]`.

`price` is added to the product's. A choice with the name of a product that has no price of its own is that product.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from marchante.catalog.cells import BadCell, clean
from marchante.catalog.option_repository import option_groups, product_ids, set_option_groups, unpriced_products
from marchante.catalog.options import Option, OptionGroup
from marchante.catalog.words import plain
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Invalid
from marchante.foundation.kernel.money import pesos

FIELD = "options"
_MOST_GROUPS = 10
_MOST_CHOICES = 30
_LONGEST = 60
_MAX_PRICE = Decimal(9_999_999)

Groups = tuple[OptionGroup, ...]


def read_options(cells: Mapping[str, Any]) -> dict[str, Groups]:
    """The groups a row speaks of, or nothing. Raises BadCell for one that makes no sense."""
    if FIELD not in cells:
        return {}
    told = cells[FIELD] or []
    if not isinstance(told, list) or not all(isinstance(group, dict) for group in told):
        raise _bad("Las opciones van en una lista de grupos.")
    if len(told) > _MOST_GROUPS:
        raise _bad(f"Caben {_MOST_GROUPS} grupos de opciones.")
    groups = tuple(_group(group) for group in told)
    if len({plain(group.name) for group in groups}) < len(groups):
        raise _bad("Dos grupos de opciones se llaman igual.")
    return {FIELD: groups}


def _group(told: Mapping[str, Any]) -> OptionGroup:
    choices = told.get("choices")
    if not isinstance(choices, list) or not 0 < len(choices) <= _MOST_CHOICES:
        raise _bad(f"Cada grupo lleva de 1 a {_MOST_CHOICES} opciones.")
    try:
        return OptionGroup(
            _text(told.get("group")),
            tuple(_option(choice) for choice in choices),
            _count(told.get("min", 0)),
            _count(told.get("max", 1)),
        )
    except Invalid as error:
        raise _bad("Revisa los nombres de las opciones y cuántas se eligen.") from error


def _option(told: Any) -> Option:
    choice = told if isinstance(told, dict) else {"name": told}
    try:
        price = Decimal(str(choice.get("price") or 0))
    except InvalidOperation as error:
        raise _bad("El precio de una opción es un número.") from error
    if not (price.is_finite() and abs(price) <= _MAX_PRICE):
        raise _bad("El precio de una opción es un número.")
    return Option(_text(choice.get("name")), pesos(price))


def _text(told: Any) -> str:
    text = "" if isinstance(told, dict | list) else clean(told)
    if not plain(text) or len(text) > _LONGEST:
        raise _bad(f"Cada grupo y cada opción lleva un nombre de {_LONGEST} letras o menos.")
    return text


def _count(told: Any) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not 0 <= told <= _MOST_CHOICES:
        raise _bad("Cuántas opciones se eligen es un número entero.")
    return told


def _bad(reason: str) -> BadCell:
    return BadCell(FIELD, "bad_options", reason)


async def known_options(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> Mapping[int, Groups]:
    """The groups of every product as they are; nothing is read when no row speaks of options."""
    return await option_groups(connection) if any(FIELD in said for said in rows) else {}


def options_changed(said: Mapping[str, Any], known: Groups) -> bool:
    return FIELD in said and _compared(said[FIELD]) != _compared(known)


def _compared(groups: Groups) -> list[tuple[object, ...]]:
    return [
        (group.name, group.min_choices, group.max_choices, *((each.name, each.price_delta) for each in group.options))
        for group in groups
    ]


async def write_options(connection: Connection, said: Mapping[str, Sequence[OptionGroup]]) -> None:
    """Replace the groups of these products, by sku, after the products themselves are written."""
    if not said:
        return
    ids = await product_ids(connection, list(said))
    unpriced = {plain(name): product_id for product_id, name in await unpriced_products(connection)}
    for sku, groups in said.items():
        linked = [
            replace(
                group,
                options=tuple(replace(each, product_id=unpriced.get(plain(each.name))) for each in group.options),
            )
            for group in groups
        ]
        await set_option_groups(connection, ids[sku], linked)
