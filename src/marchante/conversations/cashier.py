"""The people of the shop look at receipts, say what is paid and make invoices; the customer is told no more than is
needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from marchante.companies.domain import Company
from marchante.conversations.money import invoices_fingerprint, queue_fingerprint
from marchante.conversations.replies.es import payment as words
from marchante.conversations.replies.es import templates
from marchante.conversations.telling import tell_customer
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.jobs.alerts import resolve_alert
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import NotFound
from marchante.orders import invoices, payments, receipts
from marchante.orders import repository as orders
from marchante.orders.domain import Order, OrderStatus, PaidBy, Payment, PaymentStatus
from marchante.orders.folio import read_folio
from marchante.orders.invoices import Invoice, InvoiceStatus
from marchante.orders.payments import PaymentDue
from marchante.orders.receipts import Receipt, ReceiptStatus

# Of these orders another notice comes, which says that they are paid.
_MORE_NEWS = frozenset({OrderStatus.PENDING, OrderStatus.PROCESSING})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`outbox_id` of what the customer is told at once; None: nothing, or with the next notice of the order."""

    receipt: Receipt
    outbox_id: int | None


class Cashier:
    """Wake the sender after whatever returns an `outbox_id`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def receipts(self, company: Company, status: ReceiptStatus | None, limit: int) -> Sequence[Receipt]:
        async with self._database.company(company.schema) as connection:
            return await receipts.listed(connection, status, limit)

    async def accept(self, company: Company, receipt_id: int, actor: str) -> Reviewed:
        """Raises NotFound `receipt_not_found`, Conflict `receipt_reviewed` or `bad_payment_change`."""
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            receipt = await receipts.accept(connection, receipt_id, actor, now)
            order = await _order(connection, receipt.order_id)
            outbox_id = None
            if order.status not in _MORE_NEWS:
                told = words.receipt_accepted(order.folio, company.settings.treatment)
                outbox_id = await tell_customer(connection, company, order, told, None, now)
            await self._settle_queue(connection, company)
        return Reviewed(receipt, outbox_id)

    async def reject(self, company: Company, receipt_id: int, reason: str, actor: str) -> Reviewed:
        """The customer must know at once, unless the order is paid all the same.

        Raises NotFound `receipt_not_found`, Conflict `receipt_reviewed`.
        """
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            receipt = await receipts.reject(connection, receipt_id, reason, actor, now)
            order = await _order(connection, receipt.order_id)
            outbox_id = None
            if order.payment_status != "completed":
                told = words.receipt_rejected(order.folio, receipt.reason, company.settings.treatment)
                outside = (templates.RECEIPT_REJECTED, {"folio": order.folio, "shop": company.name})
                outbox_id = await tell_customer(connection, company, order, told, outside, now)
            await self._settle_queue(connection, company)
        return Reviewed(receipt, outbox_id)

    async def invoices(self, company: Company, status: InvoiceStatus, limit: int) -> Sequence[Invoice]:
        async with self._database.company(company.schema) as connection:
            return await invoices.listed(connection, status, limit)

    async def finish_invoice(self, company: Company, folio: str, actor: str) -> None:
        """It was made and sent. Raises NotFound `order_not_found`, Conflict `no_invoice_requested`."""
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            await invoices.finish(connection, read_folio(folio) or folio, actor, now)
            if not await invoices.any_waits(connection):
                await resolve_alert(connection, invoices_fingerprint(company.id), now)

    async def payment(self, company: Company, folio: str) -> Payment:
        """Raises NotFound `order_not_found`."""
        async with self._database.company(company.schema) as connection:
            return await payments.payment_of(connection, (await _by_folio(connection, folio)).id)

    async def due(self, company: Company, limit: int) -> Sequence[PaymentDue]:
        """What is to be collected or given back, the oldest order first."""
        async with self._database.company(company.schema) as connection:
            return await payments.due(connection, limit)

    async def settle(
        self,
        company: Company,
        folio: str,
        to: PaymentStatus,
        actor: str,
        method: PaidBy | None = None,
        reference: str | None = None,
    ) -> Payment:
        """Write what became of a payment. Raises NotFound `order_not_found`, Conflict `bad_payment_change`."""
        async with self._database.company(company.schema) as connection:
            order = await _by_folio(connection, folio)
            return await payments.settle(
                connection, order.id, to, "staff", actor, self._clock.now(), method=method, reference=reference
            )

    async def _settle_queue(self, connection: Connection, company: Company) -> None:
        if not await receipts.any_waits(connection):
            await resolve_alert(connection, queue_fingerprint(company.id), self._clock.now())


async def _order(connection: Connection, order_id: int) -> Order:
    order = await orders.find_by_id(connection, order_id)
    assert order is not None
    return order


async def _by_folio(connection: Connection, folio: str) -> Order:
    name = read_folio(folio)
    order = await orders.find(connection, name) if name else None
    if order is None:
        raise NotFound(f"no order {folio}", code="order_not_found")
    return order
