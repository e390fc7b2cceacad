"""The values that go into and come out of the understanding of a customer's message.

Everything here is frozen, knows nothing about HTTP, the database or WhatsApp, and carries `Decimal` amounts.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

Intent = Literal[
    "order",
    "catalog",
    "order_status",
    "advisor",
    "menu",
    "greeting",
    "goodbye",
    "thanks",
    "cancel",
    "confirm",
    "deny",
    "repeat_order",
    "price_query",
    "coverage_query",
    "hours_query",
    "payment_query",
    "address",
    "change_cart",
    "complaint",
    "opt_out",
    "help",
    "other",
]
CartOperation = Literal["add", "remove", "set"]
Fulfilment = Literal["delivery", "pickup"]
PaymentMethod = Literal["cash", "card", "transfer"]


@dataclass(frozen=True, slots=True)
class CatalogProduct:
    """One thing the company sells, as its owner wrote it.

    `unit` is one of kg, piece, unit, can, box, pack, bunch, liter, bottle, bag, service; `step` is the smallest
    quantity sold, in that unit. `aliases` are other names the company's customers use; `learned`, those by which they
    mean this product and no other, as the owner accepted.
    """

    sku: str
    name: str
    category: str = ""
    price: Decimal = Decimal(0)
    unit: str = "piece"
    step: Decimal = Decimal(1)
    aliases: tuple[str, ...] = ()
    description: str = ""
    learned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CartLine:
    """A line already in the customer's cart; `quantity` in the product's unit."""

    sku: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation already knows: the open cart, the state's name, and the message's own time (aware)."""

    cart: tuple[CartLine, ...] = ()
    state: str = ""
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was asked for. At most one of the three is set; none of them means it was not said or is not clear."""

    quantity: Decimal | None = None
    amount_mxn: Decimal | None = None
    pieces: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self.quantity is None and self.amount_mxn is None and self.pieces is None


@dataclass(frozen=True, slots=True)
class ItemOp:
    """One thing to do to the cart.

    `quantity` is in the product's unit, `amount_mxn` in pesos, `pieces` a count of something sold by kilo; at most one
    is set. None of them: the whole line (remove), or as many as the swapped line had (add). `phrase` is the piece of
    the customer's text that named the product, verbatim; `score` (0 to 1) how well it fits.
    """

    sku: str
    op: CartOperation = "add"
    quantity: Decimal | None = None
    amount_mxn: Decimal | None = None
    pieces: Decimal | None = None
    note: str | None = None
    phrase: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A phrase that could be several products, or one product in an unclear quantity: the shop has to ask."""

    phrase: str
    candidates: tuple[str, ...]
    quantity: Decimal | None = None
    amount_mxn: Decimal | None = None
    pieces: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WhenHint:
    """A day or an hour mentioned in the text. `start`/`end` are local wall-clock times; either may be open."""

    phrase: str
    day: date | None = None
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True, slots=True)
class PaymentHint:
    """How the customer means to pay; `pays_with` is the note in hand, so that change can be brought."""

    method: PaymentMethod | None = None
    pays_with: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a piece of text became what it became: for the panel and for whoever debugs a wrong cart."""

    phrase: str
    reason: str
    sku: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A product found for something typed, best first; `score` from 0 to 1."""

    product: CatalogProduct
    score: float

    @property
    def sku(self) -> str:
        return self.product.sku


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything read out of one message.

    `unknown`, the phrases of `ambiguous` and `notes` are verbatim substrings of the text. `also` holds second intents,
    `asked` the skus the customer asks about without ordering them.
    """

    intent: Intent
    items: tuple[ItemOp, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    notes: tuple[str, ...] = ()
    also: tuple[Intent, ...] = ()
    asked: tuple[str, ...] = ()
    delivery: Fulfilment | None = None
    when: WhenHint | None = None
    payment: PaymentHint | None = None
    address: str | None = None
    confidence: float = 1.0
    explanations: tuple[Explanation, ...] = ()
