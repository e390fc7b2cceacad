"""Companies and their numbers: the master in `platform`, and what a turn must know of them in `relay`.

`platform` may live in another database and is never written inside a turn; `relay.companies` and `relay.numbers` are
its projection in the database that serves the company. Whoever changes a company changes both.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Identity, Index, LargeBinary, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import BOOLEAN, JSONB, UUID

from marchante.foundation.database.tables import Moment, created_at, one_of, platform, relay, updated_at

BUSINESS_TYPES = ("grocery", "greengrocer", "water_delivery", "dry_cleaner", "local_shop")
PLANS = ("basico", "completo", "premium")

companies = Table(
    "companies",
    platform,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("business_type", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="active"),
    Column("timezone", Text, nullable=False, server_default="America/Mexico_City"),
    Column("owner_phone", Text),
    Column("prompt_info", Text, nullable=False, server_default=""),
    Column("settings", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    Column("version", BigInteger, nullable=False, server_default="1"),
    Column("deleted_at", Moment),
    created_at(),
    updated_at(),
    CheckConstraint("slug ~ '^[a-z][a-z0-9_]{1,39}$'", name="slug"),
    one_of("business_type", *BUSINESS_TYPES),
    one_of("plan", *PLANS),
    one_of("status", "active", "suspended"),
)

whatsapp_numbers = Table(
    "whatsapp_numbers",
    platform,
    Column("phone_number_id", Text, primary_key=True),
    Column("company_id", BigInteger, ForeignKey("platform.companies.id"), nullable=False, index=True),
    Column("display_phone", Text, nullable=False),
    Column("waba_id", Text),
    Column("token_ciphertext", LargeBinary),
    Column("app_secret_ciphertext", LargeBinary),
    Column("throughput", Text, nullable=False, server_default="UNKNOWN"),
    Column("platform_type", Text, nullable=False, server_default="CLOUD_API"),
    created_at(),
    one_of("throughput", "STANDARD", "HIGH", "UNKNOWN"),
)

served_companies = Table(
    "companies",
    relay,
    Column("company_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("business_type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("owner_phone", Text),
    Column("settings", JSONB, nullable=False),
    Column("version", BigInteger, nullable=False),
)

served_numbers = Table(
    "numbers",
    relay,
    Column("phone_number_id", Text, primary_key=True),
    Column("company_id", BigInteger, ForeignKey("relay.companies.company_id"), nullable=False, index=True),
    Column("display_phone", Text, nullable=False),
    Column("waba_id", Text),
    Column("token_ciphertext", LargeBinary),
    Column("app_secret_ciphertext", LargeBinary),
    Column("throughput", Text, nullable=False),
    Column("platform_type", Text, nullable=False),
    # The sender's lease on the number. `fence` grows with each new owner: a late write of an old owner changes nothing.
    Column("lease_owner", UUID(as_uuid=True)),
    Column("lease_until", Moment),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    # Set when Meta refuses the number itself (token expired, blocked, payment): nothing is sent until it is cleared.
    Column("stopped_at", Moment),
    Column("stopped_code", BigInteger),
    Column("stopped_reason", Text),
    Column("blocked_until", Moment),
    Column("is_default", BOOLEAN, nullable=False, server_default=sql("true")),
    Index("ix_numbers_waba", "waba_id"),
)
