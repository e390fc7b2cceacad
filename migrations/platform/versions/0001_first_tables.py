"""First tables of platform."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "companies",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("business_type", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("timezone", sa.Text(), server_default="America/Mexico_City", nullable=False),
        sa.Column("owner_phone", sa.Text(), nullable=True),
        sa.Column("prompt_info", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "settings", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "business_type IN ('grocery', 'greengrocer', 'water_delivery', 'dry_cleaner', 'local_shop')",
            name=op.f("ck_companies_business_type"),
        ),
        sa.CheckConstraint("plan IN ('basico', 'completo', 'premium')", name=op.f("ck_companies_plan")),
        sa.CheckConstraint("slug ~ '^[a-z][a-z0-9_]{1,39}$'", name=op.f("ck_companies_slug")),
        sa.CheckConstraint("status IN ('active', 'suspended')", name=op.f("ck_companies_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companies")),
        sa.UniqueConstraint("slug", name=op.f("uq_companies_slug")),
        schema="platform",
    )
    op.create_table(
        "whatsapp_numbers",
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("display_phone", sa.Text(), nullable=False),
        sa.Column("waba_id", sa.Text(), nullable=True),
        sa.Column("token_ciphertext", sa.LargeBinary(), nullable=True),
        sa.Column("app_secret_ciphertext", sa.LargeBinary(), nullable=True),
        sa.Column("throughput", sa.Text(), server_default="UNKNOWN", nullable=False),
        sa.Column("platform_type", sa.Text(), server_default="CLOUD_API", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "throughput IN ('STANDARD', 'HIGH', 'UNKNOWN')", name=op.f("ck_whatsapp_numbers_throughput")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["platform.companies.id"], name=op.f("fk_whatsapp_numbers_company_id")),
        sa.PrimaryKeyConstraint("phone_number_id", name=op.f("pk_whatsapp_numbers")),
        schema="platform",
    )
    op.create_index(
        op.f("ix_whatsapp_numbers_company_id"), "whatsapp_numbers", ["company_id"], unique=False, schema="platform"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_whatsapp_numbers_company_id"), table_name="whatsapp_numbers", schema="platform")
    op.drop_table("whatsapp_numbers", schema="platform")
    op.drop_table("companies", schema="platform")
