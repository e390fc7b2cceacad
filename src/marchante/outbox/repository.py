"""SQL of the outbox's messages: queue them, mark many before they are posted, record what became of many.

One statement each, whatever the number of messages. A chat is (phone_number_id, customer_key): only its oldest open
message may go. What a chat with another number of the same shop waits for does not hold it up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marchante.foundation.database.connection import Connection
from marchante.outbox.domain import WINDOW_CLOSED, Claimed, NewMessage, Status, Verdict

__all__ = ["Expired", "NewMessage", "Recorded", "Result", "Share", "claim", "enqueue", "record"]


async def enqueue(connection: Connection, messages: Sequence[NewMessage], now: datetime) -> list[int]:
    """Queue messages, in this order, inside the caller's transaction; returns their ids. Wake the sender after the
    commit.
    """
    rows = await connection.fetch(
        """INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, recipient_phone, recipient_bsuid,
                                     author, type, payload, reply_to, created_at, not_before, window_until, trace_id)
           SELECT a, b, c, d, e, f, g, h, i, $1, coalesce(j, $1), k, l
           FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                       $9::jsonb[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::text[])
               WITH ORDINALITY AS m (a, b, c, d, e, f, g, h, i, j, k, l, place)
           ORDER BY place
           RETURNING id""",
        now,
        [message.company_id for message in messages],
        [message.customer_key for message in messages],
        [message.phone_number_id for message in messages],
        [message.recipient_phone for message in messages],
        [message.recipient_bsuid for message in messages],
        [message.author for message in messages],
        [message.type for message in messages],
        [dict(message.payload) for message in messages],
        [message.reply_to for message in messages],
        [message.not_before for message in messages],
        [message.window_until for message in messages],
        [message.trace_id for message in messages],
    )
    return sorted(row["id"] for row in rows)


@dataclass(frozen=True, slots=True)
class Share:
    """How many messages a number may send in this round, under which fence, and to whom none (pair limit)."""

    phone_number_id: str
    fence: int
    room: int
    held: Sequence[str]


@dataclass(frozen=True, slots=True)
class Expired:
    """A message that was failed instead of sent: its window had closed."""

    id: int
    company_id: int
    phone_number_id: str
    trace_id: str


@dataclass(frozen=True, slots=True)
class Claims:
    """`more`: something was taken out of the way, so that the next of its chat can go at once."""

    ready: Sequence[Claimed]
    expired: Sequence[Expired]
    cancelled: int


async def claim(connection: Connection, owner: UUID, shares: Sequence[Share], total: int, now: datetime) -> Claims:
    """Mark up to `total` messages `sending`, committed before any of them is posted.

    In the same statement bot replies queued before a person took over are cancelled, and promotions to who wants none;
    what its window does not allow any more is failed. Nothing is taken for a number this owner has lost or that is
    stopped.
    """
    held = [(share.phone_number_id, key) for share in shares for key in share.held]
    rows = await connection.fetch(
        _CLAIM,
        now,
        owner,
        [share.phone_number_id for share in shares],
        [share.fence for share in shares],
        [share.room for share in shares],
        [number for number, _ in held],
        [key for _, key in held],
        total,
        WINDOW_CLOSED,
    )
    ready: list[Claimed] = []
    expired: list[Expired] = []
    for row in rows:
        values = dict(row)
        status = values.pop("status")
        if status == Status.SENDING:
            ready.append(Claimed(**values))
        elif status == Status.FAILED:
            expired.append(Expired(row["id"], row["company_id"], row["phone_number_id"], row["trace_id"]))
    ready.sort(key=lambda claimed: claimed.id)
    return Claims(ready, expired, len(rows) - len(ready) - len(expired))


# The oldest open message of a chat is looked up row by row on purpose: with LIMIT above it, that is a handful of index
# probes, where an anti-join would read the whole queue.
_CLAIM = """
    WITH share AS (
        SELECT s.phone_number_id, s.fence, s.room
        FROM unnest($3::text[], $4::bigint[], $5::int[]) AS s (phone_number_id, fence, room)
        JOIN relay.numbers n ON n.phone_number_id = s.phone_number_id AND n.lease_owner = $2 AND n.fence = s.fence
        WHERE n.stopped_at IS NULL
    ), held AS MATERIALIZED (
        SELECT phone_number_id, customer_key FROM unnest($6::text[], $7::text[]) AS h (phone_number_id, customer_key)
    ), head AS (
        SELECT q.id, q.company_id, q.customer_key, q.author, q.created_at, q.window_until, q.status, q.type, q.attempts,
               q.recipient_phone, s.fence,
               row_number() OVER (PARTITION BY s.phone_number_id ORDER BY q.id) AS place
        FROM share s CROSS JOIN LATERAL (
            SELECT o.id, o.company_id, o.customer_key, o.author, o.created_at, o.window_until, o.status, o.type,
                   o.attempts, o.recipient_phone
            FROM relay.outbox o
            WHERE o.phone_number_id = s.phone_number_id AND o.status IN ('queued', 'in_doubt') AND o.not_before <= $1
              AND (s.phone_number_id, o.customer_key) NOT IN (SELECT phone_number_id, customer_key FROM held)
              AND o.id = (SELECT p.id FROM relay.outbox p
                          WHERE p.company_id = o.company_id AND p.customer_key = o.customer_key
                            AND p.phone_number_id = o.phone_number_id
                            AND p.status IN ('queued', 'sending', 'in_doubt')
                          ORDER BY p.id LIMIT 1)
              AND NOT (o.status = 'in_doubt' AND EXISTS (
                  SELECT FROM relay.inbox_statuses i WHERE i.handled_at IS NULL AND i.callback_data = 'o:' || o.id))
            ORDER BY o.id LIMIT s.room
        ) AS q
    ), fate AS (
        SELECT h.id, h.fence, h.status AS was,
               CASE WHEN h.author = 'bot' AND c.human_since > h.created_at THEN 'cancelled'
                    WHEN u.unwanted THEN 'cancelled'
                    WHEN h.window_until <= $1 AND h.type <> 'template' THEN 'failed'
                    ELSE 'sending' END AS next,
               CASE WHEN u.unwanted THEN 'the customer wants no promotions' ELSE 'a person had taken over' END AS why,
               CASE WHEN h.attempts = 0 AND right(c.working_phone, 10) = right(h.recipient_phone, 10)
                    THEN c.working_phone ELSE h.recipient_phone END AS phone
        FROM (SELECT id, company_id, customer_key, author, created_at, window_until, status, type, attempts,
                     recipient_phone, fence
              FROM head ORDER BY place, id LIMIT $8) AS h
        LEFT JOIN relay.conversations c ON c.company_id = h.company_id AND c.customer_key = h.customer_key
        CROSS JOIN LATERAL (SELECT h.type = 'template' AND EXISTS (
            SELECT FROM relay.outbox p
            JOIN relay.templates t ON t.company_id = p.company_id AND t.category = 'MARKETING'
                                  AND t.name = p.payload #>> '{template,name}'
            JOIN relay.conversations k ON k.company_id = p.company_id AND k.marketing_stopped AND k.customer_key IN (
                p.customer_key, 'b:' || p.recipient_bsuid,
                'p:+' || CASE WHEN p.recipient_phone ~ '^521?[0-9]{10}$' THEN '52' || right(p.recipient_phone, 10)
                              ELSE p.recipient_phone END)
            WHERE p.id = h.id) AS unwanted) AS u
    )
    UPDATE relay.outbox o SET
        status = f.next,
        fence = f.fence,
        recipient_phone = f.phone,
        attempts = o.attempts + (f.next = 'sending')::int,
        sending_at = CASE WHEN f.next = 'sending' THEN $1 ELSE o.sending_at END,
        possible_duplicate = o.possible_duplicate OR (f.next = 'sending' AND f.was = 'in_doubt'),
        failed_at = CASE WHEN f.next = 'failed' THEN $1 ELSE o.failed_at END,
        error_code = CASE WHEN f.next = 'failed' THEN $9 ELSE o.error_code END,
        error_detail = CASE f.next WHEN 'failed' THEN 'the 24-hour window had closed before it could be sent'
                                   WHEN 'cancelled' THEN f.why ELSE o.error_detail END
    FROM fate f
    WHERE o.id = f.id AND o.status = f.was
    RETURNING o.id, o.company_id, o.customer_key, o.phone_number_id, o.recipient_phone, o.recipient_bsuid, o.type,
              o.payload, o.reply_to, o.attempts, o.fence, o.sending_at, o.possible_duplicate, o.error_code, o.trace_id,
              o.status
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one attempt."""

    row: Claimed
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Recorded:
    id: int
    status: Status


async def record(connection: Connection, results: Sequence[Result]) -> list[Recorded]:
    """Write what became of many attempts; returns those that changed something.

    Only the attempt that was marked can be recorded: what a sender that lost its number writes late changes nothing.
    An acceptance that comes after the first status still adds its wamid and never moves the message back.
    """
    rows = await connection.fetch(_RECORD, *_columns(results))
    return [Recorded(row["id"], Status(row["status"])) for row in rows]


def _columns(results: Iterable[Result]) -> list[list[object]]:
    ordered = sorted(results, key=lambda result: result.row.id)
    verdicts = [result.verdict for result in ordered]
    return [
        [result.row.id for result in ordered],
        [result.row.fence for result in ordered],
        [result.row.attempts for result in ordered],
        [verdict.status.value for verdict in verdicts],
        [verdict.at for verdict in verdicts],
        [verdict.not_before for verdict in verdicts],
        [verdict.wamid for verdict in verdicts],
        [verdict.wa_id for verdict in verdicts],
        [verdict.recipient_phone for verdict in verdicts],
        [verdict.error_code for verdict in verdicts],
        [verdict.error_detail for verdict in verdicts],
    ]


_RECORD = """
    UPDATE relay.outbox o SET
        status = CASE WHEN o.status = 'sending' THEN r.status ELSE o.status END,
        not_before = coalesce(r.not_before, o.not_before),
        recipient_phone = coalesce(r.recipient_phone, o.recipient_phone),
        in_doubt_at = CASE WHEN r.status = 'in_doubt' THEN r.at ELSE o.in_doubt_at END,
        sent_at = CASE WHEN r.status = 'sent' THEN coalesce(o.sent_at, r.at) ELSE o.sent_at END,
        failed_at = CASE WHEN r.status = 'failed' THEN r.at ELSE o.failed_at END,
        wamid = coalesce(o.wamid, r.wamid),
        wa_id = coalesce(r.wa_id, o.wa_id),
        error_code = CASE WHEN r.status = 'failed' THEN r.error_code ELSE coalesce(r.error_code, o.error_code) END,
        error_detail = coalesce(r.error_detail, o.error_detail)
    FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[],
                $8::text[], $9::text[], $10::int[], $11::text[])
        AS r (id, fence, attempts, status, at, not_before, wamid, wa_id, recipient_phone, error_code, error_detail)
    WHERE o.id = r.id AND o.fence = r.fence AND o.attempts = r.attempts
      AND (o.status = 'sending' OR r.status = 'sent')
    RETURNING o.id, o.status
"""
