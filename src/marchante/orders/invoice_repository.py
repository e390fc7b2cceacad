"""SQL of invoices asked for. Every function takes a connection inside one company's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from asyncpg import Record

from marchante.foundation.database.connection import Connection


async def request(connection: Connection, order_id: int, to: Mapping[str, str], *, keep: bool, now: datetime) -> None:
    """`keep`: also with the customer, for next time."""
    await connection.execute(
        """WITH asked AS (
               UPDATE orders SET invoice_status = 'requested', invoice = $2, updated_at = $4
               WHERE id = $1 RETURNING id, customer_id),
           kept AS (
               UPDATE customers SET invoice_data = $2, updated_at = $4
               FROM asked WHERE customers.id = asked.customer_id AND $3)
           INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action)
           SELECT id, $4, 'customer', '', 'invoice_requested' FROM asked""",
        order_id,
        dict(to),
        keep,
        now,
    )


async def listed(connection: Connection, status: str, limit: int) -> Sequence[Record]:
    found: Sequence[Record] = await connection.fetch(
        """SELECT o.folio, c.name AS customer, c.phone, o.total_amount AS total, o.invoice_status AS status,
                  o.invoice - 'wamid' || jsonb_strip_nulls(jsonb_build_object('media', f.key)) AS to
           FROM orders o JOIN customers c ON c.id = o.customer_id
           JOIN order_statuses s ON s.id = o.status_id
           LEFT JOIN media_files f ON f.wamid = o.invoice ->> 'wamid'
           WHERE o.invoice_status = $1 AND s.code <> 'cancelled' ORDER BY o.id LIMIT $2""",
        status,
        limit,
    )
    return found


async def finish(connection: Connection, folio: str, by: str, now: datetime) -> str | None:
    """Which status the invoice had ("" for none); None without such an order. Only one that waits is finished."""
    before: str | None = await connection.fetchval(
        "SELECT coalesce(invoice_status, '') FROM orders WHERE folio = $1 FOR NO KEY UPDATE", folio
    )
    if before == "requested":
        await connection.execute(
            """WITH made AS (
                   UPDATE orders SET invoice_status = 'done', updated_at = $2 WHERE folio = $1 RETURNING id)
               INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action)
               SELECT id, $2, 'staff', $3, 'invoice_done' FROM made""",
            folio,
            now,
            by,
        )
    return before


async def any_waits(connection: Connection) -> bool:
    waits: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM orders o JOIN order_statuses s ON s.id = o.status_id
                          WHERE o.invoice_status = 'requested' AND s.code <> 'cancelled')"""
    )
    return waits
