"""What is different between an order before and after a change, for whoever has to pack it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from marchante.orders.domain import Order, OrderLine

_Key = tuple[int, tuple[tuple[str, str], ...]]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineDifference:
    """How much of something there was and there is now; 0: none."""

    name: str
    unit: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Differences:
    """None where nothing changed."""

    lines: tuple[LineDifference, ...]
    address: str | None = None
    time: tuple[datetime | None, datetime | None] | None = None
    fetched: bool | None = None
    payment: str | None = None
    notes: str | None = None


def differences(before: Order, after: Order) -> Differences:
    """Lines are the same when product and options are; the rest is what it has become."""
    when = (after.requested_from, after.requested_until)
    return Differences(
        lines=line_differences(before.lines, after.lines),
        address=after.delivery_address if after.delivery_address != before.delivery_address else None,
        time=when if when != (before.requested_from, before.requested_until) else None,
        fetched=after.fulfilment == "pickup" if after.fulfilment != before.fulfilment else None,
        payment=after.payment_method if after.payment_method != before.payment_method else None,
        notes=after.notes if after.notes != before.notes else None,
    )


def line_differences(before: Sequence[OrderLine], after: Sequence[OrderLine]) -> tuple[LineDifference, ...]:
    """In the order of the old lines, then the new ones."""
    had, has = _amounts(before), _amounts(after)
    shown = {_key(line): line for line in (*after, *before)}
    return tuple(
        LineDifference(shown[key].product_name, shown[key].unit, had.get(key, _NONE), has.get(key, _NONE))
        for key in dict.fromkeys((*had, *has))
        if had.get(key, _NONE) != has.get(key, _NONE)
    )


def _amounts(lines: Sequence[OrderLine]) -> dict[_Key, Decimal]:
    amounts: dict[_Key, Decimal] = {}
    for line in lines:
        amounts[_key(line)] = amounts.get(_key(line), _NONE) + line.quantity
    return amounts


def _key(line: OrderLine) -> _Key:
    return line.product_id, tuple((option.group, option.name) for option in line.options)
