"""marchante handoffs …: who waits for a person, answer them, note what they want, give the chat back."""

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.conversations.inputs import CapturedLine
from marchante.conversations.person import Agreed, People, PersonReply
from marchante.entrypoints.commands.running import out, wake_sender, with_storage
from marchante.foundation.kernel.errors import Invalid
from marchante.handoff.domain import Handoff, OpenHandoff

app = typer.Typer(help="Customers who asked for a person: list, reply, order, address, close.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The company")]


@app.command("list")
def list_(slug: Slug, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """The unanswered first, the longest wait first."""

    async def work(storage: Storage) -> list[OpenHandoff]:
        return await People(storage.database, storage.clock).waiting(await storage.companies.get(slug))

    waiting = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(waiting)))
        return
    table = Table("id", "status", "customer", "phone", "since", "reason")
    for entry in waiting:
        request = entry.handoff
        since = request.requested_at.isoformat(timespec="minutes")
        name, phone = entry.customer_name or "", entry.customer_phone or ""
        table.add_row(str(request.id), request.status, name, phone, since, request.reason)
    out.print(table)


@app.command()
def reply(slug: Slug, handoff_id: int, text: str) -> None:
    """Answer as a person; the bot falls silent."""

    async def work(storage: Storage) -> PersonReply:
        people = People(storage.database, storage.clock)
        queued = await people.reply(await storage.companies.get(slug), handoff_id, text)
        await wake_sender(storage.database)
        return queued

    out.print(f"queued as {with_storage(work).outbox_id}", highlight=False)


@app.command()
def close(slug: Slug, handoff_id: int, by: Annotated[str, typer.Option(help="Who closes it")] = "cli") -> None:
    """Give the chat back to the bot."""

    async def work(storage: Storage) -> Handoff:
        return await People(storage.database, storage.clock).give_back(
            await storage.companies.get(slug), handoff_id, by
        )

    out.print(f"closed {with_storage(work).id}", highlight=False)


@app.command()
def order(
    slug: Slug,
    handoff_id: int,
    lines: Annotated[
        list[str], typer.Argument(metavar="SKU=QUANTITY …", help="In each product's unit, as in VER-001=1.5")
    ],
    address: Annotated[str, typer.Option(help="Where to")] = "",
    pickup: Annotated[bool, typer.Option("--pickup", help="It will be fetched")] = False,
    note: Annotated[str, typer.Option()] = "",
) -> None:
    """Hand the chat back with the order you noted: the customer confirms it by button."""
    _capture(
        slug, handoff_id, lambda: Agreed(tuple(_line(each) for each in lines), address.strip(), pickup, note.strip())
    )


@app.command()
def address(slug: Slug, handoff_id: int, text: Annotated[str, typer.Argument(metavar="ADDRESS")]) -> None:
    """Hand the chat back with the address you noted: the customer confirms it by button."""
    _capture(slug, handoff_id, lambda: Agreed(address=text.strip()))


def _capture(slug: str, handoff_id: int, agreed: Callable[[], Agreed]) -> None:
    async def work(storage: Storage) -> Handoff:
        people = People(storage.database, storage.clock)
        return await people.capture(await storage.companies.get(slug), handoff_id, agreed())

    out.print(f"the customer is asked to confirm; {with_storage(work).id} is theirs again", highlight=False)


def _line(text: str) -> CapturedLine:
    """Raises Invalid `bad_quantity`."""
    sku, _, quantity = text.rpartition("=")
    try:
        return CapturedLine(sku.strip(), Decimal(quantity.replace(",", ".")))
    except InvalidOperation:
        raise Invalid(f"{text} is not SKU=QUANTITY", code="bad_quantity") from None
