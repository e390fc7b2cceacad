"""Messages no turn survived: a person looks at them, replays them once the fault is mended, or lets them go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marchante.foundation.database.connection import Connection


@dataclass(frozen=True, slots=True)
class DeadMessage:
    id: int
    company: str
    type: str
    sent_at: datetime
    error: str | None
    trace_id: str


async def dead_messages(connection: Connection, limit: int = 200) -> Sequence[DeadMessage]:
    rows = await connection.fetch(
        """SELECT m.id, c.slug AS company, m.type, m.sent_at, m.error, m.trace_id
           FROM relay.inbox_messages m JOIN relay.companies c USING (company_id)
           WHERE m.outcome = 'dead_letter' ORDER BY m.id LIMIT $1""",
        limit,
    )
    return [DeadMessage(**dict(row)) for row in rows]


async def replay(connection: Connection, inbox_id: int, now: datetime) -> bool:
    """Make it pending again; False when it is no dead letter."""
    tag = await connection.execute(
        """UPDATE relay.inbox_messages SET handled_at = NULL, outcome = NULL, error = NULL, ready_at = $2
           WHERE id = $1 AND outcome = 'dead_letter'""",
        inbox_id,
        now,
    )
    return bool(tag != "UPDATE 0")


async def discard(connection: Connection, inbox_id: int) -> bool:
    """Let it go; the row stays until the inbox forgets it."""
    tag = await connection.execute(
        "UPDATE relay.inbox_messages SET outcome = 'discarded' WHERE id = $1 AND outcome = 'dead_letter'", inbox_id
    )
    return bool(tag != "UPDATE 0")
