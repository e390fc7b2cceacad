"""The spelling of a number that got through."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("working_phone", sa.Text(), nullable=True), schema="relay")
