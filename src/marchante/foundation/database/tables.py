"""The three kinds of schema, and the column types they share.

`platform` and `relay` name their schema; company tables name none, so a query on them fails unless a company's
transaction has set the search path. No PostgreSQL enum types: text with a CHECK.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, DateTime, MetaData, Numeric
from sqlalchemy.sql import func

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

platform = MetaData(schema="platform", naming_convention=_NAMES)
relay = MetaData(schema="relay", naming_convention=_NAMES)
tenant = MetaData(naming_convention=_NAMES)

Money = Numeric(12, 2)
Quantity = Numeric(10, 3)
Moment = DateTime(timezone=True)


def created_at() -> "Column[datetime]":
    return Column("created_at", Moment, nullable=False, server_default=func.now())


def updated_at() -> "Column[datetime]":
    return Column("updated_at", Moment, nullable=False, server_default=func.now())


def one_of(column: str, *values: str) -> CheckConstraint:
    """A CHECK that stands in for an enum type."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)
