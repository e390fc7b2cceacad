"""marchante orders …: look at a company's orders and move them on."""

import json
from collections.abc import Sequence
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.conversations.desk import Moved, OrderDesk
from marchante.entrypoints.commands.running import ACTOR, out, wake_sender, with_storage
from marchante.orders.domain import Order, OrderStatus

app = typer.Typer(help="Orders: list, show, move on.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The company")]
Folio = Annotated[str, typer.Argument(help="As in A-0042")]
AsJson = Annotated[bool, typer.Option("--json")]


@app.command("list")
def list_(
    slug: Slug,
    status: Annotated[OrderStatus | None, typer.Option(help="Only these")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    as_json: AsJson = False,
) -> None:
    """The newest first."""

    async def work(storage: Storage) -> Sequence[Order]:
        desk = OrderDesk(storage.database, storage.clock)
        return await desk.newest(await storage.companies.get(slug), limit, status)

    found = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(found)))
        return
    table = Table("folio", "status", "fulfilment", "total", "placed")
    for order in found:
        placed = order.created_at.isoformat(timespec="minutes")
        table.add_row(order.folio, order.status.value, order.fulfilment, str(order.total_amount), placed)
    out.print(table)


@app.command()
def show(slug: Slug, folio: Folio, as_json: AsJson = False) -> None:
    """One order with its lines."""

    async def work(storage: Storage) -> Order:
        desk = OrderDesk(storage.database, storage.clock)
        return await desk.show(await storage.companies.get(slug), folio)

    order = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(order)))
        return
    out.print(f"{order.folio}: {order.status.value}, {order.fulfilment}", highlight=False, markup=False)
    table = Table("sku", "product", "quantity", "unit", "total", "notes")
    for line in order.lines:
        table.add_row(line.sku, line.product_name, str(line.quantity), line.unit, str(line.total), line.notes)
    out.print(table)
    out.print(f"delivery {order.delivery_fee}, total {order.total_amount}", highlight=False)


@app.command()
def status(slug: Slug, folio: Folio, to: Annotated[OrderStatus, typer.Argument(metavar="STATUS")]) -> None:
    """Move an order on; the customer is told of what they wait for."""

    async def work(storage: Storage) -> Moved:
        desk = OrderDesk(storage.database, storage.clock)
        moved = await desk.move(await storage.companies.get(slug), folio, to, ACTOR)
        if moved.outbox_id is not None:
            await wake_sender(storage.database)
        return moved

    moved = with_storage(work)
    told = "the customer is told" if moved.outbox_id is not None else "nobody is told"
    order = moved.event.order
    out.print(f"{order.folio}: {moved.event.previous.value} → {order.status.value}; {told}", highlight=False)
