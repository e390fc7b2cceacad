"""SQL of handoffs. Every function takes a connection inside one company's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from asyncpg import Record

from marchante.foundation.database.connection import Connection
from marchante.handoff.domain import Handoff, OpenHandoff, Requested, Whose

_COLUMNS = """id, customer_id, customer_key, phone_number_id, status, reason, context, requested_at, answered_at,
    last_human_at, closed_at, closed_by"""
_OF_H = ", ".join(f"h.{column.strip()}" for column in _COLUMNS.split(","))


async def request(
    connection: Connection, whose: Whose, reason: str, context: Mapping[str, Any], now: datetime
) -> Requested:
    """Open a request, or bring the open one up to date: where the customer writes now, and with what in the cart."""
    row = await connection.fetchrow(
        f"""INSERT INTO handoffs (customer_id, customer_key, phone_number_id, reason, context, requested_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (customer_id) WHERE status <> 'closed' DO UPDATE SET
                customer_key = excluded.customer_key, phone_number_id = excluded.phone_number_id,
                context = excluded.context
            RETURNING {_COLUMNS}, xmax = 0 AS is_new""",
        whose.customer_id,
        whose.customer_key,
        whose.phone_number_id,
        reason,
        dict(context),
        now,
    )
    assert row is not None
    return Requested(_handoff(row), is_new=row["is_new"])


async def human_wrote(connection: Connection, whose: Whose, reason: str, at: datetime) -> Handoff:
    """A person wrote to the customer: their open request is answered, or one is opened as answered."""
    row = await connection.fetchrow(
        f"""INSERT INTO handoffs (customer_id, customer_key, phone_number_id, status, reason, requested_at, answered_at,
                                  last_human_at)
            VALUES ($1, $2, $3, 'active', $4, $5, $5, $5)
            ON CONFLICT (customer_id) WHERE status <> 'closed' DO UPDATE SET
                status = 'active', customer_key = excluded.customer_key, phone_number_id = excluded.phone_number_id,
                answered_at = coalesce(handoffs.answered_at, excluded.answered_at),
                last_human_at = greatest(handoffs.last_human_at, excluded.last_human_at)
            RETURNING {_COLUMNS}""",
        whose.customer_id,
        whose.customer_key,
        whose.phone_number_id,
        reason,
        at,
    )
    assert row is not None
    return _handoff(row)


async def answer(connection: Connection, handoff_id: int, at: datetime) -> Handoff | None:
    """A person answers this request; None when it is not open."""
    row = await connection.fetchrow(
        f"""UPDATE handoffs SET status = 'active', answered_at = coalesce(answered_at, $2),
                                last_human_at = greatest(last_human_at, $2)
            WHERE id = $1 AND status <> 'closed' RETURNING {_COLUMNS}""",
        handoff_id,
        at,
    )
    return None if row is None else _handoff(row)


async def close(connection: Connection, handoff_id: int, by: str, now: datetime) -> Handoff | None:
    """Close this request; None when it is not open."""
    row = await connection.fetchrow(
        f"""UPDATE handoffs SET status = 'closed', closed_at = $3, closed_by = $2
            WHERE id = $1 AND status <> 'closed' RETURNING {_COLUMNS}""",
        handoff_id,
        by,
        now,
    )
    return None if row is None else _handoff(row)


async def find(connection: Connection, handoff_id: int) -> Handoff | None:
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM handoffs WHERE id = $1", handoff_id)
    return None if row is None else _handoff(row)


async def open_of(connection: Connection, customer_id: int) -> Handoff | None:
    """The customer's open request."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM handoffs WHERE customer_id = $1 AND status <> 'closed'", customer_id
    )
    return None if row is None else _handoff(row)


async def list_open(connection: Connection) -> Sequence[OpenHandoff]:
    """Who waits and who is being answered: the unanswered first, the longest wait first."""
    rows = await connection.fetch(
        f"""SELECT {_OF_H}, c.name AS customer_name, c.phone AS customer_phone
            FROM handoffs h JOIN customers c ON c.id = h.customer_id WHERE h.status <> 'closed'
            ORDER BY h.answered_at IS NOT NULL, h.requested_at, h.id"""
    )
    return [OpenHandoff(_handoff(row), row["customer_name"], row["customer_phone"]) for row in rows]


async def silence_bot(connection: Connection, company_id: int, customer_key: str, since: datetime | None) -> None:
    """Write since when a person answers in this conversation (None: nobody), waiting for a turn that runs there.

    Always before the handoff's own row: a turn takes the two in this order.
    """
    await connection.execute(
        """UPDATE relay.conversations
           SET human_since = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE coalesce(human_since, $3) END
           WHERE company_id = $1 AND customer_key = $2""",
        company_id,
        customer_key,
        since,
    )


def _handoff(row: Record) -> Handoff:
    return Handoff(
        id=row["id"],
        customer_id=row["customer_id"],
        customer_key=row["customer_key"],
        phone_number_id=row["phone_number_id"],
        status=row["status"],
        reason=row["reason"],
        context=row["context"],
        requested_at=row["requested_at"],
        answered_at=row["answered_at"],
        last_human_at=row["last_human_at"],
        closed_at=row["closed_at"],
        closed_by=row["closed_by"],
    )
