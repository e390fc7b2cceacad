"""marchante numbers …: which numbers send, which Meta stopped, and why; start a repaired one again."""

import json
from typing import Annotated

import typer
from rich.table import Table

from marchante.bootstrap import OUTBOX_CHANNEL, Storage
from marchante.entrypoints.commands.running import ACTOR, out, with_storage
from marchante.outbox.numbers_report import NumberState, number_states
from marchante.outbox.service import resume_number

app = typer.Typer(help="WhatsApp numbers: list, resume, account.", no_args_is_help=True)


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Every number, with what waits to be sent."""

    async def work(storage: Storage) -> list[NumberState]:
        async with storage.database.relay() as connection:
            return list(await number_states(connection))

    states = with_storage(work)
    if as_json:
        out.print_json(json.dumps([state.for_json() for state in states]))
        return
    table = Table("number", "company", "account", "throughput", "quality", "waiting", "state")
    for state in states:
        stopped = f"stopped: {state.stopped_code} {state.stopped_reason or ''}" if state.stopped_at else "sending"
        known = (state.waba_id or "unknown", state.throughput, state.quality or "unknown", str(state.waiting))
        table.add_row(state.phone_number_id, state.company, *known, stopped)
    out.print(table)


@app.command()
def resume(phone_number_id: str) -> None:
    """Send again from a number Meta had refused, once its owner has repaired it."""

    async def work(storage: Storage) -> None:
        await resume_number(storage.database, storage.clock, phone_number_id)
        async with storage.database.pool.acquire() as connection:
            await connection.execute("SELECT pg_notify($1, '')", OUTBOX_CHANNEL)

    with_storage(work)
    out.print(f"sending again: {phone_number_id}", highlight=False)


@app.command()
def account(slug: str, phone_number_id: str, waba_id: str) -> None:
    """Say which WhatsApp account (WABA) a company's number is in."""
    with_storage(lambda storage: storage.companies.change_account(slug, phone_number_id, waba_id, ACTOR))
