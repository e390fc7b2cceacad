"""What whoever takes over needs, so that nobody asks the customer again: cart, last order, last messages."""

from typing import Any

from marchante.conversations import repository
from marchante.conversations.cart import kept_lines
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.foundation.database.connection import Connection
from marchante.orders.domain import Order

_LAST_MESSAGES = 5


async def handoff_context(connection: Connection, customer_id: int, session: Session, view: ShopView) -> dict[str, Any]:
    """JSON values only; quantities and money as text, so that nothing is rounded."""
    return {
        "customer": {"name": view.customer.name, "phone": view.customer.phone},
        "cart": [
            {
                "product": line.name,
                "quantity": str(line.item.quantity),
                "unit": line.product.unit,
                "note": line.item.note,
            }
            for line in kept_lines(session, view)
        ],
        "last_order": _order(view),
        "last_messages": await repository.last_messages(connection, customer_id, _LAST_MESSAGES),
    }


def _order(view: ShopView) -> dict[str, Any] | None:
    """The newest, with what is in it: a complaint is about it more often than not."""
    return next((_shown(order) for order in view.last_orders), None)


def _shown(order: Order) -> dict[str, Any]:
    return {
        "folio": order.folio,
        "status": order.status_name,
        "total": str(order.total_amount),
        "lines": [
            {"product": line.product_name, "quantity": str(line.quantity), "unit": line.unit} for line in order.lines
        ],
    }
