"""Photos of transfers: kept with their order, recognised when they come again, accepted or rejected by a person.

Called inside one company's transaction.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Conflict, Invalid, NotFound
from marchante.orders import payments
from marchante.orders import receipt_repository as repository

ReceiptStatus = Literal["pending", "accepted", "rejected"]
_DIGEST_BYTES = 32
_MAX_REASON = 200


@dataclass(frozen=True, slots=True)
class Receipt:
    """`repeats` is the folio of the order the same picture came with first; None: it was never seen before. `media` is
    the key of the file, None until it is here.
    """

    id: int
    order_id: int
    folio: str
    customer: str | None
    phone: str | None
    amount: Decimal
    status: ReceiptStatus
    received_at: datetime
    media: str | None
    sha256: str | None
    repeats: str | None
    reason: str
    reviewed_by: str | None
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceiptKept:
    """Event: a receipt waits for review. `repeats`: its picture came before, from this customer or from another."""

    repeats: Literal["own", "other"] | None


def read_digest(announced: str | None) -> bytes | None:
    """The digest Meta announces with a picture, in base64; None for anything else."""
    try:
        digest = base64.b64decode(announced or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest if len(digest) == _DIGEST_BYTES else None


async def keep(
    connection: Connection, order_id: int, wamid: str, digest: bytes | None, now: datetime
) -> ReceiptKept | None:
    """Put the file of this message into the queue; None when it is there already, or the message brought none."""
    kept = await repository.add(connection, order_id, wamid, digest, now)
    if kept is None:
        return None
    return ReceiptKept(None if kept.same_customer is None else "own" if kept.same_customer else "other")


async def listed(connection: Connection, status: ReceiptStatus | None, limit: int) -> Sequence[Receipt]:
    """The oldest that waits first; those reviewed newest first. None: of every status."""
    return [Receipt(**dict(row)) for row in await repository.listed(connection, status, limit)]


async def accept(connection: Connection, receipt_id: int, by: str, now: datetime) -> Receipt:
    """The money is there: the order is paid, unless somebody wrote so before.

    Raises NotFound `receipt_not_found`, Conflict `receipt_reviewed`, or `bad_payment_change` for money given back.
    """
    receipt = await _pending(connection, receipt_id)
    reference = receipt.sha256[:12] if receipt.sha256 else None
    if (await payments.payment_of(connection, receipt.order_id)).status != "completed":
        await payments.settle(
            connection, receipt.order_id, "completed", "staff", by, now, method="transfer", reference=reference
        )
    await repository.review(connection, receipt_id, "accepted", "", by, now)
    return await _found(connection, receipt_id)


async def reject(connection: Connection, receipt_id: int, reason: str, by: str, now: datetime) -> Receipt:
    """It proves nothing; `reason` is told to the customer. The payment stays as it is.

    Raises NotFound `receipt_not_found`, Conflict `receipt_reviewed`, Invalid `reason_too_long`.
    """
    if len(reason) > _MAX_REASON:
        raise Invalid(f"a reason is {_MAX_REASON} characters at most", code="reason_too_long")
    await _pending(connection, receipt_id)
    await repository.review(connection, receipt_id, "rejected", reason.strip(), by, now)
    return await _found(connection, receipt_id)


async def any_waits(connection: Connection) -> bool:
    return await repository.any_waits(connection)


async def _pending(connection: Connection, receipt_id: int) -> Receipt:
    await repository.lock(connection, receipt_id)
    receipt = await _found(connection, receipt_id)
    if receipt.status != "pending":
        raise Conflict(f"receipt {receipt_id} was {receipt.status} by {receipt.reviewed_by}", code="receipt_reviewed")
    return receipt


async def _found(connection: Connection, receipt_id: int) -> Receipt:
    row = await repository.find(connection, receipt_id)
    if row is None:
        raise NotFound(f"no receipt {receipt_id}", code="receipt_not_found")
    return Receipt(**dict(row))
