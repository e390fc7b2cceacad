"""Messages that will not be sent unless a person says so, and messages that may have been sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Conflict, NotFound

WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """`error_code` is Meta's, None when no answer came. No phones and no words: those are in the chat."""

    id: int
    company: str
    phone_number_id: str
    author: str
    type: str
    created_at: datetime
    failed_at: datetime | None
    attempts: int
    error_code: int | None
    error_detail: str | None
    possible_duplicate: bool
    trace_id: str


async def failed_letters(connection: Connection, company_id: int | None = None, limit: int = 200) -> list[FailedLetter]:
    """The oldest first; of one company, or of all for the operator."""
    rows = await connection.fetch(
        """SELECT o.id, c.slug AS company, o.phone_number_id, o.author, o.type, o.created_at, o.failed_at, o.attempts,
                  o.error_code, o.error_detail, o.possible_duplicate, o.trace_id
           FROM relay.outbox o JOIN relay.companies c USING (company_id)
           WHERE o.status = 'failed' AND ($1::bigint IS NULL OR o.company_id = $1) ORDER BY o.id LIMIT $2""",
        company_id,
        limit,
    )
    return [FailedLetter(**dict(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A message sent again because nothing was heard of the first attempt for a minute."""

    id: int
    company: str
    phone_number_id: str
    status: str
    in_doubt_at: datetime | None
    sending_at: datetime | None
    trace_id: str


async def possible_duplicates(
    connection: Connection, company_id: int | None = None, limit: int = 200
) -> Sequence[PossibleDuplicate]:
    """The newest first."""
    rows = await connection.fetch(
        """SELECT o.id, c.slug AS company, o.phone_number_id, o.status, o.in_doubt_at, o.sending_at, o.trace_id
           FROM relay.outbox o JOIN relay.companies c USING (company_id)
           WHERE o.possible_duplicate AND ($1::bigint IS NULL OR o.company_id = $1) ORDER BY o.id DESC LIMIT $2""",
        company_id,
        limit,
    )
    return [PossibleDuplicate(**dict(row)) for row in rows]


async def replay(connection: Connection, outbox_id: int, now: datetime) -> int:
    """Queue a copy of a failed message, last in its chat, and close the failed one; returns the id of the copy.

    Inside the caller's transaction; wake the sender after the commit.

    Raises:
        NotFound: `dead_letter_not_found`.
        Conflict: `window_closed`: the customer last wrote more than 24 hours ago, so Meta would refuse it.

    """
    found = await connection.fetchrow(
        """SELECT o.window_until, (SELECT max(m.sent_at) FROM relay.inbox_messages m
                                   WHERE m.company_id = o.company_id AND m.customer_key = o.customer_key
                                     AND m.phone_number_id = o.phone_number_id AND m.kind = 'message'
                                     AND m.received_at > $2::timestamptz - $3::interval) AS last_heard
           FROM relay.outbox o WHERE o.id = $1 AND o.status = 'failed' FOR NO KEY UPDATE""",
        outbox_id,
        now,
        WINDOW,
    )
    if found is None:
        raise NotFound(f"no failed message {outbox_id}", code="dead_letter_not_found")
    until: datetime | None = found["window_until"]
    if until is not None and found["last_heard"] is not None:
        until = max(until, found["last_heard"] + WINDOW)
    if until is not None and until <= now:
        raise Conflict("the customer last wrote more than 24 hours ago", code="window_closed")
    copy: int = await connection.fetchval(_COPY, outbox_id, now, until)
    return copy


# A new id, not the old one: a late status of the failed attempt must not settle the copy.
_COPY = """
    WITH closed AS (
        UPDATE relay.outbox SET status = 'cancelled', error_detail = concat_ws(': ', 'replayed', error_detail)
        WHERE id = $1
    )
    INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, recipient_phone, recipient_bsuid, author, type,
                              payload, reply_to, created_at, not_before, window_until, trace_id)
    SELECT company_id, customer_key, phone_number_id, recipient_phone, recipient_bsuid, author, type,
           payload, reply_to, $2, $2, $3, trace_id
    FROM relay.outbox WHERE id = $1
    RETURNING id
"""


async def discard(connection: Connection, outbox_id: int) -> None:
    """Let a failed message go; the row stays. Raises NotFound `dead_letter_not_found`."""
    tag = await connection.execute(
        """UPDATE relay.outbox SET status = 'cancelled', error_detail = concat_ws(': ', 'discarded', error_detail)
           WHERE id = $1 AND status = 'failed'""",
        outbox_id,
    )
    if tag == "UPDATE 0":
        raise NotFound(f"no failed message {outbox_id}", code="dead_letter_not_found")
