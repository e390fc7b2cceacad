"""Place an order once, and move it along. Called inside one company's transaction; events come back to be worded."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Conflict, Invalid
from marchante.foundation.kernel.money import pesos
from marchante.orders import change_repository, repository, slots
from marchante.orders.change_rules import totals_by_product
from marchante.orders.domain import (
    ActorKind,
    Order,
    OrderDraft,
    OrderLine,
    OrderPlaced,
    OrderSlotFull,
    OrderSoldOut,
    OrderStatus,
    OrderStatusChanged,
    Placement,
    consequence,
    may_become,
)
from marchante.orders.folio import folio

_GRAM = Decimal("0.001")
_MAX_QUANTITY = Decimal(9_999_999)
_MAX_TOTAL = Decimal(9_999_999_999)


async def place(
    connection: Connection,
    customer_id: int,
    phone_number_id: str,
    draft: OrderDraft,
    now: datetime,
    actor: str = "",
    actor_kind: ActorKind = "customer",
) -> OrderPlaced | OrderSoldOut | OrderSlotFull:
    """Turn what the customer confirmed into an order, taking its stock and its place in the slot: all or nothing.

    The same confirmation again gives the same order again, and takes nothing. `actor` says who confirmed, for the
    history.

    Raises Invalid `empty_order`, `bad_quantity` or `order_too_large`.
    """
    placing = Placement(customer_id, phone_number_id, checked(draft), now, actor_kind, actor)
    if await slot_is_full(connection, placing.draft):
        assert draft.requested_from is not None
        return OrderSlotFull(draft.requested_from)
    wanted = totals_by_product(placing.draft.lines)
    reservation = await repository.reserve(connection, draft.confirmation_key, wanted)
    if reservation.existing_order is not None:
        return await _placed_before(connection, draft.confirmation_key)
    if reservation.folio_number is None:
        return OrderSoldOut(reservation.short)
    name = folio(reservation.folio_number)
    taken = {product: quantity for product, quantity in wanted.items() if product in reservation.tracked}
    written = await repository.insert(connection, placing, name, taken)
    if written is None:
        await repository.give_back(connection, taken)
        return await _placed_before(connection, draft.confirmation_key)
    order_id, status_name = written
    return OrderPlaced(_order(placing, order_id, name, status_name))


async def change_status(
    connection: Connection,
    order_id: int,
    to: OrderStatus,
    actor_kind: ActorKind,
    actor: str,
    now: datetime,
    *,
    reason: str = "",
) -> OrderStatusChanged:
    """Move an order to its next status, and its payment and delivery with it; cancelling gives its stock back. `reason`
    is kept in the history.

    Raises NotFound `order_not_found`; Conflict `bad_status_change` with what it may become in `data["allowed"]`, or
    `answer_pending` while the customer is asked about it (only a cancellation does not wait).
    """
    order, held = await change_repository.locked(connection, order_id)
    if not may_become(order.status, to, order.fulfilment):
        allowed = [status.value for status in OrderStatus if may_become(order.status, status, order.fulfilment)]
        raise Conflict(
            f"order {order.folio} is {order.status.value} and cannot become {to.value}",
            code="bad_status_change",
            data={"folio": order.folio, "status": order.status.value, "allowed": allowed},
        )
    if order.proposal is not None and to is not OrderStatus.PROCESSING and to is not OrderStatus.CANCELLED:
        raise Conflict(
            f"the customer has not answered about order {order.folio} yet",
            code="answer_pending",
            data={"folio": order.folio, "kind": order.proposal.kind},
        )
    after = consequence(to, order.payment_method)
    await repository.set_status(
        connection, order, to, after, actor_kind=actor_kind, actor=actor, now=now, reason=reason
    )
    if to is OrderStatus.CANCELLED:
        await repository.give_back(connection, held)
    changed = await repository.find_by_id(connection, order_id)
    assert changed is not None
    return OrderStatusChanged(changed, previous=order.status, actor_kind=actor_kind)


async def slot_is_full(connection: Connection, draft: OrderDraft) -> bool:
    start, end, capacity = draft.requested_from, draft.requested_until, draft.slot_capacity
    if start is None or end is None or capacity is None:
        return False
    await slots.hold(connection)
    return await slots.taken(connection, start, end, draft.confirmation_key) >= capacity


def checked(draft: OrderDraft) -> OrderDraft:
    """The draft with quantities in thousandths and money in cents, as the tables keep them."""
    if not draft.lines:
        raise Invalid("an order needs at least one product", code="empty_order")
    lines = tuple(replace(line, quantity=_quantity(line), unit_price=pesos(line.unit_price)) for line in draft.lines)
    checked = replace(draft, lines=lines, delivery_fee=pesos(draft.delivery_fee))
    if checked.total > _MAX_TOTAL:
        raise Invalid("the order is larger than any shop's", code="order_too_large")
    return checked


def _quantity(line: OrderLine) -> Decimal:
    sane = line.quantity.is_finite() and 0 < line.quantity <= _MAX_QUANTITY
    quantity = line.quantity.quantize(_GRAM) if sane else None
    if not quantity:
        raise Invalid(f"{line.quantity} is no quantity of {line.sku}", code="bad_quantity", data={"sku": line.sku})
    return quantity


async def _placed_before(connection: Connection, confirmation_key: str) -> OrderPlaced:
    order = await repository.find_by_confirmation(connection, confirmation_key)
    assert order is not None
    return OrderPlaced(order)


def _order(placing: Placement, order_id: int, name: str, status_name: str) -> Order:
    draft = placing.draft
    return Order(
        id=order_id,
        folio=name,
        customer_id=placing.customer_id,
        status=OrderStatus.PENDING,
        status_name=status_name,
        lines=draft.lines,
        fulfilment=draft.fulfilment,
        delivery_fee=draft.delivery_fee,
        total_amount=draft.total,
        delivery_address=draft.delivery_address,
        payment_method=draft.payment_method,
        notes=draft.notes,
        created_at=placing.now,
        requested_from=draft.requested_from,
        requested_until=draft.requested_until,
        address_id=draft.address_id,
        pays_with=draft.pays_with,
        accepted_total=draft.total,
        updated_at=placing.now,
        coverage=draft.coverage,
    )
