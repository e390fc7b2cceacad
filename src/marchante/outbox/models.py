"""What must be sent, what became of it, and what it was billed as."""

from sqlalchemy import BigInteger, Boolean, Column, Identity, Index, Integer, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from marchante.foundation.database.tables import Moment, created_at, one_of, relay

OPEN = sql("status IN ('queued', 'sending', 'in_doubt')")

outbox = Table(
    "outbox",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger, nullable=False),
    Column("customer_key", Text, nullable=False),
    Column("phone_number_id", Text, nullable=False),
    Column("recipient_phone", Text),
    Column("recipient_bsuid", Text),
    Column("author", Text, nullable=False),
    Column("type", Text, nullable=False),
    # The Graph body without its recipient: {"type": …, "<type>": {…}}.
    Column("payload", JSONB, nullable=False),
    Column("reply_to", Text),
    Column("status", Text, nullable=False, server_default="queued"),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    # End of the 24-hour window when it was queued; a free-form message is not sent after it. NULL: templates.
    Column("window_until", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("fence", BigInteger),
    Column("sending_at", Moment),
    Column("in_doubt_at", Moment),
    Column("sent_at", Moment),
    Column("delivered_at", Moment),
    Column("read_at", Moment),
    Column("failed_at", Moment),
    Column("wamid", Text),
    Column("wa_id", Text),
    Column("error_code", Integer),
    Column("error_detail", Text),
    Column("possible_duplicate", Boolean, nullable=False, server_default=sql("false")),
    Column("trace_id", Text, nullable=False),
    one_of("author", "bot", "human", "system"),
    one_of("status", "queued", "sending", "in_doubt", "sent", "delivered", "read", "failed", "cancelled"),
    Index("ix_outbox_open", "phone_number_id", "id", postgresql_where=OPEN),
    Index("ix_outbox_conversation", "company_id", "customer_key", "id", postgresql_where=OPEN),
    Index("ix_outbox_wamid", "wamid", postgresql_where=sql("wamid IS NOT NULL")),
    Index("ix_outbox_failed", "company_id", "id", postgresql_where=sql("status = 'failed'")),
)

usage_events = Table(
    "usage_events",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger, nullable=False),
    Column("phone_number_id", Text, nullable=False),
    Column("wamid", Text, nullable=False, unique=True),
    Column("category", Text, nullable=False),
    Column("pricing_type", Text, nullable=False),
    Column("billable", Boolean, nullable=False),
    Column("happened_at", Moment, nullable=False),
    created_at(),
    Index("ix_usage_events_company", "company_id", "happened_at"),
    Index("ix_usage_events_number", "phone_number_id", "happened_at"),
)
