"""Keeps the Meta catalogs of all companies that have one in step with what they sell, without being asked."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import structlog

from marchante.catalog import repository
from marchante.catalog.meta.service import MetaCatalogSync, SyncReport
from marchante.companies.domain import Company
from marchante.companies.service import Companies
from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.jobs.alerts import raise_alert, resolve_alert
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import AppError

log = structlog.get_logger(__name__)

# A new price is on the phones within a minute or two; until then ours counts all the same.
EVERY = 60.0
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Stand:
    """What Meta was last told of a company: another one is told anew."""

    catalog_id: str
    version: int
    sold_out: frozenset[int]
    day: date


class MetaCatalogKeeper:
    """One per worker process. Several do no harm: what is written twice is the same, and only on change."""

    def __init__(self, database: Database, companies: Companies, sync: MetaCatalogSync, clock: Clock) -> None:
        self._database = database
        self._companies = companies
        self._sync = sync
        self._clock = clock
        self._told: dict[int, _Stand] = {}
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Look once a minute until `stop`."""
        while not self._stopping.is_set():
            try:
                await self.look()
            except DATABASE_AWAY as error:
                log.warning("meta_catalog.database_away", error=type(error).__name__)
            except Exception:
                # A fault in this must not take the process along, and with it the answers to customers.
                log.exception("meta_catalog.look_failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), EVERY)

    async def stop(self) -> None:
        self._stopping.set()

    async def look(self) -> int:
        """Bring every catalog up to date whose shop changed; how many were."""
        synced = 0
        for company in await self._companies.selling_at_meta():
            stand = await self._stand(company)
            if self._told.get(company.id) != stand and await self._brought(company):
                self._told[company.id] = stand
                synced += 1
        return synced

    async def _stand(self, company: Company) -> _Stand:
        async with self._database.company(company.schema) as connection:
            version = await repository.current_version(connection)
            sold_out = await repository.sold_out(connection)
        today = self._clock.now().astimezone(company.zone).date()
        return _Stand(company.settings.meta_catalog_id, version, sold_out, today)

    async def _brought(self, company: Company) -> bool:
        """Whether Meta knows now; if not, the shop is told and the next look tries again."""
        try:
            report = await self._sync.sync(company)
        except AppError as error:
            log.warning("meta_catalog.failed", company=company.slug, code=error.code)
            await self._alert(company, "meta_catalog_failed", error.message, {"code": error.code})
            return False
        await self._settle(company, report)
        return True

    async def _settle(self, company: Company, report: SyncReport) -> None:
        async with self._database.relay() as connection:
            await resolve_alert(connection, _fingerprint(company, "meta_catalog_failed"), self._clock.now())
            if not report.refused:
                await resolve_alert(connection, _fingerprint(company, "meta_catalog_refused"), self._clock.now())
        if report.refused:
            first = dict(sorted(report.refused.items())[:_NAMED])
            words = f"Meta does not show {len(report.refused)} products: {first}"
            await self._alert(company, "meta_catalog_refused", words, {"products": len(report.refused)})

    async def _alert(self, company: Company, code: str, message: str, data: Mapping[str, object]) -> None:
        async with self._database.relay() as connection:
            await raise_alert(
                connection,
                code=code,
                severity="warning",
                message=message,
                company_id=company.id,
                data=data,
                fingerprint=_fingerprint(company, code),
                now=self._clock.now(),
            )


def _fingerprint(company: Company, code: str) -> str:
    return f"{code}:{company.id}"
