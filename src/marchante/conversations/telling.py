"""Tell a customer something of an order from outside a turn: a text while their window is open, else a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from marchante.accounts.templates import repository as templates
from marchante.channels.whatsapp.messages import OutboundMessage, ReplyButtons, Text, payload
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.companies.domain import Company
from marchante.conversations import repository
from marchante.conversations.transcript import spoken
from marchante.customers import repository as customers
from marchante.customers.domain import CustomerRow
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert
from marchante.foundation.kernel.ids import new_trace_id
from marchante.orders.domain import Order
from marchante.outbox.repository import NewMessage, enqueue

WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Notice:
    """What to send, and what it reads like in the chat; the name of the template, if it is one."""

    message: OutboundMessage
    text: str
    window_until: datetime | None
    template: str | None = None


async def tell_customer(
    connection: Connection,
    company: Company,
    order: Order,
    words: str | ReplyButtons,
    outside: tuple[TemplateDefinition, Mapping[str, str]] | None,
    now: datetime,
) -> int | None:
    """Queue the words to whoever ordered, by the number they ordered through; the id in the outbox.

    `outside` is what is sent once the window is closed; None: nothing. A template WhatsApp does not take now becomes an
    alert. Wake the sender after the commit.
    """
    chat = await repository.chat_of_order(connection, order.id)
    customer = await customers.find(connection, order.customer_id)
    notice = _notice(words, outside, chat.last_heard_at, now)
    if notice is None or customer is None or customer.customer_key is None:
        return None
    if notice.template and await templates.is_unusable(connection, chat.phone_number_id, notice.template):
        await _alert(connection, company, order, notice.template, now)
        return None
    message = _addressed(company, customer, customer.customer_key, chat.phone_number_id, notice)
    [outbox_id] = await enqueue(connection, [message], now)
    kept = repository.KeptMessage(order.customer_id, chat.phone_number_id, "system", message.type, notice.text)
    await repository.keep_message(connection, kept, outbox_id, message.trace_id, now)
    return outbox_id


def _notice(
    words: str | ReplyButtons,
    outside: tuple[TemplateDefinition, Mapping[str, str]] | None,
    heard_at: datetime | None,
    now: datetime,
) -> _Notice | None:
    if heard_at is not None and now - heard_at < WINDOW:
        message = Text(words) if isinstance(words, str) else words
        return _Notice(message, spoken(message), heard_at + WINDOW)
    if outside is None:
        return None
    template, values = outside
    return _Notice(template.filled(**values), template.text(**values), None, template.name)


async def _alert(connection: Connection, company: Company, order: Order, template: str, now: datetime) -> None:
    """Outside the window only a template may be sent, and WhatsApp does not take this one now."""
    await raise_alert(
        connection,
        code="customer_untold",
        severity="warning",
        message=f"the customer was not told of order {order.folio}: the template {template} cannot be sent now",
        company_id=company.id,
        data={"order_id": order.id, "folio": order.folio, "template": template},
        fingerprint=f"customer_untold:{company.id}:{order.folio}:{template}",
        now=now,
    )


def _addressed(
    company: Company, customer: CustomerRow, customer_key: str, phone_number_id: str, notice: _Notice
) -> NewMessage:
    body = payload(notice.message)
    return NewMessage(
        company_id=company.id,
        customer_key=customer_key,
        phone_number_id=phone_number_id,
        recipient_phone=customer.wa_id,
        recipient_bsuid=customer.bsuid,
        author="system",
        type=str(body["type"]),
        payload=body,
        window_until=notice.window_until,
        trace_id=new_trace_id(),
    )
