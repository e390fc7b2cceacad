"""SQL of the way to a turn: which conversation is ready, the attempt recorded, its lock, what is pending in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marchante.foundation.database.connection import Connection
from marchante.inbox.domain import BURST_LIMIT

# A conversation whose turn did not finish is tried again after this long, then after twice as long, and so on.
FIRST_RETRY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation with something to answer. `attempts` counts this one; `located`: a location is part of it."""

    company_id: int
    customer_key: str
    slug: str
    attempts: int
    located: bool = False

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
    active_campaign: str | None


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


async def begin_attempts(connection: Connection, now: datetime, limit: int) -> Sequence[Claim]:
    """Choose conversations that are ready and record the attempt, before anything of theirs is touched.

    A message that kills the process is counted all the same. The record itself may be lost with the database machine
    (`synchronous_commit` off: no flush for a counter), never with the process.
    """
    rows = await connection.fetch(_BEGIN_ATTEMPTS, now, limit, BURST_LIMIT, FIRST_RETRY)
    return [Claim(row["company_id"], row["customer_key"], row["slug"], row["attempts"], row["located"]) for row in rows]


# Conversations held back are left out before the limit: with the filter after it, one of them with many messages would
# hide everybody behind it. Of a backlog only the oldest messages are looked at, so that a long one costs no more.
_BEGIN_ATTEMPTS = """
    WITH quick AS MATERIALIZED (
        SELECT set_config('synchronous_commit', 'off', true)
    ), candidate AS (
        SELECT DISTINCT company_id, customer_key FROM (
            SELECT company_id, customer_key FROM (
                SELECT company_id, customer_key FROM relay.inbox_messages
                WHERE handled_at IS NULL AND ready_at <= $1 ORDER BY ready_at LIMIT 2000
            ) AS oldest JOIN relay.conversations c USING (company_id, customer_key)
            WHERE c.not_before IS NULL OR c.not_before <= $1
            LIMIT 32 + 4 * $2
        ) AS free
    ), chosen AS (
        SELECT c.company_id, c.customer_key, r.slug, p.located
        FROM candidate d
        JOIN relay.conversations c USING (company_id, customer_key)
        JOIN relay.companies r USING (company_id)
        CROSS JOIN LATERAL (
            SELECT bool_or(waits = 0) AS at_once, max(ready_at) AS last_ready, min(received_at) AS first,
                   bool_or(type = 'location') AS located
            FROM relay.inbox_messages m
            WHERE m.company_id = c.company_id AND m.customer_key = c.customer_key AND m.handled_at IS NULL
        ) AS p
        WHERE (c.not_before IS NULL OR c.not_before <= $1)
          AND (p.at_once OR p.last_ready <= $1 OR p.first + $3::interval <= $1)
        ORDER BY p.first
        LIMIT $2
        FOR NO KEY UPDATE OF c SKIP LOCKED
    )
    UPDATE relay.conversations c
    SET attempts = c.attempts + 1, not_before = $1 + $4::interval * power(2, least(c.attempts, 6))
    FROM chosen, quick
    WHERE c.company_id = chosen.company_id AND c.customer_key = chosen.customer_key
    RETURNING c.company_id, c.customer_key, chosen.slug, c.attempts, chosen.located
"""


async def next_ready(connection: Connection) -> datetime | None:
    """When the next pending message may be taken (it may be overdue)."""
    moment: datetime | None = await connection.fetchval(
        "SELECT min(ready_at) FROM relay.inbox_messages WHERE handled_at IS NULL"
    )
    return moment


async def lock_conversation(connection: Connection, claim: Claim) -> LockedConversation | None:
    """The lease: this row lock, held to the end of the turn. None: the conversation is gone.

    It waits: who holds the row is another worker at the end of its turn, or one that only looked at it and lets it go
    at once. Passing on would leave the message until the next attempt is due.
    """
    row = await connection.fetchrow(
        """SELECT r.name, r.business_type, r.status, r.timezone, r.owner_phone, r.settings, r.version, c.human_since,
                  r.active_campaign
           FROM relay.conversations c JOIN relay.companies r USING (company_id)
           WHERE c.company_id = $1 AND c.customer_key = $2
           FOR NO KEY UPDATE OF c""",
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


async def pending_locations(connection: Connection, claim: Claim) -> Sequence[bytes]:
    """The raw messages that bring a location and wait for the bot; none while a person answers or the company is
    suspended.
    """
    rows = await connection.fetch(
        """SELECT m.raw FROM relay.inbox_messages m JOIN relay.conversations c USING (company_id, customer_key)
           JOIN relay.companies r USING (company_id)
           WHERE m.company_id = $1 AND m.customer_key = $2 AND m.handled_at IS NULL AND m.kind = 'message'
             AND m.type = 'location' AND c.human_since IS NULL AND r.status = 'active' ORDER BY m.id LIMIT 3""",
        claim.company_id,
        claim.customer_key,
    )
    return [row["raw"] for row in rows]


async def postpone(connection: Connection, claim: Claim, until: datetime) -> None:
    """Give a conversation back without counting the attempt."""
    await connection.execute(
        """UPDATE relay.conversations SET attempts = greatest(attempts - 1, 0), not_before = $3
           WHERE company_id = $1 AND customer_key = $2""",
        claim.company_id,
        claim.customer_key,
        until,
    )


async def forgive(connection: Connection, blameless: Sequence[Claim]) -> None:
    """Take back attempts that failed through no fault of the messages. When they are tried again stays as it is."""
    await connection.execute(
        """UPDATE relay.conversations c SET attempts = greatest(c.attempts - 1, 0)
           FROM unnest($1::bigint[], $2::text[]) AS b (company_id, customer_key)
           WHERE c.company_id = b.company_id AND c.customer_key = b.customer_key""",
        [claim.company_id for claim in blameless],
        [claim.customer_key for claim in blameless],
    )


async def bury(connection: Connection, claim: Claim, inbox_id: int, now: datetime) -> None:
    """Dead-letter a row nobody can answer, with nothing but that; the conversation goes on with the next."""
    await connection.execute(
        """WITH dead AS (
               UPDATE relay.inbox_messages
               SET handled_at = $4, outcome = 'dead_letter', error = 'no turn survived it, not even the apology'
               WHERE id = $3
           )
           UPDATE relay.conversations SET attempts = 0, not_before = NULL
           WHERE company_id = $1 AND customer_key = $2""",
        claim.company_id,
        claim.customer_key,
        inbox_id,
        now,
    )
