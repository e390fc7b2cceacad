"""News of accounts that wait, found without reading what waits for nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_inbox_events_news",
        "inbox_events",
        ["attempts", "id"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL AND kind = 'account'"),
    )
