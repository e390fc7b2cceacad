"""SQL of categories and products. Every function takes a connection inside one company's transaction."""

from asyncpg import Record

from marchante.catalog.domain import Catalog, Category, Product
from marchante.catalog.words import plain
from marchante.foundation.database.connection import Connection

# What may be sold by WhatsApp, for a product named `p`. Weekdays and stock are judged when they matter, not here.
SELLABLE = """(p.active AND p.whatsapp_sellable AND p.price IS NOT NULL AND (p.category_id IS NULL OR EXISTS (
    SELECT FROM categories sold WHERE sold.id = p.category_id AND sold.active)))"""


async def current_version(connection: Connection) -> int:
    """The version every cached copy of this company's catalog is compared with."""
    version: int = await connection.fetchval("SELECT version FROM catalog_state")
    return version


async def sold_out(connection: Connection) -> frozenset[int]:
    """Products whose tracked stock is used up, as of now."""
    rows = await connection.fetch("SELECT id FROM products WHERE stock IS NOT NULL AND stock <= 0")
    return frozenset(row["id"] for row in rows)


async def load(connection: Connection, version: int) -> Catalog:
    """Everything the shop sells by WhatsApp, by the position and name of the category, then of the product.

    Products without a category come last. Categories in which nothing is sold are left out: they would be empty lists.
    `version` is the one read in the same transaction.
    """
    rows = await connection.fetch(
        f"""SELECT p.id, p.sku, p.name, p.category_id, c.name AS category, c.position AS category_position,
                   p.description, p.price, p.unit, p.step, p.aliases, p.image_url, p.weekdays, p.position
            FROM products p LEFT JOIN categories c ON c.id = p.category_id
            WHERE {SELLABLE}"""
    )
    # Sorted here: the embedded PostgreSQL has no Spanish collation and would put "Ánimas" after "Zote".
    ordered = sorted(rows, key=_place_in_the_menu)
    categories = {row["category_id"]: row["category"] for row in ordered if row["category_id"] is not None}
    return Catalog(
        version=version,
        categories=tuple(Category(id=key, name=name) for key, name in categories.items()),
        products=tuple(_product(row) for row in ordered),
    )


def _place_in_the_menu(row: Record) -> tuple[bool, int, str, int, int, str, int]:
    return (
        row["category_id"] is None,
        row["category_position"] or 0,
        plain(row["category"] or ""),
        row["category_id"] or 0,
        row["position"],
        plain(row["name"]),
        row["id"],
    )


def _product(row: Record) -> Product:
    return Product(
        id=row["id"],
        sku=row["sku"],
        name=row["name"],
        category_id=row["category_id"],
        category=row["category"] or "",
        description=row["description"],
        price=row["price"],
        unit=row["unit"],
        step=row["step"],
        aliases=tuple(row["aliases"]),
        image_url=row["image_url"],
        weekdays=None if row["weekdays"] is None else tuple(row["weekdays"]),
    )
