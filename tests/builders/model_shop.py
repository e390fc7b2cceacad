"""A shop in memory, moved by the rules of `orders` alone: what every real one must agree with, whoever acts when."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from marchante.orders.change_rules import (
    NO_QUANTITY,
    StockMove,
    answered,
    content_of,
    customer_may_change,
    held_after,
    owed,
    places_in_doubt,
    staff_may_change,
    stock_move,
    substituted,
    totals_by_product,
    weighed,
    within,
)
from marchante.orders.domain import (
    NEXT_PAYMENT_STATUSES,
    Answer,
    Order,
    OrderDraft,
    OrderLine,
    OrderStatus,
    PaymentStatus,
    Proposal,
    consequence,
    may_become,
)

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
TOLERANCE = Decimal(10)
Bag = tuple[tuple[int, Decimal], ...]
"""Products, as numbers of the model, and how much of each."""


@dataclass(frozen=True)
class Place:
    bag: Bag


@dataclass(frozen=True)
class Change:
    """`age`: how many versions ago the customer looked; 0: this one."""

    order: int
    age: int
    bag: Bag


@dataclass(frozen=True)
class Cancel:
    order: int
    age: int


@dataclass(frozen=True)
class Move:
    order: int
    to: OrderStatus


@dataclass(frozen=True)
class Weigh:
    order: int
    place: int
    weight: Decimal


@dataclass(frozen=True)
class Substitute:
    order: int
    place: int
    product: int
    quantity: Decimal


@dataclass(frozen=True)
class Give:
    order: int
    age: int
    answer: Answer


@dataclass(frozen=True)
class Pay:
    order: int
    to: PaymentStatus


@dataclass(frozen=True)
class Count:
    """The shop counts a product anew, or stops counting it, or changes its price."""

    product: int
    stock: Decimal | None
    price: Decimal


Act = Place | Change | Cancel | Move | Weigh | Substitute | Give | Pay | Count


@dataclass
class ModelShop:
    """`ids` are what products are called in the real shop. `books`: by how much the shelf was counted otherwise."""

    ids: dict[int, int]
    stock: dict[int, Decimal | None]
    prices: dict[int, Decimal]
    until: Literal["pending", "processing"] = "processing"
    orders: list[Order] = field(default_factory=list)
    held: list[dict[int, Decimal]] = field(default_factory=list)
    payments: list[PaymentStatus] = field(default_factory=list)
    history: list[int] = field(default_factory=list)

    def after(self, act: Act) -> tuple["ModelShop", str]:
        """The shop once this was done, or tried; and what came of it."""
        shop = replace(
            self,
            stock=dict(self.stock),
            prices=dict(self.prices),
            orders=list(self.orders),
            held=[dict(held) for held in self.held],
            payments=list(self.payments),
            history=list(self.history),
        )
        return shop, shop.do(act)

    def do(self, act: Act) -> str:
        match act:
            case Place(bag):
                return self._place(bag)
            case Count(product, stock, price):
                self.stock[product], self.prices[product] = stock, price
                return "counted"
            case Pay(order, to):
                return self._pay(order, to)
            case Move(order, to):
                return self._move(order, to)
            case Weigh() | Substitute():
                return self._ask(act)
            case Change() | Cancel() | Give():
                return self._customer(act)

    # What each does

    def _place(self, bag: Bag) -> str:
        lines = tuple(self.line(product, quantity) for product, quantity in bag)
        needs = totals_by_product(lines)
        short = [product for product, quantity in needs.items() if not self._suffices(product, quantity)]
        if short:
            return "OrderSoldOut"
        taken = {product: quantity for product, quantity in needs.items() if self._counted(product)}
        for product, quantity in taken.items():
            self._shelf(product, -quantity)
        draft = OrderDraft(f"k:{len(self.orders)}", lines, "pickup")
        self.orders.append(self._order(draft))
        self.held.append(taken)
        self.payments.append("pending")
        self.history.append(1)
        return "OrderPlaced"

    def _customer(self, act: Change | Cancel | Give) -> str:
        order = self.orders[act.order]
        if act.age:
            return "stale_order"
        if isinstance(act, Give):
            return self._give(act, order)
        if not customer_may_change(order, self.until):
            return "too_late_to_change"
        if isinstance(act, Cancel):
            return self._move(act.order, OrderStatus.CANCELLED)
        lines = tuple(self.line(product, quantity) for product, quantity in act.bag)
        return self._write(act.order, content_of(order, lines), all_or_nothing=True)

    def _give(self, act: Give, order: Order) -> str:
        proposal = order.proposal
        if proposal is None or not staff_may_change(order):
            return "stale_order"
        if act.answer == "keep":
            self._set(act.order, replace(order, proposal=None, version=order.version + 1))
            return "ProposalKept"
        lines = answered(order, proposal, act.answer)
        if not lines:
            return self._move(act.order, OrderStatus.CANCELLED)
        return self._write(act.order, content_of(order, lines), all_or_nothing=proposal.kind != "weighed")

    def _ask(self, act: Weigh | Substitute) -> str:
        order = self.orders[act.order]
        if not staff_may_change(order):
            return "too_late_to_change"
        if act.place >= len(order.lines):
            return "bad_line"
        if isinstance(act, Weigh):
            lines = weighed(order.lines, {act.place: act.weight})
            draft = content_of(order, lines)
            if within(TOLERANCE, owed(order), draft.total):
                return self._write(act.order, draft, all_or_nothing=False, agreed=owed(order))
            places = places_in_doubt(order.lines, lines, TOLERANCE)
            return self._propose(act.order, Proposal("weighed", lines, places, NOW))
        missing = order.lines[act.place].product_id
        written_off = self.held[act.order].pop(missing, NO_QUANTITY) > 0
        if self._counted(missing) and self._on_shelf(missing):
            self._shelf(missing, -self._on_shelf(missing))
            written_off = True
        self.history[act.order] += written_off
        lines = substituted(order.lines, act.place, self.line(act.product, act.quantity))
        return self._propose(act.order, Proposal("substitution", lines, (act.place,), NOW))

    def _propose(self, number: int, proposal: Proposal) -> str:
        order = self.orders[number]
        self._set(number, replace(order, proposal=proposal, version=order.version + 1))
        return "ProposalMade"

    def _move(self, number: int, to: OrderStatus) -> str:
        order = self.orders[number]
        if not may_become(order.status, to, order.fulfilment):
            return "bad_status_change"
        if order.proposal is not None and to not in {OrderStatus.PROCESSING, OrderStatus.CANCELLED}:
            return "answer_pending"
        after = consequence(to, order.payment_method)
        if after.payment and self.payments[number] == "pending":
            self.payments[number] = after.payment
        if to is OrderStatus.CANCELLED:
            for product, quantity in self.held[number].items():
                self._shelf(product, quantity)
            self.held[number] = {}
            order = replace(order, proposal=None)
        self._set(number, replace(order, status=to))
        return "OrderStatusChanged"

    def _pay(self, number: int, to: PaymentStatus) -> str:
        if to not in NEXT_PAYMENT_STATUSES[self.payments[number]]:
            return "bad_payment_change"
        self.payments[number] = to
        self.history[number] += 1
        return "paid"

    def _write(self, number: int, draft: OrderDraft, *, all_or_nothing: bool, agreed: Decimal | None = None) -> str:
        order = self.orders[number]
        move = stock_move(order.lines, draft.lines, self.held[number])
        if all_or_nothing and any(not self._suffices(p, q) for p, q in move.quantities.items() if q > 0):
            return "OrderSoldOut"
        self.held[number] = held_after(self.held[number], move, self._moved(move))
        changed = replace(
            order,
            lines=draft.lines,
            total_amount=draft.total,
            accepted_total=draft.total if agreed is None else agreed,
            version=order.version + 1,
            proposal=None,
        )
        self._set(number, changed)
        return "OrderChanged"

    def _moved(self, move: StockMove) -> dict[int, Decimal]:
        """As much as there is, of the products counted."""
        moved = {}
        for product, quantity in move.quantities.items():
            if self._counted(product):
                moved[product] = min(quantity, self._on_shelf(product))
                self._shelf(product, -moved[product])
        return moved

    def _set(self, number: int, order: Order) -> None:
        self.orders[number] = order
        self.history[number] += 1

    # Products, by the id they have in the real shop

    def line(self, product: int, quantity: Decimal) -> OrderLine:
        """At the price of now."""
        return OrderLine(self.ids[product], f"P{product}", f"P{product}", quantity, "kg", self.prices[product])

    def _number(self, product_id: int) -> int:
        return next(number for number, known in self.ids.items() if known == product_id)

    def _counted(self, product_id: int) -> bool:
        return self.stock[self._number(product_id)] is not None

    def _on_shelf(self, product_id: int) -> Decimal:
        return self.stock[self._number(product_id)] or NO_QUANTITY

    def _suffices(self, product_id: int, quantity: Decimal) -> bool:
        return not self._counted(product_id) or self._on_shelf(product_id) >= quantity

    def _shelf(self, product_id: int, quantity: Decimal) -> None:
        """More or less of it on the shelf, where that is counted."""
        number = self._number(product_id)
        stock = self.stock[number]
        if stock is not None:
            self.stock[number] = stock + quantity

    def _order(self, draft: OrderDraft) -> Order:
        return Order(
            id=len(self.orders),
            folio="",
            customer_id=1,
            status=OrderStatus.PENDING,
            status_name="",
            lines=draft.lines,
            fulfilment="pickup",
            delivery_fee=draft.delivery_fee,
            total_amount=draft.total,
            delivery_address=None,
            payment_method="cash",
            notes="",
            created_at=NOW,
            accepted_total=draft.total,
        )
