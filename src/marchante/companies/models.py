"""Companies and their numbers: the master in `platform`, and what a turn must know of them in `relay`.

`platform` may live in another database and is never written inside a turn; `relay.companies` and `relay.numbers` are
its projection in the database that serves the company. Whoever changes a company changes both. Branches are the
company's own: they live in its schema.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import BOOLEAN, JSONB, UUID

from marchante.foundation.database.tables import Moment, created_at, one_of, platform, relay, tenant, updated_at

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
    # What the shop tells about itself in its own words: opening days, payment data, where its branches are.
    Column("prompt_info", Text, nullable=False, server_default=""),
    # What the greeting announces; NULL: no campaign runs.
    Column("active_campaign", Text),
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

company_logs = Table(
    "company_logs",
    platform,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger, ForeignKey("platform.companies.id"), nullable=False),
    Column("action", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False, server_default=""),
    Column("happened_at", Moment, nullable=False, server_default=sql("now()")),
    Index("ix_company_logs_company", "company_id", "id"),
)

# A change is a new row, so that what a company said of itself last year can still be read; one row is active.
company_legal_information = Table(
    "company_legal_information",
    platform,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger, ForeignKey("platform.companies.id"), nullable=False, index=True),
    Column("owner_name", Text),
    Column("owner_phone", Text),
    Column("owner_email", Text),
    Column("contact_name", Text),
    Column("contact_phone", Text),
    Column("contact_email", Text),
    Column("address", Text),
    Column("rfc", Text),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    created_at(),
    updated_at(),
    CheckConstraint("rfc ~ '^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$'", name="rfc"),
    Index("uq_company_legal_information_active", "company_id", unique=True, postgresql_where=sql("active")),
)

# The history of plans; the one in force is also in companies.plan.
company_subscriptions = Table(
    "company_subscriptions",
    platform,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", BigInteger, ForeignKey("platform.companies.id"), nullable=False, index=True),
    Column("plan", Text, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    created_at(),
    one_of("plan", *PLANS),
    CheckConstraint("ends_at >= starts_at", name="period"),
    CheckConstraint("active = (ends_at IS NULL)", name="active"),
    Index("uq_company_subscriptions_active", "company_id", unique=True, postgresql_where=sql("active")),
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
    Column("prompt_info", Text, nullable=False, server_default=""),
    Column("active_campaign", Text),
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
    # Since when the number rests again and again, with nothing getting through between.
    Column("blocked_since", Moment),
    # What Meta said of the number when it was last asked; it is asked again when `ask_due_at` comes.
    Column("quality", Text),
    Column("messaging_limit", Text),
    Column("asked_at", Moment),
    Column("ask_due_at", Moment, nullable=False, server_default=sql("now()")),
    Column("ask_failures", Integer, nullable=False, server_default="0"),
    # The same of its account's templates; `templates_version` is of the definitions they were compared with.
    Column("templates_version", Text),
    Column("templates_due_at", Moment, nullable=False, server_default=sql("now()")),
    Column("templates_failures", Integer, nullable=False, server_default="0"),
    # How far into its free messages of the month somebody was told that they end: "2026-11/800".
    Column("free_told", Text),
    Column("is_default", BOOLEAN, nullable=False, server_default=sql("true")),
    Index("ix_numbers_waba", "waba_id"),
)

establishments = Table(
    "company_establishments",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("phone", Text),
    Column("email", Text),
    Column("latitude", Numeric(9, 6)),
    Column("longitude", Numeric(9, 6)),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    created_at(),
    updated_at(),
    CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="place"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_coordinates"),
    Index("uq_company_establishments_name", sql("lower(name)"), unique=True, postgresql_where=sql("active")),
)

# Who may use the company's panel.
users = Table(
    "users",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("username", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="staff"),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    Column("last_login_at", Moment),
    created_at(),
    updated_at(),
    # Whatever writes here by mistake, a readable password cannot be stored.
    CheckConstraint("starts_with(password_hash, '$argon2')", name="password_hash"),
    one_of("role", "owner", "manager", "staff"),
    Index("uq_users_username", sql("lower(username)"), unique=True),
)
