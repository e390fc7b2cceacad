"""Requests for a person, from the asking to the closing."""

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from marchante.foundation.database.tables import Moment, one_of, tenant

handoffs = Table(
    "handoffs",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False),
    Column("customer_key", Text, nullable=False),
    Column("phone_number_id", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="requested"),
    Column("reason", Text, nullable=False),
    # Cart, last order and last messages as they stood, so that nobody asks the customer again.
    Column("context", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    Column("requested_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("last_human_at", Moment),
    Column("closed_at", Moment),
    Column("closed_by", Text),
    one_of("status", "requested", "active", "closed"),
    Index("uq_handoffs_open", "customer_id", unique=True, postgresql_where=sql("status <> 'closed'")),
)
