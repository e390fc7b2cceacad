"""SQL of a turn. Few statements, each counted by a test: a turn makes at most eight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from marchante.foundation.database.connection import Connection


@dataclass(frozen=True, slots=True)
class LoadedState:
    """`session` is None for somebody who never wrote; `handoff` is its status while one is open."""

    session: dict[str, Any] | None
    catalog_version: int
    sold_out: tuple[int, ...]
    handoff: str | None
    booked: tuple[tuple[datetime, int], ...] = ()


async def load_state(connection: Connection, customer_id: int, slots_from: datetime | None = None) -> LoadedState:
    """`slots_from`: from when on orders in slots are counted (a slot may have begun a day before); None: the shop does
    not count them.
    """
    row = await connection.fetchrow(
        """SELECT k.version AS catalog_version, s.session_id, s.flow_version, s.state, s.previous_state, s.data,
                  ARRAY(SELECT id FROM products WHERE stock IS NOT NULL AND stock <= 0) AS sold_out,
                  (SELECT status FROM handoffs WHERE customer_id = $1 AND status <> 'closed') AS handoff,
                  ARRAY(SELECT ROW(o.requested_from, count(*))
                        FROM orders o JOIN order_statuses t ON t.id = o.status_id
                        WHERE o.requested_from >= $2::timestamptz - interval '1 day' AND t.code <> 'cancelled'
                        GROUP BY o.requested_from) AS booked
           FROM catalog_state k LEFT JOIN customer_sessions s ON s.customer_id = $1""",
        customer_id,
        slots_from,
    )
    assert row is not None
    session = None
    if row["session_id"] is not None:
        names = ("session_id", "flow_version", "state", "previous_state")
        session = row["data"] | {name: row[name] for name in names}
    booked = tuple((moment, int(count)) for moment, count in row["booked"])
    return LoadedState(session, row["catalog_version"], tuple(row["sold_out"]), row["handoff"], booked)


async def last_messages(connection: Connection, customer_id: int, limit: int) -> list[dict[str, str]]:
    """The newest messages of a chat, oldest first, as a person would read them."""
    rows = await connection.fetch(
        """SELECT author, text, happened_at FROM messages WHERE customer_id = $1 ORDER BY id DESC LIMIT $2""",
        customer_id,
        limit,
    )
    return [
        {"author": row["author"], "text": row["text"], "at": row["happened_at"].isoformat()} for row in reversed(rows)
    ]


async def last_heard_by(
    connection: Connection, customer_id: int, phone_number_id: str, since: datetime
) -> datetime | None:
    """When the customer last wrote to this number, if that was after `since`."""
    moment: datetime | None = await connection.fetchval(
        """SELECT max(happened_at) FROM messages WHERE customer_id = $1 AND author = 'customer'
             AND phone_number_id = $2 AND happened_at > $3""",
        customer_id,
        phone_number_id,
        since,
    )
    return moment


async def move_session(connection: Connection, customer_id: int, state: str) -> None:
    """Put a conversation in another state from outside a turn; the cart stays."""
    await connection.execute(
        "UPDATE customer_sessions SET previous_state = state, state = $2 WHERE customer_id = $1", customer_id, state
    )


async def move_resting(connection: Connection, customer_id: int, state: str, resting: Sequence[str]) -> None:
    """The same, of a conversation in which nothing else is being asked."""
    await connection.execute(
        """UPDATE customer_sessions SET previous_state = state, state = $2
           WHERE customer_id = $1 AND state = ANY($3::text[]) AND NOT data ? 'cart'""",
        customer_id,
        state,
        list(resting),
    )


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message of the shop, as the history shows it."""

    customer_id: int
    phone_number_id: str
    author: Literal["human", "system"]
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class ChatOfOrder:
    """The number an order came through, and when its customer last wrote to it."""

    phone_number_id: str
    last_heard_at: datetime | None


async def chat_of_order(connection: Connection, order_id: int) -> ChatOfOrder:
    row = await connection.fetchrow(
        """SELECT o.phone_number_id,
                  (SELECT max(m.happened_at) FROM messages m
                   WHERE m.customer_id = o.customer_id AND m.author = 'customer'
                     AND m.phone_number_id = o.phone_number_id) AS last_heard_at
           FROM orders o WHERE o.id = $1""",
        order_id,
    )
    assert row is not None
    return ChatOfOrder(row["phone_number_id"], row["last_heard_at"])


async def keep_message(connection: Connection, kept: KeptMessage, outbox_id: int, trace_id: str, now: datetime) -> None:
    await connection.execute(
        """INSERT INTO messages (customer_id, direction, author, type, text, outbox_id, phone_number_id, happened_at,
                                 trace_id)
           VALUES ($1, 'out', $2, $3, $4, $5, $6, $7, $8)""",
        kept.customer_id,
        kept.author,
        kept.type,
        kept.text,
        outbox_id,
        kept.phone_number_id,
        now,
        trace_id,
    )
