"""marchante catalog …: what a shop sells, its photos, and the catalog it sends."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from marchante.bootstrap import Storage, meta_catalog_sync
from marchante.catalog.document.service import CatalogDocuments
from marchante.catalog.importing import CatalogImportReport, import_catalog
from marchante.catalog.meta.service import SyncReport
from marchante.catalog.photos import Photos
from marchante.channels.whatsapp.transport import graph_session
from marchante.entrypoints.commands import catalog_asked
from marchante.entrypoints.commands.running import fail, out, with_storage
from marchante.entrypoints.media import catalog_documents, media_store
from marchante.media.domain import MediaKey
from marchante.outbox.tokens import Tokens
from marchante.settings import Settings

app = typer.Typer(help="Catalogs: import, photos, logo, PDF, names learned, lost demand.", no_args_is_help=True)
app.add_typer(catalog_asked.aliases, name="aliases")
app.add_typer(catalog_asked.lost_demand, name="lost-demand")


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


@app.command("sync-meta")
def sync_meta(slug: str) -> None:
    """Bring the company's Meta catalog (setting meta_catalog_id) to what it sells now; workers do so by themselves."""

    async def work(storage: Storage) -> SyncReport:
        settings = Settings()
        token = settings.whatsapp_token.get_secret_value() if settings.whatsapp_token else ""
        async with graph_session() as session:
            sync = meta_catalog_sync(settings, storage, session, Tokens(storage.vault, token))
            return await sync.sync(await storage.companies.get(slug))

    report = with_storage(work)
    out.print(f"Meta catalog: {report.written} written, {report.deleted} deleted", highlight=False)
    if report.without_picture:
        out.print(f"  {len(report.without_picture)} without a picture Meta could fetch are left out", style="yellow")
    for sku, reason in report.refused.items():
        out.print(f"  {sku}: {reason}", style="red", highlight=False, markup=False)
    if report.refused:
        raise typer.Exit(1)


@app.command()
def logo(slug: str, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Show a JPEG or PNG on the cover of the catalog, in place of the initials."""

    async def work(storage: Storage) -> None:
        company = await storage.companies.get(slug)
        await _documents(storage).set_logo(company, file.read_bytes())

    with_storage(work)


@app.command()
def pdf(slug: str, file: Path) -> None:
    """Write the catalog as FILE.pdf, or its pages as FILE.png, FILE-2.png …"""
    kind = file.suffix.lower()
    if kind not in {".pdf", ".png"}:
        fail("unknown_file_type", "the catalog is written as a .pdf or a .png")
    if not file.parent.is_dir():
        fail("no_such_folder", f"there is no folder {file.parent}")

    async def work(storage: Storage) -> Sequence[bytes]:
        company = await storage.companies.get(slug)
        documents = _documents(storage)
        return await documents.pictures(company) if kind == ".png" else [await documents.document(company)]

    for number, page in enumerate(with_storage(work), start=1):
        place = file if number == 1 else file.with_stem(f"{file.stem}-{number}")
        place.write_bytes(page)
        out.print(f"{place}: {len(page):,} bytes", highlight=False, markup=False)


def _documents(storage: Storage) -> CatalogDocuments:
    return catalog_documents(Settings(), storage.database, storage.companies, storage.clock)
