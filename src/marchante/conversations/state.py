"""What a conversation remembers between two messages. Saved as JSON in `customer_sessions.data`."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

FLOW_VERSION = 1


class CartItem(msgspec.Struct, frozen=True):
    """A product and how much of it, in the product's unit. Prices are never kept: they are read again."""

    product_id: int
    quantity: Decimal
    note: str = ""


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of the order besides the cart. None: not decided yet."""

    fulfilment: Literal["delivery", "pickup"] | None = None
    address_id: int | None = None
    address_text: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    payment_method: Literal["cash", "card_at_door", "transfer"] = "cash"
    pays_with: Decimal | None = None
    notes: str = ""


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the bot last asked, so that the answer can be read: the category and page shown, the product chosen, and the
    products offered when a phrase could mean several."""

    category_id: int | None = None
    page: int = 0
    product_id: int | None = None
    candidates: tuple[int, ...] = ()
    quantity: Decimal | None = None
    shown_total: Decimal | None = None


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """One customer's conversation. `state` is a name from the flow tables; `cart_version` grows with every change of the
    cart and is carried by the buttons that act on it."""

    session_id: UUID
    state: str = "menu"
    previous_state: str | None = None
    flow_version: int = FLOW_VERSION
    cart: tuple[CartItem, ...] = ()
    cart_version: int = 0
    draft: Draft = Draft()
    question: Question = Question()
    misunderstood: int = 0
    # The bot's messages since the customer last got anywhere: two bots talking would never stop.
    unproductive_replies: tuple[float, ...] = ()
    recent_texts: tuple[tuple[float, str], ...] = ()
    muted: bool = False
