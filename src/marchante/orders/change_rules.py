"""What may be changed of an order that was confirmed, and what each change makes of its lines and its stock."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from marchante.foundation.kernel.money import ZERO
from marchante.orders.domain import Answer, Order, OrderDraft, OrderLine, OrderStatus, Proposal

ChangesUntil = Literal["pending", "processing"]
NO_QUANTITY = Decimal("0.000")


def customer_may_change(order: Order, until: ChangesUntil) -> bool:
    """Whether the customer may still change or cancel it without asking a person."""
    if order.status is OrderStatus.PROCESSING:
        return until == "processing"
    return order.status is OrderStatus.PENDING


def staff_may_change(order: Order) -> bool:
    """Weights and other products are for an order that has not left."""
    return order.waits


def content_of(order: Order, lines: Sequence[OrderLine] | None = None) -> OrderDraft:
    """An order as the draft it could be confirmed from again; with other lines, if given."""
    return OrderDraft(
        confirmation_key="",
        lines=order.lines if lines is None else tuple(lines),
        fulfilment=order.fulfilment,
        delivery_fee=order.delivery_fee,
        delivery_address=order.delivery_address,
        address_id=order.address_id,
        requested_from=order.requested_from,
        requested_until=order.requested_until,
        payment_method=order.payment_method,
        pays_with=order.pays_with,
        notes=order.notes,
    )


def totals_by_product(lines: Sequence[OrderLine]) -> dict[int, Decimal]:
    total: dict[int, Decimal] = defaultdict(lambda: NO_QUANTITY)
    for line in lines:
        total[line.product_id] += line.quantity
    return dict(total)


@dataclass(frozen=True, slots=True)
class StockMove:
    """What goes from the shelf to the order, by product; below zero: back to the shelf."""

    quantities: Mapping[int, Decimal]


def stock_move(before: Sequence[OrderLine], after: Sequence[OrderLine], held: Mapping[int, Decimal]) -> StockMove:
    """The difference between two contents of an order. No more goes back than the order holds: of a product the shop
    did not count when it was ordered, it holds nothing.
    """
    had, needs = totals_by_product(before), totals_by_product(after)
    moves: dict[int, Decimal] = {}
    for product in sorted(had.keys() | needs.keys()):
        more = needs.get(product, NO_QUANTITY) - had.get(product, NO_QUANTITY)
        move = more if more > 0 else -min(-more, held.get(product, NO_QUANTITY))
        if move:
            moves[product] = move
    return StockMove(moves)


def held_after(held: Mapping[int, Decimal], move: StockMove, moved: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """What an order holds after a move of which this much was moved. What it gives up it no longer holds, also of what
    the shop has stopped counting.
    """
    after = dict(held)
    for product, quantity in move.quantities.items():
        change = quantity if quantity < 0 else moved.get(product, NO_QUANTITY)
        after[product] = after.get(product, NO_QUANTITY) + change
    return {product: quantity for product, quantity in sorted(after.items()) if quantity > 0}


def weighed(lines: Sequence[OrderLine], weights: Mapping[int, Decimal]) -> tuple[OrderLine, ...]:
    """The lines with what the scale said, by the line's place from 0: they are not about right any more, but right."""
    return tuple(
        replace(line, quantity=weights[place], pieces=None) if place in weights else line
        for place, line in enumerate(lines)
    )


def within(tolerance_percent: Decimal, agreed: Decimal, total: Decimal) -> bool:
    """Whether a total is near enough to the one agreed on not to ask again."""
    return abs(total - agreed) * 100 <= tolerance_percent * agreed


def places_in_doubt(before: Sequence[OrderLine], after: Sequence[OrderLine], tolerance: Decimal) -> tuple[int, ...]:
    """The lines a customer would do without rather than pay: those beyond the tolerance themselves, else all that
    differ.
    """
    differ = [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old.total != new.total]
    beyond = [place for place in differ if not within(tolerance, before[place].total, after[place].total)]
    return tuple(beyond or differ)


def substituted(lines: Sequence[OrderLine], place: int, instead: OrderLine) -> tuple[OrderLine, ...]:
    return tuple(instead if number == place else line for number, line in enumerate(lines))


def without_places(lines: Sequence[OrderLine], places: Sequence[int]) -> tuple[OrderLine, ...]:
    return tuple(line for number, line in enumerate(lines) if number not in places)


def answered(order: Order, proposal: Proposal, answer: Answer) -> tuple[OrderLine, ...]:
    """The lines after the customer's answer; none left: there is no order any more."""
    match answer:
        case "accept":
            return proposal.lines
        case "remove":
            return without_places(order.lines, proposal.places)
        case "keep":
            return order.lines


def owed(order: Order) -> Decimal:
    """What the customer agreed to pay: an order of before this was kept agreed to its total."""
    return order.total_amount if order.accepted_total is None else order.accepted_total


def still_to_settle(order: Order, total: Decimal) -> Decimal:
    """Of an order already paid that now costs `total`: what is to be paid besides, or, below zero, given back."""
    return total - order.total_amount if order.payment_status == "completed" else ZERO
