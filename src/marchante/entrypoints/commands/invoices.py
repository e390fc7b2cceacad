"""marchante invoices …: what customers want invoiced, and to whom."""

import json
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.conversations.cashier import Cashier
from marchante.entrypoints.commands.running import ACTOR, out, with_storage
from marchante.orders.invoices import Invoice

app = typer.Typer(help="Invoices customers asked for: list, mark as done.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The company")]


@app.command("list")
def list_(
    slug: Slug,
    status: Annotated[Literal["requested", "done"], typer.Option()] = "requested",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Those that wait, the oldest order first."""

    async def work(storage: Storage) -> Sequence[Invoice]:
        cashier = Cashier(storage.database, storage.clock)
        return await cashier.invoices(await storage.companies.get(slug), status, limit)

    found = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(found)))
        return
    table = Table("order", "total", "customer", "RFC", "name", "postal code", "regime", "use", "constancia")
    names = ("rfc", "name", "zip_code", "regime", "use", "media")
    for each in found:
        who = " ".join(part for part in (each.customer, each.phone) if part)
        table.add_row(each.folio, str(each.total), who, *(each.to.get(name, "") for name in names))
    out.print(table)


@app.command()
def done(slug: Slug, folio: Annotated[str, typer.Argument(help="A-0042")]) -> None:
    """The invoice was made and sent."""

    async def work(storage: Storage) -> None:
        await Cashier(storage.database, storage.clock).finish_invoice(await storage.companies.get(slug), folio, ACTOR)

    with_storage(work)
    out.print(f"{folio}: invoiced", highlight=False)
