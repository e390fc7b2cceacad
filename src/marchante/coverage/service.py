"""The zones of a company, as its people change them, and what was asked for outside them."""

from collections import OrderedDict
from collections.abc import Sequence

from marchante.companies.service import SYSTEM, Companies
from marchante.coverage import repository
from marchante.coverage.domain import Demand, Zone
from marchante.coverage.files import BranchZone
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Conflict, NotFound


class Coverage:
    """`actor` says who asks for a change, as the company's log will show it."""

    def __init__(self, database: Database, companies: Companies, clock: Clock) -> None:
        self._database = database
        self._companies = companies
        self._clock = clock

    async def zones(self, slug: str) -> Sequence[Zone]:
        company = await self._companies.get(slug)
        async with self._database.company(company.schema) as connection:
            return await repository.zones(connection)

    async def demand(self, slug: str, limit: int = 100) -> Sequence[Demand]:
        """Where customers asked to be delivered to in vain, the newest first."""
        company = await self._companies.get(slug)
        async with self._database.company(company.schema) as connection:
            return await repository.demand(connection, limit)

    async def add(self, slug: str, zones: Sequence[BranchZone], actor: str = SYSTEM, *, instead: bool = False) -> int:
        """Add zones, all or none; `instead` of those there are. How many.

        Raises Conflict `zone_exists`, NotFound `establishment_not_found`.
        """
        await self._companies.get(slug)
        async with self._companies.changing(slug, actor) as held:
            if instead:
                await repository.remove_all(held.connection, self._clock.now())
            for each in zones:
                new = each.of(await _branch(held.connection, each.branch))
                if await repository.add(held.connection, new, self._clock.now()) is None:
                    raise Conflict(f"there is a zone {new.name} already", code="zone_exists")
            names = ", ".join(each.zone.name for each in zones)
            await held.log("zones_replaced" if instead else "zones_added", names)
        return len(zones)

    async def remove(self, slug: str, zone_id: int, actor: str = SYSTEM) -> None:
        """Raises NotFound `zone_not_found`."""
        await self._companies.get(slug)
        async with self._companies.changing(slug, actor) as held:
            name = await repository.remove(held.connection, zone_id, self._clock.now())
            if name is None:
                raise NotFound(f"no zone {zone_id}", code="zone_not_found")
            await held.log("zone_removed", name)


class ZoneCache:
    """The zones of the companies used last, kept between turns. A turn reads the company's version inside its
    transaction, so a kept copy is never stale.
    """

    def __init__(self, companies: int = 500) -> None:
        self._companies = companies
        self._kept: OrderedDict[int, tuple[int, tuple[Zone, ...]]] = OrderedDict()

    async def get(self, connection: Connection, company_id: int, version: int) -> tuple[Zone, ...]:
        kept = self._kept.get(company_id)
        if kept is None or kept[0] != version:
            kept = (version, await repository.zones(connection))
            self._kept[company_id] = kept
        self._kept.move_to_end(company_id)
        if len(self._kept) > self._companies:
            self._kept.popitem(last=False)
        return kept[1]


async def _branch(connection: Connection, name: str) -> int | None:
    if not name:
        return None
    branch = await repository.branch_named(connection, name)
    if branch is None:
        raise NotFound(f"no branch {name}", code="establishment_not_found")
    return branch
