"""The session of each customer, and every message that passed."""

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Integer, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import INET, JSONB, UUID

from marchante.foundation.database.tables import Moment, one_of, tenant

sessions = Table(
    "customer_sessions",
    tenant,
    Column("customer_id", BigInteger, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("session_id", UUID(as_uuid=True), nullable=False),
    Column("flow_version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("previous_state", Text),
    # What the flow must remember: cart, draft, misunderstandings in a row … (conversations/state.py gives the shape).
    Column("data", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    Column("wam_id", Text),
    Column("last_access", Moment, nullable=False),
    Column("last_message", Text),
    Column("last_message_at", Moment),
    Column("last_message_type", Text),
    # What became of the last message to the customer: sent, delivered, read or failed.
    Column("last_message_status", Text),
    # WhatsApp tells neither; other channels do.
    Column("device_id", Text),
    Column("ip_address", INET),
    Column("expires_at", Moment, nullable=False),
)

messages = Table(
    "messages",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False),
    Column("direction", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("type", Text, nullable=False),
    # What a person would read in the chat; never the raw JSON (that stays 30 days in relay).
    Column("text", Text, nullable=False),
    Column("wamid", Text),
    Column("outbox_id", BigInteger),
    Column("phone_number_id", Text, nullable=False),
    Column("happened_at", Moment, nullable=False),
    Column("trace_id", Text, nullable=False),
    one_of("direction", "in", "out"),
    one_of("author", "customer", "bot", "human", "system"),
    Index("ix_messages_customer", "customer_id", sql("id DESC")),
)
