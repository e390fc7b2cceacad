"""What a step asked to be done to a placed order, carried out inside the turn's transaction: the shop is told of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from marchante.accounts.templates.repository import is_unusable
from marchante.conversations import notices
from marchante.conversations.effects import AmendOrder, AnswerProposal, CancelPlaced, OnOrder, Reply, TellLate
from marchante.conversations.inputs import OrderRefused
from marchante.conversations.replies.es import templates
from marchante.conversations.staff import Where, tell_change
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert
from marchante.foundation.kernel.errors import Conflict
from marchante.orders import changes
from marchante.orders.domain import (
    Actor,
    Order,
    OrderChanged,
    OrderSlotFull,
    OrderSoldOut,
    OrderStatus,
    OrderStatusChanged,
    ProposalKept,
)

MOST_NOTICES = 2
_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Done:
    """What is said about it, the order's timers from now on (None: cancelled), or why nothing was done."""

    reply: Reply = field(default_factory=Reply)
    timers: tuple[tuple[str, datetime | None], ...] = ()
    refused: OrderRefused | None = None


def late_timer(order_id: int) -> str:
    return f"order_late:{order_id}"


def answer_timer(order_id: int) -> str:
    return f"answer_due:{order_id}"


async def carry_out(connection: Connection, where: Where, effect: OnOrder, view: ShopView, session: Session) -> Done:
    """One thing done to an order. A refusal has changed nothing: it goes back to the flow."""
    try:
        match effect:
            case AmendOrder():
                return await _amend(connection, where, effect, view)
            case CancelPlaced():
                return await _cancel(connection, where, effect, view)
            case AnswerProposal():
                return await _answer(connection, where, effect, view, session)
            case TellLate(order_id=order_id):
                return await _tell_late(connection, where, order_id, view, session)
    except Conflict as error:
        if error.code not in {"stale_order", "too_late_to_change"}:
            raise
        return Done(refused=OrderRefused(effect.order_id, error.code, (), view.now))  # type: ignore[arg-type] # those two


async def _amend(connection: Connection, where: Where, effect: AmendOrder, view: ShopView) -> Done:
    until = view.settings.changes_until
    event = await changes.change(connection, effect.order_id, effect.version, effect.draft, until, view.now)
    if isinstance(event, OrderSoldOut):
        return Done(refused=OrderRefused(effect.order_id, "sold_out", event.product_ids, view.now))
    if isinstance(event, OrderSlotFull):
        return Done(refused=OrderRefused(effect.order_id, "slot_full", (), view.now))
    await tell_change(connection, where, event, view)
    timer = (late_timer(event.order.id), notices.late_due(event.order, view))
    return Done(notices.changed(event, view), (timer,))


async def _cancel(connection: Connection, where: Where, effect: CancelPlaced, view: ShopView) -> Done:
    until = view.settings.changes_until
    event = await changes.cancel(connection, effect.order_id, effect.version, until, view.now)
    return await _cancelled(connection, where, event, view)


async def _cancelled(connection: Connection, where: Where, event: OrderStatusChanged, view: ShopView) -> Done:
    await tell_change(connection, where, event, view)
    gone = ((late_timer(event.order.id), None), (answer_timer(event.order.id), None))
    return Done(notices.cancelled_by_customer(event, view), gone)


async def _answer(
    connection: Connection, where: Where, effect: AnswerProposal, view: ShopView, session: Session
) -> Done:
    who = Actor("system", "nobody answered") if effect.silent else Actor("customer")
    event = await changes.answer(connection, effect.order_id, effect.version, effect.answer, who, view.now)
    timers = ((answer_timer(effect.order_id), None),)
    match event:
        case OrderStatusChanged():
            return await _cancelled(connection, where, event, view)
        case OrderSoldOut(product_ids=short):
            kept = await changes.withdraw(connection, effect.order_id, who, view.now)
            await tell_change(connection, where, kept, view)
            return Done(notices.sold_out_too(short, view), timers)
        case OrderChanged() | ProposalKept():
            await tell_change(connection, where, event, view)
    if effect.silent and not _window_open(session, view):
        return Done(timers=timers)
    return Done(notices.answered(event, effect.answer, view), timers)


async def _tell_late(connection: Connection, where: Where, order_id: int, view: ShopView, session: Session) -> Done:
    """Only if no notice was sent yet: one is left for what the customer waits for. What WhatsApp does not take now is
    for a person to tell; so is an order nobody touched, where the shop does not write down how its orders go on: it
    may long be at the door.
    """
    order = view.order(order_id)
    if order is None or not order.waits:
        return Done()
    if order.status is OrderStatus.PENDING and not await changes.moves_on(connection):
        await _alert_untouched(connection, where, order, view.now)
        return Done()
    in_window = _window_open(session, view)
    if not in_window and await is_unusable(connection, where.phone_number_id, templates.ORDER_LATE.name):
        await _alert_late(connection, where, order, view.now)
        return Done()
    if not await changes.count_notice(connection, order_id, MOST_NOTICES - 1):
        return Done()
    if in_window:
        return Done(notices.late(order, view))
    return Done(Reply(prompt=templates.ORDER_LATE.filled(folio=order.folio, shop=view.name)))


async def _alert_untouched(connection: Connection, where: Where, order: Order, now: datetime) -> None:
    await raise_alert(
        connection,
        code="order_untouched",
        severity="info",
        message=f"order {order.folio} was to have left by now and is still as it came",
        company_id=where.company_id,
        data={"order_id": order.id, "folio": order.folio},
        fingerprint=f"order_untouched:{where.company_id}",
        now=now,
    )


async def _alert_late(connection: Connection, where: Where, order: Order, now: datetime) -> None:
    await raise_alert(
        connection,
        code="customer_untold",
        severity="warning",
        message=f"order {order.folio} is late and its customer cannot be told: the template cannot be sent now",
        company_id=where.company_id,
        data={"order_id": order.id, "folio": order.folio, "template": templates.ORDER_LATE.name},
        fingerprint=f"customer_untold:{where.company_id}:{order.folio}:{templates.ORDER_LATE.name}",
        now=now,
    )


def _window_open(session: Session, view: ShopView) -> bool:
    return session.last_heard_at is not None and view.now - session.last_heard_at < _WINDOW
