"""What Meta told us, one row per item, and the conversations those items belong to.

Pending is a flag per row (`handled_at IS NULL`), never a cursor: a lower id may commit later.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy import text as sql

from marchante.foundation.database.tables import Moment, created_at, one_of, relay

PENDING = sql("handled_at IS NULL")

conversations = Table(
    "conversations",
    relay,
    Column("company_id", BigInteger, primary_key=True, autoincrement=False),
    Column("customer_key", Text, primary_key=True),
    # Turns begun and not finished: a message that kills the process is counted all the same.
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),
    # Since when a person answers here; bot replies queued before it are cancelled by the sender.
    Column("human_since", Moment),
    # The spelling of a Mexican number (521… or 52…) that got through where the other was refused.
    Column("working_phone", Text),
    # As the customer's own `marketing_stopped`, where the sender can see it.
    Column("marketing_stopped", Boolean, nullable=False, server_default=sql("false")),
    created_at(),
    ForeignKeyConstraint(["company_id"], ["relay.companies.company_id"]),
)

messages = Table(
    "inbox_messages",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("dedupe_key", LargeBinary, nullable=False, unique=True),
    Column("company_id", BigInteger, nullable=False),
    Column("customer_key", Text, nullable=False),
    Column("phone_number_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("wamid", Text, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("position", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    # From when a turn may take it: free text waits about a second for more.
    Column("ready_at", Moment, nullable=False),
    Column("waits", Integer, nullable=False, server_default="0"),
    Column("raw", LargeBinary, nullable=False),
    Column("trace_id", Text, nullable=False),
    Column("handled_at", Moment),
    Column("outcome", Text),
    Column("error", Text),
    ForeignKeyConstraint(
        ["company_id", "customer_key"], ["relay.conversations.company_id", "relay.conversations.customer_key"]
    ),
    one_of("kind", "message", "echo", "timer"),
    one_of("outcome", "answered", "stored", "missed", "dead_letter", "discarded"),
    Index("ix_inbox_messages_pending", "company_id", "customer_key", postgresql_where=PENDING),
    Index("ix_inbox_messages_ready", "ready_at", postgresql_where=PENDING),
    Index("ix_inbox_messages_dead", "id", postgresql_where=sql("outcome = 'dead_letter'")),
    Index("ix_inbox_messages_received", "received_at", postgresql_using="brin"),
)

statuses = Table(
    "inbox_statuses",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("dedupe_key", LargeBinary, nullable=False, unique=True),
    Column("phone_number_id", Text, nullable=False),
    Column("wamid", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("callback_data", Text),
    Column("raw", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
    Index("ix_inbox_statuses_pending", "id", postgresql_where=PENDING),
    Index("ix_inbox_statuses_received", "received_at", postgresql_using="brin"),
)

events = Table(
    "inbox_events",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("dedupe_key", LargeBinary, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("phone_number_id", Text),
    Column("waba_id", Text),
    Column("field", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
    # Tries that failed; after some the event is set aside and a person is told.
    Column("attempts", Integer, nullable=False, server_default="0"),
    # `acted`: something was changed or somebody alerted; `kept`: nothing to do about it, or a kind we do not know.
    Column("outcome", Text),
    Column("error", Text),
    one_of("kind", "account", "unknown_number", "malformed", "group"),
    one_of("outcome", "acted", "kept", "failed"),
    Index("ix_inbox_events_pending", "id", postgresql_where=PENDING),
    # What is for groups, or for numbers of nobody, waits for nobody: it must not be read through every time.
    Index("ix_inbox_events_news", "attempts", "id", postgresql_where=sql("handled_at IS NULL AND kind = 'account'")),
    Index("ix_inbox_events_received", "received_at", postgresql_using="brin"),
)
