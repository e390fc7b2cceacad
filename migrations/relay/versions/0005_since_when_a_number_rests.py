"""Since when nothing gets through from a number."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("numbers", sa.Column("blocked_since", sa.DateTime(timezone=True), nullable=True), schema="relay")
