"""What an order still needs, with everything already known filled in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from marchante.conversations.cart import lines, subtotal
from marchante.conversations.options import picked
from marchante.conversations.promising import promise
from marchante.conversations.state import Draft, Session
from marchante.conversations.view import ShopView
from marchante.foundation.kernel.money import ZERO
from marchante.orders.domain import LineOption, OrderDraft, OrderLine

ADDRESS_LENGTH = 300
NOTE_LENGTH = 200
Fulfilment = Literal["delivery", "pickup"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an order goes. Without `address_id` it is new and worth keeping."""

    line: str
    name: str | None = None
    address_id: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def fulfilment(session: Session, view: ShopView) -> Fulfilment:
    """As the customer said; else the only way the shop has; else as last time; else to their door."""
    settings = view.settings
    if not settings.delivers:
        return "pickup"
    if not settings.picks_up:
        return "delivery"
    if session.draft.fulfilment:
        return session.draft.fulfilment
    if session.draft.address_text or session.draft.address_id:
        return "delivery"
    return view.last_orders[0].fulfilment if view.last_orders else "delivery"


def place(session: Session, view: ShopView) -> Place | None:
    """The address said for this order, else the customer's usual one."""
    draft = session.draft
    if draft.address_text:
        return Place(draft.address_text, draft.address_name, latitude=draft.latitude, longitude=draft.longitude)
    chosen = next((known for known in view.customer.addresses if known.id == draft.address_id), None)
    known = chosen or view.customer.default_address
    if known is None:
        return None
    return Place(known.line, known.name, known.id, known.latitude, known.longitude)


def delivered_to(
    draft: Draft,
    address_id: int | None = None,
    address_text: str | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Draft:
    """The order goes to a saved address, or to one just said; nothing of another one is left."""
    return msgspec.structs.replace(
        draft,
        fulfilment="delivery",
        address_id=address_id,
        address_text=address_text,
        address_name=None,
        latitude=latitude,
        longitude=longitude,
    )


def needs_address(session: Session, view: ShopView) -> bool:
    return fulfilment(session, view) == "delivery" and place(session, view) is None


def delivery_fee(session: Session, view: ShopView) -> Decimal:
    return view.settings.delivery_fee if fulfilment(session, view) == "delivery" else ZERO


def total(session: Session, view: ShopView) -> Decimal:
    """What the customer would pay now, the delivery included."""
    return subtotal(session, view) + delivery_fee(session, view)


def bill(session: Session, view: ShopView) -> Decimal | None:
    """The note the customer will hand over, if the order is paid in cash and it suffices."""
    paid = session.draft.pays_with if session.draft.payment_method == "cash" else None
    return paid if paid is not None and paid >= total(session, view) else None


def missing_for_minimum(session: Session, view: ShopView) -> Decimal:
    """Pesos still lacking before the shop delivers; 0 when it does."""
    if fulfilment(session, view) == "pickup":
        return ZERO
    return max(view.settings.minimum_order - subtotal(session, view), ZERO)


def order_draft(session: Session, view: ShopView, piece_notes: dict[int, str]) -> OrderDraft:
    """The order as it would be placed now. `piece_notes`: what to write on the lines counted by piece."""
    way, where, draft = fulfilment(session, view), place(session, view), session.draft
    when = promise(session, view)
    delivered = way == "delivery"
    ordered = tuple(
        OrderLine(
            product_id=line.product.id,
            sku=line.product.sku,
            product_name=line.name,
            quantity=line.item.quantity,
            unit=line.product.unit,
            unit_price=line.unit_price,
            notes=", ".join(filter(None, (piece_notes.get(line.product.id, ""), line.item.note))),
            options=tuple(
                LineOption(group.name, option.name, option.price_delta)
                for group, option in picked(line.product, line.item.options)
            ),
        )
        for line in lines(session, view)
    )
    return OrderDraft(
        confirmation_key=f"{session.session_id}:{session.cart_version}",
        lines=ordered,
        fulfilment=way,
        delivery_fee=delivery_fee(session, view),
        delivery_address=where.line if delivered and where else None,
        address_id=where.address_id if delivered and where else None,
        requested_from=when.start,
        requested_until=when.end,
        payment_method=draft.payment_method,
        pays_with=bill(session, view),
        notes=draft.notes,
    )
