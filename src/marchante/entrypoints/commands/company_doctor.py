"""marchante company doctor: is one company fit to serve?"""

import dataclasses
import json
from typing import Annotated

import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.companies.doctor import Finding, examine
from marchante.entrypoints.commands.running import out, with_storage

app = typer.Typer()


@app.command()
def doctor(
    slug: Annotated[str, typer.Argument(help="The company")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Examine the company's schema, catalog, orders and settings; exit status 1 when something required is amiss."""

    async def work(storage: Storage) -> list[Finding]:
        return await examine(storage.database, await storage.companies.get(slug))

    findings = with_storage(work)
    if as_json:
        out.print_json(json.dumps([dataclasses.asdict(finding) for finding in findings]))
    else:
        table = Table("what", "required", "result", "detail")
        for finding in findings:
            mark = "[green]ok[/]" if finding.ok else "[red]amiss[/]"
            table.add_row(finding.name, "yes" if finding.required else "no", mark, finding.detail)
        out.print(table)
    if any(finding.required and not finding.ok for finding in findings):
        raise typer.Exit(1)
