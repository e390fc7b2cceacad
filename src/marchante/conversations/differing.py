"""What a customer made of a placed order, line by line, for whoever packs it."""

from marchante.conversations.notices import window_of
from marchante.conversations.replies.es import staff as words
from marchante.conversations.replies.es import summary
from marchante.conversations.view import ShopView
from marchante.orders.change_rules import still_to_settle
from marchante.orders.differences import Differences, differences
from marchante.orders.domain import Order, OrderChanged, OrderStatusChanged, ProposalKept

CustomerChange = OrderChanged | OrderStatusChanged | ProposalKept


def change_lines(event: CustomerChange, view: ShopView) -> list[str]:
    """Never empty: a change without a difference is the answer to a question."""
    match event:
        case OrderStatusChanged(order=order):
            paid = [words.give_back(order.total_amount)] if order.payment_status == "completed" else []
            return [words.cancelled(), *paid]
        case ProposalKept(order=order, proposal=proposal):
            return [words.wants_something_else([order.lines[place].product_name for place in proposal.places])]
        case OrderChanged(order=order, before=before):
            return [*_answered(before), *_differences(before, order, view), *_total(before, order)]


def _answered(before: Order) -> list[str]:
    return [words.answered()] if before.proposal is not None else []


def _differences(before: Order, order: Order, view: ShopView) -> list[str]:
    found: Differences = differences(before, order)
    lines = [words.line(line.name, line.unit, line.before, line.after) for line in found.lines]
    if found.fetched:
        lines.append(summary.pickup_at("", "usted"))
    if found.address:
        lines.append(summary.delivery_to(None, found.address))
    if found.time:
        when = window_of(order, view)
        lines += [summary.requested_time(when)] if when else []
    if found.payment:
        lines.append(words.paid_by(found.payment))
    if found.notes:
        lines.append(summary.note(found.notes))
    return lines


def _total(before: Order, order: Order) -> list[str]:
    if before.total_amount == order.total_amount:
        return [words.same_total(order.total_amount)]
    difference = still_to_settle(before, order.total_amount)
    settle = [words.give_back(-difference) if difference < 0 else words.collect(difference)] if difference else []
    return [words.total(before.total_amount, order.total_amount), *settle]
