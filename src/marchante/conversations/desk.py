"""The people of the shop look at orders and move them on; the customer is told of what they wait for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.companies.domain import Company
from marchante.conversations import repository
from marchante.conversations.notices import status_words
from marchante.conversations.replies.es import templates
from marchante.conversations.telling import tell_customer
from marchante.customers import repository as customers
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import NotFound
from marchante.orders import repository as orders
from marchante.orders import service
from marchante.orders.domain import Order, OrderStatus, OrderStatusChanged
from marchante.orders.folio import read_folio
from marchante.surveys import service as surveys

_TEMPLATES: dict[OrderStatus, TemplateDefinition] = {
    OrderStatus.SHIPPED: templates.ON_ITS_WAY,
    OrderStatus.READY_FOR_PICKUP: templates.READY,
    OrderStatus.CANCELLED: templates.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Moved:
    """The order as it is now; `outbox_id` of what the customer is told, None when this status tells nothing."""

    event: OrderStatusChanged
    outbox_id: int | None


class OrderDesk:
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

    async def move(self, company: Company, folio: str, to: OrderStatus, actor: str) -> Moved:
        """Change the status and queue what the customer is told, together or not at all. Wake the sender afterwards.

        Raises NotFound `order_not_found`, or Conflict `bad_status_change`.
        """
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            order = await _found(connection, folio)
            event = await service.change_status(connection, order.id, to, "staff", actor, now)
            outbox_id = await _tell_customer(connection, company, event.order, now)
            if to is OrderStatus.DELIVERED:
                await _expect_survey(connection, company, event.order, now)
        return Moved(event, outbox_id)


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


async def _tell_customer(connection: Connection, company: Company, order: Order, now: datetime) -> int | None:
    words = status_words(order, company.settings.treatment)
    if not words:
        return None
    template = _TEMPLATES[order.status]
    values = {"folio": order.folio, "shop": company.name}
    return await tell_customer(connection, company, order, words, (template, values), now)
