"""What of a catalog is sold by WhatsApp, and that a kept copy is never stale."""

from decimal import Decimal

from tests.builders.catalog import add_category, add_product
from tests.fakes.statements import counted

from marchante.catalog import repository
from marchante.catalog.domain import Catalog, Category
from marchante.catalog.snapshots import CatalogCache


async def loaded(database, company) -> Catalog:
    async with database.company(company.schema) as connection:
        return await repository.load(connection, await repository.current_version(connection))


async def test_only_what_may_be_sold_by_whatsapp_is_loaded(database, lupita, agua):
    async with database.company(lupita.schema) as connection:
        fruit = await add_category(connection, "Frutas")
        closed = await add_category(connection, "Temporada", active=False)
        await add_category(connection, "Vacía")
        await add_product(connection, "mango", category_id=fruit)
        await add_product(connection, "suelto")
        await add_product(connection, "agotado", stock=Decimal(0))
        await add_product(connection, "cerveza", category_id=fruit, whatsapp_sellable=False)
        await add_product(connection, "viejo", category_id=fruit, active=False)
        await add_product(connection, "relleno", category_id=fruit, price=None)
        await add_product(connection, "ponche", category_id=closed)
        sold_out = await repository.sold_out(connection)
    async with database.company(agua.schema) as connection:
        await add_product(connection, "garrafon")
    catalog = await loaded(database, lupita)
    assert [product.sku for product in catalog.products] == ["mango", "agotado", "suelto"]
    assert catalog.categories == (Category(fruit, "Frutas"),)
    assert {catalog.by_sku("agotado").id} == sold_out
    assert [product.sku for product in (await loaded(database, agua)).products] == ["garrafon"]


async def test_the_menu_follows_positions_then_spanish_names(database, lupita, agua):
    async with database.company(lupita.schema) as connection:
        zeta = await add_category(connection, "Zanahorias")
        accent = await add_category(connection, "Ácidos")
        first = await add_category(connection, "Yerbas", position=-1)
        for category in (zeta, accent, first):
            for name, position in (("Zote", 0), ("árnica", 0), ("Berro", 0), ("Último", 1), ("Primero", -1)):
                await add_product(connection, f"{category}-{name}", name=name, category_id=category, position=position)
    catalog = await loaded(database, lupita)
    assert [category.name for category in catalog.categories] == ["Yerbas", "Ácidos", "Zanahorias"]
    assert [product.name for product in catalog.in_category(accent)] == ["Primero", "árnica", "Berro", "Zote", "Último"]
    assert [product.category for product in catalog.products[:5]] == ["Yerbas"] * 5


async def test_every_column_arrives_as_the_domain_types_it(database, lupita, agua):
    async with database.company(lupita.schema) as connection:
        await connection.execute(
            """INSERT INTO products (sku, name, description, price, unit, step, aliases, image_url, weekdays)
               VALUES ('POZ', 'Pozole', 'Con tostadas', 95.5, 'piece', 1, '{pozolito,"rojo, grande"}', 'fotos/poz.jpg', '{6,7}')"""
        )
    product = (await loaded(database, lupita)).by_sku("POZ")
    assert (product.price, product.step, product.category, product.category_id) == (
        Decimal("95.50"),
        Decimal(1),
        "",
        None,
    )
    assert (product.aliases, product.weekdays) == (("pozolito", "rojo, grande"), (6, 7))
    assert (product.image_url, product.description) == ("fotos/poz.jpg", "Con tostadas")


async def test_a_kept_catalog_is_used_until_the_shop_changes_something(database, lupita, agua):
    cache = CatalogCache()

    async def current(company) -> Catalog:
        async with database.company(company.schema) as connection:
            return await cache.get(connection, company.id, await repository.current_version(connection))

    async with database.company(lupita.schema) as connection:
        mango = await add_product(connection, "mango", stock=Decimal(5))
    first = await current(lupita)
    assert await current(lupita) is first
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET stock = stock - 1 WHERE id = $1", mango)
    assert await current(lupita) is first
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET price = 30 WHERE id = $1", mango)
    assert (await current(lupita)).product(mango).price == Decimal("30.00")
    assert (await current(agua)).products == ()


async def test_the_cache_keeps_the_companies_used_last(database, lupita, agua):
    cache = CatalogCache(products=2)  # each company has one
    async with database.company(lupita.schema) as connection:
        await add_product(connection, "mango")
        for company_id in (1, 2, 1, 3):
            await cache.get(connection, company_id, 7)
        async with counted(connection) as statements:
            for company_id in (1, 3):
                await cache.get(connection, company_id, 7)
        assert statements == []
        async with counted(connection) as statements:
            await cache.get(connection, 2, 7)
        assert len(statements) == 2
