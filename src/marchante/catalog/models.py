"""Categories, products, and what customers asked for in their own words.

Every change of products but of their stock moves `catalog_state.version`, by trigger: no cache is stale.
"""

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
    UniqueConstraint,
)
from sqlalchemy import text as sql

from marchante.foundation.database.tables import Moment, Money, Quantity, created_at, one_of, tenant, updated_at

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

# Extras ("con queso") and fillings ("de rajas") chosen inside a product, in groups. Every row of a group has the same
# min and max: how many of the group a customer may choose.
product_options = Table(
    "product_options",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("product_id", BigInteger, ForeignKey("products.id", ondelete="CASCADE"), nullable=False),
    Column("group_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    # Added to the product's price, per unit; 0 for a filling, negative for what is left out.
    Column("price_delta", Money, nullable=False, server_default="0"),
    # The product without a price of its own that is chosen here, where the catalog lists it as one.
    Column("option_product_id", BigInteger, ForeignKey("products.id", ondelete="SET NULL"), index=True),
    Column("min_choices", Integer, nullable=False, server_default="0"),
    Column("max_choices", Integer, nullable=False, server_default="1"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    created_at(),
    UniqueConstraint("product_id", "group_name", "name"),
    CheckConstraint("min_choices >= 0 AND max_choices >= 1 AND max_choices >= min_choices", name="choices"),
)

# One row a customer, so that turns never wait for each other; one row with a decision settles the phrase for all.
# Rows of a kind `alias` are choices after "which of these?"; the other kinds are lost demand, by its reason.
asked_phrases = Table(
    "asked_phrases",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    # The same for all spellings of the words; `example` is how this customer wrote them last.
    Column("phrase", Text, nullable=False),
    Column("product_id", BigInteger, ForeignKey("products.id", ondelete="CASCADE"), index=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
    Column("example", Text, nullable=False),
    Column("times", Integer, nullable=False, server_default="1"),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("decision", Text),
    Column("decided_at", Moment),
    # What an accepted phrase became in the product's aliases.
    Column("alias", Text),
    one_of("kind", "alias", "not_carried", "sold_out", "not_sellable"),
    one_of("decision", "accepted", "rejected", "dismissed", "on_sale"),
    CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
    CheckConstraint("alias IS NULL OR decision = 'accepted'", name="alias"),
    UniqueConstraint("customer_id", "kind", "phrase", "product_id", postgresql_nulls_not_distinct=True),
    Index("ix_asked_phrases_phrase", "kind", "phrase"),
    Index("ix_asked_phrases_alias", "product_id", "alias", postgresql_where=sql("alias IS NOT NULL")),
)

catalog_state = Table(
    "catalog_state",
    tenant,
    Column("id", Boolean, primary_key=True, server_default=sql("true")),
    Column("version", BigInteger, nullable=False, server_default="1"),
    CheckConstraint("id", name="one_row"),
)
