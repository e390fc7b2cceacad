"""marchante news …: what WhatsApp told about accounts and numbers, and what became of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from marchante.accounts import event_repository as repository
from marchante.accounts.event_repository import ListedEvent
from marchante.bootstrap import Storage
from marchante.entrypoints.commands.running import out, with_storage
from marchante.foundation.kernel.errors import NotFound

app = typer.Typer(help="News of accounts: list, replay.", no_args_is_help=True)


class Outcome(StrEnum):
    ACTED = "acted"
    KEPT = "kept"
    FAILED = "failed"


@app.command("list")
def list_(
    outcome: Annotated[Outcome | None, typer.Option(help="kept: nothing to do, or a kind we do not know")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="With all that came")] = False,
) -> None:
    """The newest first, of the last 30 days."""

    async def work(storage: Storage) -> Sequence[ListedEvent]:
        async with storage.database.relay() as connection:
            return await repository.newest(connection, outcome.value if outcome else None, limit)

    events = with_storage(work)
    if as_json:
        shown = [asdict(event) | {"received_at": event.received_at.isoformat()} for event in events]
        out.print_json(json.dumps(shown))
        return
    table = Table("id", "received", "company", "news", "outcome")
    for event in events:
        outcome_ = f"{event.outcome or 'waiting'} {event.error or ''}".strip()
        table.add_row(str(event.id), f"{event.received_at:%Y-%m-%d %H:%M}", event.company or "", event.field, outcome_)
    out.print(table)


@app.command()
def replay(event_id: int) -> None:
    """Handle once more what was set aside, after its cause is mended."""

    async def work(storage: Storage) -> None:
        async with storage.database.relay() as connection:
            if not await repository.replay(connection, event_id):
                raise NotFound(f"no news {event_id} were set aside", code="news_not_found")

    with_storage(work)
