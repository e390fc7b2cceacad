"""What a conversation needs to know of a company besides its settings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("companies", sa.Column("prompt_info", sa.Text(), server_default="", nullable=False), schema="relay")
    op.add_column("companies", sa.Column("active_campaign", sa.Text(), nullable=True), schema="relay")
