"""Catalogs kept between turns. A turn reads the version inside its transaction, so a kept copy is never stale."""

from collections import OrderedDict

from marchante.catalog import repository
from marchante.catalog.domain import Catalog
from marchante.foundation.database.connection import Connection

MOST_PRODUCTS = 100_000
"""About 240 MB of a process with their indexes (docs/figures.md): 1,400 shops of 70 products, or 20 of 5,000."""


class CatalogCache:
    """The catalogs of the companies used last, one version of each; shared by all turns of a process.

    Bounded by products, not by companies: one shop may sell as much as a hundred others.
    """

    def __init__(self, products: int = MOST_PRODUCTS) -> None:
        self._most = products
        self._kept: OrderedDict[int, Catalog] = OrderedDict()
        self._products = 0

    async def get(self, connection: Connection, company_id: int, version: int) -> Catalog:
        """The catalog of the company whose transaction this is, at the version just read in it."""
        kept = self._kept.get(company_id)
        if kept is None or kept.version != version:
            kept = await repository.load(connection, version)
            self.keep(company_id, kept)
        self._kept.move_to_end(company_id)
        return kept

    def keep(self, company_id: int, catalog: Catalog) -> None:
        """In place of the company's older one; those used longest ago make room. The newest stays, however large."""
        old = self._kept.pop(company_id, None)
        self._kept[company_id] = catalog
        self._products += _weight(catalog) - (_weight(old) if old else 0)
        while self._products > self._most and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._products -= _weight(gone)

    @property
    def products(self) -> int:
        """How many products are kept now; an empty catalog counts as one."""
        return self._products

    @property
    def companies(self) -> int:
        return len(self._kept)


def _weight(catalog: Catalog) -> int:
    return max(1, len(catalog.products) + len(catalog.kept_out))
