"""Customers' files as the company keeps them, the downloads that are due, and what Meta already has of ours."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy import text as sql

from marchante.foundation.database.tables import Moment, created_at, one_of, relay, tenant

KINDS = ("image", "audio", "video", "document", "sticker")

media_files = Table(
    "media_files",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False),
    Column("wamid", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    # As the customer's phone named it; shown, never used as a path.
    Column("filename", Text),
    # By content, known once it is stored. Size in bytes.
    Column("mime", Text),
    Column("size", BigInteger),
    Column("sha256", LargeBinary),
    Column("key", Text),
    # pending: not here yet; refused: see `refusal`; gone: Meta has it no more.
    Column("status", Text, nullable=False, server_default="pending"),
    Column("refusal", Text),
    # Meta's timestamp of the message.
    Column("sent_at", Moment, nullable=False),
    Column("settled_at", Moment),
    created_at(),
    one_of("kind", *KINDS),
    one_of("status", "pending", "stored", "refused", "gone"),
    CheckConstraint("(status = 'stored') = (key IS NOT NULL)", name="stored"),
    CheckConstraint("(status = 'refused') = (refusal IS NOT NULL)", name="refusal"),
    Index("ix_media_files_customer", "customer_id", sql("id DESC")),
)

# One row for each pending file of any company: nothing sweeps company schemas.
downloads = Table(
    "media_downloads",
    relay,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger, nullable=False),
    Column("file_id", BigInteger, nullable=False),
    Column("phone_number_id", Text, nullable=False),
    Column("media_id", Text, nullable=False),
    Column("wamid", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False),
    Column("last_error", Text),
    created_at(),
    Index("uq_media_downloads_file", "company_id", "file_id", unique=True),
    Index("ix_media_downloads_due", "not_before"),
)

# The id Meta gave a file of ours, for the number it was uploaded to.
uploads = Table(
    "media_uploads",
    relay,
    Column("phone_number_id", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("mime", Text, nullable=False),
    Column("media_id", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    created_at(),
    PrimaryKeyConstraint("phone_number_id", "sha256", "mime"),
    Index("ix_media_uploads_expires", "expires_at"),
)
