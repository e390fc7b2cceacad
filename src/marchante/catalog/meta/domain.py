"""What Meta's catalog should hold, and the changes that make it so. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from marchante.catalog.domain import Product
from marchante.channels.whatsapp.text import fit

LARGEST_BATCH = 5_000
_TITLE, _DESCRIPTION, _BRAND = 200, 9_999, 100
_SOLD_BY = {"kg": "por kilo", "liter": "por litro"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A product with where its picture and its page are: addresses that Meta fetches."""

    product: Product
    picture: str
    page: str
    sold_out: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One item to write, or to take away. `data` is what Meta calls the fields of an item."""

    sku: str
    method: str
    data: dict[str, Any]

    def as_request(self) -> dict[str, Any]:
        return {"method": self.method, "data": {"id": self.sku, **self.data}}


def changes(shown: Sequence[Shown], known: Collection[str], shop: str) -> tuple[Change, ...]:
    """Every product as it is now, and the end of those Meta still shows though they are not sold any more."""
    wanted = {each.product.sku for each in shown}
    written = tuple(Change(each.product.sku, "UPDATE", _item(each, shop)) for each in shown)
    gone = tuple(Change(sku, "DELETE", {}) for sku in sorted(set(known) - wanted))
    return (*written, *gone)


def batches(items: Iterable[Change], size: int = LARGEST_BATCH) -> Iterator[tuple[Change, ...]]:
    left = iter(items)
    while batch := tuple(islice(left, size)):
        yield batch


def _item(shown: Shown, shop: str) -> dict[str, Any]:
    product = shown.product
    by_unit = _SOLD_BY.get(product.unit)
    described = " · ".join(part for part in (product.description, by_unit) if part) or product.name
    return {
        "title": fit(product.name, _TITLE),
        "description": fit(described, _DESCRIPTION),
        "availability": "out of stock" if shown.sold_out else "in stock",
        "condition": "new",
        "price": f"{product.price or Decimal(0):.2f} MXN",
        "link": shown.page,
        "image_link": shown.picture,
        "brand": fit(shop, _BRAND),
    }
