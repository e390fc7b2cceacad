"""SQL of what is kept about a company: its log, legal information and subscriptions in `platform`, branches in its
own schema.
"""

from collections.abc import Sequence
from datetime import datetime

from marchante.companies.domain import Plan
from marchante.companies.records import Establishment, LegalInformation, LogEntry, NewEstablishment, Subscription
from marchante.foundation.database.connection import Connection

_LEGAL = "owner_name, owner_phone, owner_email, contact_name, contact_phone, contact_email, address, rfc"


async def log(connection: Connection, company_id: int, action: str, description: str, actor: str) -> None:
    await connection.execute(
        "INSERT INTO platform.company_logs (company_id, action, description, actor) VALUES ($1, $2, $3, $4)",
        company_id,
        action,
        description,
        actor,
    )


async def log_entries(connection: Connection, company_id: int, limit: int) -> Sequence[LogEntry]:
    """Newest first."""
    rows = await connection.fetch(
        """SELECT action, description, actor, happened_at FROM platform.company_logs
           WHERE company_id = $1 ORDER BY id DESC LIMIT $2""",
        company_id,
        limit,
    )
    return [LogEntry(**dict(row)) for row in rows]


async def subscriptions(connection: Connection, company_id: int) -> Sequence[Subscription]:
    """The one in force first, then back in time."""
    rows = await connection.fetch(
        """SELECT plan, starts_at, ends_at FROM platform.company_subscriptions
           WHERE company_id = $1 ORDER BY active DESC, id DESC""",
        company_id,
    )
    return [Subscription(Plan(row["plan"]), row["starts_at"], row["ends_at"]) for row in rows]


async def end_subscription(connection: Connection, company_id: int) -> datetime | None:
    """End the one in force; the moment it ended, never before it began."""
    ended: datetime | None = await connection.fetchval(
        """UPDATE platform.company_subscriptions SET active = false, ends_at = greatest(clock_timestamp(), starts_at)
           WHERE company_id = $1 AND active RETURNING ends_at""",
        company_id,
    )
    return ended


async def subscribe(connection: Connection, company_id: int, plan: Plan) -> None:
    """End the subscription in force and begin another at the same moment."""
    await connection.execute(
        """INSERT INTO platform.company_subscriptions (company_id, plan, starts_at)
           VALUES ($1, $2, coalesce($3, clock_timestamp()))""",
        company_id,
        plan.value,
        await end_subscription(connection, company_id),
    )


async def legal_information(connection: Connection, company_id: int) -> LegalInformation:
    row = await connection.fetchrow(
        f"SELECT {_LEGAL} FROM platform.company_legal_information WHERE company_id = $1 AND active",  # noqa: S608 - our own columns
        company_id,
    )
    return LegalInformation() if row is None else LegalInformation(**dict(row))


async def replace_legal_information(connection: Connection, company_id: int, legal: LegalInformation) -> None:
    """What was said before is kept, no longer active."""
    await connection.execute(
        """UPDATE platform.company_legal_information SET active = false, updated_at = now()
           WHERE company_id = $1 AND active""",
        company_id,
    )
    await connection.execute(
        f"""INSERT INTO platform.company_legal_information (company_id, {_LEGAL})
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",  # noqa: S608 - our own columns
        company_id,
        legal.owner_name,
        legal.owner_phone,
        legal.owner_email,
        legal.contact_name,
        legal.contact_phone,
        legal.contact_email,
        legal.address,
        legal.rfc,
    )


async def establishments(connection: Connection) -> Sequence[Establishment]:
    """The branches in use of the company whose transaction this is, in the order they were added."""
    rows = await connection.fetch(
        """SELECT id, name, address, phone, email, latitude, longitude FROM company_establishments
           WHERE active ORDER BY id"""
    )
    return [Establishment(**dict(row)) for row in rows]


async def add_establishment(connection: Connection, new: NewEstablishment) -> int | None:
    """The new id; None when a branch in use has that name."""
    added: int | None = await connection.fetchval(
        """INSERT INTO company_establishments (name, address, phone, email, latitude, longitude)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (lower(name)) WHERE active DO NOTHING RETURNING id""",
        new.name,
        new.address,
        new.phone,
        new.email,
        new.latitude,
        new.longitude,
    )
    return added


async def remove_establishment(connection: Connection, establishment_id: int) -> str | None:
    """Take a branch out of use; its name, None when there is no such branch."""
    name: str | None = await connection.fetchval(
        """UPDATE company_establishments SET active = false, updated_at = now()
           WHERE id = $1 AND active RETURNING name""",
        establishment_id,
    )
    return name
