"""marchante company establishments SLUG …: the branches of a company."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.companies.records import Establishment, NewEstablishment
from marchante.entrypoints.commands.running import ACTOR, out, with_storage
from marchante.foundation.kernel.errors import Invalid

app = typer.Typer()
group = typer.Typer(help="The branches of a company: list, add, remove.", no_args_is_help=True)
app.add_typer(group, name="establishments")


@group.callback()
def choose(context: typer.Context, slug: Annotated[str, typer.Argument(help="The company")]) -> None:
    """The branches of a company: list, add, remove."""
    context.obj = slug


@group.command("list")
def list_(context: typer.Context) -> None:
    """Those in use, with the ids that `remove` takes."""

    async def work(storage: Storage) -> Sequence[Establishment]:
        return await storage.companies.establishments(context.obj)

    table = Table("id", "name", "address", "phone", "e-mail", "place")
    for row in with_storage(work):
        place = "" if row.latitude is None else f"{row.latitude}, {row.longitude}"
        table.add_row(str(row.id), row.name, row.address, row.phone or "", row.email or "", place)
    out.print(table, markup=False)


@group.command()
def add(
    context: typer.Context,
    name: str,
    address: str,
    phone: Annotated[str | None, typer.Option()] = None,
    email: Annotated[str | None, typer.Option()] = None,
    place: Annotated[str | None, typer.Option(help="Latitude, longitude: 19.5432,-96.9200")] = None,
) -> None:
    """Add a branch."""

    async def work(storage: Storage) -> int:
        latitude, longitude = _coordinates(place) if place else (None, None)
        new = NewEstablishment(name, address, phone, email, latitude, longitude)
        return await storage.companies.add_establishment(context.obj, new, ACTOR)

    out.print(f"added {with_storage(work)}", highlight=False)


@group.command()
def remove(context: typer.Context, establishment_id: int) -> None:
    """Take a branch out of use."""

    async def work(storage: Storage) -> None:
        await storage.companies.remove_establishment(context.obj, establishment_id, ACTOR)

    with_storage(work)


def _coordinates(place: str) -> tuple[Decimal, Decimal]:
    try:
        latitude, longitude = (Decimal(part.strip()) for part in place.split(","))
    except (ValueError, InvalidOperation) as error:
        raise Invalid(f"{place!r} is not like 19.5432,-96.9200", code="bad_coordinates") from error
    return latitude, longitude
