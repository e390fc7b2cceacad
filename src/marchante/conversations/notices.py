"""What is told when something happens to an order."""

from datetime import datetime, time, timedelta

from marchante.companies.domain import CompanySettings
from marchante.conversations.effects import Reply
from marchante.conversations.replies.es import dates, ordering, payment, placed, status
from marchante.conversations.replies.es.amounts import about
from marchante.conversations.view import ShopView
from marchante.orders.change_rules import owed, still_to_settle
from marchante.orders.domain import (
    Answer,
    Order,
    OrderChanged,
    OrderPlaced,
    OrderStatus,
    OrderStatusChanged,
    ProposalKept,
)
from marchante.orders.receipts import ReceiptKept

_BEFORE = timedelta(minutes=10)
_AFTER_START = timedelta(hours=1)
_A_WHOLE_DAY = timedelta(hours=20)


def worded(event: OrderPlaced | OrderStatusChanged, view: ShopView) -> Reply:
    """The words for the customer; an empty Reply where nothing needs to be told."""
    match event:
        case OrderPlaced(order=order):
            return _placed(order, view)
        case OrderStatusChanged(order=order):
            words = status_words(order, view.settings)
            return Reply((words,)) if words else Reply()


def status_words(order: Order, settings: CompanySettings) -> str:
    """What the customer is told of the status an order has now; "" for nothing: each message is billed. A transfer seen
    and a weight found meanwhile are said here, not in messages of their own.
    """
    if order.status.value not in settings.told_statuses:
        return ""
    told = [status.notice(order.folio, order.status, settings.treatment)]
    if order.is_open and order.total_amount != owed(order):
        told.append(placed.weighed_total(order.total_amount))
    elif order.status is OrderStatus.SHIPPED and order.payment_method == "cash":
        told.append(placed.cash_ready(order.total_amount, order.pays_with, approximate=order.is_approximate))
    if order.payment_method == "transfer" and order.payment_status == "completed":
        told.append(payment.already_paid(settings.treatment))
    return "\n".join(told)


def changed(event: OrderChanged, view: ShopView) -> Reply:
    """The customer saved their changes."""
    order, treatment = event.order, view.settings.treatment
    total, when = about(order.total_amount, approximate=order.is_approximate), window_of(order, view)
    told = placed.changed(order.folio, total, when if when != window_of(event.before, view) else "", treatment)
    return Reply((told, *_difference(event, view)))


def _difference(event: OrderChanged, view: ShopView) -> tuple[str, ...]:
    """Of an order already paid: what is still to be paid, or is given back."""
    difference = still_to_settle(event.before, event.order.total_amount)
    return (placed.difference(difference, view.settings.treatment),) if difference else ()


def cancelled_by_customer(event: OrderStatusChanged, view: ShopView) -> Reply:
    order = event.order
    paid = order.payment_status == "completed"
    return Reply((placed.cancelled(order.folio, view.settings.treatment, paid=paid),))


def answered(event: OrderChanged | ProposalKept, answer: Answer, view: ShopView) -> Reply:
    """What came of the customer's answer about weights or another product."""
    treatment, order = view.settings.treatment, event.order
    if isinstance(event, ProposalKept):
        return Reply((placed.something_else(treatment),))
    total = about(order.total_amount, approximate=order.is_approximate)
    if answer == "accept":
        return Reply((placed.accepted(order.folio, total, treatment), *_difference(event, view)))
    places = event.before.proposal.places if event.before.proposal else ()
    names = [event.before.lines[place].product_name for place in places]
    told = placed.without_it(names, order.folio, total, treatment)
    return Reply((told, *_difference(event, view)))


def sold_out_too(product_ids: tuple[int, ...], view: ShopView) -> Reply:
    """What was to come instead has run out meanwhile."""
    found = (view.catalog.product(product_id) for product_id in product_ids)
    return Reply((placed.sold_out_too([product.name for product in found if product], view.settings.treatment),))


def late(order: Order, view: ShopView) -> Reply:
    return Reply((placed.late(order.folio, view.settings.treatment),))


def late_at(until: datetime) -> datetime:
    """From when on an order promised until then, and not on its way, is late."""
    return until - _BEFORE


def late_due(order: Order, view: ShopView) -> datetime:
    """When an order that has not left is late: shortly before the end of what was promised, so that the customer is
    told before they ask; without a promise so long after it was confirmed.
    """
    if order.requested_until is not None:
        due = late_at(order.requested_until)
    elif order.requested_from is not None:
        local = order.requested_from.astimezone(view.zone)
        due = local + (_A_WHOLE_DAY if local.time() == time.min else _AFTER_START)
    else:
        due = order.created_at + timedelta(minutes=view.settings.late_after_minutes)
    return max(due, view.now + _BEFORE)


def _placed(order: Order, view: ShopView) -> Reply:
    """The confirmation of a new order: folio, total, when it comes."""
    treatment = view.settings.treatment
    told = ordering.placed(
        view.customer.first_name, order.folio, order.total_amount, treatment, approximate=order.is_approximate
    )
    when = window_of(order, view)
    what_next = ordering.placed_pickup if order.fulfilment == "pickup" else ordering.placed_delivery
    return Reply((told, what_next(when, treatment), *_where_to_pay(order, view)))


def _where_to_pay(order: Order, view: ShopView) -> tuple[str, ...]:
    """The shop's account, for a transfer that is still owed: it goes with the confirmation."""
    settings = view.settings
    if order.payment_method != "transfer" or order.payment_status == "completed":
        return ()
    if not settings.takes_transfers:
        return (payment.account_follows(settings.treatment),)
    return (transfer_words(order, settings),)


def transfer_words(order: Order, settings: CompanySettings) -> str:
    """How much to send where, with the folio as its reference."""
    weighed_yet = order.status != "pending" or all(line.pieces is None for line in order.lines)
    return payment.transfer_to(
        account_of(settings), order.total_amount, order.folio, settings.treatment, approximate=not weighed_yet
    )


def account_of(settings: CompanySettings) -> list[str]:
    """Where transfers go, line by line."""
    return payment.account(
        settings.transfer_bank, settings.transfer_clabe, settings.transfer_account, settings.transfer_holder
    )


def receipt_words(kept: ReceiptKept, view: ShopView) -> Reply:
    """Only what the flow could not know: that the same picture came before."""
    return Reply((payment.receipt_repeated(view.settings.treatment),)) if kept.repeats else Reply()


def window_of(order: Order, view: ShopView) -> str:
    """When the order was promised for; empty when no time was."""
    start, end = (
        moment.astimezone(view.zone) if moment else None for moment in (order.requested_from, order.requested_until)
    )
    return dates.window(start, end, view.now.astimezone(view.zone))
