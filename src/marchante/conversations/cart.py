"""The cart: what is in it at today's prices, and how it changes. Every change makes a new version."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec

from marchante.catalog.domain import Product
from marchante.catalog.options import Option, price_with
from marchante.conversations.amounts import MOST
from marchante.conversations.options import Chosen, can_be_completed, in_order, options_of
from marchante.conversations.replies.es.summary import with_options
from marchante.conversations.state import CartItem, Confirmed, Draft, Question, Session
from marchante.conversations.view import ShopView
from marchante.foundation.kernel.money import ZERO, line_total

MAX_LINES = 60
"""More lines than a person reads in a summary."""


@dataclass(frozen=True, slots=True)
class Line:
    """A product of the cart, with what was chosen inside it, at the price it has now."""

    product: Product
    item: CartItem

    @property
    def options(self) -> tuple[Option, ...]:
        return options_of(self.product, self.item.options)

    @property
    def name(self) -> str:
        """As in "Quesadilla (tinga, con queso)"."""
        return with_options(self.product.name, [option.name for option in self.options])

    @property
    def unit_price(self) -> Decimal:
        agreed = self.item.agreed
        return price_with(self.product.price, self.options) if agreed is None else agreed

    @property
    def total(self) -> Decimal:
        return line_total(self.unit_price, self.item.quantity)


def for_sale(product: Product | None, view: ShopView) -> bool:
    """Whether it can be ordered now: priced, not used up, with its required options, and sold on this day."""
    if product is None or product.price is None or product.id in view.sold_out:
        return False
    return sold_today(product, view) and can_be_completed(product, view.sold_out)


def can_be_set(product: Product | None, session: Session, view: ShopView) -> bool:
    """Whether an amount of it can be asked for: it is for sale, or the placed order that is being changed has it (less
    of it is always there; whether more is, is found when the change is saved).
    """
    had = any(product is not None and item.product_id == product.id and item.agreed for item in session.cart)
    return had or for_sale(product, view)


def sold_today(product: Product, view: ShopView) -> bool:
    """Whether this is one of the days of the week it is sold on."""
    return product.sold_on(view.now.astimezone(view.zone).isoweekday())


def lines(session: Session, view: ShopView) -> tuple[Line, ...]:
    """What can still be ordered of the cart, in the order it was asked for; what a placed order has, it keeps."""
    kept = kept_lines(session, view)
    return tuple(line for line in kept if line.item.agreed is not None or for_sale(line.product, view))


def kept_lines(session: Session, view: ShopView) -> tuple[Line, ...]:
    """All of the cart the catalog still knows, to be had today or not."""
    found = ((view.catalog.product(item.product_id), item) for item in session.cart)
    return tuple(Line(product, item) for product, item in found if product)


def subtotal(session: Session, view: ShopView) -> Decimal:
    return sum((line.total for line in lines(session, view)), ZERO)


def line_of(session: Session, product_id: int) -> CartItem | None:
    """The line of a product; of several with different options the one put in last."""
    return next((item for item in reversed(session.cart) if item.product_id == product_id), None)


def same_line(one: CartItem, other: CartItem) -> bool:
    return (one.product_id, one.options) == (other.product_id, other.options)


def changed(session: Session, *, cart: Sequence[CartItem] | None = None, draft: Draft | None = None) -> Session:
    """The session with another cart or draft, under a new version; the same one if nothing differs."""
    new_cart = session.cart if cart is None else tuple(cart)
    new_draft = session.draft if draft is None else draft
    if new_cart == session.cart and new_draft == session.draft:
        return session
    return msgspec.structs.replace(session, cart=new_cart, draft=new_draft, cart_version=session.cart_version + 1)


def put(session: Session, item: CartItem) -> Session:
    """The product with these options in exactly this quantity, in the place it had or at the end."""
    known = next((old for old in session.cart if same_line(old, item)), None)
    if known is None:
        if len(session.cart) >= MAX_LINES:
            return session
        return changed(session, cart=(*session.cart, item))
    item = msgspec.structs.replace(item, agreed=known.agreed)
    return changed(session, cart=[item if old is known else old for old in session.cart])


def add(session: Session, item: CartItem) -> Session:
    """So much more of the product with these options; never more than is sold at once."""
    old = next((each for each in session.cart if same_line(each, item)), None)
    return put(session, item if old is None else _together(old, item))


def _together(old: CartItem, item: CartItem) -> CartItem:
    pieces = old.pieces + item.pieces if old.pieces is not None and item.pieces is not None else None
    quantity = min(old.quantity + item.quantity, MOST)
    return CartItem(item.product_id, quantity, both_notes(old.note, item.note), pieces, item.options)


def choose(session: Session, place: int, product: Product, chosen: Collection[Chosen]) -> Session:
    """The line at this place of the cart with other options; it joins another line that has the same."""
    old, options = session.cart[place], in_order(product, chosen)
    item = msgspec.structs.replace(old, options=options, agreed=old.agreed if options == old.options else None)
    rest = [old for number, old in enumerate(session.cart) if number != place]
    twin = next((number for number, old in enumerate(rest) if same_line(old, item)), None)
    if twin is None:
        return changed(session, cart=(*rest[:place], item, *rest[place:]))
    rest[twin] = _together(rest[twin], item)
    return changed(session, cart=rest)


def both_notes(first: str, second: str) -> str:
    if not first or not second or second in first:
        return first or second
    return f"{first}, {second}"


def without(session: Session, product_id: int) -> Session:
    return changed(session, cart=[item for item in session.cart if item.product_id != product_id])


def without_lines(session: Session, gone: Collection[CartItem]) -> Session:
    return changed(session, cart=[item for item in session.cart if item not in gone])


def lines_of(session: Session, product: Product, chosen: Collection[Chosen] = ()) -> tuple[CartItem, ...]:
    """The lines of a product that have these options; without options all of them."""
    return tuple(item for item in session.cart if item.product_id == product.id and set(chosen) <= set(item.options))


def available_only(session: Session, view: ShopView) -> tuple[Session, tuple[str, ...]]:
    """The cart without what can no longer be ordered, and the names of what was taken out (those still known)."""
    shown = lines(session, view)
    kept = tuple(line.item for line in shown)
    taken_out = (view.catalog.product(item.product_id) for item in session.cart if item not in kept)
    gone = [product.name if product else "" for product in taken_out]
    fitting = []
    for line in shown:
        had = tuple(choice for choice in line.item.options if line.item.agreed or _on_offer(choice, line, view))
        gone += [
            with_options(line.product.name, [name]) for group, name in line.item.options if (group, name) not in had
        ]
        fitting.append(msgspec.structs.replace(line.item, options=had))
    return changed(session, cart=fitting), tuple(gone)


def _on_offer(choice: Chosen, line: Line, view: ShopView) -> bool:
    return any(option.product_id not in view.sold_out for option in options_of(line.product, (choice,)))


def emptied(session: Session) -> Session:
    """No order any more; every button of the old one is stale from now on."""
    version = session.cart_version + 1
    return msgspec.structs.replace(
        session,
        cart=(),
        editing=None,
        draft=Draft(),
        question=Question(),
        cart_version=version,
        cart_since=version,
        reminded=False,
    )


def confirmed(session: Session, at: datetime) -> Session:
    """The cart handed over to an order, kept aside in case it is refused."""
    kept = Confirmed(session.cart_version, at, session.cart, session.draft)
    return msgspec.structs.replace(emptied(session), confirmed=kept)
