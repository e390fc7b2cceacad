"""Templates as Meta tells of them, and what is known and to be asked of a number."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "templates",
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("waba_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("meta_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["relay.companies.company_id"], name=op.f("fk_templates_company_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("company_id", "waba_id", "name", "language", name=op.f("pk_templates")),
        schema="relay",
    )
    op.create_index("ix_templates_waba", "templates", ["waba_id", "name"], unique=False, schema="relay")
    op.add_column(
        "conversations",
        sa.Column("marketing_stopped", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        schema="relay",
    )
    op.add_column(
        "inbox_events", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False), schema="relay"
    )
    op.add_column("inbox_events", sa.Column("outcome", sa.Text(), nullable=True), schema="relay")
    op.add_column("inbox_events", sa.Column("error", sa.Text(), nullable=True), schema="relay")
    op.create_check_constraint(
        op.f("ck_inbox_events_outcome"), "inbox_events", "outcome IN ('acted', 'kept', 'failed')", schema="relay"
    )
    op.add_column("numbers", sa.Column("quality", sa.Text(), nullable=True), schema="relay")
    op.add_column("numbers", sa.Column("messaging_limit", sa.Text(), nullable=True), schema="relay")
    op.add_column("numbers", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True), schema="relay")
    op.add_column(
        "numbers",
        sa.Column("ask_due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        schema="relay",
    )
    op.add_column(
        "numbers", sa.Column("ask_failures", sa.Integer(), server_default="0", nullable=False), schema="relay"
    )
    op.add_column("numbers", sa.Column("templates_version", sa.Text(), nullable=True), schema="relay")
    op.add_column(
        "numbers",
        sa.Column("templates_due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        schema="relay",
    )
    op.add_column(
        "numbers", sa.Column("templates_failures", sa.Integer(), server_default="0", nullable=False), schema="relay"
    )
    op.add_column("numbers", sa.Column("free_told", sa.Text(), nullable=True), schema="relay")
    op.create_index(
        "ix_usage_events_number", "usage_events", ["phone_number_id", "happened_at"], unique=False, schema="relay"
    )
