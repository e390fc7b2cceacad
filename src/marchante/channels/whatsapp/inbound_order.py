"""A cart sent from WhatsApp's own catalogue."""

from decimal import Decimal
from typing import Any

from marchante.channels.whatsapp.inbound_types import Envelope, OrderedItem, OrderMessage
from marchante.channels.whatsapp.wire_json import identifier, integer, mapping, number, sequence, text

_MOST = 9999
_PRICE_LIMIT = Decimal(10) ** 10


def read_order(envelope: Envelope, message: dict[str, Any]) -> OrderMessage | None:
    """The cart, or None when any product of it cannot be read: a cart is never silently made smaller."""
    order = mapping(message.get("order"))
    items = tuple(_item(entry) for entry in sequence(order.get("product_items")))
    known = tuple(item for item in items if item is not None)
    if not items or len(known) != len(items):
        return None
    return OrderMessage(envelope, identifier(order.get("catalog_id")), text(order.get("text")) or None, known)


def _item(value: Any) -> OrderedItem | None:
    product = mapping(value)
    retailer_id, quantity = text(product.get("product_retailer_id")), integer(product.get("quantity"))
    if not retailer_id or quantity is None or not 0 < quantity <= _MOST:
        return None
    return OrderedItem(retailer_id, quantity, _price(product.get("item_price")), text(product.get("currency")))


def _price(value: Any) -> Decimal | None:
    price = number(value)
    return price if price is not None and 0 <= price < _PRICE_LIMIT else None
