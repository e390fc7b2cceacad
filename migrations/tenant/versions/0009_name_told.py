"""Whether customers said their name themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("name_told", sa.Boolean(), server_default=sa.text("false"), nullable=False))
