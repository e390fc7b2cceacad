"""What a process keeps of catalogs is bounded by their products, whatever the companies are like."""

from decimal import Decimal

from marchante.catalog.domain import Catalog, Product
from marchante.catalog.snapshots import CatalogCache


def catalog(products: int, version: int = 1) -> Catalog:
    rows = (
        Product(place, f"P-{place}", f"Producto {place}", None, "", "", Decimal(10), "piece", Decimal(1))
        for place in range(products)
    )
    return Catalog(version, (), tuple(rows))


def test_companies_used_longest_ago_make_room_for_a_large_one():
    cache = CatalogCache(products=100)
    for company in range(10):
        cache.keep(company, catalog(10))
    assert (cache.companies, cache.products) == (10, 100)
    cache.keep(10, catalog(75))
    assert (cache.companies, cache.products) == (3, 95)


def test_a_catalog_larger_than_all_is_kept_alone():
    cache = CatalogCache(products=100)
    cache.keep(1, catalog(10))
    cache.keep(2, catalog(500))
    assert (cache.companies, cache.products) == (1, 500)
    cache.keep(3, catalog(10))
    assert (cache.companies, cache.products) == (1, 10)


def test_a_new_version_takes_the_place_of_the_old_one():
    cache = CatalogCache(products=100)
    for version in range(1, 6):
        cache.keep(1, catalog(60, version))
    assert (cache.companies, cache.products) == (1, 60)


def test_companies_without_products_are_bounded_too():
    cache = CatalogCache(products=100)
    for company in range(1000):
        cache.keep(company, catalog(0))
    assert cache.companies == 100
