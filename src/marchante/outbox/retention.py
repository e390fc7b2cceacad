"""Forget messages that reached their end long ago; what a person read of them stays in the chat."""

from datetime import datetime

from marchante.foundation.database.connection import Connection


async def forget_before(connection: Connection, moment: datetime, at_once: int = 5_000) -> int:
    """Delete up to `at_once` sent or cancelled rows made before `moment`; a failed one waits for a person."""
    tag = await connection.execute(
        """DELETE FROM relay.outbox WHERE id IN (
               SELECT id FROM relay.outbox
               WHERE created_at < $1 AND status IN ('sent', 'delivered', 'read', 'cancelled') ORDER BY id LIMIT $2)""",
        moment,
        at_once,
    )
    return int(tag.removeprefix("DELETE "))
