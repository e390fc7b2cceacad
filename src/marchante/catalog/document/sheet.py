"""What is printed in a catalog: words, prices and pictures, in the order of the pages. Pure; the drawing is typst's.

Everything a shop typed is data here and stays data: it reaches typst as JSON and is never part of its source.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from babel.dates import format_date

from marchante.catalog.brand import PALETTES, TRADES, initials, trade_of
from marchante.catalog.domain import Catalog, Product
from marchante.catalog.labels import PER_UNIT, days, price
from marchante.channels.whatsapp.text import fit
from marchante.companies.domain import BusinessType

# A booklet nobody would leaf through to the end; above it the catalog says that there is more.
MOST_PRODUCTS = 600
_LONGEST_NOTE = 64
_LONGEST_NAME = 90
_LONGEST_FOOTER = 40
# Two lines of a card.
_LONGEST_SHORT = 46
# Above this share of products with a photo the pages are a grid of cards, below it a list.
_ENOUGH_PHOTOS = 1 / 3
_OTHERS = "Otros"
_LOCALE = "es_MX"

_INVITATIONS = {
    "tu": ("Pide por WhatsApp", "Escribe qué quieres y cuánto; ahí mismo te atendemos.", "pregunta"),
    "usted": ("Pida por WhatsApp", "Escriba qué desea y cuánto; ahí mismo le atendemos.", "pregunte"),
}
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "FEMININE", "MASCULINE", "MODIFIER LETTER APOSTROPHE")
# A column of cards holds about this many letters; a zero-width space lets a longer word break.
_LONG_WORD = re.compile(r"\S{20}(?=\S{4})")
_ONE_LINE = 28
_LONGEST_ARTICLE = 3
_MEASURE = re.compile(r"(\d) (?=(?:ml|l|lt|litros?|kg|g|gr|cm|mm|m|pz|pzas?|piezas?)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shop:
    """Whose catalog it is. `today` in the shop's time zone: prices are said to be of that day. `logo`: JPEG or PNG."""

    name: str
    business_type: BusinessType
    today: date
    phone: str = ""
    address: str = ""
    opening_hours: str = ""
    logo: bytes | None = None
    treatment: Literal["tu", "usted"] = "tu"


def sheet(catalog: Catalog, shop: Shop, photos: Mapping[int, str], *, has_logo: bool) -> dict[str, Any]:
    """The data of the pages, as JSON knows it. `photos`: where the pages find a product's photo, by product id."""
    products = catalog.products[:MOST_PRODUCTS]
    shown = [_line(product, photos.get(product.id)) for product in products]
    name = printable(shop.name) or TRADES[shop.business_type]
    colors = PALETTES[shop.business_type]
    return {
        "name": fit(name, _LONGEST_NAME),
        "title": _in_two(fit(name, _LONGEST_NAME)),
        "footer": fit(name, _LONGEST_FOOTER),
        "trade": trade_of(name, shop.business_type),
        "emblem": shop.business_type.value,
        "initials": initials(name),
        "logo": has_logo,
        "facts": [fact for fact in map(printable, (shop.opening_hours, shop.address)) if fact],
        "phone": printable(shop.phone),
        "invitation": _INVITATIONS[shop.treatment],
        "prices_at": f"Precios al {_long_date(shop.today)}",
        "colors": {name: getattr(colors, name) for name in ("main", "deep", "accent", "tint", "ink")},
        "grid": bool(products) and sum(product.id in photos for product in products) >= _ENOUGH_PHOTOS * len(products),
        "categories": _by_category(products, shown),
        "more": len(catalog.products) - len(products),
    }


def _in_two(name: str) -> list[str]:
    """A long name on two lines of about the same length, no line ending on an article."""
    if len(name) <= _ONE_LINE:
        return [name]
    words = name.split()
    cuts = [at for at in range(1, len(words)) if len(words[at - 1]) > _LONGEST_ARTICLE]
    if not cuts:
        return [name]
    cut = min(cuts, key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))))
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def _unbroken(name: str) -> str:
    """A line never ends between a number and its unit, as in Coca-Cola 600 ml."""
    return _MEASURE.sub("\\1\u00a0", name)


def _by_category(products: Iterable[Product], shown: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Products arrive in the order of the menu, each category together."""
    found: dict[int | None, dict[str, Any]] = {}
    for product, line in zip(products, shown, strict=True):
        name = printable(product.category) or _OTHERS
        found.setdefault(product.category_id, {"name": name, "products": []})["products"].append(line)
    return list(found.values())


def _line(product: Product, photo: str | None) -> dict[str, Any]:
    name = _unbroken(fit(printable(product.name), _LONGEST_NAME) or product.sku)
    note = printable(product.description)
    return {
        "id": product.id,
        "name": name,
        "short": fit(name, _LONGEST_SHORT),
        "note": fit(note, _LONGEST_NOTE) if note.casefold() != name.casefold() else "",
        "price": price(product),
        "per": PER_UNIT[product.unit] if product.price is not None else "",
        "days": days(product.weekdays),
        "letter": (printable(name)[:1] or "·").upper(),
        "photo": photo,
    }


def printable(text: str) -> str:
    """The text on one line, without emoji and the letters and signs our fonts do not draw; no word is wider than a
    column.
    """
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _drawn(char))
    return " ".join(_LONG_WORD.sub(lambda part: f"{part[0]}\u200b", word) for word in kept.split())


def _drawn(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] == "L":
        return unicodedata.name(char, "").startswith(_ALPHABETS)
    if category[0] in "NPZ":
        return char < "\u2e00"
    if category == "Sc":
        return True
    if category[0] == "S":
        return char in "°®©™+<>=±×÷^~´`¨"
    return category == "Mn" and char < "\u0370"


def _long_date(day: date) -> str:
    return format_date(day, "d 'de' MMMM 'de' y", locale=_LOCALE)
