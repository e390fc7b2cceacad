"""SQL of a turn. Few statements, each counted by a test: a turn makes at most eight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marchante.foundation.database.connection import Connection
from marchante.handoff.domain import Handoff
from marchante.inbox.domain import BURST_LIMIT

# A conversation whose turn did not finish is tried again after this long, then after twice as long, and so on.
FIRST_RETRY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation with something to answer. `attempts` counts this one."""

    company_id: int
    customer_key: str
    slug: str
    attempts: int

    @property
    def schema(self) -> str:
        return f"company_{self.slug}"


@dataclass(frozen=True, slots=True)
class LockedConversation:
    """The company as it is inside this transaction, and since when a person answers here."""

    name: str
    business_type: str
    status: str
    timezone: str
    owner_phone: str | None
    settings: dict[str, Any]
    version: int
    human_since: datetime | None


@dataclass(frozen=True, slots=True)
class PendingRow:
    id: int
    phone_number_id: str
    kind: str
    type: str
    wamid: str
    sent_at: datetime
    received_at: datetime
    raw: bytes
    trace_id: str


@dataclass(frozen=True, slots=True)
class LoadedState:
    """`session` is None for somebody who never wrote; `handoff` is its status while one is open."""

    session: dict[str, Any] | None
    last_message_at: datetime | None
    catalog_version: int
    sold_out: tuple[int, ...]
    handoff: str | None


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    type: str
    payload: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class IncomingRow:
    inbox_id: int
    outcome: str
    author: str | None
    type: str
    text: str
    wamid: str
    happened_at: datetime
    trace_id: str


async def begin_attempts(connection: Connection, now: datetime, limit: int) -> Sequence[Claim]:
    """Choose conversations that are ready and record the attempt, before anything of theirs is touched.

    A message that kills the process is counted all the same. The record itself may be lost with the database machine
    (`synchronous_commit` off: no flush for a counter), never with the process.
    """
    rows = await connection.fetch(_BEGIN_ATTEMPTS, now, limit, BURST_LIMIT, FIRST_RETRY)
    return [Claim(row["company_id"], row["customer_key"], row["slug"], row["attempts"]) for row in rows]


_BEGIN_ATTEMPTS = """
    WITH quick AS MATERIALIZED (
        SELECT set_config('synchronous_commit', 'off', true)
    ), candidate AS (
        SELECT DISTINCT company_id, customer_key FROM (
            SELECT company_id, customer_key FROM relay.inbox_messages
            WHERE handled_at IS NULL AND ready_at <= $1 ORDER BY ready_at LIMIT 20 * $2
        ) AS ready
    ), chosen AS (
        SELECT c.company_id, c.customer_key, r.slug
        FROM candidate d
        JOIN relay.conversations c USING (company_id, customer_key)
        JOIN relay.companies r USING (company_id)
        CROSS JOIN LATERAL (
            SELECT bool_or(waits = 0) AS at_once, max(ready_at) AS last_ready, min(received_at) AS first
            FROM relay.inbox_messages m
            WHERE m.company_id = c.company_id AND m.customer_key = c.customer_key AND m.handled_at IS NULL
        ) AS p
        WHERE (c.not_before IS NULL OR c.not_before <= $1) AND (p.at_once OR p.last_ready <= $1 OR p.first + $3::interval <= $1)
        ORDER BY p.first
        LIMIT $2
        FOR NO KEY UPDATE OF c SKIP LOCKED
    )
    UPDATE relay.conversations c
    SET attempts = c.attempts + 1, not_before = $1 + $4::interval * power(2, least(c.attempts, 6))
    FROM chosen, quick
    WHERE c.company_id = chosen.company_id AND c.customer_key = chosen.customer_key
    RETURNING c.company_id, c.customer_key, chosen.slug, c.attempts
"""


async def next_ready(connection: Connection) -> datetime | None:
    """When the next pending message may be taken (it may be overdue)."""
    moment: datetime | None = await connection.fetchval(
        "SELECT min(ready_at) FROM relay.inbox_messages WHERE handled_at IS NULL"
    )
    return moment


async def lock_conversation(connection: Connection, claim: Claim) -> LockedConversation | None:
    """The lease: this row lock, held to the end of the turn. None: another worker has it."""
    row = await connection.fetchrow(
        """SELECT r.name, r.business_type, r.status, r.timezone, r.owner_phone, r.settings, r.version, c.human_since
           FROM relay.conversations c JOIN relay.companies r USING (company_id)
           WHERE c.company_id = $1 AND c.customer_key = $2
           FOR NO KEY UPDATE OF c SKIP LOCKED""",
        claim.company_id,
        claim.customer_key,
    )
    return None if row is None else LockedConversation(**dict(row))


async def pending(connection: Connection, claim: Claim) -> Sequence[PendingRow]:
    """Read after the lock: Meta's timestamp, then arrival, then the place in the body."""
    rows = await connection.fetch(
        """SELECT id, phone_number_id, kind, type, wamid, sent_at, received_at, raw, trace_id
           FROM relay.inbox_messages
           WHERE company_id = $1 AND customer_key = $2 AND handled_at IS NULL
           ORDER BY sent_at, received_at, position, id LIMIT 100""",
        claim.company_id,
        claim.customer_key,
    )
    return [PendingRow(**dict(row)) for row in rows]


async def load_state(connection: Connection, customer_id: int) -> LoadedState:
    row = await connection.fetchrow(
        """SELECT k.version AS catalog_version, s.session_id, s.flow_version, s.state, s.previous_state, s.data,
                  s.last_message_at,
                  ARRAY(SELECT id FROM products WHERE stock IS NOT NULL AND stock <= 0) AS sold_out,
                  (SELECT status FROM handoffs WHERE customer_id = $1 AND status <> 'closed') AS handoff
           FROM catalog_state k LEFT JOIN customer_sessions s ON s.customer_id = $1""",
        customer_id,
    )
    assert row is not None
    session = None
    if row["session_id"] is not None:
        names = ("session_id", "flow_version", "state", "previous_state")
        session = row["data"] | {name: row[name] for name in names}
    return LoadedState(session, row["last_message_at"], row["catalog_version"], tuple(row["sold_out"]), row["handoff"])


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """All a turn writes besides the effects' own rows."""

    company_id: int
    customer_key: str
    customer_id: int
    phone_number_id: str
    recipient_phone: str | None
    recipient_bsuid: str | None
    session: dict[str, Any]
    expires_at: datetime
    incoming: Sequence[IncomingRow]
    outgoing: Sequence[OutgoingRow]
    timers: Mapping[str, datetime | None]
    window_until: datetime
    human_since: datetime | None
    trace_id: str
    now: datetime


async def finish(connection: Connection, turn: FinishedTurn) -> int:
    """Session, history, outbox, inbox and conversation in one statement; returns how many messages were queued."""
    session = dict(turn.session)
    heard = [row for row in turn.incoming if row.author == "customer"]
    queued: int = await connection.fetchval(
        _FINISH,
        turn.company_id,
        turn.customer_key,
        turn.customer_id,
        turn.phone_number_id,
        turn.recipient_phone,
        turn.recipient_bsuid,
        session.pop("session_id"),
        session.pop("flow_version"),
        session.pop("state"),
        session.pop("previous_state"),
        session,
        turn.expires_at,
        turn.now,
        turn.window_until,
        turn.human_since,
        turn.trace_id,
        [row.type for row in turn.outgoing],
        [row.payload for row in turn.outgoing],
        [row.text for row in turn.outgoing],
        [row.inbox_id for row in turn.incoming],
        [row.outcome for row in turn.incoming],
        [row.author for row in turn.incoming],
        [row.type for row in turn.incoming],
        [row.text for row in turn.incoming],
        [row.wamid for row in turn.incoming],
        [row.happened_at for row in turn.incoming],
        [row.trace_id for row in turn.incoming],
        heard[-1].wamid if heard else None,
        heard[-1].text if heard else None,
        heard[-1].type if heard else None,
        heard[-1].happened_at if heard else None,
        list(turn.timers),
        list(turn.timers.values()),
    )
    return queued


_FINISH = """
    WITH said AS (
        SELECT * FROM unnest($17::text[], $18::jsonb[], $19::text[]) WITH ORDINALITY AS o (type, payload, text, place)
    ), queued AS (
        INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, recipient_phone, recipient_bsuid, author,
                                  type, payload, created_at, not_before, window_until, trace_id)
        SELECT $1::bigint, $2::text, $4::text, $5::text, $6::text, 'bot', type, payload, $13::timestamptz, $13::timestamptz, $14::timestamptz, $16::text FROM said ORDER BY place
        RETURNING id
    ), numbered AS (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM queued
    ), heard AS (
        SELECT * FROM unnest($20::bigint[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[],
                             $26::timestamptz[], $27::text[])
            AS h (inbox_id, outcome, author, type, text, wamid, happened_at, trace_id)
    ), history AS (
        INSERT INTO messages (customer_id, direction, author, type, text, wamid, outbox_id, phone_number_id,
                              happened_at, trace_id)
        SELECT $3::bigint, CASE author WHEN 'customer' THEN 'in' ELSE 'out' END, author, type, text, wamid, NULL, $4::text,
               happened_at, trace_id
        FROM heard WHERE author IS NOT NULL
        UNION ALL
        SELECT $3::bigint, 'out', 'bot', s.type, s.text, NULL, n.id, $4::text, $13::timestamptz, $16::text FROM said s JOIN numbered n USING (place)
    ), handled AS (
        UPDATE relay.inbox_messages m SET handled_at = $13::timestamptz, outcome = h.outcome FROM heard h WHERE m.id = h.inbox_id
    ), timer AS (
        SELECT * FROM unnest($32::text[], $33::timestamptz[]) AS t (kind, due_at)
    ), cancelled AS (
        DELETE FROM relay.timers t USING timer
        WHERE t.company_id = $1::bigint AND t.customer_key = $2::text AND t.kind = timer.kind AND timer.due_at IS NULL
    ), set_timers AS (
        INSERT INTO relay.timers (company_id, customer_key, phone_number_id, kind, due_at)
        SELECT $1::bigint, $2::text, $4::text, kind, due_at FROM timer WHERE due_at IS NOT NULL
        ON CONFLICT (company_id, customer_key, kind) DO UPDATE
            SET due_at = excluded.due_at, phone_number_id = excluded.phone_number_id
    ), conversation AS (
        UPDATE relay.conversations SET attempts = 0, not_before = NULL, human_since = $15::timestamptz
        WHERE company_id = $1::bigint AND customer_key = $2::text
    ), saved AS (
        INSERT INTO customer_sessions (customer_id, session_id, flow_version, state, previous_state, data, expires_at,
                                       last_access, wam_id, last_message, last_message_type, last_message_at)
        VALUES ($3::bigint, $7, $8, $9, $10, $11, $12, $13::timestamptz, $28, $29, $30, $31)
        ON CONFLICT (customer_id) DO UPDATE SET
            session_id = excluded.session_id, flow_version = excluded.flow_version, state = excluded.state,
            previous_state = excluded.previous_state, data = excluded.data, expires_at = excluded.expires_at,
            last_access = excluded.last_access,
            wam_id = coalesce(excluded.wam_id, customer_sessions.wam_id),
            last_message = coalesce(excluded.last_message, customer_sessions.last_message),
            last_message_type = coalesce(excluded.last_message_type, customer_sessions.last_message_type),
            last_message_at = coalesce(excluded.last_message_at, customer_sessions.last_message_at)
    )
    SELECT count(*) FROM queued
"""


async def set_aside(connection: Connection, claim: Claim, inbox_id: int, error: str, now: datetime) -> None:
    """Dead-letter one message that no attempt survived; the conversation goes on with the next."""
    await connection.execute(
        """WITH dead AS (
               UPDATE relay.inbox_messages SET handled_at = $4, outcome = 'dead_letter', error = $5 WHERE id = $3
           )
           UPDATE relay.conversations SET attempts = 0, not_before = NULL
           WHERE company_id = $1 AND customer_key = $2""",
        claim.company_id,
        claim.customer_key,
        inbox_id,
        now,
        error,
    )


async def postpone(connection: Connection, claim: Claim, until: datetime) -> None:
    """Give a conversation back without counting the attempt."""
    await connection.execute(
        """UPDATE relay.conversations SET attempts = greatest(attempts - 1, 0), not_before = $3
           WHERE company_id = $1 AND customer_key = $2""",
        claim.company_id,
        claim.customer_key,
        until,
    )


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


async def last_heard(connection: Connection, customer_id: int) -> datetime | None:
    """When the customer last wrote: the 24-hour window counts from there."""
    moment: datetime | None = await connection.fetchval(
        "SELECT last_message_at FROM customer_sessions WHERE customer_id = $1", customer_id
    )
    return moment


async def move_session(connection: Connection, customer_id: int, state: str) -> None:
    """Put a conversation in another state from outside a turn; the cart stays."""
    await connection.execute(
        "UPDATE customer_sessions SET previous_state = state, state = $2 WHERE customer_id = $1", customer_id, state
    )


async def keep_human_message(
    connection: Connection, whose: Handoff, text: str, outbox_id: int, trace_id: str, now: datetime
) -> None:
    await connection.execute(
        """INSERT INTO messages (customer_id, direction, author, type, text, outbox_id, phone_number_id, happened_at,
                                 trace_id)
           VALUES ($1, 'out', 'human', 'text', $2, $3, $4, $5, $6)""",
        whose.customer_id,
        text,
        outbox_id,
        whose.phone_number_id,
        now,
        trace_id,
    )
