"""SQL of the statuses that wait to be applied. A batch is three statements, whatever its size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime

from marchante.foundation.database.connection import Connection
from marchante.outbox.domain import Status
from marchante.outbox.reports import Again, Billed, Tracked


@dataclass(frozen=True, slots=True)
class PendingStatus:
    id: int
    phone_number_id: str
    wamid: str
    status: str
    sent_at: datetime
    callback_data: str | None
    raw: bytes


async def pending(connection: Connection, limit: int) -> list[PendingStatus]:
    """The oldest statuses nobody has applied and nobody is applying, locked to the end of the transaction."""
    rows = await connection.fetch(
        """SELECT id, phone_number_id, wamid, status, sent_at, callback_data, raw FROM relay.inbox_statuses
           WHERE handled_at IS NULL ORDER BY id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED""",
        limit,
    )
    return [PendingStatus(**dict(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class Matches:
    """Messages the statuses may be about. `busy` ones are being written by a sender right now: their statuses wait for
    the next batch, so that nobody waits for a lock while holding others.
    """

    tracked: Sequence[Tracked]
    busy_ids: frozenset[int]
    busy_wamids: frozenset[str]


async def match(connection: Connection, wamids: Iterable[str], ids: Iterable[int]) -> Matches:
    """Find and lock messages by wamid or by id."""
    rows = await connection.fetch(
        """WITH wanted AS (
               SELECT id, wamid FROM relay.outbox WHERE wamid = ANY ($1::text[])
               UNION
               SELECT id, wamid FROM relay.outbox WHERE id = ANY ($2::bigint[])
           ), locked AS (
               SELECT o.id, o.company_id, o.phone_number_id, o.recipient_phone, o.status, o.attempts,
                      o.possible_duplicate, o.wamid, o.sent_at, o.delivered_at, o.read_at, o.failed_at, o.error_code,
                      o.error_detail,
                      coalesce(o.payload #>> '{interactive,header,type}' IN ('image', 'video', 'document')
                               OR o.type IN ('image', 'video', 'document')
                                  AND o.payload -> o.type ->> 'caption' <> '', false) AS says_without_file
               FROM relay.outbox o JOIN wanted w ON w.id = o.id
               ORDER BY o.id FOR NO KEY UPDATE OF o SKIP LOCKED
           )
           SELECT w.id AS wanted_id, w.wamid AS wanted_wamid, l.id, l.company_id, l.phone_number_id, l.recipient_phone,
                  l.status, l.attempts, l.possible_duplicate, l.wamid, l.sent_at, l.delivered_at, l.read_at,
                  l.failed_at, l.error_code, l.error_detail, l.says_without_file
           FROM wanted w LEFT JOIN locked l ON l.id = w.id""",
        list(wamids),
        list(ids),
    )
    tracked: list[Tracked] = []
    busy = [row for row in rows if row["id"] is None]
    for row in rows:
        if row["id"] is not None:
            values = {field.name: row[field.name] for field in fields(Tracked)}
            tracked.append(Tracked(**(values | {"status": Status(row["status"])})))
    return Matches(
        tracked,
        frozenset(row["wanted_id"] for row in busy),
        frozenset(row["wanted_wamid"] for row in busy if row["wanted_wamid"] is not None),
    )


@dataclass(frozen=True, slots=True)
class BilledMessage:
    phone_number_id: str
    wamid: str
    billed: Billed
    at: datetime


@dataclass(frozen=True, slots=True)
class Applied:
    """What one batch writes."""

    handled: Sequence[int]
    moved: Sequence[Tracked]
    billed: Mapping[str, BilledMessage]
    again: Sequence[Again]


async def write(connection: Connection, applied: Applied, now: datetime) -> None:
    """Messages, usage and handled statuses in one statement; the copies, when there are any, in another."""
    billed = [applied.billed[wamid] for wamid in sorted(applied.billed)]
    await connection.execute(_WRITE, now, list(applied.handled), *_moved(applied.moved), *_billed(billed))
    if applied.again:
        await connection.execute(
            _AGAIN,
            [again.id for again in applied.again],
            [again.recipient_phone for again in applied.again],
            [again.not_before for again in applied.again],
            [again.without_file for again in applied.again],
        )


def _moved(moved: Sequence[Tracked]) -> list[list[object]]:
    return [
        [row.id for row in moved],
        [row.status.value for row in moved],
        [row.wamid for row in moved],
        [row.sent_at for row in moved],
        [row.delivered_at for row in moved],
        [row.read_at for row in moved],
        [row.failed_at for row in moved],
        [row.error_code for row in moved],
        [row.error_detail for row in moved],
    ]


def _billed(billed: Sequence[BilledMessage]) -> list[list[object]]:
    counted = [astuple(row.billed) for row in billed]
    return [
        [row.phone_number_id for row in billed],
        [row.wamid for row in billed],
        *([values[column] for values in counted] for column in range(len(fields(Billed)))),
        [row.at for row in billed],
    ]


_WRITE = """
    WITH moved AS (
        UPDATE relay.outbox o SET
            status = m.status, wamid = m.wamid, sent_at = m.sent_at, delivered_at = m.delivered_at,
            read_at = m.read_at, failed_at = m.failed_at, error_code = m.error_code, error_detail = m.error_detail
        FROM unnest($3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
                    $9::timestamptz[], $10::int[], $11::text[])
            AS m (id, status, wamid, sent_at, delivered_at, read_at, failed_at, error_code, error_detail)
        WHERE o.id = m.id
    ), billed AS (
        INSERT INTO relay.usage_events (company_id, phone_number_id, wamid, category, pricing_type, billable,
                                        happened_at, created_at)
        SELECT n.company_id, b.phone_number_id, b.wamid, b.category, b.pricing_type, b.billable, b.happened_at, $1
        FROM unnest($12::text[], $13::text[], $14::text[], $15::text[], $16::bool[], $17::timestamptz[])
            AS b (phone_number_id, wamid, category, pricing_type, billable, happened_at)
        JOIN relay.numbers n USING (phone_number_id)
        ORDER BY b.wamid
        ON CONFLICT (wamid) DO NOTHING
    )
    UPDATE relay.inbox_statuses SET handled_at = $1 WHERE id = ANY ($2::bigint[])
"""

# Without its file an interactive message keeps all but its header, any other becomes its caption.
_AGAIN = """
    INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, recipient_phone, recipient_bsuid, author, type,
                              payload, reply_to, created_at, not_before, window_until, attempts, error_code,
                              error_detail, trace_id)
    SELECT o.company_id, o.customer_key, o.phone_number_id, a.recipient_phone, o.recipient_bsuid, o.author,
           m.payload ->> 'type', m.payload, o.reply_to, o.created_at, a.not_before, o.window_until, o.attempts,
           o.error_code, 'again after ' || o.id, o.trace_id
    FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::bool[])
        AS a (id, recipient_phone, not_before, without_file)
    JOIN relay.outbox o ON o.id = a.id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN NOT a.without_file THEN o.payload
        WHEN o.type = 'interactive' THEN o.payload #- '{interactive,header}'
        ELSE jsonb_build_object('type', 'text', 'text',
                                jsonb_build_object('body', o.payload -> o.type ->> 'caption')) END AS payload) AS m
    ORDER BY o.id
"""


async def set_aside(connection: Connection, status_id: int, now: datetime) -> None:
    """Leave a status that cannot be applied; its row keeps what Meta said."""
    await connection.execute("UPDATE relay.inbox_statuses SET handled_at = $2 WHERE id = $1", status_id, now)
