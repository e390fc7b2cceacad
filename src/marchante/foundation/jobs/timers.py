"""Timers: rows written in a turn; when due they become something to handle in the same conversation, in its order.

Nothing sweeps company schemas: what is due is found in one table, whatever the number of companies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from marchante.foundation.database.connection import Connection


@dataclass(frozen=True, slots=True)
class Timer:
    """One per conversation and kind. `payload` is handed back, as JSON, when it fires."""

    company_id: int
    customer_key: str
    phone_number_id: str
    kind: str
    due_at: datetime
    payload: Mapping[str, object] = field(default_factory=dict)


async def set_timer(connection: Connection, timer: Timer) -> None:
    """Set it, or move the one of this kind that the conversation already has."""
    await connection.execute(
        """INSERT INTO relay.timers (company_id, customer_key, phone_number_id, kind, due_at, payload)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (company_id, customer_key, kind) DO UPDATE SET
               due_at = excluded.due_at, payload = excluded.payload, phone_number_id = excluded.phone_number_id""",
        timer.company_id,
        timer.customer_key,
        timer.phone_number_id,
        timer.kind,
        timer.due_at,
        dict(timer.payload),
    )


async def cancel_timer(connection: Connection, company_id: int, customer_key: str, kind: str) -> bool:
    """Whether there was one. One that fired a moment ago is in the inbox already: whoever handles it must look."""
    tag = await connection.execute(
        "DELETE FROM relay.timers WHERE company_id = $1 AND customer_key = $2 AND kind = $3",
        company_id,
        customer_key,
        kind,
    )
    return tag != "DELETE 0"


async def next_due(connection: Connection) -> datetime | None:
    """When the earliest timer is due (it may be overdue)."""
    due: datetime | None = await connection.fetchval("SELECT min(due_at) FROM relay.timers")
    return due


async def fire_due(connection: Connection, now: datetime, limit: int) -> int:
    """Turn up to `limit` due timers into inbox rows, in one statement; how many were taken.

    Several processes may do this at once: each takes others. A timer of a company that no longer exists goes away.
    """
    taken: int = await connection.fetchval(_FIRE_DUE, now, limit)
    return taken


_FIRE_DUE = """
    WITH due AS MATERIALIZED (
        SELECT id FROM relay.timers WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
    ), fired AS (
        DELETE FROM relay.timers t USING due WHERE t.id = due.id
        RETURNING t.id, t.company_id, t.customer_key, t.phone_number_id, t.kind, t.due_at, t.payload
    ), served AS (
        SELECT f.id, f.company_id, f.customer_key, f.phone_number_id, f.kind, f.due_at, f.payload
        FROM fired f JOIN relay.companies c ON c.company_id = f.company_id
    ), known AS (
        INSERT INTO relay.conversations (company_id, customer_key)
        SELECT DISTINCT company_id, customer_key FROM served ORDER BY company_id, customer_key
        ON CONFLICT (company_id, customer_key) DO NOTHING
    ), stored AS (
        INSERT INTO relay.inbox_messages (dedupe_key, company_id, customer_key, phone_number_id, kind, type, wamid,
                                          sent_at, position, received_at, ready_at, raw, trace_id)
        SELECT substring(sha256(convert_to('timer:' || id, 'UTF8')) FROM 1 FOR 16), company_id, customer_key,
               phone_number_id, 'timer', kind, '', due_at, 0, $1, $1, convert_to(payload::text, 'UTF8'),
               replace(gen_random_uuid()::text, '-', '')
        FROM served ORDER BY due_at, id
        ON CONFLICT (dedupe_key) DO NOTHING
    )
    SELECT count(*) FROM fired
"""
