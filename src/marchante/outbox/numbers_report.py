"""The state of every number, for the operator."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from marchante.foundation.database.connection import Connection


@dataclass(frozen=True, slots=True)
class NumberState:
    """`stopped_code` is Meta's; `waiting` counts messages not yet sent."""

    phone_number_id: str
    company: str
    waba_id: str | None
    throughput: str
    platform_type: str
    quality: str | None
    messaging_limit: str | None
    stopped_at: datetime | None
    stopped_code: int | None
    stopped_reason: str | None
    blocked_until: datetime | None
    waiting: int

    def for_json(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(self).items()
        }


async def number_states(connection: Connection) -> Sequence[NumberState]:
    rows = await connection.fetch(
        """SELECT n.phone_number_id, c.slug AS company, n.waba_id, n.throughput, n.platform_type, n.quality,
                  n.messaging_limit, n.stopped_at, n.stopped_code, n.stopped_reason, n.blocked_until,
                  (SELECT count(*) FROM relay.outbox o WHERE o.phone_number_id = n.phone_number_id
                   AND o.status IN ('queued', 'sending', 'in_doubt')) AS waiting
           FROM relay.numbers n JOIN relay.companies c USING (company_id) ORDER BY c.slug, n.phone_number_id"""
    )
    return [NumberState(**dict(row)) for row in rows]
