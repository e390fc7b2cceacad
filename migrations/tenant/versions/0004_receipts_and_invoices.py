"""Receipts of transfers, invoices asked for, and whether a problem was solved."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment_receipts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(status = 'pending') = (reviewed_at IS NULL)", name=op.f("ck_payment_receipts_reviewed")),
        sa.CheckConstraint("status IN ('pending', 'accepted', 'rejected')", name=op.f("ck_payment_receipts_status")),
        sa.ForeignKeyConstraint(["file_id"], ["media_files.id"], name=op.f("fk_payment_receipts_file_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payment_receipts_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_receipts")),
        sa.UniqueConstraint("file_id", name=op.f("uq_payment_receipts_file_id")),
    )
    op.create_index(
        "ix_payment_receipts_open",
        "payment_receipts",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(op.f("ix_payment_receipts_order_id"), "payment_receipts", ["order_id"], unique=False)
    op.create_index("ix_payment_receipts_sha256", "payment_receipts", ["sha256"], unique=False)
    op.add_column("customers", sa.Column("invoice_data", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("orders", sa.Column("invoice_status", sa.Text(), nullable=True))
    op.add_column("orders", sa.Column("invoice", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.create_index(
        "ix_orders_invoices", "orders", ["id"], unique=False, postgresql_where=sa.text("invoice_status = 'requested'")
    )
    op.add_column("reviews", sa.Column("solved", sa.Boolean(), nullable=True))
    op.create_check_constraint(op.f("ck_orders_invoice_status"), "orders", "invoice_status IN ('requested', 'done')")
