"""Log, legal information and subscriptions of companies."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_legal_information",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=True),
        sa.Column("owner_phone", sa.Text(), nullable=True),
        sa.Column("owner_email", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("rfc", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rfc ~ '^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$'", name=op.f("ck_company_legal_information_rfc")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["platform.companies.id"], name=op.f("fk_company_legal_information_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_legal_information")),
        schema="platform",
    )
    op.create_index(
        op.f("ix_company_legal_information_company_id"),
        "company_legal_information",
        ["company_id"],
        unique=False,
        schema="platform",
    )
    op.create_index(
        "uq_company_legal_information_active",
        "company_legal_information",
        ["company_id"],
        unique=True,
        schema="platform",
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "company_logs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["platform.companies.id"], name=op.f("fk_company_logs_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_logs")),
        schema="platform",
    )
    op.create_index("ix_company_logs_company", "company_logs", ["company_id", "id"], unique=False, schema="platform")
    op.create_table(
        "company_subscriptions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("plan IN ('basico', 'completo', 'premium')", name=op.f("ck_company_subscriptions_plan")),
        sa.CheckConstraint("active = (ends_at IS NULL)", name=op.f("ck_company_subscriptions_active")),
        sa.CheckConstraint("ends_at >= starts_at", name=op.f("ck_company_subscriptions_period")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["platform.companies.id"], name=op.f("fk_company_subscriptions_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_subscriptions")),
        schema="platform",
    )
    op.create_index(
        op.f("ix_company_subscriptions_company_id"),
        "company_subscriptions",
        ["company_id"],
        unique=False,
        schema="platform",
    )
    op.create_index(
        "uq_company_subscriptions_active",
        "company_subscriptions",
        ["company_id"],
        unique=True,
        schema="platform",
        postgresql_where=sa.text("active"),
    )
    op.add_column("companies", sa.Column("active_campaign", sa.Text(), nullable=True), schema="platform")
    # Everybody who is a customer of the platform today has had one plan: the one they have.
    op.execute("""
        INSERT INTO platform.company_subscriptions (company_id, plan, starts_at)
        SELECT id, plan, created_at FROM platform.companies WHERE deleted_at IS NULL
    """)
