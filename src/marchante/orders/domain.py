"""The order: what the customer confirmed, what it costs, and the status it may move to."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from marchante.foundation.kernel.money import ZERO, line_total

Fulfilment = Literal["delivery", "pickup"]
PaymentMethod = Literal["cash", "card_at_door", "transfer"]
# What the customer chose, or what it turned out to be.
PaidBy = Literal["cash", "card_at_door", "transfer", "credit_card", "debit_card", "paypal"]
ActorKind = Literal["customer", "staff", "system"]
ProposalKind = Literal["weighed", "substitution"]
Answer = Literal["accept", "remove", "keep"]
PaymentStatus = Literal["pending", "completed", "failed", "refunded"]
# Of a delivery of a shop with zones. Unknown: a person confirms that the shop goes there.
KnownCoverage = Literal["inside", "unknown"]
DeliveryStatus = Literal["pending", "shipped", "delivered", "cancelled"]


class OrderStatus(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


NEXT_STATUSES: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.PENDING: frozenset({OrderStatus.PROCESSING, OrderStatus.CANCELLED}),
    OrderStatus.PROCESSING: frozenset({OrderStatus.SHIPPED, OrderStatus.READY_FOR_PICKUP, OrderStatus.CANCELLED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.CANCELLED}),
    OrderStatus.READY_FOR_PICKUP: frozenset({OrderStatus.DELIVERED, OrderStatus.CANCELLED}),
    OrderStatus.DELIVERED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
}

NEXT_PAYMENT_STATUSES: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    "pending": frozenset({"completed", "failed"}),
    "failed": frozenset({"completed"}),  # a transfer that arrives after all
    "completed": frozenset({"refunded"}),
    "refunded": frozenset(),
}

# An order to be fetched is never on its way, and one to be delivered never waits at the counter.
_NEVER: dict[Fulfilment, OrderStatus] = {
    "pickup": OrderStatus.SHIPPED,
    "delivery": OrderStatus.READY_FOR_PICKUP,
}


def may_become(current: OrderStatus, to: OrderStatus, fulfilment: Fulfilment) -> bool:
    """Whether an order in `current` may be set to `to`."""
    return to in NEXT_STATUSES[current] and to is not _NEVER[fulfilment]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What becomes of payment and delivery when an order moves on; None: nothing. Only a pending payment moves."""

    payment: PaymentStatus | None = None
    delivery: DeliveryStatus | None = None


def consequence(to: OrderStatus, method: PaymentMethod) -> Consequence:
    """Cash and card change hands with the goods; a transfer is paid when somebody has seen it arrive."""
    match to:
        case OrderStatus.SHIPPED:
            return Consequence(delivery="shipped")
        case OrderStatus.DELIVERED:
            return Consequence(payment=None if method == "transfer" else "completed", delivery="delivered")
        case OrderStatus.CANCELLED:
            return Consequence(payment="failed", delivery="cancelled")
        case _:
            return Consequence()


@dataclass(frozen=True, slots=True)
class LineOption:
    """An extra or a filling as it was chosen: "con queso" of the group "Extras", in pesos per unit."""

    group: str
    name: str
    price_delta: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Name, unit and price as they were when the customer confirmed; `unit_price` includes the options. `pieces`: how
    many were asked for of something sold by kilo, so that the quantity is only about right.
    """

    product_id: int
    sku: str
    product_name: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    notes: str = ""
    options: tuple[LineOption, ...] = ()
    pieces: Decimal | None = None

    @property
    def total(self) -> Decimal:
        return line_total(self.unit_price, self.quantity)


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """Everything the summary showed. `confirmation_key` makes the same confirmation the same order."""

    confirmation_key: str
    lines: tuple[OrderLine, ...]
    fulfilment: Fulfilment
    delivery_fee: Decimal = ZERO
    delivery_address: str | None = None
    address_id: int | None = None
    requested_from: datetime | None = None
    requested_until: datetime | None = None
    payment_method: PaymentMethod = "cash"
    pays_with: Decimal | None = None
    notes: str = ""
    coverage: KnownCoverage | None = None
    # So many orders at the most may be asked for between `requested_from` and `requested_until`.
    slot_capacity: int | None = None

    @property
    def subtotal(self) -> Decimal:
        return sum((line.total for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        return self.subtotal + self.delivery_fee


@dataclass(frozen=True, slots=True)
class Placement:
    """A draft, who it is for, the number it was ordered through, and who confirmed it when."""

    customer_id: int
    phone_number_id: str
    draft: OrderDraft
    now: datetime
    actor_kind: ActorKind = "customer"
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the customer is asked: `lines` as they will be if accepted, without those at `places` if not. `weighed`: the
    scale said something else than was estimated. `substitution`: another product for one that is sold out.
    """

    kind: ProposalKind
    lines: tuple[OrderLine, ...]
    places: tuple[int, ...]
    asked_at: datetime

    @property
    def subtotal(self) -> Decimal:
        return sum((line.total for line in self.lines), ZERO)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something to an order, for its history."""

    kind: ActorKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """`version` grows with every change of what was ordered. `accepted_total` is what the customer last agreed to.
    `receipt_waits`: for a person to look whether the transfer arrived.
    """

    id: int
    folio: str
    customer_id: int
    status: OrderStatus
    status_name: str
    lines: tuple[OrderLine, ...]
    fulfilment: Fulfilment
    delivery_fee: Decimal
    total_amount: Decimal
    delivery_address: str | None
    payment_method: PaymentMethod
    notes: str
    created_at: datetime
    requested_from: datetime | None = None
    requested_until: datetime | None = None
    payment_status: PaymentStatus = "pending"
    address_id: int | None = None
    pays_with: Decimal | None = None
    version: int = 1
    accepted_total: Decimal | None = None
    proposal: Proposal | None = None
    invoice_status: Literal["requested", "done"] | None = None
    updated_at: datetime | None = None
    coverage: KnownCoverage | None = None
    receipt_waits: bool = False

    @property
    def is_open(self) -> bool:
        return self.status not in {OrderStatus.DELIVERED, OrderStatus.CANCELLED}

    @property
    def waits(self) -> bool:
        """It has not left the shop yet."""
        return self.status in {OrderStatus.PENDING, OrderStatus.PROCESSING}

    @property
    def is_approximate(self) -> bool:
        """Something of it was asked for by the piece and is not weighed yet."""
        return any(line.pieces is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Payment:
    """`amount` in pesos; `pays_with` is the bill, of cash only; `reference` of the transfer, slip or PayPal payment."""

    order_id: int
    amount: Decimal
    method: PaidBy
    status: PaymentStatus
    pays_with: Decimal | None
    reference: str | None
    paid_at: datetime | None

    @property
    def change_due(self) -> Decimal | None:
        """What to bring back from the bill; None when no bill was named or it is not enough."""
        if self.pays_with is None or self.pays_with < self.amount:
            return None
        return self.pays_with - self.amount


@dataclass(frozen=True, slots=True)
class Review:
    """`rating` from 1 to 5. Of an order, of a product, or of the shop when neither is named.

    `solved`: what was said of a problem, if there was one.
    """

    customer_id: int
    rating: int
    comment: str = ""
    order_id: int | None = None
    product_id: int | None = None
    solved: bool | None = None


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """Event: a new order exists."""

    order: Order


@dataclass(frozen=True, slots=True)
class OrderSoldOut:
    """Event: nothing was placed, because these products no longer suffice."""

    product_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OrderSlotFull:
    """Event: nothing was placed, because others took the last place in its slot."""

    starts_at: datetime


@dataclass(frozen=True, slots=True)
class OrderStatusChanged:
    """Event: an order moved on; `order` as it is now."""

    order: Order
    previous: OrderStatus
    actor_kind: ActorKind


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """Event: what was ordered is something else now; `before` as it was."""

    order: Order
    before: Order
    actor_kind: ActorKind


@dataclass(frozen=True, slots=True)
class ProposalMade:
    """Event: the customer has to be asked; the order stays as it is until then."""

    order: Order


@dataclass(frozen=True, slots=True)
class ProposalKept:
    """Event: the customer wants neither what was proposed nor to do without; the shop has to think of something."""

    order: Order
    proposal: Proposal
