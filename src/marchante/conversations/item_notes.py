"""How a product must be, said right behind it ("3 aguacates que no estén muy maduros"): a note on that product."""

import re
from dataclasses import replace

from marchante.catalog.words import plain
from marchante.understanding import ItemOp, Understood

# What a fruit can be; how an order is brought ("que lo traigan temprano") is no matter of one product.
_HOW_IT_IS = re.compile(r"que (?:no |ya |si )?(?:me |los |las |lo |la )?(?:este|sea|veng|teng|salg)")


def with_item_notes(read: Understood, text: str) -> Understood:
    """The reading with such notes on their products."""
    notes = [note for note in read.notes if _HOW_IT_IS.match(plain(note))]
    items = tuple(_noted(item, notes, text) for item in read.items)
    return replace(read, items=items)


def _noted(item: ItemOp, notes: list[str], text: str) -> ItemOp:
    if item.note or not item.phrase or item.op == "remove":
        return item
    start = text.find(item.phrase)
    rest = text[start + len(item.phrase) :].lstrip() if start >= 0 else ""
    own = next((note for note in notes if rest.startswith(note)), None)
    return replace(item, note=own) if own else item
