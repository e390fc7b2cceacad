"""SQL of the names customers give their addresses. Inside one company's transaction."""

from datetime import datetime

from marchante.foundation.database.connection import Connection

MAX_NAME = 30


async def name_address(connection: Connection, customer_id: int, address_id: int, name: str, now: datetime) -> None:
    """From now on this is the customer's "Casa"; another one called so loses the name. Only theirs are touched."""
    await connection.execute(
        """UPDATE customer_addresses SET address_name = CASE WHEN id = $2 THEN $3 END, updated_at = $4
           WHERE customer_id = $1 AND deleted_at IS NULL AND (id = $2 OR lower(address_name) = lower($3))""",
        customer_id,
        address_id,
        name[:MAX_NAME],
        now,
    )
