"""SQL of what customers tell about themselves. Every function takes a connection inside one company's transaction."""

from datetime import datetime

from marchante.customers.domain import CustomerDetails
from marchante.foundation.database.connection import Connection


async def find(connection: Connection, customer_id: int) -> CustomerDetails | None:
    row = await connection.fetchrow(
        "SELECT name, paternal_surname, maternal_surname, email FROM customers WHERE id = $1", customer_id
    )
    return None if row is None else CustomerDetails(**dict(row))


async def write(
    connection: Connection, customer_id: int, details: CustomerDetails, *, name_told: bool, now: datetime
) -> None:
    """`name_told`: the name is theirs, not the profile's."""
    await connection.execute(
        """UPDATE customers SET name = $2, paternal_surname = $3, maternal_surname = $4, email = $5, updated_at = $6,
                                name_told = name_told OR $7
           WHERE id = $1""",
        customer_id,
        details.name,
        details.paternal_surname,
        details.maternal_surname,
        details.email,
        now,
        name_told,
    )
