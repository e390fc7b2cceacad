"""The customer is an internal id; phone, BSUID and username are identities of it, and each may be missing."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Identity, Index, Numeric, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from marchante.foundation.database.tables import Moment, created_at, one_of, tenant, updated_at

customers = Table(
    "customers",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    # Of the WhatsApp profile until the customer says another; first name when the surnames are known.
    Column("name", Text),
    # They said it themselves: the profile does not change it any more.
    Column("name_told", Boolean, nullable=False, server_default=sql("false")),
    Column("paternal_surname", Text),
    Column("maternal_surname", Text),
    # As received (Meta's wa_id form), for display and for the shop to call; the keys are in customer_identities.
    Column("phone", Text),
    Column("email", Text),
    # RFC, name, regime, use and postal code of the last invoice asked for.
    Column("invoice_data", JSONB),
    Column("privacy_notice_at", Moment),
    Column("last_seen_at", Moment),
    # No promotions, ever, while this is true; whatever else concerns an order is still told.
    Column("marketing_stopped", Boolean, nullable=False, server_default=sql("false")),
    # When that was last decided, by them or by WhatsApp: an older decision that comes late changes nothing.
    Column("marketing_decided_at", Moment),
    created_at(),
    updated_at(),
)

identities = Table(
    "customer_identities",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    # phone: the match key (+52 and ten digits); bsuid and username: as received.
    Column("value", Text, nullable=False),
    # The wa_id exactly as received, to answer to.
    Column("raw", Text),
    Column("retired_at", Moment),
    created_at(),
    one_of("kind", "phone", "bsuid", "username"),
    Index("uq_customer_identities_live", "kind", "value", unique=True, postgresql_where=sql("retired_at IS NULL")),
)

addresses = Table(
    "customer_addresses",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False, index=True),
    Column("address_name", Text),
    Column("street", Text),
    Column("number", Text),
    Column("colony", Text),
    Column("between_streets", Text),
    Column("city", Text),
    Column("state", Text),
    Column("zip_code", Text),
    Column("country", Text, nullable=False, server_default="MX"),
    Column("observations", Text),
    # What the customer typed or shared, kept beside what we made of it.
    Column("typed", Text),
    Column("latitude", Numeric(9, 6)),
    Column("longitude", Numeric(9, 6)),
    Column("is_default", Boolean, nullable=False, server_default=sql("false")),
    Column("deleted_at", Moment),
    created_at(),
    updated_at(),
    Index(
        "uq_customer_addresses_default",
        "customer_id",
        unique=True,
        postgresql_where=sql("is_default AND deleted_at IS NULL"),
    ),
)
