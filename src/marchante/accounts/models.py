"""The templates of every company, as Meta last told of them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from marchante.foundation.database.tables import Moment, created_at, relay

templates = Table(
    "templates",
    relay,
    Column("company_id", BigInteger, ForeignKey("relay.companies.company_id", ondelete="CASCADE"), primary_key=True),
    # "" while the company's account is not known.
    Column("waba_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("meta_id", Text),
    # Meta's words, whatever they will be next year; UNKNOWN until it was asked.
    Column("status", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("reason", Text),
    # Of the news or the answer this comes from: older news that come late change nothing.
    Column("told_at", Moment),
    created_at(),
    Index("ix_templates_waba", "waba_id", "name"),
)
