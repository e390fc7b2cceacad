"""marchante dead-letters …: messages that failed for good, coming in or going out. Ids are `in:7` or `out:12`."""

import json
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import INBOX_CHANNEL, OUTBOX_CHANNEL, Storage
from marchante.entrypoints.commands.running import fail, out, with_storage
from marchante.inbox import dead_letters as incoming
from marchante.inbox.dead_letters import DeadMessage
from marchante.outbox import dead_letters as outgoing
from marchante.outbox.dead_letters import FailedLetter

app = typer.Typer(help="Messages that failed for good: list, replay, discard.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="in:7 or out:12, as the list shows it")]


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """What was set aside on the way in, what failed on the way out."""

    async def work(storage: Storage) -> list[dict[str, Any]]:
        async with storage.database.relay() as connection:
            dead = [_row("in", entry) for entry in await incoming.dead_messages(connection)]
            failed = [_row("out", entry) for entry in await outgoing.failed_letters(connection)]
        return [*dead, *failed]

    rows = with_storage(work)
    if as_json:
        out.print_json(json.dumps(rows))
        return
    table = Table("id", "company", "type", "error", "trace")
    for row in rows:
        table.add_row(
            row["id"],
            row["company"],
            row["type"],
            str(row.get("error") or row.get("error_detail") or ""),
            row["trace_id"],
        )
    out.print(table)


@app.command()
def replay(letter: Id) -> None:
    """Try again, now that the fault is mended."""
    _act(letter, discard=False)


@app.command()
def discard(letter: Id) -> None:
    """Let it go."""
    _act(letter, discard=True)


def _act(letter: str, *, discard: bool) -> None:
    way, _, number = letter.partition(":")
    if way not in {"in", "out"} or not number.isdigit():
        fail("bad_id", "an id is in:7 or out:12")

    async def work(storage: Storage) -> None:
        now = storage.clock.now()
        async with storage.database.relay() as connection:
            if discard:
                await (incoming.discard if way == "in" else outgoing.discard)(connection, int(number))
            else:
                await (incoming.replay if way == "in" else outgoing.replay)(connection, int(number), now)
        async with storage.database.pool.acquire() as connection:
            await connection.execute("SELECT pg_notify($1, '')", INBOX_CHANNEL if way == "in" else OUTBOX_CHANNEL)

    with_storage(work)
    out.print(f"{'discarded' if discard else 'queued again'}: {letter}", highlight=False)


def _row(way: str, letter: DeadMessage | FailedLetter) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(letter)
    return row | {"id": f"{way}:{letter.id}"}
