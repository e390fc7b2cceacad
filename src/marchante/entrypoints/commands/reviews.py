"""marchante reviews …: what customers thought."""

import json
from collections.abc import Sequence
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.entrypoints.commands.running import out, with_storage
from marchante.orders import reviews
from marchante.orders.domain import Review

app = typer.Typer(help="What customers thought of their orders.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `list` a word of its own while it is the only command."""


@app.command("list")
def list_(
    slug: Annotated[str, typer.Argument(help="The company")],
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The newest first."""

    async def work(storage: Storage) -> Sequence[Review]:
        company = await storage.companies.get(slug)
        async with storage.database.company(company.schema) as connection:
            return await reviews.latest(connection, limit)

    found = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(found)))
        return
    table = Table("order", "customer", "rating", "solved", "comment")
    for each in found:
        solved = "" if each.solved is None else "yes" if each.solved else "no"
        table.add_row(str(each.order_id or ""), str(each.customer_id), str(each.rating), solved, each.comment)
    out.print(table)
