"""A placed order as a cart again, so that everything one can say of a cart changes it; its lines keep their prices."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import msgspec

from marchante.conversations import cart
from marchante.conversations.replies.es.amounts import number
from marchante.conversations.replies.es.ordering import pieces_note
from marchante.conversations.state import CartItem, Draft, Editing, Question, Session
from marchante.conversations.view import ShopView
from marchante.orders.change_rules import content_of, customer_may_change
from marchante.orders.domain import Order, OrderDraft, OrderLine

_FORGOTTEN_AFTER = timedelta(hours=36)


def under_way(order: Order, view: ShopView) -> bool:
    """Not over, and not forgotten: a shop that never moves its orders on leaves them open for ever."""
    promised = order.requested_until or order.requested_from or order.created_at
    return order.is_open and view.now < max(promised, order.created_at) + _FORGOTTEN_AFTER


def changeable(view: ShopView) -> Order | None:
    """The newest order the customer may still change themselves."""
    return next((order for order in view.last_orders if may_change(order, view)), None)


def may_change(order: Order, view: ShopView) -> bool:
    """Not while something is asked about it: that comes first."""
    allowed = customer_may_change(order, view.settings.changes_until)
    return order.proposal is None and allowed and under_way(order, view)


def can_be_filled(order: Order, view: ShopView) -> bool:
    """Whether the catalog still knows all of it; else a person changes it."""
    return all(view.catalog.product(line.product_id) for line in order.lines)


def filled(session: Session, order: Order, view: ShopView) -> Session:
    """The session with the order in its cart."""
    emptied = cart.emptied(session)
    return msgspec.structs.replace(
        emptied,
        cart=tuple(_item(line) for line in order.lines),
        draft=_draft(order, view),
        question=Question(),
        editing=Editing(
            order_id=order.id,
            version=order.version,
            folio=order.folio,
            fee=order.delivery_fee,
            fulfilment=order.fulfilment,
            address=order.delivery_address,
        ),
    )


def _item(line: OrderLine) -> CartItem:
    note = line.notes
    if line.pieces is not None:
        note = note.removeprefix(pieces_note(number(line.pieces))).removeprefix(", ")
    options = tuple((option.group, option.name) for option in line.options)
    return CartItem(line.product_id, line.quantity, note, line.pieces, options, agreed=line.unit_price)


def _draft(order: Order, view: ShopView) -> Draft:
    known = any(address.id == order.address_id for address in view.customer.addresses)
    return Draft(
        fulfilment=order.fulfilment,
        address_id=order.address_id if known else None,
        address_text=None if known else order.delivery_address,
        payment_method=order.payment_method,
        pays_with=order.pays_with,
        notes=order.notes,
        requested_from=order.requested_from,
        requested_until=order.requested_until,
    )


def kept_fee(session: Session, address: str | None) -> Decimal | None:
    """What the delivery of the order being changed costs, as long as it goes where it went."""
    editing = session.editing
    same = editing is not None and editing.fulfilment == "delivery" and editing.address == address
    return editing.fee if editing is not None and same else None


def is_unchanged(draft: OrderDraft, order: Order) -> bool:
    """Whether saving it would change nothing."""
    return replace(draft, confirmation_key="", slot_capacity=None, coverage=None) == content_of(order)


def as_amended(draft: OrderDraft, order: Order | None) -> OrderDraft:
    """The draft of a changed order; an address that was not touched keeps its id also when it is no longer saved."""
    if order is None or draft.delivery_address != order.delivery_address:
        return draft
    return replace(draft, address_id=order.address_id)
