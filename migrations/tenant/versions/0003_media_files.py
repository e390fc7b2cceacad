"""The files customers sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_files",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("wamid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("mime", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(status = 'refused') = (refusal IS NOT NULL)", name=op.f("ck_media_files_refusal")),
        sa.CheckConstraint("(status = 'stored') = (key IS NOT NULL)", name=op.f("ck_media_files_stored")),
        sa.CheckConstraint(
            "kind IN ('image', 'audio', 'video', 'document', 'sticker')", name=op.f("ck_media_files_kind")
        ),
        sa.CheckConstraint("status IN ('pending', 'stored', 'refused', 'gone')", name=op.f("ck_media_files_status")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_media_files_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_files")),
        sa.UniqueConstraint("wamid", name=op.f("uq_media_files_wamid")),
    )
    op.create_index(
        "ix_media_files_customer", "media_files", ["customer_id", sa.literal_column("id DESC")], unique=False
    )
