"""SQL of what changes in an order after it was confirmed. Every function takes a connection inside one company's
transaction, in which the order is held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from marchante.catalog.repository import SELLABLE
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import NotFound
from marchante.orders import repository
from marchante.orders.change_rules import StockMove
from marchante.orders.domain import Actor, Order, OrderDraft, OrderLine, Proposal


@dataclass(frozen=True, slots=True)
class MovedStock:
    """`short`: products that do not suffice, so that nothing was moved; `moved`: what was, of the products counted."""

    short: tuple[int, ...]
    moved: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Change:
    """What to write: the new content, what it holds of the stock, what is asked about it, and the line of history."""

    draft: OrderDraft
    held: Mapping[int, Decimal]
    accepted_total: Decimal
    action: str
    detail: Mapping[str, Any]


async def locked(connection: Connection, order_id: int) -> tuple[Order, dict[int, Decimal]]:
    """The order, held until the transaction ends, and the stock it holds. Raises NotFound `order_not_found`."""
    held: dict[str, str] | None = await connection.fetchval(
        "SELECT reserved FROM orders WHERE id = $1 FOR NO KEY UPDATE", order_id
    )
    order = await repository.find_by_id(connection, order_id) if held is not None else None
    if order is None or held is None:
        raise NotFound(f"no order {order_id}", code="order_not_found")
    return order, {int(product): Decimal(quantity) for product, quantity in held.items()}


async def move_stock(connection: Connection, move: StockMove, *, all_or_nothing: bool = True) -> MovedStock:
    """Between the shelf and an order, in the order of product ids as everywhere. Otherwise than `all_or_nothing` as
    much as there is: what was weighed lies on the scale, whatever the count says.
    """
    if not move.quantities:
        return MovedStock((), {})
    row = await connection.fetchrow(
        f"""WITH wanted AS (SELECT * FROM unnest($1::bigint[], $2::numeric[]) AS w (product_id, quantity)),
                 counted AS MATERIALIZED (
                     SELECT p.id, p.stock, wanted.quantity, {SELLABLE} AS sellable
                     FROM products p JOIN wanted ON wanted.product_id = p.id WHERE p.stock IS NOT NULL
                     ORDER BY p.id FOR NO KEY UPDATE OF p),
                 short AS (
                     SELECT id FROM counted WHERE $3 AND quantity > 0 AND NOT (sellable AND stock >= quantity)
                     UNION ALL SELECT p.id FROM products p JOIN wanted ON wanted.product_id = p.id
                               WHERE $3 AND p.stock IS NULL AND wanted.quantity > 0 AND NOT {SELLABLE}),
                 moved AS (
                     UPDATE products p SET stock = p.stock - least(counted.quantity, counted.stock) FROM counted
                     WHERE p.id = counted.id AND NOT EXISTS (SELECT FROM short)
                     RETURNING p.id, least(counted.quantity, counted.stock) AS quantity)
            SELECT ARRAY(SELECT id FROM short ORDER BY id) AS short,
                   ARRAY(SELECT id FROM moved ORDER BY id) AS products,
                   ARRAY(SELECT quantity FROM moved ORDER BY id) AS quantities""",  # noqa: S608 - our own condition
        list(move.quantities),
        list(move.quantities.values()),
        all_or_nothing,
    )
    assert row is not None
    return MovedStock(tuple(row["short"]), dict(zip(row["products"], row["quantities"], strict=True)))


async def write_change(connection: Connection, order: Order, change: Change, who: Actor, now: datetime) -> None:
    """The new content with its payment and delivery, under a new version; nothing is asked about it any more."""
    draft = change.draft
    await connection.execute(
        _CHANGE,
        order.id,
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
        change.accepted_total,
        {str(product): str(quantity) for product, quantity in change.held.items()},
        now,
        *repository.item_columns(draft.lines),
        who.kind,
        who.name,
        change.action,
        dict(change.detail),
        draft.coverage,
    )


_CHANGE = """
    WITH changed AS (
        UPDATE orders SET subtotal = $2, delivery_fee = $3, total_amount = $4, fulfilment = $5, delivery_address = $6,
               address_id = $7, requested_from = $8, requested_until = $9, payment_method = $10, pays_with = $11,
               notes = $12, accepted_total = $13, reserved = $14, updated_at = $15, version = version + 1,
               proposal = NULL,
               coverage = CASE WHEN $5 = 'delivery' THEN coalesce($31, coverage) END
        WHERE id = $1),
    gone AS (DELETE FROM order_items WHERE order_id = $1),
    items AS (
        INSERT INTO order_items (order_id, position, product_id, sku, product_name, quantity, unit, unit_price,
                                 total_price, notes, options, pieces)
        SELECT $1, i.position, i.product_id, i.sku, i.product_name, i.quantity, i.unit, i.unit_price, i.total_price,
               i.notes, i.options::jsonb, i.pieces
        FROM unnest($16::integer[], $17::bigint[], $18::text[], $19::text[], $20::numeric[], $21::text[],
                    $22::numeric[], $23::numeric[], $24::text[], $25::text[], $26::numeric[])
             AS i (position, product_id, sku, product_name, quantity, unit, unit_price, total_price, notes, options,
                   pieces)),
    owed AS (
        UPDATE payments SET amount = $4, pays_with = $11, updated_at = $15,
                            method = CASE WHEN status = 'pending' THEN $10 ELSE method END
        WHERE order_id = $1),
    fetched AS (DELETE FROM deliveries WHERE order_id = $1 AND $5 = 'pickup'),
    brought AS (
        INSERT INTO deliveries (order_id, address, scheduled_from, scheduled_until, created_at, updated_at)
        SELECT $1, coalesce($6, ''), $8, $9, $15, $15 WHERE $5 = 'delivery'
        ON CONFLICT (order_id) DO UPDATE SET
            address = excluded.address, scheduled_from = excluded.scheduled_from,
            scheduled_until = excluded.scheduled_until, updated_at = excluded.updated_at)
    INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, detail)
    VALUES ($1, $15, $27, $28, $29, $30)"""


async def write_proposal(
    connection: Connection, order: Order, proposal: Proposal | None, who: Actor, now: datetime, action: str
) -> None:
    """Something is asked about the order from now on, or no more; under a new version, so that only its own buttons
    answer it.
    """
    detail = {"kind": proposal.kind, "lines": [_line(line) for line in proposal.lines]} if proposal else {}
    await connection.execute(
        """WITH asked AS (
               UPDATE orders SET proposal = $2, version = version + 1, updated_at = $3 WHERE id = $1 RETURNING id)
           INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, detail)
           SELECT id, $3, $4, $5, $6, $7 FROM asked""",
        order.id,
        None if proposal is None else msgspec.to_builtins(proposal),
        now,
        who.kind,
        who.name,
        action,
        detail,
    )


def _line(line: OrderLine) -> dict[str, str]:
    return {"sku": line.sku, "quantity": str(line.quantity), "total": str(line.total)}


async def write_off(connection: Connection, order: Order, product_id: int, who: Actor, now: datetime) -> None:
    """There is none of a product, whatever the count says: neither on the shelf nor in the order."""
    await connection.execute(
        """WITH counted AS (SELECT stock FROM products WHERE id = $2 AND stock > 0 FOR NO KEY UPDATE),
                shelf AS (UPDATE products SET stock = 0 WHERE id = $2 AND EXISTS (SELECT FROM counted)),
                held AS (SELECT reserved ->> $3 AS quantity FROM orders WHERE id = $1),
                let_go AS (UPDATE orders SET reserved = reserved - $3 WHERE id = $1)
           INSERT INTO order_history (order_id, happened_at, actor_kind, actor, action, detail)
           SELECT $1, $4, $5, $6, 'written_off', jsonb_strip_nulls(jsonb_build_object(
                      'product_id', $3, 'shelf', (SELECT stock::text FROM counted), 'held', held.quantity))
           FROM held WHERE held.quantity IS NOT NULL OR EXISTS (SELECT FROM counted)""",
        order.id,
        product_id,
        str(product_id),
        now,
        who.kind,
        who.name,
    )


async def line_of(connection: Connection, sku: str) -> tuple[OrderLine, Decimal | None] | None:
    """One of a product, at today's price, and its stock where that is counted; None: it is not sold."""
    row = await connection.fetchrow(
        f"""SELECT p.id AS product_id, p.sku, p.name AS product_name, 1::numeric AS quantity, p.unit,
                   p.price AS unit_price, p.stock
            FROM products p WHERE lower(p.sku) = lower($1) AND {SELLABLE}""",  # noqa: S608 - our own condition
        sku,
    )
    if row is None:
        return None
    columns = dict(row)
    stock = columns.pop("stock")
    return OrderLine(**columns), stock


async def count_notice(connection: Connection, order_id: int, most: int) -> bool:
    """One more status notice about an order, if it had fewer than `most`; whether it may be sent."""
    counted = await connection.fetchval(
        "UPDATE orders SET notices = notices + 1 WHERE id = $1 AND notices < $2 RETURNING notices", order_id, most
    )
    return counted is not None


async def any_moved_on(connection: Connection, newest: int) -> bool:
    """Whether any of the newest orders is past pending, the cancelled ones aside."""
    moved: bool = await connection.fetchval(
        """SELECT EXISTS (
               SELECT FROM (SELECT status_id FROM orders ORDER BY id DESC LIMIT $1) o
               JOIN order_statuses s ON s.id = o.status_id WHERE s.code NOT IN ('pending', 'cancelled'))""",
        newest,
    )
    return moved
