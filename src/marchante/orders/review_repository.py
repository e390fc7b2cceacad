"""SQL of reviews. Every function takes a connection inside one company's transaction."""

from collections.abc import Sequence
from datetime import datetime

from marchante.foundation.database.connection import Connection
from marchante.orders.domain import Review


async def write(connection: Connection, review: Review, now: datetime) -> int:
    """The id of the new review, or of the one of the same order that it replaces."""
    written: int = await connection.fetchval(
        """INSERT INTO reviews (customer_id, product_id, order_id, rating, comment, created_at)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (order_id) WHERE product_id IS NULL DO UPDATE SET
               rating = excluded.rating, comment = excluded.comment, solved = NULL, created_at = excluded.created_at
           RETURNING id""",
        review.customer_id,
        review.product_id,
        review.order_id,
        review.rating,
        review.comment,
        now,
    )
    return written


async def add(connection: Connection, order_id: int, comment: str | None, solved: bool | None) -> None:
    await connection.execute(
        """UPDATE reviews SET comment = coalesce($2, comment), solved = coalesce($3, solved)
           WHERE order_id = $1 AND product_id IS NULL""",
        order_id,
        comment,
        solved,
    )


async def latest(connection: Connection, limit: int) -> Sequence[Review]:
    rows = await connection.fetch(
        "SELECT customer_id, rating, comment, order_id, product_id, solved FROM reviews ORDER BY id DESC LIMIT $1",
        limit,
    )
    return [Review(**dict(row)) for row in rows]
