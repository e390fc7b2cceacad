"""SQL of the inbox. Only INSERTs: nothing here waits for a conversation that is being answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from marchante.foundation.database.connection import Connection
from marchante.inbox.domain import Batch, EventRow, MessageRow, StatusRow, Stored

# A number we do not serve has no conversation: its messages are kept among the events, whole.
_MESSAGES = """
    WITH item AS (
        SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
            $8::int[], $9::timestamptz[], $10::timestamptz[], $11::int[], $12::bytea[], $13::text[]) AS i (dedupe_key,
            phone_number_id, customer_key, kind, type, wamid, sent_at, position, received_at, ready_at, waits, raw,
            trace_id)
    ), known AS (
        SELECT i.*, n.company_id FROM item i JOIN relay.numbers n USING (phone_number_id)
    ), opened AS (
        INSERT INTO relay.conversations (company_id, customer_key)
        SELECT DISTINCT company_id, customer_key FROM known ORDER BY company_id, customer_key
        ON CONFLICT DO NOTHING
    ), stored AS (
        INSERT INTO relay.inbox_messages (dedupe_key, company_id, customer_key, phone_number_id, kind, type, wamid,
                                          sent_at, position, received_at, ready_at, waits, raw, trace_id)
        SELECT dedupe_key, company_id, customer_key, phone_number_id, kind, type, wamid,
               sent_at, position, received_at, ready_at, waits, raw, trace_id
        FROM known ORDER BY dedupe_key
        ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1
    ), strange AS (
        INSERT INTO relay.inbox_events (dedupe_key, kind, phone_number_id, field, raw, received_at)
        SELECT i.dedupe_key, 'unknown_number', i.phone_number_id, i.type, i.raw, i.received_at
        FROM item i WHERE NOT EXISTS (SELECT FROM relay.numbers n WHERE n.phone_number_id = i.phone_number_id)
        ORDER BY i.dedupe_key
        ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1
    )
    SELECT (SELECT count(*) FROM stored) AS stored, (SELECT count(*) FROM strange) AS strange
"""

_STATUSES = """
    WITH stored AS (
        INSERT INTO relay.inbox_statuses (dedupe_key, phone_number_id, wamid, status, recipient, sent_at, callback_data,
                                          raw, received_at)
        SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[],
                             $8::bytea[], $9::timestamptz[]) AS i (dedupe_key, a, b, c, d, e, f, g, h)
        ORDER BY dedupe_key
        ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1
    )
    SELECT count(*) FROM stored
"""

_EVENTS = """
    WITH stored AS (
        INSERT INTO relay.inbox_events (dedupe_key, kind, phone_number_id, waba_id, field, raw, received_at)
        SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[],
                             $7::timestamptz[]) AS i (dedupe_key, a, b, c, d, e, f)
        ORDER BY dedupe_key
        ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1
    )
    SELECT count(*) FROM stored
"""


async def store(connection: Connection, batch: Batch) -> Stored:
    """Insert what is new. Several kinds of row in one batch need the caller's transaction."""
    messages = strange = statuses = events = 0
    if batch.messages:
        row = await connection.fetchrow(_MESSAGES, *_columns(MessageRow, batch.messages))
        assert row is not None
        messages, strange = row["stored"], row["strange"]
    if batch.statuses:
        statuses = await connection.fetchval(_STATUSES, *_columns(StatusRow, batch.statuses))
    if batch.events:
        events = await connection.fetchval(_EVENTS, *_columns(EventRow, batch.events))
    return Stored(messages, statuses, events, strange)


@dataclass(frozen=True, slots=True)
class Signer:
    """A number whose company signs its webhooks with an app of its own."""

    phone_number_id: str
    waba_id: str | None
    app_secret_ciphertext: bytes


async def signers(connection: Connection, phone_number_ids: Iterable[str], waba_ids: Iterable[str]) -> Sequence[Signer]:
    """Those of these numbers, and of the numbers of these accounts."""
    rows = await connection.fetch(
        """SELECT phone_number_id, waba_id, app_secret_ciphertext FROM relay.numbers
           WHERE app_secret_ciphertext IS NOT NULL AND (phone_number_id = ANY($1) OR waba_id = ANY($2))""",
        list(phone_number_ids),
        list(waba_ids),
    )
    return [Signer(**dict(row)) for row in rows]


async def forget_before(connection: Connection, moment: datetime, at_once: int = 5_000) -> int:
    """Delete up to `at_once` rows of each kind received before `moment`; nothing that is still pending."""
    deleted = 0
    for table, condition in (
        ("inbox_messages", "handled_at IS NOT NULL AND outcome <> 'dead_letter'"),
        ("inbox_statuses", "handled_at IS NOT NULL"),
        ("inbox_events", "true"),
    ):
        tag = await connection.execute(
            f"""DELETE FROM relay.{table} WHERE id IN (
                    SELECT id FROM relay.{table} WHERE received_at < $1 AND {condition} LIMIT $2)""",
            moment,
            at_once,
        )
        deleted += int(tag.removeprefix("DELETE "))
    return deleted


def _columns(kind: type, rows: Sequence[MessageRow | StatusRow | EventRow]) -> list[list[object]]:
    return [[getattr(row, field.name) for row in rows] for field in fields(kind)]
