"""Change an order after it was confirmed. Called inside one company's transaction; events come back to be worded.

Each is one step: content, stock, payment, delivery and history together, or nothing at all.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Conflict, Invalid, NotFound
from marchante.orders import change_repository as repository
from marchante.orders import repository as orders
from marchante.orders.change_repository import Change
from marchante.orders.change_rules import (
    ChangesUntil,
    answered,
    content_of,
    customer_may_change,
    held_after,
    owed,
    places_in_doubt,
    staff_may_change,
    still_to_settle,
    stock_move,
    substituted,
    weighed,
    within,
)
from marchante.orders.domain import (
    Actor,
    Answer,
    Order,
    OrderChanged,
    OrderDraft,
    OrderLine,
    OrderSlotFull,
    OrderSoldOut,
    OrderStatus,
    OrderStatusChanged,
    Proposal,
    ProposalKept,
    ProposalMade,
)
from marchante.orders.service import change_status, checked, slot_is_full

Held = Mapping[int, Decimal]
_NEWEST = 50


async def change(
    connection: Connection, order_id: int, version: int, draft: OrderDraft, until: ChangesUntil, now: datetime
) -> OrderChanged | OrderSoldOut | OrderSlotFull:
    """What the customer made of their order. `until`: the status up to which the company allows it.

    Raises NotFound `order_not_found`; Conflict `stale_order` when it is another version by now, `too_late_to_change`;
    Invalid as `place` does.
    """
    starts_at = draft.requested_from
    # Whoever counts the places of a slot holds them before anything else.
    if starts_at is not None and draft.slot_capacity is not None:
        known = await orders.find_by_id(connection, order_id)
        if known is not None and starts_at != known.requested_from and await slot_is_full(connection, draft):
            return OrderSlotFull(starts_at)
    order, held = await repository.locked(connection, order_id)
    _check_version(order, version)
    _check_customer_may(order, until)
    return await _write(connection, order, held, checked(draft), Actor("customer"), now, "changed")


async def cancel(
    connection: Connection, order_id: int, version: int, until: ChangesUntil, now: datetime
) -> OrderStatusChanged:
    """The customer does not want it any more. Raises as `change` does."""
    order, _ = await repository.locked(connection, order_id)
    _check_version(order, version)
    _check_customer_may(order, until)
    return await change_status(connection, order_id, OrderStatus.CANCELLED, "customer", "", now)


async def weigh(
    connection: Connection,
    order_id: int,
    weights: Mapping[int, Decimal],
    tolerance_percent: Decimal,
    who: Actor,
    now: datetime,
) -> OrderChanged | ProposalMade:
    """What the scale said, by the line's place from 0. Within the tolerance of what the customer agreed to it is the
    order from now on; beyond it the customer is asked.

    Raises NotFound `order_not_found`; Conflict `too_late_to_change`; Invalid `bad_line`, `bad_quantity`.
    """
    order, held = await repository.locked(connection, order_id)
    _check_staff_may(order)
    for place in weights:
        _check_weighable(order, place)
    draft = checked(content_of(order, weighed(order.lines, weights)))
    if within(tolerance_percent, owed(order), draft.total):
        event = await _write(connection, order, held, draft, who, now, "weighed", agreed=owed(order), by_scale=True)
        assert isinstance(event, OrderChanged)
        return event
    places = places_in_doubt(order.lines, draft.lines, tolerance_percent)
    return await _ask(connection, order, Proposal("weighed", draft.lines, places, now), who, now)


async def substitute(
    connection: Connection, order_id: int, place: int, instead: OrderLine, who: Actor, now: datetime
) -> ProposalMade:
    """The line at this place is sold out; ask the customer whether this may come instead. What the count still had of
    the missing product, on the shelf and in this order, is written off: nobody else can order it.

    Raises NotFound `order_not_found`; Conflict `too_late_to_change`; Invalid `bad_line`, `bad_quantity`.
    """
    order, _ = await repository.locked(connection, order_id)
    _check_staff_may(order)
    _check_line(order, place)
    lines = checked(content_of(order, substituted(order.lines, place, instead))).lines
    await repository.write_off(connection, order, order.lines[place].product_id, who, now)
    return await _ask(connection, order, Proposal("substitution", lines, (place,), now), who, now)


async def replacement(connection: Connection, missing: OrderLine, sku: str, quantity: Decimal | None) -> OrderLine:
    """A line of another product at today's price; without a quantity as much as of the missing one, or one if it is
    sold otherwise. Raises NotFound `product_not_found`, Invalid `same_product`, Conflict `sold_out`.
    """
    found = await repository.line_of(connection, sku)
    if found is None:
        raise NotFound(f"no product {sku} is sold", code="product_not_found", data={"sku": sku})
    line, stock = found
    if line.product_id == missing.product_id:
        raise Invalid(f"{sku} is what is sold out", code="same_product", data={"sku": sku})
    usual = missing.quantity if missing.unit == line.unit else line.quantity
    wanted = usual if quantity is None else quantity
    if stock is not None and stock < wanted:
        raise Conflict(f"there is not enough of {sku}", code="sold_out", data={"sku": sku, "stock": str(stock)})
    return replace(line, quantity=wanted)


async def answer(
    connection: Connection, order_id: int, version: int, given: Answer, who: Actor, now: datetime
) -> OrderChanged | OrderStatusChanged | OrderSoldOut | ProposalKept:
    """What the customer said to the proposal (or the rule for who says nothing). Doing without the last line cancels.

    Raises NotFound `order_not_found`; Conflict `stale_order` when nothing, or something else, is asked by now.
    """
    order, held = await repository.locked(connection, order_id)
    _check_version(order, version)
    proposal = order.proposal
    if proposal is None or not staff_may_change(order):
        raise _stale(order)
    if given == "keep":
        await repository.write_proposal(connection, order, None, who, now, f"{proposal.kind}_refused")
        return ProposalKept(replace(order, proposal=None, version=order.version + 1), proposal)
    lines = answered(order, proposal, given)
    if not lines:
        return await change_status(connection, order_id, OrderStatus.CANCELLED, who.kind, who.name, now)
    action = f"{proposal.kind}_{'accepted' if given == 'accept' else 'removed'}"
    by_scale = proposal.kind == "weighed"
    return await _write(connection, order, held, content_of(order, lines), who, now, action, by_scale=by_scale)


async def withdraw(connection: Connection, order_id: int, who: Actor, now: datetime) -> ProposalKept:
    """What was asked is not asked any more: the order stays as it is. Raises Conflict `stale_order`: nothing was."""
    order, _ = await repository.locked(connection, order_id)
    if order.proposal is None:
        raise _stale(order)
    await repository.write_proposal(connection, order, None, who, now, f"{order.proposal.kind}_withdrawn")
    return ProposalKept(replace(order, proposal=None, version=order.version + 1), order.proposal)


async def moves_on(connection: Connection) -> bool:
    """Whether the shop writes down how its orders go on: any of the newest is further than it came."""
    return await repository.any_moved_on(connection, _NEWEST)


async def count_notice(connection: Connection, order_id: int, most: int) -> bool:
    """One more status notice about an order; False when the customer was sent as many as are paid for."""
    return await repository.count_notice(connection, order_id, most)


async def _write(
    connection: Connection,
    order: Order,
    held: Held,
    draft: OrderDraft,
    who: Actor,
    now: datetime,
    action: str,
    *,
    agreed: Decimal | None = None,
    by_scale: bool = False,
) -> OrderChanged | OrderSoldOut:
    """`agreed`: what the customer agreed to, if not the new total. `by_scale`: what was weighed is there, whatever the
    count says.
    """
    move = stock_move(order.lines, draft.lines, held)
    stock = await repository.move_stock(connection, move, all_or_nothing=not by_scale)
    if stock.short:
        return OrderSoldOut(stock.short)
    change = Change(
        draft=draft,
        held=held_after(held, move, stock.moved),
        accepted_total=draft.total if agreed is None else agreed,
        action=action,
        detail=_detail(order, draft),
    )
    await repository.write_change(connection, order, change, who, now)
    changed = await orders.find_by_id(connection, order.id)
    assert changed is not None
    return OrderChanged(changed, before=order, actor_kind=who.kind)


def _detail(order: Order, draft: OrderDraft) -> dict[str, object]:
    """For the history: what it was before, and what was paid too much or too little."""
    detail: dict[str, object] = {
        "total": {"before": str(order.total_amount), "after": str(draft.total)},
        "lines": [[line.sku, str(line.quantity), str(line.total)] for line in order.lines],
    }
    difference = still_to_settle(order, draft.total)
    return detail | ({"to_settle": str(difference)} if difference else {})


async def _ask(connection: Connection, order: Order, proposal: Proposal, who: Actor, now: datetime) -> ProposalMade:
    await repository.write_proposal(connection, order, proposal, who, now, f"{proposal.kind}_proposed")
    return ProposalMade(replace(order, proposal=proposal, version=order.version + 1))


def _check_version(order: Order, version: int) -> None:
    if order.version != version:
        raise _stale(order)


def _stale(order: Order) -> Conflict:
    return Conflict(f"order {order.folio} is another by now", code="stale_order", data={"folio": order.folio})


def _check_customer_may(order: Order, until: ChangesUntil) -> None:
    if not customer_may_change(order, until):
        raise _too_late(order)


def _check_staff_may(order: Order) -> None:
    if not staff_may_change(order):
        raise _too_late(order)


def _too_late(order: Order) -> Conflict:
    return Conflict(
        f"order {order.folio} is {order.status.value}: it cannot be changed any more",
        code="too_late_to_change",
        data={"folio": order.folio, "status": order.status.value},
    )


def _check_line(order: Order, place: int) -> None:
    if not 0 <= place < len(order.lines):
        raise Invalid(f"order {order.folio} has no line {place + 1}", code="bad_line", data={"folio": order.folio})


def _check_weighable(order: Order, place: int) -> None:
    _check_line(order, place)
    if order.lines[place].unit != "kg":
        raise Invalid(f"{order.lines[place].sku} is not sold by weight", code="bad_line", data={"folio": order.folio})
