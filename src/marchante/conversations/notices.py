"""What is told when something happens to an order."""

from marchante.conversations.effects import Reply
from marchante.conversations.replies.es import ordering
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.orders.domain import OrderPlaced


def worded(event: OrderPlaced, view: ShopView, session: Session) -> Reply:
    """The confirmation of a new order, with its folio."""
    order, treatment = event.order, view.settings.treatment
    done = session.confirmed
    approximate = done is not None and any(item.pieces is not None for item in done.cart)
    told = ordering.placed(
        view.customer.first_name, order.folio, order.total_amount, treatment, approximate=approximate
    )
    what_next = ordering.placed_pickup if order.fulfilment == "pickup" else ordering.placed_delivery
    return Reply((told, what_next(treatment)))
