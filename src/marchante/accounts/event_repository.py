"""SQL of the account events that wait, and of the numbers they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from marchante.accounts.domain import STOPPED_BY_NEWS
from marchante.foundation.database.connection import Connection

Outcome = Literal["acted", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class StoredEvent:
    id: int
    phone_number_id: str | None
    waba_id: str | None
    field: str
    raw: bytes
    attempts: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AffectedNumber:
    """A number an event is about, and whose it is."""

    phone_number_id: str
    company_id: int
    slug: str
    display_phone: str

    @property
    def schema(self) -> str:
        return f"company_{self.slug}"


async def pending(connection: Connection, now: datetime, limit: int) -> Sequence[StoredEvent]:
    """The oldest events nobody has handled; those that failed before come after the others, and only after a while that
    grows from 8 seconds to 9 minutes. Nothing is locked.
    """
    rows = await connection.fetch(
        """SELECT id, phone_number_id, waba_id, field, raw, attempts, received_at FROM relay.inbox_events
           WHERE handled_at IS NULL AND kind = 'account'
             AND (attempts = 0 OR received_at <= $1::timestamptz - interval '2 seconds' * power(4, attempts))
           ORDER BY attempts, id LIMIT $2""",
        now,
        limit,
    )
    return [StoredEvent(**dict(row)) for row in rows]


async def lock(connection: Connection, event_id: int) -> bool:
    """Hold an event to the end of the transaction; False when it is handled, or somebody handles it now."""
    return bool(
        await connection.fetchval(
            "SELECT true FROM relay.inbox_events WHERE id = $1 AND handled_at IS NULL FOR NO KEY UPDATE SKIP LOCKED",
            event_id,
        )
    )


async def affected(connection: Connection, event: StoredEvent) -> Sequence[AffectedNumber]:
    """The number an event names, else all numbers of the account it came from."""
    rows = await connection.fetch(
        """SELECT n.phone_number_id, n.company_id, c.slug, n.display_phone
           FROM relay.numbers n JOIN relay.companies c USING (company_id)
           WHERE CASE WHEN $1::text IS NOT NULL THEN n.phone_number_id = $1 ELSE n.waba_id = nullif($2, '') END
           ORDER BY n.phone_number_id""",
        event.phone_number_id,
        event.waba_id,
    )
    return [AffectedNumber(**dict(row)) for row in rows]


async def settle(connection: Connection, event_id: int, outcome: Outcome, now: datetime) -> None:
    await connection.execute(
        "UPDATE relay.inbox_events SET handled_at = $2, outcome = $3 WHERE id = $1", event_id, now, outcome
    )


async def note_failure(connection: Connection, event_id: int, error: str, most: int, now: datetime) -> bool:
    """Count a failed try; True when it was the last: the event is set aside."""
    return bool(
        await connection.fetchval(
            """UPDATE relay.inbox_events SET attempts = attempts + 1, error = $2,
                      handled_at = CASE WHEN attempts + 1 >= $3 THEN $4::timestamptz END,
                      outcome = CASE WHEN attempts + 1 >= $3 THEN 'failed' END
               WHERE id = $1 AND handled_at IS NULL RETURNING handled_at IS NOT NULL""",
            event_id,
            error,
            most,
            now,
        )
    )


async def ask_again(connection: Connection, numbers: Sequence[str], now: datetime) -> None:
    """Meta is asked about these numbers soon."""
    await connection.execute(
        "UPDATE relay.numbers SET ask_due_at = $2, ask_failures = 0 WHERE phone_number_id = ANY($1::text[])",
        list(numbers),
        now,
    )


async def stopped_by_news(connection: Connection, numbers: Sequence[str]) -> Sequence[str]:
    """Those of them that news of their account stopped."""
    rows = await connection.fetch(
        """SELECT phone_number_id FROM relay.numbers
           WHERE phone_number_id = ANY($1::text[]) AND stopped_at IS NOT NULL AND starts_with(stopped_reason, $2)""",
        list(numbers),
        STOPPED_BY_NEWS,
    )
    return [row["phone_number_id"] for row in rows]


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """`outcome` is None while it waits; `company` is whose it is, None for an account of nobody."""

    id: int
    received_at: datetime
    company: str | None
    field: str
    outcome: str | None
    error: str | None
    raw: str


async def newest(connection: Connection, outcome: str | None, limit: int) -> Sequence[ListedEvent]:
    """Of every kind: also what came for numbers we do not serve, to groups, and what could not be read."""
    rows = await connection.fetch(
        """SELECT e.id, e.received_at, e.kind, e.field, e.outcome, e.error, e.raw,
                  (SELECT c.slug FROM relay.numbers n JOIN relay.companies c USING (company_id)
                   WHERE n.phone_number_id = e.phone_number_id OR n.waba_id = nullif(e.waba_id, '')
                   ORDER BY n.phone_number_id = e.phone_number_id DESC LIMIT 1) AS company
           FROM relay.inbox_events e WHERE $1::text IS NULL OR e.outcome = $1 ORDER BY e.id DESC LIMIT $2""",
        outcome,
        limit,
    )
    return [
        ListedEvent(
            row["id"],
            row["received_at"],
            row["company"],
            row["field"] if row["kind"] == "account" else f"{row['kind']}: {row['field']}",
            row["outcome"],
            row["error"],
            bytes(row["raw"]).decode("ascii", "replace"),
        )
        for row in rows
    ]


async def replay(connection: Connection, event_id: int) -> bool:
    """Handle a set-aside event once more; False when there is none of this id."""
    tag = await connection.execute(
        """UPDATE relay.inbox_events SET handled_at = NULL, outcome = NULL, error = NULL, attempts = 0
           WHERE id = $1 AND outcome = 'failed'""",
        event_id,
    )
    return tag != "UPDATE 0"
