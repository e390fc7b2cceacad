"""marchante payments …: what was paid, and the receipts of transfers that wait for a look."""

import json
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.conversations.cashier import Cashier, Reviewed
from marchante.entrypoints.commands.running import ACTOR, out, wake_sender, with_storage
from marchante.orders.domain import PaidBy, Payment
from marchante.orders.payments import PaymentDue
from marchante.orders.receipts import Receipt

app = typer.Typer(help="Payments: what is due, show, settle, review receipts of transfers.", no_args_is_help=True)
receipts = typer.Typer(help="Receipts of transfers: list, accept, reject.", no_args_is_help=True)
app.add_typer(receipts, name="receipts")

Slug = Annotated[str, typer.Argument(help="The company")]
Folio = Annotated[str, typer.Argument(help="A-0042")]
ReceiptId = Annotated[int, typer.Argument(metavar="ID", help="As listed")]
AsJson = Annotated[bool, typer.Option("--json")]


@app.command()
def show(slug: Slug, folio: Folio, as_json: AsJson = False) -> None:
    """How an order is paid, and whether it is."""

    async def work(storage: Storage) -> Payment:
        return await _cashier(storage).payment(await storage.companies.get(slug), folio)

    payment = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(payment)))
        return
    _print(folio, payment)


@app.command()
def due(slug: Slug, limit: Annotated[int, typer.Option(min=1, max=1000)] = 50, as_json: AsJson = False) -> None:
    """What is to be collected, and what is to be given back of orders cancelled after they were paid."""

    async def work(storage: Storage) -> Sequence[PaymentDue]:
        return await _cashier(storage).due(await storage.companies.get(slug), limit)

    found = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(found)))
        return
    table = Table("order", "what", "amount", "by", "customer", "ordered")
    for each in found:
        who = " ".join(part for part in (each.customer, each.phone) if part)
        table.add_row(
            each.folio, each.what, str(each.amount), each.method, who, each.ordered_at.isoformat(timespec="minutes")
        )
    out.print(table)


@app.command()
def settle(
    slug: Slug,
    folio: Folio,
    to: Annotated[Literal["completed", "failed", "refunded"], typer.Argument(metavar="STATUS")],
    method: Annotated[PaidBy | None, typer.Option(help="How it was paid after all")] = None,
    reference: Annotated[str | None, typer.Option(help="Of the transfer or the card slip")] = None,
) -> None:
    """Write that an order is paid, that it will not be, or that the money went back."""

    async def work(storage: Storage) -> Payment:
        company = await storage.companies.get(slug)
        return await _cashier(storage).settle(company, folio, to, ACTOR, method, reference)

    _print(folio, with_storage(work))


@receipts.command("list")
def list_(
    slug: Slug,
    status: Annotated[Literal["pending", "accepted", "rejected", "all"], typer.Option()] = "pending",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    as_json: AsJson = False,
) -> None:
    """Those that wait, the oldest first. `repeats` names the order the same picture came with before."""

    async def work(storage: Storage) -> Sequence[Receipt]:
        company = await storage.companies.get(slug)
        return await _cashier(storage).receipts(company, None if status == "all" else status, limit)

    found = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(found)))
        return
    table = Table("id", "order", "amount", "customer", "received", "status", "repeats", "file")
    for each in found:
        received = each.received_at.isoformat(timespec="minutes")
        who = " ".join(part for part in (each.customer, each.phone) if part)
        row = (str(each.id), each.folio, str(each.amount), who, received, each.status, each.repeats, each.media)
        table.add_row(*(cell or "" for cell in row))
    out.print(table)


@receipts.command()
def accept(slug: Slug, receipt_id: ReceiptId) -> None:
    """The money is there: the order is paid."""

    async def work(storage: Storage) -> Reviewed:
        return await _told(
            storage, await _cashier(storage).accept(await storage.companies.get(slug), receipt_id, ACTOR)
        )

    reviewed = with_storage(work)
    told = "the customer is told" if reviewed.outbox_id is not None else "told with the next notice of the order"
    out.print(f"{reviewed.receipt.folio}: paid; {told}", highlight=False)


@receipts.command()
def reject(
    slug: Slug,
    receipt_id: ReceiptId,
    reason: Annotated[str, typer.Option(help="As the customer reads it, in Spanish")] = "",
) -> None:
    """It proves nothing; the customer is asked for another."""

    async def work(storage: Storage) -> Reviewed:
        company = await storage.companies.get(slug)
        return await _told(storage, await _cashier(storage).reject(company, receipt_id, reason, ACTOR))

    out.print(f"{with_storage(work).receipt.folio}: rejected", highlight=False)


def _cashier(storage: Storage) -> Cashier:
    return Cashier(storage.database, storage.clock)


async def _told(storage: Storage, reviewed: Reviewed) -> Reviewed:
    if reviewed.outbox_id is not None:
        await wake_sender(storage.database)
    return reviewed


def _print(folio: str, payment: Payment) -> None:
    how = payment.method + (f", {payment.reference}" if payment.reference else "")
    out.print(f"{folio}: {payment.amount} by {how}: {payment.status}", highlight=False, markup=False)
