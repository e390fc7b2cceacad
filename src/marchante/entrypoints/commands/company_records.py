"""marchante company plan, log, legal, prompt, campaign, owner-phone: what is kept about a company."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.companies.domain import Company, Plan
from marchante.companies.records import LegalInformation
from marchante.entrypoints.commands.running import ACTOR, out, with_storage

app = typer.Typer()

Slug = Annotated[str, typer.Argument(help="The company")]


@app.command()
def plan(slug: Slug, plan: Annotated[Plan | None, typer.Argument(help="None: show the subscriptions")] = None) -> None:
    """End the subscription in force and begin one of another plan, or show them all."""

    async def work(storage: Storage) -> Table:
        if plan is not None:
            await storage.companies.change_plan(slug, plan, ACTOR)
        company = await storage.companies.get(slug)
        table = Table("plan", "from", "to")
        for row in await storage.companies.subscriptions(slug):
            starts, ends = row.starts_at.astimezone(company.zone), row.ends_at and row.ends_at.astimezone(company.zone)
            table.add_row(row.plan.value, f"{starts:%Y-%m-%d %H:%M}", f"{ends:%Y-%m-%d %H:%M}" if ends else "in force")
        return table

    out.print(with_storage(work))


@app.command()
def log(slug: Slug, limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50) -> None:
    """What was changed about the company, by whom; the newest first."""

    async def work(storage: Storage) -> Table:
        company = await storage.companies.get(slug)
        table = Table("at", "actor", "action", "description")
        for entry in await storage.companies.log_of(slug, limit):
            happened = entry.happened_at.astimezone(company.zone)
            table.add_row(f"{happened:%Y-%m-%d %H:%M:%S}", entry.actor, entry.action, entry.description)
        return table

    out.print(with_storage(work), markup=False)


@app.command()
def legal(
    slug: Slug,
    owner_name: Annotated[str | None, typer.Option(help='"" forgets a field')] = None,
    owner_phone: Annotated[str | None, typer.Option()] = None,
    owner_email: Annotated[str | None, typer.Option()] = None,
    contact_name: Annotated[str | None, typer.Option()] = None,
    contact_phone: Annotated[str | None, typer.Option()] = None,
    contact_email: Annotated[str | None, typer.Option()] = None,
    address: Annotated[str | None, typer.Option()] = None,
    rfc: Annotated[str | None, typer.Option(help="The company's tax id")] = None,
) -> None:
    """Show or change the legal information; what it was before is kept."""
    given = {
        "owner_name": owner_name,
        "owner_phone": owner_phone,
        "owner_email": owner_email,
        "contact_name": contact_name,
        "contact_phone": contact_phone,
        "contact_email": contact_email,
        "address": address,
        "rfc": rfc,
    }

    async def work(storage: Storage) -> LegalInformation:
        if all(value is None for value in given.values()):
            return await storage.companies.legal_information(slug)
        return await storage.companies.change_legal(slug, given, ACTOR)

    table = Table("field", "value")
    for name, value in dataclasses.asdict(with_storage(work)).items():
        table.add_row(name, value or "")
    out.print(table, markup=False)


@app.command()
def prompt(
    slug: Slug,
    text: Annotated[str | None, typer.Option("--set", help='"" forgets it')] = None,
    file: Annotated[Path | None, typer.Option("--file", exists=True, dir_okay=False, help="Read it from here")] = None,
) -> None:
    """Show or change what the shop tells about itself: opening days, payment data, where its branches are."""
    told = file.read_text(encoding="utf-8") if file else text

    async def work(storage: Storage) -> Company:
        if told is not None:
            await storage.companies.change_prompt(slug, told, ACTOR)
        return await storage.companies.get(slug)

    out.print(with_storage(work).prompt_info, highlight=False, markup=False)


@app.command()
def campaign(
    slug: Slug,
    text: Annotated[str | None, typer.Option("--set", help="What the greeting announces")] = None,
    end: Annotated[bool, typer.Option("--end", help="Announce nothing")] = False,
) -> None:
    """Show, start or end the campaign."""

    async def work(storage: Storage) -> Company:
        if end or text is not None:
            await storage.companies.change_campaign(slug, None if end else text, ACTOR)
        return await storage.companies.get(slug)

    out.print(with_storage(work).active_campaign or "none", highlight=False, markup=False)


@app.command()
def owner_phone(slug: Slug, phone: Annotated[str, typer.Argument(help="none: tell nobody by WhatsApp")]) -> None:
    """Where the owner is told of new orders; never the shop's own number."""

    async def work(storage: Storage) -> str | None:
        return await storage.companies.change_owner_phone(slug, None if phone == "none" else phone, ACTOR)

    out.print(with_storage(work) or "none", highlight=False)
