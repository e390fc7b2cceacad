"""SQL of zones and of what was asked for outside them. Every function runs inside one company's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from marchante.companies.hours import WeeklyHours
from marchante.coverage.domain import Area, Demand, NewZone, Wish, Zone
from marchante.foundation.database.connection import Connection

# Characters of a place, and places of one customer: more is somebody playing.
_MAX_PLACE = 300
_MAX_WISHES = 30


async def zones(connection: Connection) -> tuple[Zone, ...]:
    """Those in use, in the order they were added."""
    rows = await connection.fetch(
        """SELECT z.id, z.name, z.area, z.delivery_fee, z.minimum_order, z.hours, e.name AS branch
           FROM delivery_zones z LEFT JOIN company_establishments e ON e.id = z.establishment_id
           WHERE z.active ORDER BY z.id"""
    )
    return tuple(_zone(dict(row)) for row in rows)


async def add(connection: Connection, new: NewZone, now: datetime) -> int | None:
    """The new id; None when a zone in use has that name."""
    added: int | None = await connection.fetchval(
        """INSERT INTO delivery_zones (name, area, delivery_fee, minimum_order, hours, establishment_id, created_at,
                                       updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
           ON CONFLICT (lower(name)) WHERE active DO NOTHING RETURNING id""",
        new.name,
        msgspec.to_builtins(new.area),
        new.delivery_fee,
        new.minimum_order,
        None if new.hours is None else msgspec.to_builtins(new.hours),
        new.establishment_id,
        now,
    )
    return added


async def remove(connection: Connection, zone_id: int, now: datetime) -> str | None:
    """Take a zone out of use; its name, None when there is no such zone."""
    name: str | None = await connection.fetchval(
        "UPDATE delivery_zones SET active = false, updated_at = $2 WHERE id = $1 AND active RETURNING name",
        zone_id,
        now,
    )
    return name


async def remove_all(connection: Connection, now: datetime) -> None:
    await connection.execute("UPDATE delivery_zones SET active = false, updated_at = $1 WHERE active", now)


async def branch_named(connection: Connection, name: str) -> int | None:
    branch: int | None = await connection.fetchval(
        "SELECT id FROM company_establishments WHERE active AND lower(name) = lower($1)", name
    )
    return branch


async def note_demand(connection: Connection, customer_id: int, wish: Wish, now: datetime) -> None:
    """Remember where a customer would have been delivered to; the same place again only moves the date, and
    there is an end to it.
    """
    position = wish.where.position
    await connection.execute(
        """WITH known AS (UPDATE coverage_demand SET asked_at = $7
                         WHERE customer_id = $1 AND lower(place) = lower($2) RETURNING id)
           INSERT INTO coverage_demand (customer_id, place, colony, zip_code, latitude, longitude, asked_at)
           SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT FROM known)
             AND (SELECT count(*) FROM coverage_demand WHERE customer_id = $1) < $8""",
        customer_id,
        wish.place[:_MAX_PLACE],
        wish.where.colony,
        wish.where.zip_code,
        None if position is None else position.latitude,
        None if position is None else position.longitude,
        now,
        _MAX_WISHES,
    )


async def demand(connection: Connection, limit: int) -> Sequence[Demand]:
    """The newest first."""
    rows = await connection.fetch(
        """SELECT d.place, d.colony, d.zip_code, d.latitude, d.longitude, d.asked_at, c.name AS customer
           FROM coverage_demand d JOIN customers c ON c.id = d.customer_id
           ORDER BY d.asked_at DESC, d.id DESC LIMIT $1""",
        limit,
    )
    return [Demand(**dict(row)) for row in rows]


def _zone(row: dict[str, Any]) -> Zone:
    area, hours = row.pop("area"), row.pop("hours")
    return Zone(
        area=msgspec.convert(area, Area),
        hours=None if hours is None else msgspec.convert(hours, WeeklyHours),
        **row,
    )
