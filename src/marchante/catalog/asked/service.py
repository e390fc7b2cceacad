"""The owner's word on what customers asked for: which names to learn, which demand to serve or to let go.

Every decision is one transaction in the company's schema, with a line in the company's log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marchante.catalog import repository as catalog
from marchante.catalog.asked import repository
from marchante.catalog.asked.domain import LOST_REASONS, Asked, LostReason, phrase_key
from marchante.catalog.files import CatalogFile, RawRow
from marchante.catalog.importing import CatalogImportReport, import_rows
from marchante.companies import records_repository as records
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Invalid, NotFound
from marchante.understanding import understand


@dataclass(frozen=True, slots=True)
class Accepted:
    """`still_asked`: products the words can still mean, so that the customer goes on being asked which."""

    alias: str
    still_asked: tuple[str, ...]


class AskedPhrases:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def suggestions(self, company: Company) -> Sequence[Asked]:
        """Names to learn, as customers chose after "which of these?"; what was decided on is not suggested again."""
        async with self._database.company(company.schema) as connection:
            return await repository.undecided(connection, ["alias"])

    async def accept(self, company: Company, phrase: str, sku: str, actor: str) -> Accepted:
        """From now on these words name this product. Raises NotFound `phrase_not_found`."""
        async with self._database.company(company.schema) as connection:
            alias = await repository.accept(connection, phrase_key(phrase), sku, self._clock.now())
            if alias is None:
                raise _nobody_said(phrase)
            await records.log(connection, company.id, "alias_accepted", f"{alias} = {sku}", actor)
            return Accepted(alias, await _still_meant(connection, alias))

    async def reject(self, company: Company, phrase: str, sku: str | None, actor: str) -> None:
        """Never suggest these words again, for one product or for all. Raises NotFound `phrase_not_found`."""
        async with self._database.company(company.schema) as connection:
            now = self._clock.now()
            example = await repository.decide(connection, ["alias"], phrase_key(phrase), sku, "rejected", now)
            if example is None:
                raise _nobody_said(phrase)
            await records.log(connection, company.id, "alias_rejected", f"{example} = {sku or '*'}", actor)

    async def lost_demand(self, company: Company) -> Sequence[Asked]:
        """What was asked for and could not be sold, most wanted first."""
        async with self._database.company(company.schema) as connection:
            return await repository.undecided(connection, LOST_REASONS)

    async def dismiss(self, company: Company, phrase: str, reason: LostReason | None, actor: str) -> None:
        """Show these words no more, whoever asks for them. Raises NotFound `phrase_not_found`."""
        kinds = LOST_REASONS if reason is None else (reason,)
        async with self._database.company(company.schema) as connection:
            now = self._clock.now()
            example = await repository.decide(connection, kinds, phrase_key(phrase), None, "dismissed", now)
            if example is None:
                raise _nobody_said(phrase)
            await records.log(connection, company.id, "lost_demand_dismissed", example, actor)

    async def put_on_sale(
        self, company: Company, phrase: str, product: Mapping[str, object], actor: str
    ) -> CatalogImportReport:
        """Sell from now on what was asked for: a product as a row of a catalog file would have it, that also goes by
        these words.

        Raises:
            NotFound: `phrase_not_found`.
            Invalid: with the code and reason of the row's fault; nothing is changed then.

        """
        async with self._database.company(company.schema) as connection:
            now = self._clock.now()
            example = await repository.decide(connection, ["not_carried"], phrase_key(phrase), None, "on_sale", now)
            if example is None:
                raise _nobody_said(phrase)
            name = str(product.get("name") or example.capitalize())
            cells = {**product, "name": name, "aliases": example}
            row = CatalogFile((RawRow(1, cells),), skus_required=False)
            report = await import_rows(connection, row)
            if report.rejected:
                fault = report.rejected[0]
                raise Invalid(fault.reason, code=fault.code)
            await records.log(connection, company.id, "lost_demand_on_sale", f"{example}: {name}", actor)
            return report


async def _still_meant(connection: Connection, alias: str) -> tuple[str, ...]:
    known = await catalog.load(connection, await catalog.current_version(connection))
    meant = [sku for each in understand(alias, known.index).ambiguous for sku in each.candidates]
    return tuple(product.name for product in map(known.by_sku, meant) if product)


def _nobody_said(phrase: str) -> NotFound:
    return NotFound(f"nobody asked for {phrase!r}", code="phrase_not_found")
