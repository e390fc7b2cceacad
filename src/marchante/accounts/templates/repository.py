"""SQL of what is known of the companies' templates, and of the accounts that are to be asked about them."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from marchante.accounts.templates.domain import UNUSABLE, KnownTemplate
from marchante.foundation.database.connection import Connection

_COLUMNS = "company_id, waba_id, name, language, status, category, meta_id, reason, told_at"


async def find(
    connection: Connection, company_id: int, waba_id: str, name: str, language: str | None
) -> KnownTemplate | None:
    """Locked. News without a language are taken for the language we have."""
    row = await connection.fetchrow(
        f"""SELECT {_COLUMNS} FROM relay.templates
            WHERE company_id = $1 AND waba_id = $2 AND name = $3 AND ($4::text IS NULL OR language = $4)
            ORDER BY language LIMIT 1 FOR NO KEY UPDATE""",
        company_id,
        waba_id,
        name,
        language,
    )
    return None if row is None else KnownTemplate(**dict(row))


async def of_company(connection: Connection, company_id: int) -> Sequence[KnownTemplate]:
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM relay.templates WHERE company_id = $1 ORDER BY name, language, waba_id", company_id
    )
    return [KnownTemplate(**dict(row)) for row in rows]


async def keep(connection: Connection, template: KnownTemplate) -> None:
    await connection.execute(
        f"""INSERT INTO relay.templates ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (company_id, waba_id, name, language) DO UPDATE SET
                status = excluded.status, category = excluded.category, reason = excluded.reason,
                meta_id = coalesce(excluded.meta_id, templates.meta_id),
                told_at = coalesce(excluded.told_at, templates.told_at)""",
        *astuple(template),
    )


async def is_unusable(connection: Connection, phone_number_id: str, name: str) -> bool:
    """Whether Meta said that this number cannot send this template now."""
    return bool(
        await connection.fetchval(
            """SELECT EXISTS (SELECT FROM relay.templates t JOIN relay.numbers n USING (company_id)
                              WHERE n.phone_number_id = $1 AND t.name = $2 AND t.waba_id = coalesce(n.waba_id, '')
                                AND t.status = ANY ($3::text[]))""",
            phone_number_id,
            name,
            list(UNUSABLE),
        )
    )


@dataclass(frozen=True, slots=True)
class Account:
    """The account behind some numbers of a company; `waba_id` is "" while nobody told it."""

    company_id: int
    slug: str
    waba_id: str
    token_ciphertext: bytes | None


async def make_due(connection: Connection, version: str, now: datetime) -> None:
    """Accounts that were compared with other definitions are to be compared now."""
    await connection.execute(
        "UPDATE relay.numbers SET templates_due_at = $2 WHERE templates_version <> $1 AND templates_due_at > $2",
        version,
        now,
    )


async def take_due(connection: Connection, now: datetime, busy: timedelta, limit: int) -> Sequence[Account]:
    """Accounts that are due, each given to one caller: nobody else takes them for a while."""
    rows = await connection.fetch(
        """WITH due AS (
               SELECT phone_number_id FROM relay.numbers WHERE templates_due_at <= $1
               ORDER BY templates_due_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
           ), taken AS (
               UPDATE relay.numbers n SET templates_due_at = $1::timestamptz + $2::interval
               FROM due WHERE n.phone_number_id = due.phone_number_id
               RETURNING n.company_id, n.waba_id, n.token_ciphertext
           )
           SELECT DISTINCT ON (t.company_id, t.waba_id) t.company_id, c.slug, coalesce(t.waba_id, '') AS waba_id,
                  t.token_ciphertext
           FROM taken t JOIN relay.companies c USING (company_id) ORDER BY t.company_id, t.waba_id""",
        now,
        busy,
        limit,
    )
    return [Account(**dict(row)) for row in rows]


async def accounts_of(connection: Connection, company_id: int) -> Sequence[Account]:
    rows = await connection.fetch(
        """SELECT DISTINCT ON (n.waba_id) n.company_id, c.slug, coalesce(n.waba_id, '') AS waba_id, n.token_ciphertext
           FROM relay.numbers n JOIN relay.companies c USING (company_id)
           WHERE n.company_id = $1 ORDER BY n.waba_id""",
        company_id,
    )
    return [Account(**dict(row)) for row in rows]


async def compared(connection: Connection, account: Account, version: str, next_at: datetime) -> None:
    """The templates of this account are as the definitions of `version`; they are looked at again later."""
    await connection.execute(
        """UPDATE relay.numbers SET templates_version = $3, templates_due_at = $4, templates_failures = 0
           WHERE company_id = $1 AND coalesce(waba_id, '') = $2""",
        account.company_id,
        account.waba_id,
        version,
        next_at,
    )


async def not_compared(
    connection: Connection, account: Account, now: datetime, first: timedelta, longest: timedelta
) -> None:
    """Meta could not be asked: again after a while that doubles."""
    await connection.execute(
        """UPDATE relay.numbers SET templates_failures = templates_failures + 1,
                  templates_due_at = $3::timestamptz + least($4::interval * power(2, least(templates_failures, 10)), $5)
           WHERE company_id = $1 AND coalesce(waba_id, '') = $2""",
        account.company_id,
        account.waba_id,
        now,
        first,
        longest,
    )


async def compare_again(connection: Connection, company_id: int, now: datetime) -> None:
    """Somebody edited a template: what it says now is asked soon."""
    await connection.execute("UPDATE relay.numbers SET templates_due_at = $2 WHERE company_id = $1", company_id, now)
