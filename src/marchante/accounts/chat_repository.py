"""SQL of what `relay` keeps by the key of a conversation, when the person behind it gets another key."""

from collections.abc import Sequence

from marchante.foundation.database.connection import Connection


async def move_chat(
    connection: Connection, company_id: int, key: str, new_key: str, phone: str | None, bsuid: str | None
) -> None:
    """What waits in a conversation goes on under the person's new key, and is sent to where they are now."""
    await connection.execute(
        """INSERT INTO relay.conversations (company_id, customer_key, human_since, marketing_stopped)
           SELECT company_id, $3, human_since, marketing_stopped FROM relay.conversations
           WHERE company_id = $1 AND customer_key = $2
           ON CONFLICT (company_id, customer_key) DO UPDATE SET
               human_since = greatest(conversations.human_since, excluded.human_since),
               marketing_stopped = conversations.marketing_stopped OR excluded.marketing_stopped""",
        company_id,
        key,
        new_key,
    )
    await connection.execute(
        """UPDATE relay.timers t SET customer_key = $3
           WHERE t.company_id = $1 AND t.customer_key = $2
             AND NOT EXISTS (SELECT FROM relay.timers o
                             WHERE o.company_id = $1 AND o.customer_key = $3 AND o.kind = t.kind)""",
        company_id,
        key,
        new_key,
    )
    await connection.execute(
        """UPDATE relay.outbox SET customer_key = $3, recipient_phone = $4, recipient_bsuid = $5
           WHERE company_id = $1 AND customer_key = $2 AND status = 'queued'""",
        company_id,
        key,
        new_key,
        phone,
        bsuid,
    )


async def move_handoff(connection: Connection, customer_id: int, new_key: str) -> None:
    """A person who is asked for, or answers, goes on under the new key. In the company's schema."""
    await connection.execute(
        "UPDATE handoffs SET customer_key = $2 WHERE customer_id = $1 AND status <> 'closed'", customer_id, new_key
    )


async def stop_marketing(connection: Connection, company_id: int, keys: Sequence[str], *, stopped: bool) -> None:
    """What the sender must know of a customer's wish, under every key their conversation may have."""
    await connection.execute(
        """INSERT INTO relay.conversations (company_id, customer_key, marketing_stopped)
           SELECT $1, key, $3 FROM unnest($2::text[]) AS k (key) ORDER BY key
           ON CONFLICT (company_id, customer_key) DO UPDATE SET marketing_stopped = excluded.marketing_stopped""",
        company_id,
        list(keys),
        stopped,
    )
