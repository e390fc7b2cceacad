"""First tables of relay."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), server_default="1", nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("severity IN ('info', 'warning', 'critical')", name=op.f("ck_alerts_severity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        schema="relay",
    )
    op.create_index(
        "uq_alerts_open",
        "alerts",
        ["fingerprint"],
        unique=True,
        schema="relay",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "companies",
        sa.Column("company_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("business_type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("owner_phone", sa.Text(), nullable=True),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_companies")),
        sa.UniqueConstraint("slug", name=op.f("uq_companies_slug")),
        schema="relay",
    )
    op.create_table(
        "inbox_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dedupe_key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("phone_number_id", sa.Text(), nullable=True),
        sa.Column("waba_id", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('account', 'unknown_number', 'malformed', 'group')", name=op.f("ck_inbox_events_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_events")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_inbox_events_dedupe_key")),
        schema="relay",
    )
    op.create_index(
        "ix_inbox_events_pending",
        "inbox_events",
        ["id"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index(
        "ix_inbox_events_received",
        "inbox_events",
        ["received_at"],
        unique=False,
        schema="relay",
        postgresql_using="brin",
    )
    op.create_table(
        "inbox_statuses",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dedupe_key", sa.LargeBinary(), nullable=False),
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("wamid", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("callback_data", sa.Text(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_statuses")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_inbox_statuses_dedupe_key")),
        schema="relay",
    )
    op.create_index(
        "ix_inbox_statuses_pending",
        "inbox_statuses",
        ["id"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index(
        "ix_inbox_statuses_received",
        "inbox_statuses",
        ["received_at"],
        unique=False,
        schema="relay",
        postgresql_using="brin",
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_key", sa.Text(), nullable=False),
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("recipient_phone", sa.Text(), nullable=True),
        sa.Column("recipient_bsuid", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="queued", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=True),
        sa.Column("sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_doubt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wamid", sa.Text(), nullable=True),
        sa.Column("wa_id", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error_detail", sa.Text(), nullable=True),
        sa.Column("possible_duplicate", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("trace_id", sa.Text(), nullable=False),
        sa.CheckConstraint("author IN ('bot', 'human', 'system')", name=op.f("ck_outbox_author")),
        sa.CheckConstraint(
            "status IN ('queued', 'sending', 'in_doubt', 'sent', 'delivered', 'read', 'failed', 'cancelled')",
            name=op.f("ck_outbox_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        schema="relay",
    )
    op.create_index(
        "ix_outbox_conversation",
        "outbox",
        ["company_id", "customer_key", "id"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("status IN ('queued', 'sending', 'in_doubt')"),
    )
    op.create_index(
        "ix_outbox_failed",
        "outbox",
        ["company_id", "id"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("status = 'failed'"),
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["phone_number_id", "id"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("status IN ('queued', 'sending', 'in_doubt')"),
    )
    op.create_index(
        "ix_outbox_wamid",
        "outbox",
        ["wamid"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("wamid IS NOT NULL"),
    )
    op.create_table(
        "timers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_key", sa.Text(), nullable=False),
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "payload", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        schema="relay",
    )
    op.create_index("ix_timers_due", "timers", ["due_at"], unique=False, schema="relay")
    op.create_index("uq_timers_kind", "timers", ["company_id", "customer_key", "kind"], unique=True, schema="relay")
    op.create_table(
        "usage_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("wamid", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("pricing_type", sa.Text(), nullable=False),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_events")),
        sa.UniqueConstraint("wamid", name=op.f("uq_usage_events_wamid")),
        schema="relay",
    )
    op.create_index(
        "ix_usage_events_company", "usage_events", ["company_id", "happened_at"], unique=False, schema="relay"
    )
    op.create_table(
        "conversations",
        sa.Column("company_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("customer_key", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("human_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["relay.companies.company_id"], name=op.f("fk_conversations_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "customer_key", name=op.f("pk_conversations")),
        schema="relay",
    )
    op.create_table(
        "numbers",
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("display_phone", sa.Text(), nullable=False),
        sa.Column("waba_id", sa.Text(), nullable=True),
        sa.Column("token_ciphertext", sa.LargeBinary(), nullable=True),
        sa.Column("app_secret_ciphertext", sa.LargeBinary(), nullable=True),
        sa.Column("throughput", sa.Text(), nullable=False),
        sa.Column("platform_type", sa.Text(), nullable=False),
        sa.Column("lease_owner", sa.UUID(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_code", sa.BigInteger(), nullable=True),
        sa.Column("stopped_reason", sa.Text(), nullable=True),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_default", sa.BOOLEAN(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["relay.companies.company_id"], name=op.f("fk_numbers_company_id")),
        sa.PrimaryKeyConstraint("phone_number_id", name=op.f("pk_numbers")),
        schema="relay",
    )
    op.create_index(op.f("ix_numbers_company_id"), "numbers", ["company_id"], unique=False, schema="relay")
    op.create_index("ix_numbers_waba", "numbers", ["waba_id"], unique=False, schema="relay")
    op.create_table(
        "inbox_messages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dedupe_key", sa.LargeBinary(), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_key", sa.Text(), nullable=False),
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("wamid", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("trace_id", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('message', 'echo', 'timer')", name=op.f("ck_inbox_messages_kind")),
        sa.CheckConstraint(
            "outcome IN ('answered', 'stored', 'missed', 'dead_letter', 'discarded')",
            name=op.f("ck_inbox_messages_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_key"],
            ["relay.conversations.company_id", "relay.conversations.customer_key"],
            name=op.f("fk_inbox_messages_company_id_customer_key"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_messages")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_inbox_messages_dedupe_key")),
        schema="relay",
    )
    op.create_index(
        "ix_inbox_messages_dead",
        "inbox_messages",
        ["id"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("outcome = 'dead_letter'"),
    )
    op.create_index(
        "ix_inbox_messages_pending",
        "inbox_messages",
        ["company_id", "customer_key"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index(
        "ix_inbox_messages_ready",
        "inbox_messages",
        ["ready_at"],
        unique=False,
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index(
        "ix_inbox_messages_received",
        "inbox_messages",
        ["received_at"],
        unique=False,
        schema="relay",
        postgresql_using="brin",
    )
    # Any change of what a shop sells (stock aside, which is read fresh) moves its catalog version.
    op.execute("""
        CREATE FUNCTION relay.bump_catalog_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE 'UPDATE ' || quote_ident(TG_TABLE_SCHEMA) || '.catalog_state SET version = version + 1';
            RETURN NULL;
        END $$
    """)
    # Fail closed: outside a company's transaction no tenant table can be named.
    op.execute("""
        DO $$ BEGIN
            EXECUTE 'ALTER ROLE ' || quote_ident(current_user) || ' IN DATABASE ' || quote_ident(current_database())
                || ' SET search_path = ''''';
        END $$
    """)


def downgrade() -> None:
    op.execute("DROP FUNCTION relay.bump_catalog_version")
    op.drop_index("ix_inbox_messages_received", table_name="inbox_messages", schema="relay", postgresql_using="brin")
    op.drop_index(
        "ix_inbox_messages_ready",
        table_name="inbox_messages",
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.drop_index(
        "ix_inbox_messages_pending",
        table_name="inbox_messages",
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.drop_index(
        "ix_inbox_messages_dead",
        table_name="inbox_messages",
        schema="relay",
        postgresql_where=sa.text("outcome = 'dead_letter'"),
    )
    op.drop_table("inbox_messages", schema="relay")
    op.drop_index("ix_numbers_waba", table_name="numbers", schema="relay")
    op.drop_index(op.f("ix_numbers_company_id"), table_name="numbers", schema="relay")
    op.drop_table("numbers", schema="relay")
    op.drop_table("conversations", schema="relay")
    op.drop_index("ix_usage_events_company", table_name="usage_events", schema="relay")
    op.drop_table("usage_events", schema="relay")
    op.drop_index("uq_timers_kind", table_name="timers", schema="relay")
    op.drop_index("ix_timers_due", table_name="timers", schema="relay")
    op.drop_table("timers", schema="relay")
    op.drop_index("ix_outbox_wamid", table_name="outbox", schema="relay", postgresql_where=sa.text("wamid IS NOT NULL"))
    op.drop_index(
        "ix_outbox_open",
        table_name="outbox",
        schema="relay",
        postgresql_where=sa.text("status IN ('queued', 'sending', 'in_doubt')"),
    )
    op.drop_index(
        "ix_outbox_failed", table_name="outbox", schema="relay", postgresql_where=sa.text("status = 'failed'")
    )
    op.drop_index(
        "ix_outbox_conversation",
        table_name="outbox",
        schema="relay",
        postgresql_where=sa.text("status IN ('queued', 'sending', 'in_doubt')"),
    )
    op.drop_table("outbox", schema="relay")
    op.drop_index("ix_inbox_statuses_received", table_name="inbox_statuses", schema="relay", postgresql_using="brin")
    op.drop_index(
        "ix_inbox_statuses_pending",
        table_name="inbox_statuses",
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.drop_table("inbox_statuses", schema="relay")
    op.drop_index("ix_inbox_events_received", table_name="inbox_events", schema="relay", postgresql_using="brin")
    op.drop_index(
        "ix_inbox_events_pending",
        table_name="inbox_events",
        schema="relay",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.drop_table("inbox_events", schema="relay")
    op.drop_table("companies", schema="relay")
    op.drop_index(
        "uq_alerts_open", table_name="alerts", schema="relay", postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.drop_table("alerts", schema="relay")
