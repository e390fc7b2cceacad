"""The end of a turn: session, history, outbox, timers, inbox, conversation and words asked for, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marchante.catalog.asked.domain import AskedPhrase
from marchante.foundation.database.connection import Connection

# More in one turn is a flood, not a shopping list.
_MOST_PHRASES = 20


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


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """All a turn writes besides the effects' own rows. A timer of None is cancelled."""

    company_id: int
    customer_key: str
    customer_id: int
    phone_number_id: str
    recipient_phone: str | None
    recipient_bsuid: str | None
    session: Mapping[str, Any]
    expires_at: datetime
    incoming: Sequence[IncomingRow]
    outgoing: Sequence[OutgoingRow]
    timers: Mapping[str, datetime | None]
    window_until: datetime
    human_since: datetime | None
    trace_id: str
    now: datetime
    # What was asked for in the customer's own words; a day of theirs is one of the shop's time zone.
    phrases: Sequence[AskedPhrase]
    timezone: str


async def finish(connection: Connection, turn: FinishedTurn) -> int:
    """Write it all down; returns how many messages were queued."""
    queued: int = await connection.fetchval(_FINISH, *_turn(turn), *_session(turn), *_lists(turn))
    return queued


def _turn(turn: FinishedTurn) -> tuple[object, ...]:
    return (
        turn.company_id,
        turn.customer_key,
        turn.customer_id,
        turn.phone_number_id,
        turn.recipient_phone,
        turn.recipient_bsuid,
        turn.human_since,
        turn.window_until,
        turn.trace_id,
        turn.now,
    )


def _session(turn: FinishedTurn) -> tuple[object, ...]:
    """The session's columns; the rest of it is `data`."""
    data = dict(turn.session)
    columns = [data.pop(name) for name in ("session_id", "flow_version", "state", "previous_state")]
    said = [row for row in turn.incoming if row.author == "customer"]
    last = said[-1] if said else None
    heard = (last.wamid, last.text, last.type, last.happened_at) if last else (None, None, None, None)
    return (*columns, data, turn.expires_at, *heard)


def _lists(turn: FinishedTurn) -> tuple[object, ...]:
    return (
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
        list(turn.timers),
        list(turn.timers.values()),
        *_phrases(turn.phrases[:_MOST_PHRASES]),
        turn.timezone,
    )


def _phrases(phrases: Sequence[AskedPhrase]) -> tuple[list[object], ...]:
    return (
        [each.kind for each in phrases],
        [each.phrase for each in phrases],
        [each.product_id for each in phrases],
        [each.example for each in phrases],
    )


_FINISH = """
    WITH turn AS (
        SELECT $1::bigint AS company_id, $2::text AS customer_key, $3::bigint AS customer_id,
               $4::text AS phone_number_id, $5::text AS recipient_phone, $6::text AS recipient_bsuid,
               $7::timestamptz AS human_since, $8::timestamptz AS window_until, $9::text AS trace_id,
               $10::timestamptz AS now
    ), said AS (
        SELECT * FROM unnest($21::text[], $22::jsonb[], $23::text[]) WITH ORDINALITY AS s (type, payload, text, place)
    ), heard AS (
        SELECT * FROM unnest($24::bigint[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[],
                             $30::timestamptz[], $31::text[])
            AS h (inbox_id, outcome, author, type, text, wamid, happened_at, trace_id)
    ), timer AS (
        SELECT * FROM unnest($32::text[], $33::timestamptz[]) AS t (kind, due_at)
    ), queued AS (
        INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, recipient_phone, recipient_bsuid, author,
                                  type, payload, created_at, not_before, window_until, trace_id)
        SELECT t.company_id, t.customer_key, t.phone_number_id, t.recipient_phone, t.recipient_bsuid, 'bot',
               s.type, s.payload, t.now, t.now, CASE WHEN s.type <> 'template' THEN t.window_until END, t.trace_id
        FROM turn t, said s ORDER BY s.place
        RETURNING id
    ), numbered AS (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM queued
    ), history AS (
        INSERT INTO messages (customer_id, direction, author, type, text, wamid, outbox_id, phone_number_id,
                              happened_at, trace_id)
        SELECT t.customer_id, CASE h.author WHEN 'human' THEN 'out' ELSE 'in' END, h.author, h.type, h.text, h.wamid,
               NULL::bigint, t.phone_number_id, h.happened_at, h.trace_id
        FROM turn t, heard h WHERE h.author IS NOT NULL
        UNION ALL
        SELECT t.customer_id, 'out', 'bot', s.type, s.text, NULL, n.id, t.phone_number_id, t.now, t.trace_id
        FROM turn t, said s JOIN numbered n USING (place)
    ), handled AS (
        UPDATE relay.inbox_messages m SET handled_at = turn.now, outcome = h.outcome
        FROM heard h, turn WHERE m.id = h.inbox_id
    ), cancelled AS (
        DELETE FROM relay.timers o USING timer, turn
        WHERE o.company_id = turn.company_id AND o.customer_key = turn.customer_key
          AND o.kind = timer.kind AND timer.due_at IS NULL
    ), set_timers AS (
        INSERT INTO relay.timers (company_id, customer_key, phone_number_id, kind, due_at)
        SELECT t.company_id, t.customer_key, t.phone_number_id, timer.kind, timer.due_at
        FROM turn t, timer WHERE timer.due_at IS NOT NULL
        ON CONFLICT (company_id, customer_key, kind) DO UPDATE
            SET due_at = excluded.due_at, phone_number_id = excluded.phone_number_id
    ), asked AS (
        -- Demand counts once a day and customer; a choice counts each time.
        INSERT INTO asked_phrases AS known (kind, phrase, product_id, customer_id, example, first_at, last_at)
        SELECT DISTINCT ON (a.kind, a.phrase, a.product_id)
               a.kind, a.phrase, a.product_id, turn.customer_id, a.example, turn.now, turn.now
        FROM unnest($34::text[], $35::text[], $36::bigint[], $37::text[]) AS a (kind, phrase, product_id, example), turn
        ON CONFLICT (customer_id, kind, phrase, product_id) DO UPDATE SET
            times = known.times + (known.kind = 'alias' OR (known.last_at AT TIME ZONE $38)::date
                                                        < (excluded.last_at AT TIME ZONE $38)::date)::integer,
            example = excluded.example, last_at = excluded.last_at
    ), conversation AS (
        UPDATE relay.conversations c SET attempts = 0, not_before = NULL, human_since = turn.human_since
        FROM turn WHERE c.company_id = turn.company_id AND c.customer_key = turn.customer_key
    ), session AS (
        INSERT INTO customer_sessions (customer_id, session_id, flow_version, state, previous_state, data, expires_at,
                                       last_access, wam_id, last_message, last_message_type, last_message_at,
                                       last_message_status)
        SELECT customer_id, $11::uuid, $12::int, $13::text, $14::text, $15::jsonb, $16::timestamptz, now,
               $17::text, $18::text, $19::text, $20::timestamptz, CASE WHEN $17 IS NOT NULL THEN 'received' END
        FROM turn
        ON CONFLICT (customer_id) DO UPDATE SET
            session_id = excluded.session_id, flow_version = excluded.flow_version, state = excluded.state,
            previous_state = excluded.previous_state, data = excluded.data, expires_at = excluded.expires_at,
            last_access = excluded.last_access,
            wam_id = coalesce(excluded.wam_id, customer_sessions.wam_id),
            last_message = coalesce(excluded.last_message, customer_sessions.last_message),
            last_message_type = coalesce(excluded.last_message_type, customer_sessions.last_message_type),
            last_message_at = coalesce(excluded.last_message_at, customer_sessions.last_message_at),
            last_message_status = coalesce(excluded.last_message_status, customer_sessions.last_message_status)
    )
    SELECT count(*) FROM queued
"""
