"""SQL of payments. Every function takes a connection inside one company's transaction."""

from collections.abc import Sequence
from datetime import datetime

from asyncpg import Record

from marchante.foundation.database.connection import Connection
from marchante.orders.domain import ActorKind, Payment


async def find(connection: Connection, order_id: int) -> Payment | None:
    row = await connection.fetchrow(
        "SELECT order_id, amount, method, status, pays_with, reference, paid_at FROM payments WHERE order_id = $1",
        order_id,
    )
    return None if row is None else Payment(**dict(row))


async def due(connection: Connection, limit: int) -> Sequence[Record]:
    rows: Sequence[Record] = await connection.fetch(
        """SELECT o.folio, c.name AS customer, c.phone, p.amount, p.method,
                  CASE WHEN s.code = 'cancelled' THEN 'refund' ELSE 'collect' END AS what, o.created_at AS ordered_at
           FROM payments p JOIN orders o ON o.id = p.order_id JOIN order_statuses s ON s.id = o.status_id
           JOIN customers c ON c.id = o.customer_id
           WHERE CASE s.code WHEN 'cancelled' THEN p.status = 'completed'
                             WHEN 'delivered' THEN p.status IN ('pending', 'failed')
                             ELSE p.method = 'transfer' AND p.status IN ('pending', 'failed') END
           ORDER BY o.id LIMIT $1""",
        limit,
    )
    return rows


async def lock(connection: Connection, order_id: int) -> Payment | None:
    """The payment, its order held until the transaction ends: the row that whoever moves the order holds too."""
    await connection.execute("SELECT FROM orders WHERE id = $1 FOR NO KEY UPDATE", order_id)
    return await find(connection, order_id)


async def write(connection: Connection, payment: Payment, *, actor_kind: ActorKind, actor: str, now: datetime) -> None:
    """Keep what the payment has become, and a line of the order's history."""
    await connection.execute(
        """WITH written AS (
               UPDATE payments SET status = $2, method = $3, reference = $4, paid_at = $5, updated_at = $6
               WHERE order_id = $1 RETURNING order_id)
           INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, detail)
           SELECT order_id, $6, $7, $8, 'payment_' || $2,
                  jsonb_strip_nulls(jsonb_build_object('method', $3::text, 'reference', $4::text)) FROM written""",
        payment.order_id,
        payment.status,
        payment.method,
        payment.reference,
        payment.paid_at,
        now,
        actor_kind,
        actor,
    )
