"""Zones, what was asked for outside them, and what orders in a slot are counted by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coverage_demand",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("colony", sa.Text(), nullable=True),
        sa.Column("zip_code", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_coverage_demand_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_demand")),
    )
    op.create_index("ix_coverage_demand_customer", "coverage_demand", ["customer_id"], unique=False)
    op.create_table(
        "delivery_zones",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("establishment_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("delivery_fee", sa.Numeric(precision=12, scale=2), server_default="0", nullable=False),
        sa.Column("minimum_order", sa.Numeric(precision=12, scale=2), server_default="0", nullable=False),
        sa.Column("hours", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("delivery_fee >= 0 AND minimum_order >= 0", name=op.f("ck_delivery_zones_amounts")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["company_establishments.id"], name=op.f("fk_delivery_zones_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_zones")),
    )
    op.create_index(
        "uq_delivery_zones_name",
        "delivery_zones",
        [sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.add_column("orders", sa.Column("coverage", sa.Text(), nullable=True))
    op.create_index(
        "ix_orders_requested",
        "orders",
        ["requested_from"],
        unique=False,
        postgresql_where=sa.text("requested_from IS NOT NULL"),
    )
    op.create_check_constraint(op.f("ck_orders_coverage"), "orders", "coverage IN ('inside', 'unknown')")
