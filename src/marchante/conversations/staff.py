"""The shop's owner is told of every order and of every change a customer makes to one: exactly one message each, in the
transaction of the order.

A free text while the owner's 24-hour window with this number is open, the template `nuevo_pedido` otherwise, an alert
where there is nobody to write to. What Meta refuses later becomes an alert of the outbox.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from marchante.accounts.templates.domain import UNUSABLE
from marchante.channels.whatsapp.messages import Template, Text, payload
from marchante.conversations.differing import CustomerChange, change_lines
from marchante.conversations.notices import window_of
from marchante.conversations.replies.es import staff as words
from marchante.conversations.replies.es import summary
from marchante.conversations.replies.es.amounts import about
from marchante.conversations.replies.es.templates import NEW_ORDER, ORDER_CHANGED
from marchante.conversations.view import ShopView
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert
from marchante.foundation.kernel.phone import digits, match_key
from marchante.orders.domain import Order

# A window that closes while the message waits to be sent would lose it.
_MARGIN = timedelta(minutes=10)
_WINDOW = timedelta(hours=24)


class Where(Protocol):
    """The conversation an order came from, and the phone of whoever is told."""

    @property
    def company_id(self) -> int: ...
    @property
    def phone_number_id(self) -> str: ...
    @property
    def owner_phone(self) -> str | None: ...
    @property
    def trace_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What was just placed, and the bill it will be paid with, if one was said."""

    order: Order
    pays_with: Decimal | None = None


async def tell_owner(connection: Connection, where: Where, new: NewOrder, view: ShopView) -> None:
    """One statement: the message, or the alert; both only for a number that is stopped.

    A shop without an owner's phone has one open alert, which names the latest order; each order a stopped number could
    not tell of has its own.
    """
    order, customer = new.order, view.customer.name or words.somebody()
    template = NEW_ORDER.filled(folio=order.folio, customer=customer, total=_total(order))
    await _tell(connection, where, order, told(new, view), template, view.now)


async def tell_change(connection: Connection, where: Where, event: CustomerChange, view: ShopView) -> None:
    """The same of what the customer made of an order: what is different, in words."""
    order, customer = event.order, view.customer.name or words.somebody()
    changes = change_lines(event, view)
    template = ORDER_CHANGED.filled(folio=order.folio, customer=customer, changes=words.in_one_sentence(changes))
    text = words.changed_order(order.folio, customer, view.customer.phone or "", changes)
    await _tell(connection, where, order, text, template, view.now)


async def _tell(
    connection: Connection, where: Where, order: Order, text: str, template: Template, now: datetime
) -> None:
    if where.owner_phone is None:
        fingerprint = f"order_untold:{where.company_id}"
        await _alert(connection, where, order, "the company has no owner's phone", fingerprint, now)
    elif not await _queue(connection, where, where.owner_phone, text, template, now):
        fingerprint = f"order_untold:{where.company_id}:{order.folio}"
        await _alert(
            connection, where, order, "its number is stopped, or its template cannot be sent now", fingerprint, now
        )


async def _queue(
    connection: Connection, where: Where, owner_phone: str, text: str, template: Template, now: datetime
) -> bool:
    """False: the number may not send, or not what the owner's closed window asks for."""
    queued = await connection.fetchval(
        _TELL,
        where.company_id,
        f"p:{match_key(owner_phone)}",
        match_key(owner_phone),
        where.phone_number_id,
        digits(owner_phone),
        payload(Text(text)),
        payload(template),
        now,
        _WINDOW,
        now + _MARGIN,
        where.trace_id,
        template.name,
        list(UNUSABLE),
    )
    return queued is not None


# The owner is a customer of their own shop as soon as they write to it: what they wrote is found by index, whatever key
# their conversation has.
_TELL = """
    WITH heard AS (
        SELECT max(m.happened_at) + $9::interval AS until
        FROM customer_identities i JOIN messages m ON m.customer_id = i.customer_id
        WHERE i.kind = 'phone' AND i.value = $3 AND i.retired_at IS NULL
          AND m.author = 'customer' AND m.phone_number_id = $4 AND m.happened_at > $8::timestamptz - $9::interval
    ), said AS (
        SELECT CASE WHEN until > $10::timestamptz THEN $6::jsonb ELSE $7::jsonb END AS payload,
               CASE WHEN until > $10::timestamptz THEN until END AS until
        FROM heard
    )
    INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, recipient_phone, author, type, payload,
                              created_at, not_before, window_until, trace_id)
    SELECT $1, $2, n.phone_number_id, $5, 'system', s.payload ->> 'type', s.payload, $8, $8, s.until, $11
    FROM relay.numbers n, said s
    WHERE n.phone_number_id = $4 AND n.stopped_at IS NULL
      AND NOT (s.until IS NULL AND EXISTS (
          SELECT FROM relay.templates t WHERE t.company_id = n.company_id AND t.waba_id = coalesce(n.waba_id, '')
            AND t.name = $12 AND t.status = ANY ($13::text[])))
    RETURNING id
"""


def told(new: NewOrder, view: ShopView) -> str:
    """Folio, customer, lines, where to, when, how it is paid: what one needs to begin."""
    order = new.order
    lines = [
        summary.line(line.product_name, line.quantity, line.unit, line.total, None, line.notes) for line in order.lines
    ]
    where = summary.delivery_to(None, order.delivery_address or "")
    when = window_of(order, view)
    more = [
        summary.pickup_at("", "usted") if order.fulfilment == "pickup" else where,
        words.unknown_place() if order.coverage == "unknown" else "",
        summary.requested_time(when) if when else "",
        _payment(new),
        summary.note(order.notes) if order.notes else "",
    ]
    more = [part for part in more if part]
    who = view.customer.name or words.somebody()
    return words.new_order(order.folio, who, view.customer.phone or "", lines, more, _total(order))


def _total(order: Order) -> str:
    return about(order.total_amount, approximate=order.is_approximate)


def _payment(new: NewOrder) -> str:
    if new.order.payment_method == "card_at_door":
        return summary.card()
    if new.order.payment_method == "transfer":
        return summary.transfer()
    return summary.cash(new.pays_with, new.order.total_amount, "usted")


async def _alert(
    connection: Connection, where: Where, order: Order, reason: str, fingerprint: str, now: datetime
) -> None:
    await raise_alert(
        connection,
        code="order_untold",
        severity="warning",
        message=f"nobody of the shop was told of order {order.folio}: {reason}",
        company_id=where.company_id,
        data={"order_id": order.id, "folio": order.folio},
        fingerprint=fingerprint,
        now=now,
    )
