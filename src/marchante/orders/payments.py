"""The payment of an order: paid, failed, given back. Called inside one company's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.orders import payment_repository as repository
from marchante.orders.domain import NEXT_PAYMENT_STATUSES, ActorKind, PaidBy, Payment, PaymentStatus


@dataclass(frozen=True, slots=True)
class PaymentDue:
    """Money that should move: `what` is collect (a transfer nobody saw arrive, or an order delivered unpaid) or refund
    (paid, then cancelled).
    """

    folio: str
    customer: str | None
    phone: str | None
    amount: Decimal
    method: PaidBy
    what: Literal["collect", "refund"]
    ordered_at: datetime


async def due(connection: Connection, limit: int) -> Sequence[PaymentDue]:
    """The oldest order first."""
    return [PaymentDue(**dict(row)) for row in await repository.due(connection, limit)]


async def payment_of(connection: Connection, order_id: int) -> Payment:
    """Raises NotFound `order_not_found`."""
    return _found(await repository.find(connection, order_id), order_id)


async def settle(
    connection: Connection,
    order_id: int,
    to: PaymentStatus,
    actor_kind: ActorKind,
    actor: str,
    now: datetime,
    *,
    method: PaidBy | None = None,
    reference: str | None = None,
) -> Payment:
    """Write that the payment is completed, failed or refunded, and in the order's history who said so.

    `method` corrects how it was paid once that is known.

    Raises NotFound `order_not_found`, or Conflict `bad_payment_change` with what it may become in `data["allowed"]`.
    """
    payment = _found(await repository.lock(connection, order_id), order_id)
    if to not in NEXT_PAYMENT_STATUSES[payment.status]:
        raise Conflict(
            f"the payment is {payment.status} and cannot become {to}",
            code="bad_payment_change",
            data={"status": payment.status, "allowed": sorted(NEXT_PAYMENT_STATUSES[payment.status])},
        )
    settled = replace(
        payment,
        status=to,
        method=method or payment.method,
        reference=reference or payment.reference,
        paid_at=now if to == "completed" else payment.paid_at,
    )
    await repository.write(connection, settled, actor_kind=actor_kind, actor=actor, now=now)
    return settled


def _found(payment: Payment | None, order_id: int) -> Payment:
    if payment is None:
        raise NotFound(f"no order {order_id}", code="order_not_found")
    return payment
