"""SQL of categories and products. Every function takes a connection inside one company's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from asyncpg import Record

from marchante.catalog.domain import Catalog, Category, Product
from marchante.catalog.option_repository import option_groups
from marchante.catalog.options import OptionGroup
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
                   p.description, p.price, p.unit, p.step, p.aliases, p.image_url, p.weekdays, p.position,
                   p.whatsapp_sellable, l.learned
            FROM products p LEFT JOIN categories c ON c.id = p.category_id
                 LEFT JOIN (SELECT product_id, array_agg(DISTINCT alias) AS learned FROM asked_phrases
                            WHERE alias IS NOT NULL GROUP BY product_id) l ON l.product_id = p.id
            WHERE {SELLABLE} OR (p.active AND NOT p.whatsapp_sellable)"""
    )
    groups = await option_groups(connection)
    # Sorted here: the embedded PostgreSQL has no Spanish collation and would put "Ánimas" after "Zote".
    ordered = sorted((row for row in rows if row["whatsapp_sellable"]), key=_place_in_the_menu)
    categories = {row["category_id"]: row["category"] for row in ordered if row["category_id"] is not None}
    return Catalog(
        version=version,
        categories=tuple(Category(id=key, name=name) for key, name in categories.items()),
        products=tuple(_product(row, groups.get(row["id"], ())) for row in ordered),
        kept_out=tuple(row["name"] for row in rows if not row["whatsapp_sellable"]),
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


def _product(row: Record, groups: tuple[OptionGroup, ...]) -> Product:
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
        groups=groups,
        learned=tuple(alias for alias in row["learned"] or () if alias in row["aliases"]),
    )


async def lock_products(connection: Connection, skus: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """The products with these skus as they are, held until the transaction ends; by sku.

    One import at a time per company, and rows in the order of ids as orders take them: nobody waits in a circle.
    """
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalog import ' || current_schema(), 0))")
    rows = await connection.fetch(
        """SELECT p.id, p.sku, p.name, c.name AS category, p.description, p.price, p.unit, p.step, p.stock, p.aliases,
                  p.image_url, p.whatsapp_sellable, p.active, p.weekdays
           FROM products p LEFT JOIN categories c ON c.id = p.category_id
           WHERE p.sku = ANY($1::text[]) ORDER BY p.id FOR NO KEY UPDATE OF p""",
        skus,
    )
    return {row["sku"]: dict(row) for row in rows}


async def ensure_categories(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    """The ids of these categories; new ones go last, in this order. "Lácteos" and "LACTEOS" are one."""
    rows = await connection.fetch("SELECT id, name FROM categories ORDER BY id DESC")
    known = {_category_key(row["name"]): int(row["id"]) for row in rows}
    missing: dict[str, str] = {}
    for name in names:
        if _category_key(name) not in known:
            missing.setdefault(_category_key(name), name)
    if missing:
        created = await connection.fetch(
            """INSERT INTO categories (name, position)
               SELECT n.name, last.position + n.place
               FROM unnest($1::text[]) WITH ORDINALITY AS n (name, place),
                    (SELECT coalesce(max(position), 0) AS position FROM categories) AS last
               RETURNING id, name""",
            list(missing.values()),
        )
        known |= {_category_key(row["name"]): int(row["id"]) for row in created}
    return {name: known[_category_key(name)] for name in names}


def _category_key(name: str) -> str:
    """A name of emoji only has no words: it stands for itself."""
    return plain(name) or name


async def upsert_products(connection: Connection, products: Sequence[Mapping[str, Any]]) -> None:
    """Write complete products in one statement, known ones by their sku; new ones are listed last, in this order."""
    if not products:
        return
    await connection.execute(
        """INSERT INTO products (sku, name, category_id, description, price, unit, step, stock, aliases, image_url,
                                 whatsapp_sellable, active, weekdays, position)
           SELECT r.sku, r.name, r.category_id, r.description, r.price, r.unit, r.step, r.stock, r.aliases, r.image_url,
                  r.whatsapp_sellable, r.active, r.weekdays, last.position + r.place
           FROM jsonb_to_recordset($1) AS r (
                    place integer, sku text, name text, category_id bigint, description text, price numeric, unit text,
                    step numeric, stock numeric, aliases text[], image_url text, whatsapp_sellable boolean,
                    active boolean, weekdays integer[]),
                (SELECT coalesce(max(position), 0) AS position FROM products) AS last
           ORDER BY r.place
           ON CONFLICT (sku) DO UPDATE SET
               name = excluded.name, category_id = excluded.category_id, description = excluded.description,
               price = excluded.price, unit = excluded.unit, step = excluded.step, stock = excluded.stock,
               aliases = excluded.aliases, image_url = excluded.image_url, active = excluded.active,
               whatsapp_sellable = excluded.whatsapp_sellable, weekdays = excluded.weekdays,
               updated_at = now()""",
        [{"place": place} | dict(product) for place, product in enumerate(products, start=1)],
    )


async def skus_on_sale(connection: Connection, skus: Sequence[str]) -> frozenset[str]:
    """Those of these skus that customers can order."""
    rows = await connection.fetch(f"SELECT p.sku FROM products p WHERE p.sku = ANY($1::text[]) AND {SELLABLE}", skus)
    return frozenset(row["sku"] for row in rows)


async def image_of(connection: Connection, sku: str) -> str | None:
    """What a product's photo is now, "" when it has none; None when there is no such product."""
    image: str | None = await connection.fetchval("SELECT coalesce(image_url, '') FROM products WHERE sku = $1", sku)
    return image


async def set_image(connection: Connection, sku: str, image_url: str) -> None:
    """The photo of a product: `media:<key>` or an https address."""
    await connection.execute("UPDATE products SET image_url = $2, updated_at = now() WHERE sku = $1", sku, image_url)
