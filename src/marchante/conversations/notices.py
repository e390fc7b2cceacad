"""What is told when something happens to an order."""

from typing import Literal

from marchante.companies.domain import CompanySettings
from marchante.conversations.effects import Reply
from marchante.conversations.replies.es import dates, ordering, payment, status
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.orders.domain import Order, OrderPlaced, OrderStatus, OrderStatusChanged
from marchante.orders.receipts import ReceiptKept

# Each message is billed: at most two notices per order, about what one waits for or must know.
TOLD = frozenset({OrderStatus.SHIPPED, OrderStatus.READY_FOR_PICKUP, OrderStatus.CANCELLED})


def worded(event: OrderPlaced | OrderStatusChanged, view: ShopView, session: Session) -> Reply:
    """The words for the customer; an empty Reply where nothing needs to be told."""
    match event:
        case OrderPlaced(order=order):
            return _placed(order, view, session)
        case OrderStatusChanged(order=order):
            words = status_words(order, view.settings.treatment)
            return Reply((words,)) if words else Reply()


def status_words(order: Order, treatment: Literal["tu", "usted"]) -> str:
    """What the customer is told of the status an order has now; "" for nothing. A transfer seen meanwhile is said here,
    not in a message of its own.
    """
    if order.status not in TOLD:
        return ""
    told = status.notice(order.folio, order.status, treatment)
    if order.payment_method == "transfer" and order.payment_status == "completed":
        return f"{told}\n{payment.already_paid(treatment)}"
    return told


def _placed(order: Order, view: ShopView, session: Session) -> Reply:
    """The confirmation of a new order: folio, total, when it comes."""
    treatment, done = view.settings.treatment, session.confirmed
    approximate = done is not None and any(item.pieces is not None for item in done.cart)
    told = ordering.placed(
        view.customer.first_name, order.folio, order.total_amount, treatment, approximate=approximate
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
    return payment.transfer_to(
        settings.transfer_bank,
        settings.transfer_clabe,
        settings.transfer_account,
        settings.transfer_holder,
        order.total_amount,
        order.folio,
        settings.treatment,
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
