"""marchante catalog …: what a shop sells, its photos, and the catalog it sends."""

from pathlib import Path
from typing import Annotated

import typer

from marchante.bootstrap import Storage
from marchante.catalog.importing import CatalogImportReport, import_catalog
from marchante.catalog.photos import Photos
from marchante.entrypoints.commands.running import out, with_storage
from marchante.entrypoints.media import media_store
from marchante.media.domain import MediaKey
from marchante.settings import Settings

app = typer.Typer(help="Catalogs: import, photos, PDF.", no_args_is_help=True)


@app.command("import")
def import_(slug: str, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Import .json, .csv or .xlsx; the good rows are taken, the others reported."""

    async def work(storage: Storage) -> CatalogImportReport:
        company = await storage.companies.get(slug)
        async with storage.database.company(company.schema) as connection:
            return await import_catalog(connection, file)

    report = with_storage(work)
    out.print(f"{report.imported} new, {report.updated} updated, {len(report.rejected)} rejected", highlight=False)
    for row in report.rejected:
        out.print(
            f"  row {row.row}: {row.field}: {row.reason} ({row.code})", style="red", highlight=False, markup=False
        )
    for name in report.not_sellable:
        out.print(f"  kept out of WhatsApp by Meta's commerce policy: {name}", style="yellow", markup=False)
    if report.rejected:
        raise typer.Exit(1)


@app.command()
def photo(slug: str, sku: str, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Keep a JPEG or PNG as the photo of a product."""

    async def work(storage: Storage) -> MediaKey:
        company = await storage.companies.get(slug)
        return await Photos(storage.database, media_store(Settings())).attach(company, sku, file.read_bytes())

    out.print(f"{sku}: {with_storage(work).reference}", highlight=False, markup=False)
