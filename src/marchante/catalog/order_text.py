"""An order put together in the web catalog travels as the text of a chat message.

The text is one a person could have typed, so that whoever reads it understands it; and `read_order_text` reads it back
without guessing, number by number, as long as the customer left the lines as they were.

    Pedido del catálogo:
    1.5 kg Jitomate saladette
    2 Coca-Cola 600 ml
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from marchante.catalog.domain import Catalog, Product
from marchante.catalog.words import plain

TITLE = "Pedido del catálogo:"
# Longer texts make addresses that some phones cut; the rest is said in the chat.
LONGEST = 2_000
_LINE = re.compile(r"[-•*\s]*(\d{1,5}(?:[.,]\d{1,3})?)\s+(?:(kg)\s+)?(\S.*)", re.IGNORECASE)
_BARE = re.compile(r"\s*\[[^\[\]]*\]\s*")
_NOT_A_SKU = re.compile(r"[\[\]\r\n]")
_SKU = re.compile(r"(.*)\[([^\[\]]+)\]\s*")


@dataclass(frozen=True, slots=True)
class OrderText:
    """What a text of the web catalog asks for. `others`: lines that are not ours, to be understood like any text.
    `gone`: how many products of a cart the shop does not sell (any more).
    """

    items: tuple[tuple[Product, Decimal], ...]
    others: tuple[str, ...]
    gone: int = 0


def order_text(catalog: Catalog, items: Iterable[tuple[Product, Decimal]]) -> str:
    """The message for these products and quantities, in the order given. Quantities in the product's unit."""
    names = Counter(plain(product.name) for product in catalog.products)
    lines = [_line(product, quantity, alone=names[plain(product.name)] == 1) for product, quantity in items]
    text, left = TITLE, len(lines)
    for line in lines:
        if len(text) + len(line) + 1 > LONGEST:
            break
        text, left = f"{text}\n{line}", left - 1
    return f"{text}\ny {left} más que digo en el chat" if left else text


def cart_text(items: Iterable[tuple[str, int]], note: str | None = None) -> str:
    """A cart filled in WhatsApp's own catalog, by sku and whole units (kilos of what is sold by weight), as a message
    of the same kind: whatever is true of an order of the web catalog is true of it.
    """
    lines = [f"{quantity} [{_NOT_A_SKU.sub('', sku)}]" for sku, quantity in items]
    return "\n".join((TITLE, *lines, *(note.splitlines() if note else ())))


def read_order_text(text: str, catalog: Catalog) -> OrderText | None:
    """What `order_text` wrote, with what the customer added; None for any other text.

    A line counts only when it names a product of this catalog exactly; twice the same product adds up.
    """
    title, *lines = [line.strip() for line in text.strip().splitlines()] if text.strip() else [""]
    if plain(title) != plain(TITLE):
        return None
    by_name = {name: product for product in reversed(catalog.products) if (name := plain(product.name))}
    items: dict[str, tuple[Product, Decimal]] = {}
    others: list[str] = []
    gone = 0
    for line in filter(None, lines):
        found = _read(line, catalog, by_name)
        if found is None:
            if _of_a_cart(line):
                gone += 1
            else:
                others.append(line)
            continue
        product, quantity = found
        before = items.get(product.sku, (product, Decimal(0)))[1]
        items[product.sku] = (product, before + quantity)
    return OrderText(tuple(items.values()), tuple(others), gone)


def amount(quantity: Decimal) -> str:
    """2, 1.5, 0.25: without zeros at the end."""
    return f"{quantity.normalize():f}"


def _line(product: Product, quantity: Decimal, *, alone: bool) -> str:
    """`alone`: no other product has this name. One without letters is nobody's name."""
    unit = "kg " if product.by_weight else ""
    name = " ".join(product.name.split())
    return f"{amount(quantity)} {unit}{name}" + ("" if alone and plain(name) else f" [{product.sku}]")


def _read(line: str, catalog: Catalog, by_name: Mapping[str, Product]) -> tuple[Product, Decimal] | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    quantity, unit, name = Decimal(found[1].replace(",", ".")), found[2], found[3]
    product = _named(name, catalog, by_name)
    if unit and product is None:  # "2 Kg de hielo": the unit is part of the name
        product, unit = _named(f"{unit} {name}", catalog, by_name), None
    weighed = product is not None and bool(unit) == product.by_weight
    if product is None or not quantity or not (weighed or _of_a_cart(line)):
        return None
    return product, quantity


def _of_a_cart(line: str) -> bool:
    """A line of `cart_text`: a quantity and nothing but a sku."""
    found = _LINE.fullmatch(line)
    return found is not None and found[2] is None and _BARE.fullmatch(found[3]) is not None


def _named(name: str, catalog: Catalog, by_name: Mapping[str, Product]) -> Product | None:
    marked = _SKU.fullmatch(name)
    return (catalog.by_sku(marked[2]) if marked else None) or by_name.get(plain(name))
