"""Who wants promotions: a stop is honoured for good, until the same person takes it back."""

from collections.abc import Sequence
from datetime import datetime

from marchante.foundation.database.connection import Connection


async def decide(connection: Connection, customer_id: int, *, wanted: bool, at: datetime) -> Sequence[str] | None:
    """Keep what was decided at that moment; None when they decided later already.

    Returns the keys of the conversations this person may have, one for each phone and BSUID.
    """
    decided = await connection.fetchval(
        """UPDATE customers SET marketing_stopped = NOT $2::boolean, marketing_decided_at = $3,
                                updated_at = greatest(updated_at, $3)
           WHERE id = $1 AND (marketing_decided_at IS NULL OR marketing_decided_at <= $3) RETURNING id""",
        customer_id,
        wanted,
        at,
    )
    if decided is None:
        return None
    rows = await connection.fetch(
        """SELECT left(kind, 1) || ':' || value AS key FROM customer_identities
           WHERE customer_id = $1 AND kind IN ('phone', 'bsuid') AND retired_at IS NULL ORDER BY key""",
        customer_id,
    )
    return [row["key"] for row in rows]
