"""Orders: a row exists only after the customer confirmed it."""

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
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from marchante.catalog.models import UNITS
from marchante.foundation.database.tables import Moment, Money, Quantity, created_at, one_of, tenant, updated_at

PAYMENT_METHODS = ("cash", "card_at_door", "transfer", "credit_card", "debit_card", "paypal")

order_statuses = Table(
    "order_statuses",
    tenant,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("is_final", Boolean, nullable=False, server_default=sql("false")),
)

orders = Table(
    "orders",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("folio", Text, nullable=False, unique=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False),
    Column("status_id", Integer, ForeignKey("order_statuses.id"), nullable=False),
    Column("subtotal", Money, nullable=False),
    Column("delivery_fee", Money, nullable=False, server_default="0"),
    Column("total_amount", Money, nullable=False),
    Column("fulfilment", Text, nullable=False),
    Column("delivery_address", Text),
    Column("address_id", BigInteger, ForeignKey("customer_addresses.id")),
    Column("requested_from", Moment),
    Column("requested_until", Moment),
    Column("payment_method", Text, nullable=False, server_default="cash"),
    Column("pays_with", Money),
    Column("notes", Text, nullable=False, server_default=""),
    # session id and cart version of the confirmation: the same tap twice is the same order.
    Column("confirmation_key", Text, nullable=False, unique=True),
    Column("phone_number_id", Text, nullable=False),
    # NULL: no invoice was asked for. `invoice`: RFC, name, regime, use and postal code as they were when it was.
    Column("invoice_status", Text),
    Column("invoice", JSONB),
    # Of a delivery of a shop with zones: inside one, or unknown, for a person to confirm.
    Column("coverage", Text),
    # Grows with every change of what was ordered: a button shown for an older version changes nothing.
    Column("version", Integer, nullable=False, server_default="1"),
    # What the customer last agreed to: by confirming, changing, or accepting what it weighed.
    Column("accepted_total", Money),
    # What the customer is being asked about this order: other weights, or another product. Null: nothing.
    Column("proposal", JSONB),
    # What the order holds of the stock that is counted: {"product id": "quantity"}.
    Column("reserved", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    # Status notices the customer was sent: each is billed, two at the most.
    Column("notices", SmallInteger, nullable=False, server_default="0"),
    created_at(),
    updated_at(),
    one_of("coverage", "inside", "unknown"),
    one_of("fulfilment", "delivery", "pickup"),
    one_of("payment_method", "cash", "card_at_door", "transfer"),
    one_of("invoice_status", "requested", "done"),
    CheckConstraint("total_amount = subtotal + delivery_fee", name="total"),
    CheckConstraint("notices BETWEEN 0 AND 2", name="notices"),
    Index("ix_orders_customer", "customer_id", "id"),
    Index("ix_orders_status", "status_id", "id"),
    Index("ix_orders_invoices", "id", postgresql_where=sql("invoice_status = 'requested'")),
    # The places of a delivery slot are counted.
    Index("ix_orders_requested", "requested_from", postgresql_where=sql("requested_from IS NOT NULL")),
)

order_items = Table(
    "order_items",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("order_id", BigInteger, ForeignKey("orders.id"), nullable=False, index=True),
    Column("product_id", BigInteger, ForeignKey("products.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("product_name", Text, nullable=False),
    Column("quantity", Quantity, nullable=False),
    Column("unit", Text, nullable=False),
    Column("unit_price", Money, nullable=False),
    Column("total_price", Money, nullable=False),
    Column("notes", Text, nullable=False, server_default=""),
    # Counted by piece and sold by kilo: the quantity is about right until it is weighed.
    Column("pieces", Quantity),
    # Extras and fillings as they were then: [{"group", "name", "price_delta"}]; unit_price includes them.
    Column("options", JSONB, nullable=False, server_default=sql("'[]'::jsonb")),
    one_of("unit", *UNITS),
    CheckConstraint("quantity > 0", name="quantity"),
)

order_history = Table(
    "order_history",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("order_id", BigInteger, ForeignKey("orders.id"), nullable=False, index=True),
    Column("happened_at", Moment, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor", Text, nullable=False, server_default=""),
    Column("action", Text, nullable=False),
    Column("from_status_id", Integer, ForeignKey("order_statuses.id")),
    Column("to_status_id", Integer, ForeignKey("order_statuses.id")),
    Column("detail", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    one_of("actor_kind", "customer", "staff", "system"),
)

# What is owed for an order and how it is paid. A card at the door and a transfer are said before it is known which card
# or bank: credit_card and debit_card are for who knows.
payments = Table(
    "payments",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("order_id", BigInteger, ForeignKey("orders.id"), nullable=False, unique=True),
    Column("amount", Money, nullable=False),
    Column("method", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="pending"),
    # The bill the customer pays with, so that change is brought; cash only.
    Column("pays_with", Money),
    # Of the transfer, the card slip or the PayPal payment.
    Column("reference", Text),
    Column("paid_at", Moment),
    created_at(),
    updated_at(),
    one_of("method", *PAYMENT_METHODS),
    one_of("status", "pending", "completed", "failed", "refunded"),
    CheckConstraint("amount >= 0", name="amount"),
    Index("ix_payments_open", "id", postgresql_where=sql("status = 'pending'")),
)

# Photos of transfers, waiting for a person who looks whether the money is there.
payment_receipts = Table(
    "payment_receipts",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("order_id", BigInteger, ForeignKey("orders.id"), nullable=False, index=True),
    Column("file_id", BigInteger, ForeignKey("media_files.id"), nullable=False, unique=True),
    # As Meta announced it, before the file is here; media_files has it by content.
    Column("sha256", LargeBinary),
    Column("status", Text, nullable=False, server_default="pending"),
    # Why it was rejected, as the customer read it.
    Column("reason", Text, nullable=False, server_default=""),
    Column("reviewed_by", Text),
    Column("reviewed_at", Moment),
    created_at(),
    one_of("status", "pending", "accepted", "rejected"),
    CheckConstraint("(status = 'pending') = (reviewed_at IS NULL)", name="reviewed"),
    Index("ix_payment_receipts_sha256", "sha256"),
    Index("ix_payment_receipts_open", "id", postgresql_where=sql("status = 'pending'")),
)

# Only of orders that are brought; one that is fetched has none.
deliveries = Table(
    "deliveries",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("order_id", BigInteger, ForeignKey("orders.id"), nullable=False, unique=True),
    Column("address", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="pending"),
    Column("scheduled_from", Moment),
    Column("scheduled_until", Moment),
    Column("delivered_at", Moment),
    created_at(),
    updated_at(),
    one_of("status", "pending", "shipped", "delivered", "cancelled"),
    Index("ix_deliveries_open", "scheduled_from", postgresql_where=sql("status IN ('pending', 'shipped')")),
)

# What a customer thought: of a product, of an order, or of the shop when neither is named.
reviews = Table(
    "reviews",
    tenant,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("customer_id", BigInteger, ForeignKey("customers.id"), nullable=False, index=True),
    Column("product_id", BigInteger, ForeignKey("products.id"), index=True),
    Column("order_id", BigInteger, ForeignKey("orders.id")),
    Column("rating", SmallInteger, nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
    # What the customer said of a problem; NULL: there was none, or it was not asked.
    Column("solved", Boolean),
    created_at(),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    Index("uq_reviews_order", "order_id", unique=True, postgresql_where=sql("product_id IS NULL")),
)
