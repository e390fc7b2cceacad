"""What a conversation remembers between two messages. Saved as JSON in `customer_sessions.data`."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from marchante.customers.domain import AddressParts

FLOW_VERSION = 1


class CartItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product and how much of it, in the product's unit. Prices are never kept: they are read again; but `agreed` is
    the price of a line of an order already placed. `pieces` is the count asked for of something sold by kilo: the
    quantity is then only about right. `options` are pairs of group and name: a new import of the catalog gives new ids.
    """

    product_id: int
    quantity: Decimal
    note: str = ""
    pieces: Decimal | None = None
    options: tuple[tuple[str, str], ...] = ()
    agreed: Decimal | None = None


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of the order besides the cart. None: not decided yet."""

    fulfilment: Literal["delivery", "pickup"] | None = None
    address_id: int | None = None
    address_text: str | None = None
    address_name: str | None = None
    # Found for the shared location, and not yet agreed to.
    address_found: bool = False
    # Of an address said for this order, where they are known better than from its text.
    address_parts: AddressParts | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    payment_method: Literal["cash", "card_at_door", "transfer"] = "cash"
    pays_with: Decimal | None = None
    notes: str = ""
    requested_from: datetime | None = None
    requested_until: datetime | None = None
    invoice: bool = False


class Unclear(msgspec.Struct, frozen=True, omit_defaults=True):
    """A phrase to ask about: several products it could mean, or one product in an unclear quantity. `guessed`: nothing
    was understood, these names only come near.
    """

    phrase: str
    candidates: tuple[int, ...]
    quantity: Decimal | None = None
    amount_mxn: Decimal | None = None
    pieces: Decimal | None = None
    guessed: bool = False


class AskedPlace(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place somebody asks about, in the words it is told in: whether the shop delivers there."""

    text: str
    colony: str | None = None
    zip_code: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


class Editing(msgspec.Struct, frozen=True, omit_defaults=True):
    """The placed order the cart was filled from, to be changed, and what its delivery cost to where."""

    order_id: int
    version: int
    folio: str
    fee: Decimal
    fulfilment: Literal["delivery", "pickup"]
    address: str | None = None


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the bot last asked, so that the answer can be read: the category, page or address shown, the product last
    added or asked about, the products whose prices were told, a quantity typed before it was known of what, the phrases
    still unclear (the first is the one asked), the place in the cart of the line asked about, total and time the
    summary showed, the place asked about, the address being written field by field (`editing`: one field of it anew),
    what came too late to act on unasked, the order the question is about, and what of a form was filled in.
    """

    category_id: int | None = None
    page: int = 0
    address_id: int | None = None
    product_id: int | None = None
    candidates: tuple[int, ...] = ()
    quantity: Decimal | None = None
    unclear: tuple[Unclear, ...] = ()
    place: int | None = None
    shown_total: Decimal | None = None
    shown_from: datetime | None = None
    asked_place: AskedPlace | None = None
    parts: AddressParts | None = None
    editing: bool = False
    late_text: str = ""
    order_id: int | None = None
    given: tuple[tuple[str, str], ...] = ()


class Confirmed(msgspec.Struct, frozen=True, omit_defaults=True):
    """The cart as it was last confirmed: a second tap is recognised, and a refused order comes back."""

    cart_version: int
    at: datetime
    cart: tuple[CartItem, ...] = ()
    draft: Draft = Draft()


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """One customer's conversation. `state` is a name from the flow tables; `cart_version` grows with every change of
    the cart or of what its summary shows, and is carried by the buttons that act on it; `cart_since` is the version
    this order began with.
    """

    session_id: UUID
    state: str = "menu"
    previous_state: str | None = None
    flow_version: int = FLOW_VERSION
    cart: tuple[CartItem, ...] = ()
    cart_version: int = 0
    cart_since: int = 0
    confirmed: Confirmed | None = None
    editing: Editing | None = None
    draft: Draft = Draft()
    question: Question = Question()
    misunderstood: int = 0
    # The bot's messages since the customer last got anywhere: two bots talking would never stop.
    unproductive_replies: tuple[float, ...] = ()
    recent_texts: tuple[tuple[float, str], ...] = ()
    muted: bool = False
    # Thanks are answered once: every message is billed.
    thanked_at: datetime | None = None
    # Once per order.
    reminded: bool = False
    campaign_shown_at: datetime | None = None
    last_heard_at: datetime | None = None


def restored(saved: Mapping[str, object]) -> Session:
    """A session as it was saved. One whose shape an older release wrote keeps its id and starts at the menu."""
    try:
        return msgspec.convert(saved, Session)
    except msgspec.ValidationError:
        return Session(session_id=msgspec.convert(saved["session_id"], UUID))
