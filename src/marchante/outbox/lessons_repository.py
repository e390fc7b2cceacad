"""SQL of what refusals teach: who wants no promotions, which spelling of a number works, whose templates are others."""

from collections.abc import Collection
from datetime import datetime

from marchante.foundation.database.connection import Connection


async def remember_opt_outs(connection: Connection, outbox_ids: Collection[int], now: datetime) -> None:
    """Meta refused these because the person stopped promotions: as if it had told so by webhook, which it may not."""
    if not outbox_ids:
        return
    await connection.execute(
        """INSERT INTO relay.inbox_events (dedupe_key, kind, phone_number_id, field, raw, received_at)
           SELECT substring(sha256(convert_to('opted_out:' || o.id, 'UTF8')) FROM 1 FOR 16), 'account',
                  o.phone_number_id, 'user_preferences',
                  convert_to(jsonb_build_object(
                      'field', 'user_preferences', 'time', floor(extract(epoch FROM $2::timestamptz))::bigint,
                      'value', jsonb_build_object('user_preferences', jsonb_build_array(jsonb_build_object(
                          'wa_id', o.recipient_phone, 'user_id', o.recipient_bsuid, 'value', 'stop')))
                  )::text, 'UTF8'), $2
           FROM relay.outbox o WHERE o.id = ANY ($1::bigint[]) ORDER BY o.id
           ON CONFLICT (dedupe_key) DO NOTHING""",
        list(outbox_ids),
        now,
    )


async def compare_templates_again(connection: Connection, numbers: Collection[str], now: datetime) -> None:
    if numbers:
        await connection.execute(
            "UPDATE relay.numbers SET templates_due_at = $2 WHERE phone_number_id = ANY ($1::text[])",
            list(numbers),
            now,
        )


async def remember_phones(connection: Connection, outbox_ids: Collection[int]) -> None:
    """These got through in the other spelling of their number: the next ones begin with it."""
    await connection.execute(
        """INSERT INTO relay.conversations (company_id, customer_key, working_phone)
           SELECT DISTINCT ON (company_id, customer_key) company_id, customer_key, recipient_phone
           FROM relay.outbox WHERE id = ANY ($1::bigint[]) ORDER BY company_id, customer_key, id DESC
           ON CONFLICT (company_id, customer_key) DO UPDATE SET working_phone = excluded.working_phone""",
        list(outbox_ids),
    )
