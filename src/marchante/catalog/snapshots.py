"""Catalogs kept between turns. A turn reads the version inside its transaction, so a kept copy is never stale."""

from collections import OrderedDict

from marchante.catalog import repository
from marchante.catalog.domain import Catalog
from marchante.foundation.database.connection import Connection


class CatalogCache:
    """The catalogs of the companies used last, one version of each; shared by all turns of a process."""

    def __init__(self, companies: int = 500) -> None:
        self._companies = companies
        self._kept: OrderedDict[int, Catalog] = OrderedDict()

    async def get(self, connection: Connection, company_id: int, version: int) -> Catalog:
        """The catalog of the company whose transaction this is, at the version just read in it."""
        kept = self._kept.get(company_id)
        if kept is None or kept.version != version:
            kept = await repository.load(connection, version)
            self._kept[company_id] = kept
        self._kept.move_to_end(company_id)
        if len(self._kept) > self._companies:
            self._kept.popitem(last=False)
        return kept
