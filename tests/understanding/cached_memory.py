"""How much memory a process keeps for catalogs with their indexes: `python -m tests.understanding.cached_memory`.

First 1,000 companies of 70 products, all of which fit; then 40 of 5,000, of which the cache keeps as many as it may.
The largest resident size so far is read after each, so that the second figure holds whatever is freed or not.
"""

import gc
import json
import sys
from decimal import Decimal

from marchante.catalog.domain import Catalog, Product
from marchante.catalog.snapshots import CatalogCache
from tests.understanding.timing import LARGE, SMALL, products, resident

COMPANIES, LARGE_COMPANIES = 1000, 40


def catalog(size: int, salt: int) -> Catalog:
    """Read as from a database: no text of it is shared with another company."""
    rows = (
        Product(
            id=place,
            sku=f"{each.sku}-{salt}",
            name=f"{each.name} {salt}"[: len(each.name)],
            category_id=1,
            category=each.category,
            description=each.description,
            price=each.price,
            unit=each.unit,
            step=Decimal(each.step),
            aliases=each.aliases,
        )
        for place, each in enumerate(products(size, salt))
    )
    return Catalog(1, (), tuple(rows))


def main() -> None:
    cache = CatalogCache()
    gc.collect()
    before = resident()
    figures = {}
    for name, companies, size in (("small", COMPANIES, SMALL), ("large", LARGE_COMPANIES, LARGE)):
        for number in range(companies):
            made = catalog(size, number)
            _ = made.index
            cache.keep(number if name == "small" else COMPANIES + number, made)
        figures[name] = {
            "companies_offered": companies,
            "products_each": size,
            "companies_kept": cache.companies,
            "products_kept": cache.products,
            "megabytes": round(resident() - before, 1),
        }
    json.dump(figures, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
