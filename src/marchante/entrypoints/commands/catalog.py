"""marchante catalog …: import what a shop sells."""

from pathlib import Path
from typing import Annotated

import typer

from marchante.bootstrap import Storage
from marchante.catalog.importing import CatalogImportReport, import_catalog
from marchante.entrypoints.commands.running import out, with_storage

app = typer.Typer(help="Catalogs: import.", no_args_is_help=True)


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
