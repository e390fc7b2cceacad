"""SQL of companies: the master in `platform`, its projection in `relay`."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from marchante.companies.domain import BusinessType, Company, CompanySettings, NewCompany, Number, Plan
from marchante.foundation.database.connection import Connection

Changeable = Literal["status", "plan", "owner_phone", "prompt_info", "active_campaign", "settings"]

_COMPANY = """
    SELECT c.id, c.slug, c.name, c.business_type, c.plan, c.status, c.timezone, c.owner_phone, c.settings, c.version,
           c.prompt_info, c.active_campaign,
           coalesce(jsonb_agg(jsonb_build_object(
               'phone_number_id', n.phone_number_id, 'display_phone', n.display_phone, 'waba_id', n.waba_id,
               'throughput', n.throughput, 'platform_type', n.platform_type,
               'has_own_token', n.token_ciphertext IS NOT NULL) ORDER BY n.created_at)
               FILTER (WHERE n.phone_number_id IS NOT NULL), '[]') AS numbers
    FROM platform.companies c LEFT JOIN platform.whatsapp_numbers n ON n.company_id = c.id
    WHERE c.deleted_at IS NULL
"""


async def insert(connection: Connection, new: NewCompany, token_ciphertext: bytes | None) -> int:
    """Write the company with its subscription and its number; returns the new id.

    A taken slug or number violates a unique constraint.
    """
    company_id: int = await connection.fetchval(
        """WITH created AS (
               INSERT INTO platform.companies (slug, name, business_type, plan, timezone, owner_phone, settings,
                                               prompt_info, active_campaign)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id, plan, created_at)
           INSERT INTO platform.company_subscriptions (company_id, plan, starts_at)
           SELECT id, plan, created_at FROM created RETURNING company_id""",
        new.slug,
        new.name.strip(),
        new.business_type.value,
        new.plan.value,
        new.timezone,
        new.owner_phone,
        msgspec.to_builtins(new.settings),
        new.prompt_info,
        new.active_campaign,
    )
    await connection.execute(
        """INSERT INTO platform.whatsapp_numbers
               (phone_number_id, company_id, display_phone, waba_id, token_ciphertext)
           VALUES ($1, $2, $3, $4, $5)""",
        new.phone_number_id.strip(),
        company_id,
        new.display_phone,
        new.waba_id,
        token_ciphertext,
    )
    return company_id


async def project(connection: Connection, company_id: int) -> None:
    """Copy what a turn must know of a company from `platform` to `relay`. Leases and stops of a number stay."""
    await connection.execute(
        """INSERT INTO relay.companies
               (company_id, slug, name, business_type, status, timezone, owner_phone, prompt_info, active_campaign,
                settings, version)
           SELECT id, slug, name, business_type, status, timezone, owner_phone, prompt_info, active_campaign,
                  settings, version
           FROM platform.companies WHERE id = $1
           ON CONFLICT (company_id) DO UPDATE SET
               name = excluded.name, status = excluded.status, timezone = excluded.timezone,
               owner_phone = excluded.owner_phone, prompt_info = excluded.prompt_info,
               active_campaign = excluded.active_campaign, settings = excluded.settings,
               version = excluded.version""",
        company_id,
    )
    await connection.execute(
        """INSERT INTO relay.numbers (phone_number_id, company_id, display_phone, waba_id, token_ciphertext,
                                      app_secret_ciphertext, throughput, platform_type)
           SELECT phone_number_id, company_id, display_phone, waba_id, token_ciphertext,
                  app_secret_ciphertext, throughput, platform_type
           FROM platform.whatsapp_numbers WHERE company_id = $1
           ON CONFLICT (phone_number_id) DO UPDATE SET
               display_phone = excluded.display_phone, waba_id = excluded.waba_id,
               token_ciphertext = excluded.token_ciphertext, app_secret_ciphertext = excluded.app_secret_ciphertext,
               throughput = excluded.throughput, platform_type = excluded.platform_type""",
        company_id,
    )


async def find(connection: Connection, slug: str) -> Company | None:
    row = await connection.fetchrow(f"{_COMPANY} AND c.slug = $1 GROUP BY c.id", slug)
    return None if row is None else _company(dict(row))


async def find_all(connection: Connection) -> Sequence[Company]:
    return [_company(dict(row)) for row in await connection.fetch(f"{_COMPANY} GROUP BY c.id ORDER BY c.slug")]


async def slug_is_taken(connection: Connection, slug: str) -> bool:
    """Also by a company deleted long ago: a slug is never reused."""
    return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM platform.companies WHERE slug = $1)", slug))


async def owner_of_number(connection: Connection, phone_number_id: str) -> str | None:
    """The slug of the company this number belongs to."""
    slug: str | None = await connection.fetchval(
        """SELECT c.slug FROM platform.whatsapp_numbers n JOIN platform.companies c ON c.id = n.company_id
           WHERE n.phone_number_id = $1""",
        phone_number_id,
    )
    return slug


async def lock(connection: Connection, slug: str) -> Company | None:
    """The company, held until the transaction ends."""
    held = "SELECT id FROM platform.companies WHERE slug = $1 AND deleted_at IS NULL FOR NO KEY UPDATE"
    if await connection.fetchval(held, slug) is None:
        return None
    return await find(connection, slug)


async def change(connection: Connection, company_id: int, column: Changeable, value: object) -> None:
    """Write one column as JSON and text take it."""
    await connection.execute(
        f"UPDATE platform.companies SET {column} = $2 WHERE id = $1", company_id, msgspec.to_builtins(value)
    )


async def change_account(connection: Connection, phone_number_id: str, waba_id: str) -> None:
    """A number belongs to another account; what is to be asked of that is due at once."""
    await connection.execute(
        "UPDATE platform.whatsapp_numbers SET waba_id = $2 WHERE phone_number_id = $1", phone_number_id, waba_id
    )
    await connection.execute(
        "UPDATE relay.numbers SET ask_due_at = now(), templates_due_at = now() WHERE phone_number_id = $1",
        phone_number_id,
    )


async def publish(connection: Connection, company_id: int) -> None:
    """Move the company's version, by which caches know that they are stale, and tell `relay` what it is now."""
    await connection.execute(
        "UPDATE platform.companies SET version = version + 1, updated_at = now() WHERE id = $1", company_id
    )
    await project(connection, company_id)


async def mark_deleted(connection: Connection, company_id: int) -> None:
    """The row stays, so that its slug is never used again; its numbers are free for another company."""
    await connection.execute("DELETE FROM platform.whatsapp_numbers WHERE company_id = $1", company_id)
    await connection.execute(
        """UPDATE platform.companies SET status = 'suspended', deleted_at = now(), updated_at = now(),
                                         version = version + 1 WHERE id = $1""",
        company_id,
    )


def _company(row: dict[str, object]) -> Company:
    numbers = tuple(Number(**number) for number in msgspec.convert(row.pop("numbers"), list[dict[str, object]]))  # type: ignore[arg-type]
    settings = msgspec.convert(row.pop("settings"), CompanySettings)
    kinds = {"business_type": BusinessType(str(row.pop("business_type"))), "plan": Plan(str(row.pop("plan")))}
    return Company(numbers=numbers, settings=settings, **kinds, **row)  # type: ignore[arg-type]


async def find_selling_at_meta(connection: Connection) -> Sequence[Company]:
    """The active companies that name a Meta catalog of their own."""
    rows = await connection.fetch(
        f"{_COMPANY} AND c.status = 'active' AND c.settings ->> 'meta_catalog_id' <> '' GROUP BY c.id ORDER BY c.id"
    )
    return [_company(dict(row)) for row in rows]


async def sealed_token(connection: Connection, company_id: int) -> bytes | None:
    """The sealed token of a company's first number; None when it sends with the platform's. Inside `relay`."""
    token: bytes | None = await connection.fetchval(
        "SELECT token_ciphertext FROM relay.numbers WHERE company_id = $1 ORDER BY phone_number_id LIMIT 1", company_id
    )
    return token
