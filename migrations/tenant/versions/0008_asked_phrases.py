"""What customers asked for in their own words."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_phrases",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), server_default="1", nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alias", sa.Text(), nullable=True),
        sa.CheckConstraint("alias IS NULL OR decision = 'accepted'", name=op.f("ck_asked_phrases_alias")),
        sa.CheckConstraint(
            "decision IN ('accepted', 'rejected', 'dismissed', 'on_sale')", name=op.f("ck_asked_phrases_decision")
        ),
        sa.CheckConstraint(
            "kind IN ('alias', 'not_carried', 'sold_out', 'not_sellable')", name=op.f("ck_asked_phrases_kind")
        ),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_asked_phrases_decided")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_asked_phrases_customer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_asked_phrases_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_phrases")),
        sa.UniqueConstraint(
            "customer_id",
            "kind",
            "phrase",
            "product_id",
            name=op.f("uq_asked_phrases_customer_id_kind_phrase_product_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_asked_phrases_phrase", "asked_phrases", ["kind", "phrase"], unique=False)
    op.create_index(
        "ix_asked_phrases_alias",
        "asked_phrases",
        ["product_id", "alias"],
        unique=False,
        postgresql_where=sa.text("alias IS NOT NULL"),
    )
    op.create_index(op.f("ix_asked_phrases_product_id"), "asked_phrases", ["product_id"], unique=False)
