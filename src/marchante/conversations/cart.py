"""The cart: what is in it at today's prices, and how it changes. Every change makes a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec

from marchante.catalog.domain import Product
from marchante.conversations.amounts import MOST
from marchante.conversations.state import CartItem, Confirmed, Draft, Question, Session
from marchante.conversations.view import ShopView
from marchante.foundation.kernel.money import ZERO, line_total

MAX_LINES = 60
"""More lines than a person reads in a summary."""


@dataclass(frozen=True, slots=True)
class Line:
    """A product of the cart at the price it has now."""

    product: Product
    item: CartItem

    @property
    def total(self) -> Decimal:
        return line_total(self.product.price or ZERO, self.item.quantity)


def for_sale(product: Product | None, view: ShopView) -> bool:
    """Whether it can be ordered now: priced, not used up, and sold on this day of the week."""
    if product is None or product.price is None or product.id in view.sold_out:
        return False
    return product.weekdays is None or view.now.astimezone(view.zone).isoweekday() in product.weekdays


def lines(session: Session, view: ShopView) -> tuple[Line, ...]:
    """What can still be ordered of the cart, in the order it was asked for."""
    found = ((view.catalog.product(item.product_id), item) for item in session.cart)
    return tuple(Line(product, item) for product, item in found if product and for_sale(product, view))


def subtotal(session: Session, view: ShopView) -> Decimal:
    return sum((line.total for line in lines(session, view)), ZERO)


def line_of(session: Session, product_id: int) -> CartItem | None:
    return next((item for item in session.cart if item.product_id == product_id), None)


def changed(session: Session, *, cart: Sequence[CartItem] | None = None, draft: Draft | None = None) -> Session:
    """The session with another cart or draft, under a new version; the same one if nothing differs."""
    new_cart = session.cart if cart is None else tuple(cart)
    new_draft = session.draft if draft is None else draft
    if new_cart == session.cart and new_draft == session.draft:
        return session
    return msgspec.structs.replace(session, cart=new_cart, draft=new_draft, cart_version=session.cart_version + 1)


def put(session: Session, item: CartItem) -> Session:
    """The product in exactly this quantity, in the place it had or at the end."""
    if line_of(session, item.product_id) is None:
        if len(session.cart) >= MAX_LINES:
            return session
        return changed(session, cart=(*session.cart, item))
    return changed(session, cart=[item if old.product_id == item.product_id else old for old in session.cart])


def add(session: Session, item: CartItem) -> Session:
    """So much more of the product; never more than is sold at once."""
    old = line_of(session, item.product_id)
    if old is None:
        return put(session, item)
    pieces = old.pieces + item.pieces if old.pieces is not None and item.pieces is not None else None
    quantity = min(old.quantity + item.quantity, MOST)
    return put(session, CartItem(item.product_id, quantity, both_notes(old.note, item.note), pieces))


def both_notes(first: str, second: str) -> str:
    if not first or not second or second in first:
        return first or second
    return f"{first}, {second}"


def without(session: Session, product_id: int) -> Session:
    return changed(session, cart=[item for item in session.cart if item.product_id != product_id])


def available_only(session: Session, view: ShopView) -> tuple[Session, tuple[str, ...]]:
    """The cart without what can no longer be ordered, and the names of what was taken out (those still known)."""
    kept = tuple(line.item for line in lines(session, view))
    if len(kept) == len(session.cart):
        return session, ()
    gone = (view.catalog.product(item.product_id) for item in session.cart if item not in kept)
    return changed(session, cart=kept), tuple(product.name if product else "" for product in gone)


def emptied(session: Session) -> Session:
    """No order any more; every button of the old one is stale from now on."""
    version = session.cart_version + 1
    return msgspec.structs.replace(
        session, cart=(), draft=Draft(), question=Question(), cart_version=version, cart_since=version, reminded=False
    )


def confirmed(session: Session, at: datetime) -> Session:
    """The cart handed over to an order, kept aside in case it is refused."""
    kept = Confirmed(session.cart_version, at, session.cart, session.draft)
    return msgspec.structs.replace(emptied(session), confirmed=kept)
