"""Categories and products. Every change but stock moves `catalog_state.version`, by trigger: no cache is stale."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy import text as sql

from marchante.foundation.database.tables import Money, Quantity, created_at, one_of, tenant, updated_at

UNITS = ("kg", "piece", "unit", "can", "box", "pack", "bunch", "liter", "bottle", "bag", "service")

categories = Table(
    "categories",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    created_at(),
)

products = Table(
    "products",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("sku", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("category_id", BigInteger, ForeignKey("categories.id"), index=True),
    Column("description", Text, nullable=False, server_default=""),
    # Per unit, IVA included. NULL: has no price of its own, is chosen inside another product.
    Column("price", Money),
    Column("unit", Text, nullable=False),
    Column("step", Quantity, nullable=False, server_default="1"),
    # NULL: not tracked.
    Column("stock", Quantity),
    Column("aliases", ARRAY(Text), nullable=False, server_default=sql("'{}'::text[]")),
    Column("image_url", Text),
    Column("whatsapp_sellable", Boolean, nullable=False, server_default=sql("true")),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    # ISO weekdays (1 Monday … 7 Sunday) it is sold on; NULL: every day.
    Column("weekdays", ARRAY(Integer)),
    Column("position", Integer, nullable=False, server_default="0"),
    created_at(),
    updated_at(),
    one_of("unit", *UNITS),
    CheckConstraint("price IS NULL OR price >= 0", name="price"),
    CheckConstraint("stock IS NULL OR stock >= 0", name="stock"),
    CheckConstraint("step > 0", name="step"),
    Index("ix_products_sold_out", "id", postgresql_where=sql("stock IS NOT NULL AND stock <= 0")),
)

catalog_state = Table(
    "catalog_state",
    tenant,
    Column("id", Boolean, primary_key=True, server_default=sql("true")),
    Column("version", BigInteger, nullable=False, server_default="1"),
    CheckConstraint("id", name="one_row"),
)
