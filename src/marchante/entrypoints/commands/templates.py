"""marchante templates …: what WhatsApp says of each company's templates; make them what our definitions say."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from marchante.accounts.templates import repository
from marchante.accounts.templates.domain import KnownTemplate
from marchante.accounts.templates.sync import SyncReport
from marchante.bootstrap import Storage, template_sync
from marchante.channels.whatsapp.transport import graph_session
from marchante.entrypoints.commands.running import fail, out, read_settings, refuse, with_storage
from marchante.outbox.tokens import Tokens

app = typer.Typer(help="Message templates: list, sync.", no_args_is_help=True)


@app.command("list")
def list_(slug: str, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """The templates of a company, as WhatsApp last told of them."""

    async def work(storage: Storage) -> Sequence[KnownTemplate]:
        company = await storage.companies.get(slug)
        async with storage.database.relay() as connection:
            return await repository.of_company(connection, company.id)

    known = with_storage(work)
    if as_json:
        out.print_json(json.dumps([_shown(template) for template in known]))
        return
    table = Table("template", "language", "category", "status", "reason")
    for template in known:
        row = (template.name, template.language, template.category, template.status, template.reason or "")
        table.add_row(*row)
    out.print(table)


@app.command()
def sync(
    slug: Annotated[str | None, typer.Argument()] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every company")] = False,
) -> None:
    """Create what is missing, edit what says something else, and keep what WhatsApp says of each."""
    if (slug is None) is not all_:
        fail("bad_arguments", "name one company, or --all")
    settings = read_settings()
    token = settings.whatsapp_token.get_secret_value() if settings.whatsapp_token else ""

    async def work(storage: Storage) -> list[tuple[str, SyncReport]]:
        companies = await storage.companies.list() if slug is None else [await storage.companies.get(slug)]
        async with graph_session(2) as session:
            syncing = template_sync(settings, storage, session, Tokens(storage.vault, token))
            return [(company.slug, done) for company in companies for done in await syncing.sync_company(company.id)]

    reports = with_storage(work)
    problems = [("templates_not_synced", f"{name}: {done.problem}") for name, done in reports if done.problem]
    for name, done in reports:
        if done.problem:
            continue
        did = f"created {', '.join(done.created) or 'none'}; edited {', '.join(done.edited) or 'none'}"
        out.print(f"{name}: {did}", highlight=False, markup=False, soft_wrap=True)
    if problems:
        refuse(problems)


def _shown(template: KnownTemplate) -> dict[str, Any]:
    told_at = template.told_at.isoformat() if template.told_at else None
    return asdict(template) | {"told_at": told_at, "usable": template.is_usable}
