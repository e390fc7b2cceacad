"""The people of the shop move orders on, weigh and substitute; the customer is told of what they wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.companies.domain import Company
from marchante.conversations import repository
from marchante.conversations.flows.order_question import question_of
from marchante.conversations.notices import status_words
from marchante.conversations.order_effects import MOST_NOTICES, answer_timer, late_timer
from marchante.conversations.replies.es import placed, templates
from marchante.conversations.table import StateName
from marchante.conversations.telling import WINDOW, tell_customer
from marchante.customers import repository as customers
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.jobs.alerts import raise_alert
from marchante.foundation.jobs.timers import Timer, cancel_timer, set_timer
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Invalid, NotFound
from marchante.orders import changes, service
from marchante.orders import repository as orders
from marchante.orders.domain import Actor, Order, OrderChanged, OrderStatus, OrderStatusChanged, ProposalMade
from marchante.orders.folio import read_folio
from marchante.surveys import service as surveys

_TEMPLATES: dict[OrderStatus, TemplateDefinition] = {
    OrderStatus.SHIPPED: templates.ON_ITS_WAY,
    OrderStatus.READY_FOR_PICKUP: templates.READY,
    OrderStatus.CANCELLED: templates.CANCELLED,
}
# An order that waits in none of these is neither late nor asked about any more.
_WAITING = frozenset({OrderStatus.PENDING, OrderStatus.PROCESSING})
# Where nothing else is being asked: from here the next word may answer the shop's question.
_RESTING = (StateName.MENU, StateName.ORDER_STATUS, StateName.GOODBYE, StateName.PRICES, StateName.HELP)


@dataclass(frozen=True, slots=True)
class Moved:
    """The order as it is now; `outbox_id` of what the customer is told, None when this status tells nothing."""

    event: OrderStatusChanged
    outbox_id: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """`event`: changed at once, or asked first; `outbox_id` of the question."""

    event: OrderChanged | ProposalMade
    outbox_id: int | None


class OrderDesk:
    """Wake the sender after whatever returns an `outbox_id`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def newest(self, company: Company, limit: int, status: OrderStatus | None = None) -> Sequence[Order]:
        async with self._database.company(company.schema) as connection:
            return await orders.newest(connection, limit, status)

    async def show(self, company: Company, folio: str) -> Order:
        """Raises NotFound `order_not_found`."""
        async with self._database.company(company.schema) as connection:
            return await _found(connection, folio)

    async def move(self, company: Company, folio: str, to: OrderStatus, actor: str, reason: str = "") -> Moved:
        """Change the status and queue what the customer is told, with the reason if there is one; together or not at
        all.

        Raises NotFound `order_not_found`, Conflict `bad_status_change` or `answer_pending`.
        """
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            order = await _found(connection, folio)
            event = await service.change_status(connection, order.id, to, "staff", actor, now, reason=reason)
            outbox_id = await _tell_status(connection, company, event.order, now, reason)
            if to not in _WAITING:
                await _forget_timers(connection, company, event.order)
            if to is OrderStatus.DELIVERED:
                await _expect_survey(connection, company, event.order, now)
        return Moved(event, outbox_id)

    async def weigh(self, company: Company, folio: str, weights: Mapping[str, Decimal], actor: str) -> Asked:
        """What the scale said, by SKU or by the line's number from 1; beyond the tolerance the customer is asked.

        Raises NotFound `order_not_found`; Conflict `too_late_to_change`; Invalid `bad_line`, `bad_quantity`.
        """
        now, tolerance = self._clock.now(), Decimal(company.settings.weight_tolerance_percent)
        async with self._database.company(company.schema) as connection:
            order = await _found(connection, folio)
            by_place = {place_of(order, line): weight for line, weight in weights.items()}
            event = await changes.weigh(connection, order.id, by_place, tolerance, Actor("staff", actor), now)
            if isinstance(event, OrderChanged):
                return Asked(event, None)
            return Asked(event, await _ask(connection, company, event.order, now))

    async def substitute(
        self, company: Company, folio: str, line: str, sku: str, quantity: Decimal | None, actor: str
    ) -> Asked:
        """A line is sold out: ask the customer whether this product may come instead; as much of it, if not said.

        Raises NotFound `order_not_found`, `product_not_found`; Conflict `too_late_to_change`, `sold_out`; Invalid
        `bad_line`, `bad_quantity`, `same_product`.
        """
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            order = await _found(connection, folio)
            place = place_of(order, line)
            instead = await changes.replacement(connection, order.lines[place], sku, quantity)
            event = await changes.substitute(connection, order.id, place, instead, Actor("staff", actor), now)
            return Asked(event, await _ask(connection, company, event.order, now))


def place_of(order: Order, line: str) -> int:
    """The place, from 0, of the line with this SKU or this number from 1. Raises Invalid `bad_line`."""
    named = [place for place, each in enumerate(order.lines) if each.sku.lower() == line.strip().lower()]
    if len(named) == 1:
        return named[0]
    number = int(line) if line.strip().isdecimal() else 0
    if not named and 1 <= number <= len(order.lines):
        return number - 1
    several = "several lines" if named else "no line"
    raise Invalid(f"order {order.folio} has {several} {line}: name it by its number", code="bad_line")


async def _expect_survey(connection: Connection, company: Company, order: Order, now: datetime) -> None:
    chat = await repository.chat_of_order(connection, order.id)
    customer = await customers.find(connection, order.customer_id)
    if customer is not None and customer.customer_key is not None:
        await surveys.expect(connection, company, order, customer.customer_key, chat.phone_number_id, now)


async def _found(connection: Connection, folio: str) -> Order:
    name = read_folio(folio)
    order = await orders.find(connection, name) if name else None
    if order is None:
        raise NotFound(f"no order {folio}", code="order_not_found")
    return order


async def _tell_status(
    connection: Connection, company: Company, order: Order, now: datetime, reason: str
) -> int | None:
    """At most two notices an order. That a third is a cancellation is for a person to tell."""
    words = status_words(order, company.settings)
    if not words:
        return None
    words = f"{words}\n{placed.because(reason)}" if reason else words
    if not await changes.count_notice(connection, order.id, MOST_NOTICES):
        if order.status is OrderStatus.CANCELLED:
            await _alert_untold(connection, company, order, now)
        return None
    template = _TEMPLATES.get(order.status)
    outside = (template, {"folio": order.folio, "shop": company.name}) if template else None
    return await tell_customer(connection, company, order, words, outside, now)


async def _alert_untold(connection: Connection, company: Company, order: Order, now: datetime) -> None:
    await raise_alert(
        connection,
        code="cancellation_untold",
        severity="warning",
        message=f"the customer was not told that order {order.folio} is cancelled: they had two notices",
        company_id=company.id,
        data={"order_id": order.id, "folio": order.folio},
        fingerprint=f"cancellation_untold:{company.id}:{order.folio}",
        now=now,
    )


async def _ask(connection: Connection, company: Company, order: Order, now: datetime) -> int | None:
    """The question with its buttons; the next word of the customer may answer it, and so long they are waited for."""
    assert order.proposal is not None
    question = question_of(order, order.proposal, company.settings.treatment)
    outside = (templates.ORDER_QUESTION, {"folio": order.folio, "shop": company.name})
    outbox_id = await tell_customer(connection, company, order, question, outside, now)
    customer = await customers.find(connection, order.customer_id)
    chat = await repository.chat_of_order(connection, order.id)
    if chat.last_heard_at is not None and now - chat.last_heard_at < WINDOW:  # a template has not shown it yet
        await repository.move_resting(connection, order.customer_id, StateName.ORDER_QUESTION, _RESTING)
    if customer is not None and customer.customer_key is not None:
        due = now + timedelta(minutes=company.settings.answer_minutes)
        timer = Timer(company.id, customer.customer_key, chat.phone_number_id, answer_timer(order.id), due)
        await set_timer(connection, timer)
    return outbox_id


async def _forget_timers(connection: Connection, company: Company, order: Order) -> None:
    customer = await customers.find(connection, order.customer_id)
    if customer is not None and customer.customer_key is not None:
        for kind in (late_timer(order.id), answer_timer(order.id)):
            await cancel_timer(connection, company.id, customer.customer_key, kind)
