"""marchante alerts …: what a person must look at, the worst first."""

import json
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.entrypoints.commands.running import out, with_storage
from marchante.foundation.jobs.alerts import Alert, open_alerts
from marchante.foundation.jobs.alerts import resolve as resolve_alert

app = typer.Typer(help="What a person must look at: list, resolve.", no_args_is_help=True)


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Everything nobody has resolved; what came again counts up."""

    async def work(storage: Storage) -> list[Alert]:
        async with storage.database.relay() as connection:
            return await open_alerts(connection, limit)

    found = with_storage(work)
    if as_json:
        out.print_json(json.dumps(msgspec.to_builtins(found)))
        return
    table = Table("id", "severity", "company", "code", "times", "last", "what")
    for alert in found:
        last = alert.last_at.isoformat(timespec="minutes")
        table.add_row(
            str(alert.id), alert.severity, alert.company or "", alert.code, str(alert.times), last, alert.message
        )
    out.print(table)


@app.command()
def resolve(alert_id: int) -> None:
    """It has been seen to; the same trouble opens a new one."""

    async def work(storage: Storage) -> None:
        async with storage.database.relay() as connection:
            await resolve_alert(connection, alert_id, storage.clock.now())

    with_storage(work)
    out.print(f"resolved: {alert_id}", highlight=False)
