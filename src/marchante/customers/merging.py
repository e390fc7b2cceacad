"""Two rows turn out to be one person: everything of one moves to the other, and the empty row goes.

Whatever refers to a customer is asked of the database itself, so that a table added later (a feature's, a business
type's) is moved too. Only what a customer may have one of needs a rule of its own.
"""

from datetime import datetime

from marchante.foundation.database.connection import Connection

_REFERRING = """
    SELECT format('UPDATE %I SET %I = $1 WHERE %I = $2', t.relname, a.attname, a.attname)
    FROM pg_constraint k
    JOIN pg_class t ON t.oid = k.conrelid
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND k.confrelid = to_regclass('customers') ORDER BY t.relname"""

# One open request for a person, one session, one default address, one live identity of a kind, and the newest wins.
_ONE_OF_EACH = (
    """UPDATE handoffs SET status = 'closed', closed_at = $3, closed_by = 'merged'
       WHERE id IN (SELECT id FROM handoffs WHERE customer_id IN ($1, $2) AND status <> 'closed'
                    ORDER BY last_human_at DESC NULLS LAST, requested_at DESC, id DESC OFFSET 1)""",
    """DELETE FROM customer_sessions
       WHERE customer_id IN (SELECT customer_id FROM customer_sessions WHERE customer_id IN ($1, $2)
                             ORDER BY last_access DESC, customer_id OFFSET 1) AND $3::timestamptz IS NOT NULL""",
    """UPDATE customer_addresses SET is_default = false, updated_at = $3
       WHERE id IN (SELECT id FROM customer_addresses WHERE customer_id IN ($1, $2) AND is_default
                    AND deleted_at IS NULL ORDER BY updated_at DESC, id DESC OFFSET 1)""",
    """UPDATE customer_identities SET retired_at = $3
       WHERE id IN (SELECT id FROM (
           SELECT id, row_number() OVER (PARTITION BY kind ORDER BY id DESC) AS newest
           FROM customer_identities WHERE customer_id IN ($1, $2) AND retired_at IS NULL) live WHERE newest > 1)""",
    """UPDATE customers k SET
              name = CASE WHEN l.name_told AND NOT k.name_told THEN l.name ELSE coalesce(k.name, l.name) END,
              phone = coalesce(k.phone, l.phone),
              paternal_surname = coalesce(k.paternal_surname, l.paternal_surname),
              maternal_surname = coalesce(k.maternal_surname, l.maternal_surname),
              email = coalesce(k.email, l.email), updated_at = $3, name_told = k.name_told OR l.name_told,
              invoice_data = coalesce(k.invoice_data, l.invoice_data),
              privacy_notice_at = least(k.privacy_notice_at, l.privacy_notice_at),
              marketing_stopped = k.marketing_stopped OR l.marketing_stopped,
              marketing_decided_at = greatest(k.marketing_decided_at, l.marketing_decided_at),
              last_seen_at = greatest(k.last_seen_at, l.last_seen_at)
       FROM customers l WHERE k.id = $1 AND l.id = $2""",
)


async def absorb(connection: Connection, *, keep: int, lose: int, now: datetime) -> None:
    """Move orders, addresses, messages and the rest from `lose` to `keep`; both rows are locked by the caller."""
    for statement in _ONE_OF_EACH:
        await connection.execute(statement, keep, lose, now)
    for (statement,) in await connection.fetch(_REFERRING):
        await connection.execute(statement, keep, lose)
    await connection.execute("DELETE FROM customers WHERE id = $1", lose)
