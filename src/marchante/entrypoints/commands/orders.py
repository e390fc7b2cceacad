"""marchante orders …: look at a company's orders, move them on, weigh and substitute."""

import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.conversations.desk import Asked, Moved, OrderDesk
from marchante.entrypoints.commands.running import ACTOR, out, wake_sender, with_storage
from marchante.foundation.kernel.errors import Invalid
from marchante.orders.domain import Order, OrderChanged, OrderStatus

app = typer.Typer(help="Orders: list, show, move on, weigh, substitute.", no_args_is_help=True)

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
    doubt = "; no zone is known to hold the address: confirm it" if order.coverage == "unknown" else ""
    out.print(f"{order.folio}: {order.status.value}, {order.fulfilment}{doubt}", highlight=False, markup=False)
    table = Table("sku", "product", "quantity", "unit", "total", "notes")
    for line in order.lines:
        table.add_row(line.sku, line.product_name, str(line.quantity), line.unit, str(line.total), line.notes)
    out.print(table)
    out.print(f"delivery {order.delivery_fee}, total {order.total_amount}", highlight=False)
    if order.proposal is not None:
        asked = order.proposal.subtotal + order.delivery_fee
        out.print(f"the customer is asked ({order.proposal.kind}): total {asked}", highlight=False)


@app.command()
def status(slug: Slug, folio: Folio, to: Annotated[OrderStatus, typer.Argument(metavar="STATUS")]) -> None:
    """Move an order on; the customer is told of what they wait for."""
    _move(slug, folio, to)


@app.command()
def accept(slug: Slug, folio: Folio) -> None:
    """Take an order: it is being prepared."""
    _move(slug, folio, OrderStatus.PROCESSING)


@app.command()
def process(slug: Slug, folio: Folio) -> None:
    """The same as accept."""
    _move(slug, folio, OrderStatus.PROCESSING)


@app.command()
def ship(slug: Slug, folio: Folio) -> None:
    """It is on its way."""
    _move(slug, folio, OrderStatus.SHIPPED)


@app.command()
def ready(slug: Slug, folio: Folio) -> None:
    """It can be fetched."""
    _move(slug, folio, OrderStatus.READY_FOR_PICKUP)


@app.command()
def deliver(slug: Slug, folio: Folio) -> None:
    """The customer has it."""
    _move(slug, folio, OrderStatus.DELIVERED)


@app.command()
def cancel(slug: Slug, folio: Folio, reason: Annotated[str, typer.Option(help="Told to the customer")] = "") -> None:
    """The shop cannot serve it; its stock goes back."""
    _move(slug, folio, OrderStatus.CANCELLED, reason.strip())


def _move(slug: str, folio: str, to: OrderStatus, reason: str = "") -> None:
    async def work(storage: Storage) -> Moved:
        desk = OrderDesk(storage.database, storage.clock)
        moved = await desk.move(await storage.companies.get(slug), folio, to, ACTOR, reason)
        if moved.outbox_id is not None:
            await wake_sender(storage.database)
        return moved

    moved = with_storage(work)
    told = "the customer is told" if moved.outbox_id is not None else "nobody is told"
    order = moved.event.order
    out.print(f"{order.folio}: {moved.event.previous.value} → {order.status.value}; {told}", highlight=False)


@app.command()
def weigh(
    slug: Slug,
    folio: Folio,
    weights: Annotated[list[str], typer.Argument(metavar="LINE=KG …", help="Line by SKU or number, as in 2=1.350")],
) -> None:
    """What the scale said; the customer is asked when the total differs too much."""

    async def work(storage: Storage) -> Asked:
        desk = OrderDesk(storage.database, storage.clock)
        asked = await desk.weigh(await storage.companies.get(slug), folio, _weights(weights), ACTOR)
        if asked.outbox_id is not None:
            await wake_sender(storage.database)
        return asked

    _show(with_storage(work))


@app.command()
def substitute(
    slug: Slug,
    folio: Folio,
    line: Annotated[str, typer.Argument(help="What is sold out: SKU or number of the line")],
    sku: Annotated[str, typer.Argument(help="What may come instead")],
    quantity: Annotated[str | None, typer.Option(help="As much as of the other, if not given")] = None,
) -> None:
    """Ask the customer whether another product may come instead of a sold-out one."""

    async def work(storage: Storage) -> Asked:
        desk = OrderDesk(storage.database, storage.clock)
        amount = None if quantity is None else _amount(quantity)
        asked = await desk.substitute(await storage.companies.get(slug), folio, line, sku, amount, ACTOR)
        if asked.outbox_id is not None:
            await wake_sender(storage.database)
        return asked

    _show(with_storage(work))


def _show(asked: Asked) -> None:
    order = asked.event.order
    if isinstance(asked.event, OrderChanged):
        out.print(f"{order.folio}: total {asked.event.before.total_amount} → {order.total_amount}", highlight=False)
        return
    told = "the customer is asked" if asked.outbox_id is not None else "the customer could not be asked"
    out.print(f"{order.folio}: total {order.total_amount} for now; {told}", highlight=False)


def _weights(given: Sequence[str]) -> dict[str, Decimal]:
    """Raises Invalid `bad_quantity` or `bad_line`."""
    weights: dict[str, Decimal] = {}
    for line, _, weight in (each.rpartition("=") for each in given):
        if line in weights:
            raise Invalid(f"line {line} is weighed twice", code="bad_line")
        weights[line] = _amount(weight)
    return weights


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Invalid(f"{text} is no quantity", code="bad_quantity") from None
