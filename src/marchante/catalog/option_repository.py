"""SQL of extras and fillings. Every function takes a connection inside one company's transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from marchante.catalog.options import Option, OptionGroup
from marchante.foundation.database.connection import Connection


async def option_groups(connection: Connection) -> Mapping[int, tuple[OptionGroup, ...]]:
    """The groups of every product that has some, by product id, in the order they were given.

    What is switched off is left out: an option, or the product without a price that it stands for. A group of which too
    few are left asks for those there are.
    """
    rows = await connection.fetch(
        """SELECT product_id, group_name, min_choices, max_choices,
                  array_agg(ROW(name, price_delta, option_product_id, id) ORDER BY position, id) AS options
           FROM product_options o
           WHERE active AND (option_product_id IS NULL OR EXISTS (
               SELECT FROM products p WHERE p.id = o.option_product_id AND p.active AND p.whatsapp_sellable))
           GROUP BY product_id, group_name, min_choices, max_choices ORDER BY product_id, min(position), min(id)"""
    )
    groups: dict[int, list[OptionGroup]] = defaultdict(list)
    for row in rows:
        options = tuple(Option(*option) for option in row["options"])
        group = OptionGroup(row["group_name"], options, min(row["min_choices"], len(options)), row["max_choices"])
        groups[row["product_id"]].append(group)
    return {product_id: tuple(found) for product_id, found in groups.items()}


async def set_option_groups(connection: Connection, product_id: int, groups: Sequence[OptionGroup]) -> None:
    """From now on these are the groups of the product; none: nothing is chosen inside it."""
    flat = [(group, option) for group in groups for option in group.options]
    await connection.execute("DELETE FROM product_options WHERE product_id = $1", product_id)
    await connection.execute(
        """INSERT INTO product_options (product_id, group_name, name, price_delta, option_product_id, min_choices,
                                        max_choices, position)
           SELECT $1, o.* FROM unnest($2::text[], $3::text[], $4::numeric[], $5::bigint[], $6::integer[], $7::integer[])
               WITH ORDINALITY AS o""",
        product_id,
        [group.name.strip() for group, _ in flat],
        [option.name.strip() for _, option in flat],
        [option.price_delta for _, option in flat],
        [option.product_id for _, option in flat],
        [group.min_choices for group, _ in flat],
        [group.max_choices for group, _ in flat],
    )


async def product_ids(connection: Connection, skus: Sequence[str]) -> Mapping[str, int]:
    rows = await connection.fetch("SELECT sku, id FROM products WHERE sku = ANY($1::text[])", skus)
    return {row["sku"]: row["id"] for row in rows}


async def unpriced_products(connection: Connection) -> Sequence[tuple[int, str]]:
    """Id and name of what has no price of its own: it is chosen inside another product."""
    rows = await connection.fetch("SELECT id, name FROM products WHERE price IS NULL ORDER BY id")
    return [(row["id"], row["name"]) for row in rows]
