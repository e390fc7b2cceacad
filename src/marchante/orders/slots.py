"""The places in a delivery slot, counted so that two customers cannot take the last one.

Inside one company's transaction: whoever counts holds the company's slots until the transaction ends.
"""

from datetime import datetime

from marchante.foundation.database.connection import Connection


async def hold(connection: Connection) -> None:
    """Wait for every other order that is just being placed in a slot of this company. Before anything else is locked:
    so no two orders wait for each other.
    """
    await connection.execute("SELECT pg_advisory_xact_lock(to_regclass('orders')::oid::bigint)")


async def booked(connection: Connection, since: datetime) -> list[tuple[datetime, int]]:
    """How many orders that stand are asked for from which moment on."""
    rows = await connection.fetch(
        """SELECT o.requested_from, count(*) FROM orders o JOIN order_statuses s ON s.id = o.status_id
           WHERE o.requested_from >= $1 AND s.code <> 'cancelled' GROUP BY 1 ORDER BY 1""",
        since,
    )
    return [(moment, int(count)) for moment, count in rows]


async def taken(connection: Connection, starts_at: datetime, ends_at: datetime, except_key: str = "") -> int:
    """How many orders that stand were asked for in this slot; the one with this confirmation key is not counted."""
    count: int = await connection.fetchval(
        """SELECT count(*) FROM orders o JOIN order_statuses s ON s.id = o.status_id
           WHERE o.requested_from >= $1 AND o.requested_from < $2 AND s.code <> 'cancelled'
             AND o.confirmation_key <> $3""",
        starts_at,
        ends_at,
        except_key,
    )
    return count
