"""Where a company delivers, and where it was asked for without delivering there."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Identity, Index, Numeric, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from marchante.foundation.database.tables import Moment, Money, created_at, tenant, updated_at

delivery_zones = Table(
    "delivery_zones",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("establishment_id", BigInteger, ForeignKey("company_establishments.id")),
    Column("name", Text, nullable=False),
    # Colonias, postal codes, a radius or a polygon: coverage/domain.py gives the shape.
    Column("area", JSONB, nullable=False),
    Column("delivery_fee", Money, nullable=False, server_default="0"),
    Column("minimum_order", Money, nullable=False, server_default="0"),
    # The week in which it is delivered there; null: as the shop is open.
    Column("hours", JSONB),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    created_at(),
    updated_at(),
    CheckConstraint("delivery_fee >= 0 AND minimum_order >= 0", name="amounts"),
    Index("uq_delivery_zones_name", sql("lower(name)"), unique=True, postgresql_where=sql("active")),
)

# Who asked for a delivery where the shop does not go: a reason to go there.
coverage_demand = Table(
    "coverage_demand",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False),
    Column("place", Text, nullable=False),
    Column("colony", Text),
    Column("zip_code", Text),
    Column("latitude", Numeric(9, 6)),
    Column("longitude", Numeric(9, 6)),
    Column("asked_at", Moment, nullable=False),
    Index("ix_coverage_demand_customer", "customer_id"),
)
