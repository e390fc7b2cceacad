"""SQL of orders, their items and their history. Every function takes a connection inside one company's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from asyncpg import Record

from marchante.catalog.repository import SELLABLE
from marchante.foundation.database.connection import Connection
from marchante.orders.domain import (
    ActorKind,
    Consequence,
    LineOption,
    Order,
    OrderLine,
    OrderStatus,
    Placement,
    Proposal,
)

_ORDER = """
    SELECT o.id, o.folio, o.customer_id, s.code AS status, s.name AS status_name, o.fulfilment, o.delivery_fee,
           o.total_amount, o.delivery_address, o.payment_method, o.notes, o.created_at, o.requested_from,
           o.requested_until, coalesce((SELECT p.status FROM payments p WHERE p.order_id = o.id), 'pending')
               AS payment_status,
           EXISTS (SELECT FROM payment_receipts r WHERE r.order_id = o.id AND r.status = 'pending') AS receipt_waits,
           o.address_id, o.pays_with, o.version, o.accepted_total, o.proposal, o.updated_at,
               o.invoice_status, o.coverage,
           ARRAY(SELECT ROW(i.product_id, i.sku, i.product_name, i.quantity, i.unit, i.unit_price, i.notes,
                     i.options::text, i.pieces)
                 FROM order_items i WHERE i.order_id = o.id ORDER BY i.position) AS lines
    FROM orders o JOIN order_statuses s ON s.id = o.status_id"""


@dataclass(frozen=True, slots=True)
class Reservation:
    """The outcome of asking for stock: an order that exists already, products that do not suffice, or a folio number.

    `tracked` are the products whose stock was taken; the others are not counted.
    """

    existing_order: int | None
    short: tuple[int, ...]
    folio_number: int | None
    tracked: frozenset[int]


async def reserve(connection: Connection, confirmation_key: str, wanted: Mapping[int, Decimal]) -> Reservation:
    """Take the stock of every tracked product, all or nothing, and the next folio number when it worked.

    Rows are locked in the order of product ids, as everywhere, so that two orders cannot wait for each other; products
    that are not counted are not locked. A product the shop stopped selling counts as short.
    """
    row = await connection.fetchrow(
        f"""WITH existing AS (SELECT id FROM orders WHERE confirmation_key = $1),
                 wanted AS (SELECT product_id, quantity
                            FROM unnest($2::bigint[], $3::numeric[]) AS w (product_id, quantity)
                            WHERE NOT EXISTS (SELECT FROM existing)),
                 counted AS MATERIALIZED (
                     SELECT p.id, p.stock, wanted.quantity, {SELLABLE} AS sellable
                     FROM products p JOIN wanted ON wanted.product_id = p.id WHERE p.stock IS NOT NULL
                     ORDER BY p.id FOR NO KEY UPDATE OF p),
                 enough AS (
                     SELECT id FROM counted WHERE sellable AND stock >= quantity
                     UNION ALL SELECT p.id FROM products p JOIN wanted ON wanted.product_id = p.id
                               WHERE p.stock IS NULL AND {SELLABLE}),
                 short AS (SELECT product_id AS id FROM wanted EXCEPT SELECT id FROM enough),
                 taken AS (
                     UPDATE products p SET stock = p.stock - counted.quantity FROM counted
                     WHERE p.id = counted.id AND NOT EXISTS (SELECT FROM short) RETURNING p.id)
            SELECT (SELECT id FROM existing) AS existing_order,
                   ARRAY(SELECT id FROM short ORDER BY id) AS short,
                   ARRAY(SELECT id FROM taken) AS tracked,
                   CASE WHEN NOT EXISTS (SELECT FROM existing) AND NOT EXISTS (SELECT FROM short)
                        THEN nextval('folio_seq') END AS folio_number""",
        confirmation_key,
        list(wanted),
        list(wanted.values()),
    )
    assert row is not None
    return Reservation(row["existing_order"], tuple(row["short"]), row["folio_number"], frozenset(row["tracked"]))


async def give_back(connection: Connection, taken: Mapping[int, Decimal]) -> None:
    """Return stock to products that still count theirs."""
    await connection.execute(
        """WITH held AS MATERIALIZED (
               SELECT p.id, t.quantity FROM products p
               JOIN unnest($1::bigint[], $2::numeric[]) AS t (product_id, quantity) ON t.product_id = p.id
               ORDER BY p.id FOR NO KEY UPDATE OF p)
           UPDATE products p SET stock = p.stock + held.quantity
           FROM held WHERE p.id = held.id AND p.stock IS NOT NULL""",
        list(taken),
        list(taken.values()),
    )


_PLACE = """
    WITH placed AS (
        INSERT INTO orders (folio, customer_id, status_id, subtotal, delivery_fee, total_amount, fulfilment,
                            delivery_address, address_id, requested_from, requested_until, payment_method,
                            pays_with, notes, confirmation_key, phone_number_id, created_at, updated_at,
                            accepted_total, reserved, coverage)
        SELECT $1, $2, s.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $5,
               $30::jsonb -> 'reserved', $31
        FROM order_statuses s WHERE s.code = 'pending'
        ON CONFLICT (confirmation_key) DO NOTHING RETURNING id, status_id),
    items AS (
        INSERT INTO order_items (order_id, position, product_id, sku, product_name, quantity, unit, unit_price,
                                 total_price, notes, options, pieces)
        SELECT placed.id, i.position, i.product_id, i.sku, i.product_name, i.quantity, i.unit, i.unit_price,
               i.total_price, i.notes, i.options::jsonb, i.pieces
        FROM placed, unnest($17::integer[], $18::bigint[], $19::text[], $20::text[], $21::numeric[], $22::text[],
                            $23::numeric[], $24::numeric[], $25::text[], $26::text[], $27::numeric[])
             AS i (position, product_id, sku, product_name, quantity, unit, unit_price, total_price, notes, options,
                   pieces)),
    owed AS (
        INSERT INTO payments (order_id, amount, method, pays_with, created_at, updated_at)
        SELECT placed.id, $5, $11, $12, $16, $16 FROM placed),
    brought AS (
        INSERT INTO deliveries (order_id, address, scheduled_from, scheduled_until, created_at, updated_at)
        SELECT placed.id, coalesce($7, ''), $9, $10, $16, $16 FROM placed WHERE $6 = 'delivery'),
    told AS (
        INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, to_status_id, detail)
        SELECT placed.id, $16, $28, $29, 'placed', placed.status_id, $30 FROM placed)
    SELECT placed.id, s.name FROM placed JOIN order_statuses s ON s.id = placed.status_id"""


async def insert(
    connection: Connection, placing: Placement, folio: str, taken: Mapping[int, Decimal]
) -> tuple[int, str] | None:
    """Write the order, its items, payment, delivery and first line of history in one round trip; id and status's name.

    None: the same confirmation was written by another transaction meanwhile. `taken` is kept with the order, so that a
    cancellation gives back what it took and nothing else.
    """
    draft = placing.draft
    row = await connection.fetchrow(
        _PLACE,
        folio,
        placing.customer_id,
        draft.subtotal,
        draft.delivery_fee,
        draft.total,
        draft.fulfilment,
        draft.delivery_address,
        draft.address_id,
        draft.requested_from,
        draft.requested_until,
        draft.payment_method,
        draft.pays_with,
        draft.notes,
        draft.confirmation_key,
        placing.phone_number_id,
        placing.now,
        *item_columns(draft.lines),
        placing.actor_kind,
        placing.actor,
        {"reserved": {str(product): str(quantity) for product, quantity in taken.items()}},
        draft.coverage,
    )
    return None if row is None else (row["id"], row["name"])


async def find(connection: Connection, folio: str) -> Order | None:
    """The order with this folio, in its one spelling (see folio.py)."""
    return _one(await connection.fetchrow(f"{_ORDER} WHERE o.folio = $1", folio))


async def find_by_id(connection: Connection, order_id: int) -> Order | None:
    return _one(await connection.fetchrow(f"{_ORDER} WHERE o.id = $1", order_id))


async def find_by_confirmation(connection: Connection, confirmation_key: str) -> Order | None:
    return _one(await connection.fetchrow(f"{_ORDER} WHERE o.confirmation_key = $1", confirmation_key))


async def last_orders(connection: Connection, customer_id: int, limit: int) -> tuple[Order, ...]:
    """The customer's orders, newest first."""
    rows = await connection.fetch(f"{_ORDER} WHERE o.customer_id = $1 ORDER BY o.id DESC LIMIT $2", customer_id, limit)
    return tuple(_order(row) for row in rows)


async def newest(connection: Connection, limit: int, status: OrderStatus | None = None) -> tuple[Order, ...]:
    """The company's orders, newest first; with a status only those that have it."""
    rows = await connection.fetch(
        f"{_ORDER} WHERE ($2::text IS NULL OR s.code = $2) ORDER BY o.id DESC LIMIT $1",
        limit,
        None if status is None else status.value,
    )
    return tuple(_order(row) for row in rows)


async def set_status(
    connection: Connection,
    order: Order,
    to: OrderStatus,
    after: Consequence,
    *,
    actor_kind: ActorKind,
    actor: str,
    now: datetime,
    reason: str = "",
) -> None:
    """Write the new status, what becomes of payment and delivery, who did it and why."""
    await connection.execute(
        """WITH steps AS (SELECT before.id AS before, after.id AS after FROM order_statuses before, order_statuses after
                          WHERE before.code = $2 AND after.code = $3),
                changed AS (
                    UPDATE orders SET status_id = steps.after, updated_at = $6,
                                      proposal = CASE WHEN $3 = 'cancelled' THEN NULL ELSE proposal END,
                                      reserved = CASE WHEN $3 = 'cancelled' THEN '{}'::jsonb ELSE reserved END
                    FROM steps WHERE orders.id = $1),
                owed AS (
                    UPDATE payments SET status = $7, updated_at = $6,
                                        paid_at = CASE WHEN $7 = 'completed' THEN $6 ELSE paid_at END
                    WHERE order_id = $1 AND status = 'pending' AND $7::text IS NOT NULL RETURNING status),
                brought AS (
                    UPDATE deliveries SET status = $8, updated_at = $6,
                                          delivered_at = CASE WHEN $8 = 'delivered' THEN $6 END
                    WHERE order_id = $1 AND $8::text IS NOT NULL RETURNING status)
           INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, from_status_id, to_status_id,
                                      detail)
           SELECT $1, $6, $4, $5, 'status_changed', steps.before, steps.after, jsonb_strip_nulls(jsonb_build_object(
                      'payment', (SELECT status FROM owed), 'delivery', (SELECT status FROM brought),
                      'reason', nullif($9::text, '')))
           FROM steps""",
        order.id,
        order.status.value,
        to.value,
        actor_kind,
        actor,
        now,
        after.payment,
        after.delivery,
        reason,
    )


def item_columns(lines: Sequence[OrderLine]) -> tuple[list[Any], ...]:
    return (
        list(range(1, len(lines) + 1)),
        [line.product_id for line in lines],
        [line.sku for line in lines],
        [line.product_name for line in lines],
        [line.quantity for line in lines],
        [line.unit for line in lines],
        [line.unit_price for line in lines],
        [line.total for line in lines],
        [line.notes for line in lines],
        [msgspec.json.encode(line.options).decode() for line in lines],
        [line.pieces for line in lines],
    )


def _one(row: Record | None) -> Order | None:
    return None if row is None else _order(row)


def _order(row: Record) -> Order:
    columns = dict(row)
    lines = tuple(_line(*line) for line in columns.pop("lines"))
    proposal = columns.pop("proposal")
    return Order(
        lines=lines,
        status=OrderStatus(columns.pop("status")),
        proposal=msgspec.convert(proposal, Proposal) if proposal else None,
        **columns,
    )


def _line(*columns: Any) -> OrderLine:
    """The options come as text: the driver reads JSON columns, not JSON inside a row."""
    *plain, options, pieces = columns
    chosen = msgspec.json.decode(options, type=tuple[LineOption, ...])
    return replace(OrderLine(*plain), options=chosen, pieces=pieces)
