"""Invoices customers asked for: the shop makes them, here is what for and to whom. Called inside one company's
transaction.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from marchante.customers.invoicing import InvoiceData
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.orders import invoice_repository as repository

InvoiceStatus = Literal["requested", "done"]


@dataclass(frozen=True, slots=True)
class Invoice:
    """`to` holds RFC, name, postal code, regime and use; or `media`, the key of a constancia for a person to read."""

    folio: str
    customer: str | None
    phone: str | None
    total: Decimal
    status: InvoiceStatus
    to: dict[str, Any]


async def request(connection: Connection, order_id: int, data: InvoiceData, now: datetime) -> None:
    """Put the order's invoice on the shop's list, and keep the data with the customer; asked again, the data change."""
    await repository.request(connection, order_id, asdict(data), keep=True, now=now)


async def request_by_document(connection: Connection, order_id: int, wamid: str, now: datetime) -> None:
    """The same with a photo or PDF of the constancia instead of the data."""
    await repository.request(connection, order_id, {"wamid": wamid}, keep=False, now=now)


async def listed(connection: Connection, status: InvoiceStatus, limit: int) -> Sequence[Invoice]:
    """The oldest order first; nothing is invoiced of one that was cancelled."""
    return [Invoice(**dict(row)) for row in await repository.listed(connection, status, limit)]


async def finish(connection: Connection, folio: str, by: str, now: datetime) -> None:
    """It was made and sent. Raises NotFound `order_not_found`, Conflict `no_invoice_requested`."""
    status = await repository.finish(connection, folio, by, now)
    if status is None:
        raise NotFound(f"no order {folio}", code="order_not_found")
    if status != "requested":
        raise Conflict(f"no invoice of {folio} waits to be made", code="no_invoice_requested")


async def any_waits(connection: Connection) -> bool:
    return await repository.any_waits(connection)
