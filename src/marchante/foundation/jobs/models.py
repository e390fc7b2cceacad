"""Timers (rows written in a turn, taken when due) and alerts (raised here, delivered by `alerts`)."""

from sqlalchemy import BigInteger, Column, Identity, Index, Integer, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from marchante.foundation.database.tables import Moment, created_at, one_of, relay

timers = Table(
    "timers",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger, nullable=False),
    Column("customer_key", Text, nullable=False),
    Column("phone_number_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("payload", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    created_at(),
    # One timer of a kind per conversation: setting it again moves it.
    Index("uq_timers_kind", "company_id", "customer_key", "kind", unique=True),
    Index("ix_timers_due", "due_at"),
)

alerts = Table(
    "alerts",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("data", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    # The same trouble raised again counts up instead of adding a row.
    Column("fingerprint", Text, nullable=False),
    Column("times", Integer, nullable=False, server_default="1"),
    Column("last_at", Moment, nullable=False, server_default=sql("now()")),
    Column("delivered_at", Moment),
    Column("resolved_at", Moment),
    created_at(),
    one_of("severity", "info", "warning", "critical"),
    Index("uq_alerts_open", "fingerprint", unique=True, postgresql_where=sql("resolved_at IS NULL")),
)
