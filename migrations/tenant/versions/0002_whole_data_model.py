"""Branches, users, options, payments, deliveries, reviews; what sessions and customers lacked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_establishments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_company_establishments_both_coordinates")
        ),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180",
            name=op.f("ck_company_establishments_place"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_establishments")),
    )
    op.create_index(
        "uq_company_establishments_name",
        "company_establishments",
        [sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="staff", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("starts_with(password_hash, '$argon2')", name=op.f("ck_users_password_hash")),
        sa.CheckConstraint("role IN ('owner', 'manager', 'staff')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )
    op.create_index("uq_users_username", "users", [sa.literal_column("lower(username)")], unique=True)
    op.create_table(
        "product_options",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price_delta", sa.Numeric(precision=12, scale=2), server_default="0", nullable=False),
        sa.Column("option_product_id", sa.BigInteger(), nullable=True),
        sa.Column("min_choices", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_choices", sa.Integer(), server_default="1", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "min_choices >= 0 AND max_choices >= 1 AND max_choices >= min_choices",
            name=op.f("ck_product_options_choices"),
        ),
        sa.ForeignKeyConstraint(
            ["option_product_id"],
            ["products.id"],
            name=op.f("fk_product_options_option_product_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_product_options_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_options")),
        sa.UniqueConstraint(
            "product_id", "group_name", "name", name=op.f("uq_product_options_product_id_group_name_name")
        ),
    )
    op.create_index(
        op.f("ix_product_options_option_product_id"), "product_options", ["option_product_id"], unique=False
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("scheduled_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'shipped', 'delivered', 'cancelled')", name=op.f("ck_deliveries_status")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_deliveries_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("order_id", name=op.f("uq_deliveries_order_id")),
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["scheduled_from"],
        unique=False,
        postgresql_where=sa.text("status IN ('pending', 'shipped')"),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("pays_with", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'card_at_door', 'transfer', 'credit_card', 'debit_card', 'paypal')",
            name=op.f("ck_payments_method"),
        ),
        sa.CheckConstraint("status IN ('pending', 'completed', 'failed', 'refunded')", name=op.f("ck_payments_status")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payments_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("order_id", name=op.f("uq_payments_order_id")),
    )
    op.create_index(
        "ix_payments_open", "payments", ["id"], unique=False, postgresql_where=sa.text("status = 'pending'")
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_reviews_rating")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_reviews_customer_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_reviews_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_reviews_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_customer_id"), "reviews", ["customer_id"], unique=False)
    op.create_index(op.f("ix_reviews_product_id"), "reviews", ["product_id"], unique=False)
    op.create_index(
        "uq_reviews_order", "reviews", ["order_id"], unique=True, postgresql_where=sa.text("product_id IS NULL")
    )
    op.add_column("customer_sessions", sa.Column("last_message_status", sa.Text(), nullable=True))
    op.add_column("customer_sessions", sa.Column("device_id", sa.Text(), nullable=True))
    op.add_column("customer_sessions", sa.Column("ip_address", postgresql.INET(), nullable=True))
    op.add_column("customers", sa.Column("paternal_surname", sa.Text(), nullable=True))
    op.add_column("customers", sa.Column("maternal_surname", sa.Text(), nullable=True))
    op.add_column(
        "order_items",
        sa.Column(
            "options", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'::jsonb"), nullable=False
        ),
    )
    op.execute("""
        CREATE TRIGGER bump_catalog_version AFTER INSERT OR UPDATE OR DELETE ON product_options
        FOR EACH STATEMENT EXECUTE FUNCTION relay.bump_catalog_version()
    """)
    # Orders that are there already: what was paid at the door is paid once they were delivered.
    op.execute("""
        INSERT INTO payments (order_id, amount, method, status, pays_with, paid_at, created_at, updated_at)
        SELECT o.id, o.total_amount, o.payment_method,
               CASE WHEN s.code = 'cancelled' THEN 'failed'
                    WHEN s.code = 'delivered' AND o.payment_method <> 'transfer' THEN 'completed'
                    ELSE 'pending' END,
               o.pays_with,
               CASE WHEN s.code = 'delivered' AND o.payment_method <> 'transfer' THEN o.updated_at END,
               o.created_at, o.updated_at
        FROM orders o JOIN order_statuses s ON s.id = o.status_id ORDER BY o.id
    """)
    op.execute("""
        INSERT INTO deliveries (order_id, address, status, scheduled_from, scheduled_until, delivered_at, created_at,
                                updated_at)
        SELECT o.id, coalesce(o.delivery_address, ''),
               CASE WHEN s.code IN ('shipped', 'delivered', 'cancelled') THEN s.code ELSE 'pending' END,
               o.requested_from, o.requested_until, CASE WHEN s.code = 'delivered' THEN o.updated_at END,
               o.created_at, o.updated_at
        FROM orders o JOIN order_statuses s ON s.id = o.status_id WHERE o.fulfilment = 'delivery' ORDER BY o.id
    """)
