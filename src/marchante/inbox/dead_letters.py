"""Messages no turn survived: a person looks at them, replays them once the fault is mended, or lets them go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import NotFound


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


async def replay(connection: Connection, inbox_id: int, now: datetime) -> None:
    """Make it pending again. Raises NotFound `dead_letter_not_found`."""
    tag = await connection.execute(
        """UPDATE relay.inbox_messages SET handled_at = NULL, outcome = NULL, error = NULL, ready_at = $2
           WHERE id = $1 AND outcome = 'dead_letter'""",
        inbox_id,
        now,
    )
    _require(tag, inbox_id)


async def discard(connection: Connection, inbox_id: int) -> None:
    """Let it go; the row stays until the inbox forgets it. Raises NotFound `dead_letter_not_found`."""
    tag = await connection.execute(
        "UPDATE relay.inbox_messages SET outcome = 'discarded' WHERE id = $1 AND outcome = 'dead_letter'", inbox_id
    )
    _require(tag, inbox_id)


def _require(tag: str, inbox_id: int) -> None:
    if tag == "UPDATE 0":
        raise NotFound(f"no message {inbox_id} was set aside", code="dead_letter_not_found")
