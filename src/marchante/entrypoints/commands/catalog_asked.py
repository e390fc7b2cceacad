"""marchante catalog aliases … and lost-demand …: what customers asked for in their own words."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.catalog.asked.domain import LOST_REASONS, Asked, LostReason
from marchante.catalog.asked.service import Accepted, AskedPhrases
from marchante.catalog.importing import CatalogImportReport
from marchante.companies.domain import Company
from marchante.entrypoints.commands.running import ACTOR, fail, out, with_storage

T = TypeVar("T")

aliases = typer.Typer(help="Names customers use: list, accept, reject.", no_args_is_help=True)
lost_demand = typer.Typer(help="What was asked for and could not be sold: list, dismiss, sell.")
Phrase = Annotated[str, typer.Argument(help="As the list shows it")]
Reason = Annotated[str | None, typer.Option(help=f"Only for one reason: {', '.join(LOST_REASONS)}")]


def _run(slug: str, work: Callable[[AskedPhrases, Company], Awaitable[T]]) -> T:
    async def run(storage: Storage) -> T:
        return await work(AskedPhrases(storage.database, storage.clock), await storage.companies.get(slug))

    return with_storage(run)


@aliases.command("list")
def list_(slug: str) -> None:
    """What customers chose after "which of these?": nothing is understood so before it is accepted."""
    table = Table("phrase", "sku", "product", "customers", "times", "first", "last")
    for each in _run(slug, lambda asked, company: asked.suggestions(company)):
        table.add_row(each.example, each.sku, each.product_name, *_counts(each))
    out.print(table, markup=False)


@aliases.command()
def accept(slug: str, phrase: Phrase, sku: str) -> None:
    """From now on this phrase means this product."""
    accepted: Accepted = _run(slug, lambda asked, company: asked.accept(company, phrase, sku, ACTOR))
    out.print(f"{accepted.alias} means {sku} from now on", highlight=False, markup=False)
    if accepted.still_asked:
        out.print(f"  customers are still asked which: {', '.join(accepted.still_asked)}", style="yellow", markup=False)


@aliases.command()
def reject(slug: str, phrase: Phrase, sku: Annotated[str | None, typer.Argument()] = None) -> None:
    """Never suggest this phrase again, for one product or for all."""
    _run(slug, lambda asked, company: asked.reject(company, phrase, sku, ACTOR))


@lost_demand.callback(invoke_without_command=True)
def lost(context: typer.Context, slug: Annotated[str, typer.Argument(help="The company")]) -> None:
    """What was asked for and could not be sold, most wanted first."""
    context.obj = slug
    if context.invoked_subcommand is None:
        _show_lost(_run(slug, lambda asked, company: asked.lost_demand(company)))


def _show_lost(found: Sequence[Asked]) -> None:
    table = Table("reason", "phrase", "product", "customers", "times", "first", "last")
    for each in found:
        table.add_row(each.kind, each.example, each.product_name or "", *_counts(each))
    out.print(table, markup=False)


def _counts(each: Asked) -> tuple[str, str, str, str]:
    return str(each.customers), str(each.times), f"{each.first_at:%Y-%m-%d}", f"{each.last_at:%Y-%m-%d}"


@lost_demand.command()
def dismiss(context: typer.Context, phrase: Phrase, reason: Reason = None) -> None:
    """Show this phrase no more, whoever asks for it."""
    if reason is not None and reason not in LOST_REASONS:
        fail("unknown_reason", f"{reason!r} is none of {', '.join(LOST_REASONS)}")
    chosen: LostReason | None = next((each for each in LOST_REASONS if each == reason), None)
    _run(context.obj, lambda asked, company: asked.dismiss(company, phrase, chosen, ACTOR))


@lost_demand.command()
def sell(
    context: typer.Context,
    phrase: Phrase,
    price: Annotated[str, typer.Option(help="Pesos per unit, IVA included")],
    name: Annotated[str | None, typer.Option(help="Of the product; the phrase when not given")] = None,
    sku: Annotated[str | None, typer.Option(help="Made from the name when not given")] = None,
    unit: Annotated[str, typer.Option()] = "piece",
    category: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Put what was asked for on sale; the phrase becomes one of its names."""
    given = {"sku": sku, "name": name, "price": price, "unit": unit, "category": category}
    product = {field: value for field, value in given.items() if value is not None}
    report: CatalogImportReport = _run(
        context.obj, lambda asked, company: asked.put_on_sale(company, phrase, product, ACTOR)
    )
    for kept_out in report.not_sellable:
        out.print(f"  kept out of WhatsApp: {kept_out}", style="yellow", markup=False)
    out.print(f"{report.imported} new, {report.updated} updated", highlight=False)
