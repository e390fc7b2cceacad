"""SQL of the phones, BSUIDs and usernames of customers. Inside one company's transaction."""

from collections.abc import Sequence
from datetime import datetime

from marchante.foundation.database.connection import Connection


async def attach(
    connection: Connection, customer_id: int, kind: str, value: str, raw: str | None, now: datetime
) -> None:
    """Give a customer an identity of a kind they have none of; does nothing when either was taken meanwhile."""
    await connection.execute(
        """INSERT INTO customer_identities (customer_id, kind, value, raw, created_at)
           SELECT $1, $2, $3, $4, $5
           WHERE NOT EXISTS (SELECT FROM customer_identities
                             WHERE customer_id = $1 AND kind = $2 AND retired_at IS NULL)
           ON CONFLICT (kind, value) WHERE retired_at IS NULL DO NOTHING""",
        customer_id,
        kind,
        value,
        raw,
        now,
    )


async def retire(connection: Connection, kind: str, customer_ids: Sequence[int], now: datetime) -> None:
    """These customers hold no identity of this kind any more; a retired phone is no longer shown as theirs."""
    await connection.execute(
        """UPDATE customer_identities SET retired_at = $3
           WHERE customer_id = ANY($1::bigint[]) AND kind = $2 AND retired_at IS NULL""",
        customer_ids,
        kind,
        now,
    )
    if kind == "phone":
        await connection.execute(
            "UPDATE customers SET phone = NULL, updated_at = $2 WHERE id = ANY($1::bigint[])", customer_ids, now
        )


async def retire_before(connection: Connection, kind: str, customer_id: int, moment: datetime, now: datetime) -> None:
    """As `retire`, of one customer, and only what they got before `moment`."""
    await connection.execute(
        """UPDATE customer_identities SET retired_at = $4
           WHERE customer_id = $1 AND kind = $2 AND retired_at IS NULL AND created_at < $3""",
        customer_id,
        kind,
        moment,
        now,
    )


async def take_username(connection: Connection, customer_id: int, username: str, now: datetime) -> None:
    """Usernames move from person to person: the last who wrote with it has it, and has no other."""
    await connection.execute(
        """UPDATE customer_identities SET retired_at = $3
           WHERE kind = 'username' AND (value = $2 OR customer_id = $1) AND retired_at IS NULL""",
        customer_id,
        username,
        now,
    )
    await attach(connection, customer_id, "username", username, None, now)


async def respell_phone(connection: Connection, customer_id: int, wa_id: str) -> None:
    """The same number in Meta's other spelling (521…/52…): the one last received is the one to answer to."""
    await connection.execute(
        "UPDATE customer_identities SET raw = $2 WHERE customer_id = $1 AND kind = 'phone' AND retired_at IS NULL",
        customer_id,
        wa_id,
    )
