"""SQL of receipts. Every function takes a connection inside one company's transaction.

The same picture is the same digest: the one of the stored file where it is here, else the one Meta announced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from marchante.foundation.database.connection import Connection


@dataclass(frozen=True, slots=True)
class Added:
    """`same_customer`: the picture came before, from whoever sends it now (True) or from another; None: it is new."""

    same_customer: bool | None


async def add(connection: Connection, order_id: int, wamid: str, digest: bytes | None, now: datetime) -> Added | None:
    """Keep the receipt with a line of the order's history; None when its file is unknown or kept already."""
    row = await connection.fetchrow(
        """WITH file AS (SELECT id, coalesce(sha256, $3) AS sha256 FROM media_files WHERE wamid = $2),
                seen AS (
                    SELECT o.customer_id FROM payment_receipts r JOIN media_files f ON f.id = r.file_id
                    JOIN orders o ON o.id = r.order_id, file
                    WHERE (r.sha256 = file.sha256 OR f.sha256 = file.sha256) AND r.file_id <> file.id
                    ORDER BY r.id LIMIT 1),
                kept AS (
                    INSERT INTO payment_receipts (order_id, file_id, sha256, created_at)
                    SELECT $1, id, sha256, $4 FROM file ON CONFLICT (file_id) DO NOTHING RETURNING id, order_id),
                told AS (
                    INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, detail)
                    SELECT order_id, $4, 'customer', '', 'receipt_received', jsonb_build_object('receipt', id)
                    FROM kept)
           SELECT (SELECT seen.customer_id = o.customer_id FROM seen) AS same_customer
           FROM kept JOIN orders o ON o.id = kept.order_id""",
        order_id,
        wamid,
        digest,
        now,
    )
    return None if row is None else Added(row["same_customer"])


_RECEIPT = """
    WITH known AS (
        SELECT r.id, r.order_id, o.folio, c.name AS customer, c.phone, p.amount, r.status, r.created_at AS received_at,
               f.key AS media, coalesce(f.sha256, r.sha256) AS digest, r.reason, r.reviewed_by, r.reviewed_at
        FROM payment_receipts r JOIN media_files f ON f.id = r.file_id JOIN orders o ON o.id = r.order_id
        JOIN customers c ON c.id = o.customer_id JOIN payments p ON p.order_id = o.id
        WHERE {which})
    SELECT k.id, k.order_id, k.folio, k.customer, k.phone, k.amount, k.status, k.received_at, k.media,
           encode(k.digest, 'hex') AS sha256,
           (SELECT o.folio FROM payment_receipts r JOIN media_files f ON f.id = r.file_id
            JOIN orders o ON o.id = r.order_id
            WHERE coalesce(f.sha256, r.sha256) = k.digest AND r.id < k.id ORDER BY r.id LIMIT 1) AS repeats,
           k.reason, k.reviewed_by, k.reviewed_at
    FROM known k"""


async def find(connection: Connection, receipt_id: int) -> Record | None:
    return await connection.fetchrow(_RECEIPT.format(which="r.id = $1"), receipt_id)


async def listed(connection: Connection, status: str | None, limit: int) -> Sequence[Record]:
    found: Sequence[Record] = await connection.fetch(
        f"""{_RECEIPT.format(which="$1::text IS NULL OR r.status = $1")}
            ORDER BY k.reviewed_at DESC NULLS FIRST, k.id LIMIT $2""",
        status,
        limit,
    )
    return found


async def any_waits(connection: Connection) -> bool:
    waits: bool = await connection.fetchval("SELECT EXISTS (SELECT FROM payment_receipts WHERE status = 'pending')")
    return waits


async def lock(connection: Connection, receipt_id: int) -> None:
    """Its order first, as everywhere, then the receipt: two people at it are one after the other."""
    await connection.execute(
        """SELECT FROM orders WHERE id = (SELECT order_id FROM payment_receipts WHERE id = $1) FOR NO KEY UPDATE""",
        receipt_id,
    )
    await connection.execute("SELECT FROM payment_receipts WHERE id = $1 FOR UPDATE", receipt_id)


async def review(connection: Connection, receipt_id: int, status: str, reason: str, by: str, now: datetime) -> None:
    await connection.execute(
        """WITH reviewed AS (
               UPDATE payment_receipts SET status = $2, reason = $3, reviewed_by = $4, reviewed_at = $5
               WHERE id = $1 RETURNING id, order_id)
           INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, detail)
           SELECT order_id, $5, 'staff', $4, 'receipt_' || $2,
                  jsonb_strip_nulls(jsonb_build_object('receipt', id, 'reason', nullif($3, ''))) FROM reviewed""",
        receipt_id,
        status,
        reason,
        by,
        now,
    )
