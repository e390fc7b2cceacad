"""marchante company export, import, delete: a company moves, or goes."""

import functools
import os
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from marchante.bootstrap import Storage
from marchante.companies.archive import Manifest, export_company, load_schema, read_manifest
from marchante.companies.domain import Company, NewCompany
from marchante.entrypoints.commands.running import ACTOR, fail, out, with_storage
from marchante.foundation.kernel.errors import Invalid

app = typer.Typer()

Slug = Annotated[str, typer.Argument(help="The company")]


@app.command()
def export(
    slug: Slug, file: Annotated[Path | None, typer.Argument(help="SLUG.zip in this folder unless named")] = None
) -> None:
    """Write everything in the company's schema to a zip of JSON lines; neither tokens nor media files are in it."""
    path = file or Path(f"{slug}.zip")

    async def work(storage: Storage) -> Manifest:
        company = await storage.companies.get(slug)
        unfinished = path.with_name(f"{path.name}.part")
        try:  # customers' data: for the owner only
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise Invalid(f"{path} cannot be written: {error.strerror}", code="unwritable_file") from error
        with os.fdopen(descriptor, "wb") as target:
            manifest = await export_company(storage.database, company, target)
        unfinished.replace(path)
        return manifest

    manifest = with_storage(work)
    rows = sum(manifest.tables.values())
    out.print(f"{path}: {rows} rows of {len(manifest.tables)} tables, revision {manifest.revision}", highlight=False)


@app.command("import")
def import_(
    slug: Annotated[str, typer.Argument(help="The new company's slug, never used before")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    phone_number_id: Annotated[str, typer.Option(help="Meta's id of its WhatsApp number")],
    display_phone: Annotated[str, typer.Option(help="The number as people read it")] = "",
    name: Annotated[str, typer.Option(help="As it was when it was exported, unless named")] = "",
) -> None:
    """Create a company with all that an export holds."""

    async def work(storage: Storage) -> Company:
        try:
            archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            raise Invalid(f"{file} is not a zip file", code="bad_archive") from error
        with archive:
            new = _new_company(read_manifest(archive), slug, name, phone_number_id, display_phone)
            return await storage.companies.create(new, ACTOR, functools.partial(load_schema, archive))

    out.print(f"created {with_storage(work).slug}", highlight=False)


@app.command()
def delete(
    slug: Slug, yes: Annotated[bool, typer.Option("--yes", help="Really: its data cannot be brought back")] = False
) -> None:
    """Drop the company's schema; its slug is never used again. Export it first."""

    async def work(storage: Storage) -> None:
        company = await storage.companies.get(slug)
        if not yes:
            fail(
                "not_confirmed",
                f"this drops {company.schema} with all customers and orders of {company.name}; add --yes",
            )
        await storage.companies.delete(slug, ACTOR)

    with_storage(work)
    out.print(f"deleted {slug}", highlight=False)


def _new_company(manifest: Manifest, slug: str, name: str, phone_number_id: str, display_phone: str) -> NewCompany:
    return NewCompany(
        slug=slug,
        name=name or manifest.name,
        business_type=manifest.business_type,
        plan=manifest.plan,
        phone_number_id=phone_number_id,
        display_phone=display_phone,
        owner_phone=manifest.owner_phone,
        timezone=manifest.timezone,
        settings=manifest.settings,
        prompt_info=manifest.prompt_info,
        active_campaign=manifest.active_campaign,
    )
