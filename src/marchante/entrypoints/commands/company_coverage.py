"""marchante company coverage SLUG …: where a company delivers, and where it was asked to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.companies.hours_text import write_hours
from marchante.coverage.domain import Area, Colonias, Demand, Polygon, PostalCodes, Zone
from marchante.coverage.files import Written, read, read_file
from marchante.coverage.service import Coverage
from marchante.entrypoints.commands.running import ACTOR, out, with_storage
from marchante.foundation.kernel.errors import Invalid

app = typer.Typer()
group = typer.Typer(help="Where a company delivers: list, add, remove, import, demand.", no_args_is_help=True)
app.add_typer(group, name="coverage")


@group.callback()
def choose(context: typer.Context, slug: Annotated[str, typer.Argument(help="The company")]) -> None:
    """Where a company delivers: list, add, remove, import, demand."""
    context.obj = slug


@group.command("list")
def list_(context: typer.Context) -> None:
    """The zones in use, with the ids that `remove` takes. None: it delivers everywhere, for the fee of its settings."""

    async def work(storage: Storage) -> Sequence[Zone]:
        return await _coverage(storage).zones(context.obj)

    table = Table("id", "name", "area", "fee", "minimum", "hours")
    for zone in with_storage(work):
        name = f"{zone.name} ({zone.branch})" if zone.branch else zone.name
        hours = write_hours(zone.hours) if zone.hours else ""
        table.add_row(str(zone.id), name, _area(zone.area), str(zone.delivery_fee), str(zone.minimum_order), hours)
    out.print(table, markup=False)


@group.command()
def add(
    context: typer.Context,
    name: str,
    colonias: Annotated[str, typer.Option(help="Centro, Las Ánimas, Fracc. Lucas Martín")] = "",
    postal_codes: Annotated[str, typer.Option(help="91000, 91010")] = "",
    radius_km: Annotated[str | None, typer.Option(help="With --center")] = None,
    center: Annotated[str | None, typer.Option(help="Latitude, longitude: 19.5432,-96.9200")] = None,
    polygon: Annotated[str, typer.Option(help="Corners: 19.55,-96.93 19.56,-96.91 19.54,-96.90")] = "",
    fee: Annotated[str, typer.Option(help="Pesos")] = "0",
    minimum: Annotated[str, typer.Option(help="Pesos")] = "0",
    hours: Annotated[str, typer.Option(help="When it is delivered there; else as the shop is open")] = "",
    establishment: Annotated[str, typer.Option(help="The branch that delivers there")] = "",
) -> None:
    """Add a zone."""
    given = {
        "name": name,
        "colonias": _listed(colonias),
        "postal_codes": _listed(postal_codes),
        "radius_km": radius_km,
        "center": _listed(center) if center else None,
        "polygon": [_listed(corner) for corner in polygon.split()],
        "fee": fee,
        "minimum": minimum,
        "hours": hours,
        "establishment": establishment,
    }

    async def work(storage: Storage) -> int:
        try:
            written = msgspec.convert(given, Written, strict=False)
        except msgspec.ValidationError as error:
            raise Invalid(str(error), code="bad_zone") from error
        return await _coverage(storage).add(context.obj, [read(written)], ACTOR)

    with_storage(work)


@group.command("import")
def import_(
    context: typer.Context, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A JSON list")]
) -> None:
    """Put the zones of a file in the place of those there are: all of them or none."""

    async def work(storage: Storage) -> int:
        return await _coverage(storage).add(context.obj, read_file(file), ACTOR, instead=True)

    out.print(f"imported {with_storage(work)}", highlight=False)


@group.command()
def remove(context: typer.Context, zone_id: int) -> None:
    """Take a zone out of use."""

    async def work(storage: Storage) -> None:
        await _coverage(storage).remove(context.obj, zone_id, ACTOR)

    with_storage(work)


@group.command()
def demand(context: typer.Context, limit: Annotated[int, typer.Option(min=1, max=1000)] = 100) -> None:
    """Where customers asked to be delivered to, outside the zones; the newest first."""

    async def work(storage: Storage) -> tuple[ZoneInfo, Sequence[Demand]]:
        company = await storage.companies.get(context.obj)
        return company.zone, await _coverage(storage).demand(context.obj, limit)

    zone, asked_for = with_storage(work)
    table = Table("asked", "place", "colonia", "postal code", "customer")
    for each in asked_for:
        asked = each.asked_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        table.add_row(asked, each.place, each.colony or "", each.zip_code or "", each.customer or "")
    out.print(table, markup=False)


def _coverage(storage: Storage) -> Coverage:
    return Coverage(storage.database, storage.companies, storage.clock)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _area(area: Area) -> str:
    if isinstance(area, Colonias):
        return ", ".join(area.names)
    if isinstance(area, PostalCodes):
        return ", ".join(area.codes)
    if isinstance(area, Polygon):
        return f"polygon of {len(area.corners)} corners"
    return f"{area.metres / 1000:g} km around {area.center.latitude}, {area.center.longitude}"
