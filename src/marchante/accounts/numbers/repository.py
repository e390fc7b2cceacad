"""SQL of what is known of a number, and of when to ask again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marchante.accounts.numbers.domain import NumberFacts
from marchante.foundation.database.connection import Connection


@dataclass(frozen=True, slots=True)
class AskedNumber:
    phone_number_id: str
    company_id: int
    waba_id: str | None
    token_ciphertext: bytes | None
    quality: str | None


async def take_due(connection: Connection, now: datetime, busy: timedelta, limit: int) -> Sequence[AskedNumber]:
    """Numbers to ask about, each given to one caller: nobody else takes them for a while."""
    rows = await connection.fetch(
        """WITH due AS (
               SELECT phone_number_id FROM relay.numbers WHERE ask_due_at <= $1
               ORDER BY ask_due_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
           )
           UPDATE relay.numbers n SET ask_due_at = $1::timestamptz + $2::interval
           FROM due WHERE n.phone_number_id = due.phone_number_id
           RETURNING n.phone_number_id, n.company_id, n.waba_id, n.token_ciphertext, n.quality""",
        now,
        busy,
        limit,
    )
    return [AskedNumber(**dict(row)) for row in rows]


async def keep(
    connection: Connection, phone_number_id: str, facts: NumberFacts, now: datetime, next_at: datetime
) -> None:
    """What Meta said, in the master and in its projection. What it did not say stays as it was."""
    await connection.execute(
        """UPDATE platform.whatsapp_numbers SET
                  throughput = CASE $2 WHEN 'UNKNOWN' THEN throughput ELSE $2 END,
                  platform_type = coalesce($3, platform_type)
           WHERE phone_number_id = $1""",
        phone_number_id,
        facts.throughput,
        facts.platform_type,
    )
    await connection.execute(
        """UPDATE relay.numbers SET
                  throughput = CASE $2 WHEN 'UNKNOWN' THEN throughput ELSE $2 END,
                  platform_type = coalesce($3, platform_type), quality = coalesce($4, quality),
                  messaging_limit = coalesce($5, messaging_limit), asked_at = $6, ask_due_at = $7, ask_failures = 0
           WHERE phone_number_id = $1""",
        phone_number_id,
        facts.throughput,
        facts.platform_type,
        facts.quality,
        facts.messaging_limit,
        now,
        next_at,
    )


async def not_answered(
    connection: Connection, phone_number_id: str, now: datetime, first: timedelta, longest: timedelta
) -> None:
    """Ask again after a while that doubles."""
    await connection.execute(
        """UPDATE relay.numbers SET ask_failures = ask_failures + 1,
                  ask_due_at = $2::timestamptz + least($3::interval * power(2, least(ask_failures, 10)), $4)
           WHERE phone_number_id = $1""",
        phone_number_id,
        now,
        first,
        longest,
    )


@dataclass(frozen=True, slots=True)
class MeteredNumber:
    """How much a number has delivered of what is free in a month; at most `most` are counted."""

    phone_number_id: str
    company_id: int
    month: str
    delivered: int
    told: str | None


async def free_messages(connection: Connection, now: datetime, most: int) -> Sequence[MeteredNumber]:
    """Service messages delivered this month, by the calendar of each company's zone. Numbers already told of the end
    are left out, so that counting costs no more the more is sent.
    """
    rows = await connection.fetch(
        """SELECT n.phone_number_id, n.company_id, m.month, n.free_told AS told,
                  (SELECT count(*) FROM (
                       SELECT FROM relay.usage_events u
                       WHERE u.phone_number_id = n.phone_number_id AND u.company_id = n.company_id
                         AND u.category = 'service' AND u.pricing_type <> 'free_entry_point'
                         AND u.happened_at >= m.began LIMIT $2::bigint) AS counted) AS delivered
           FROM relay.numbers n JOIN relay.companies c USING (company_id)
           CROSS JOIN LATERAL (
               SELECT to_char($1::timestamptz AT TIME ZONE c.timezone, 'YYYY-MM') AS month,
                      date_trunc('month', $1::timestamptz AT TIME ZONE c.timezone) AT TIME ZONE c.timezone AS began
           ) AS m
           WHERE n.free_told IS DISTINCT FROM m.month || '/' || $2::bigint""",
        now,
        most,
    )
    return [MeteredNumber(**dict(row)) for row in rows]


async def note_told(connection: Connection, phone_number_id: str, told: str) -> bool:
    """False when another process told the same in the meantime."""
    tag = await connection.execute(
        "UPDATE relay.numbers SET free_told = $2 WHERE phone_number_id = $1 AND free_told IS DISTINCT FROM $2",
        phone_number_id,
        told,
    )
    return tag != "UPDATE 0"
