"""What may change after an order was confirmed: versions, weights, proposals, the stock it holds, notices sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("orders", sa.Column("accepted_total", sa.Numeric(precision=12, scale=2), nullable=True))
    op.add_column("orders", sa.Column("proposal", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column(
        "orders",
        sa.Column(
            "reserved", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
    )
    op.add_column("orders", sa.Column("notices", sa.SmallInteger(), server_default="0", nullable=False))
    op.create_check_constraint(op.f("ck_orders_notices"), "orders", "notices BETWEEN 0 AND 2")
    op.add_column("order_items", sa.Column("pieces", sa.Numeric(precision=10, scale=3), nullable=True))
    op.execute(
        """UPDATE orders o SET reserved = h.detail -> 'reserved' FROM order_history h, order_statuses s
           WHERE h.order_id = o.id AND h.action = 'placed' AND s.id = o.status_id AND s.code <> 'cancelled'
             AND h.detail ? 'reserved'"""
    )
    op.execute("UPDATE orders SET accepted_total = total_amount")
