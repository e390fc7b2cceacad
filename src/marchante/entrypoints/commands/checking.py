"""marchante check and marchante migrate."""

import asyncio
import dataclasses
import json

import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.companies.migrating import Migrated, migrate_companies
from marchante.entrypoints.commands.running import out, read_settings, with_storage
from marchante.foundation import logs
from marchante.startup.checks import run_checks


def check(*, as_json: bool) -> None:
    settings = read_settings()
    logs.configure(settings.log_format)
    results = asyncio.run(run_checks(settings))
    if as_json:
        out.print_json(json.dumps([dataclasses.asdict(result) for result in results]))
    else:
        table = Table("check", "required", "result", "detail")
        for result in results:
            mark = "[green]ok[/]" if result.ok else "[red]failed[/]"
            table.add_row(result.name, "yes" if result.required else "no", mark, result.detail)
        out.print(table)
    if any(result.required and not result.ok for result in results):
        raise typer.Exit(1)


def migrate(company: str | None) -> None:
    async def work(storage: Storage) -> list[Migrated]:
        slugs = [company] if company else [found.slug for found in await storage.companies.list()]
        if company:
            await storage.companies.get(company)
        return await migrate_companies(storage.database, slugs)

    report = with_storage(work)
    table = Table("company", "result")
    for entry in report:
        table.add_row(entry.slug, entry.error or ("migrated" if entry.changed else "at head already"))
    out.print(table)
    if any(entry.error for entry in report):
        raise typer.Exit(1)
