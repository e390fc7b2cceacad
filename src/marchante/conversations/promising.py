"""When an order will be there: in the slot the customer's words lead to, else in the next one with a place left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import dropwhile, takewhile
from typing import Literal

from marchante.companies.hours import Schedule, Slot
from marchante.conversations import drafting
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView

Moved = Literal["closed", "closed_day", "full", "too_soon"]


@dataclass(frozen=True, slots=True)
class Promise:
    """In the shop's zone. Without a start nothing is promised; a start at midnight without an end means a day without
    an hour. `moved`: why it is not when the customer asked for, but the nearest that can be.
    """

    start: datetime | None = None
    end: datetime | None = None
    moved: Moved | None = None


def promise(session: Session, view: ShopView) -> Promise:
    """What can be said now about the time of this order."""
    asked, until = session.draft.requested_from, session.draft.requested_until
    if asked is None:
        return _promised(next(free_slots(session, view), None))
    start, end = asked.astimezone(view.zone), until.astimezone(view.zone) if until else None
    if asked == _already_promised(session, view):
        return Promise(start, end)
    if schedule(session, view).hours is None:
        return Promise(start, end)
    return _as_asked(session, view, start, end)


def _already_promised(session: Session, view: ShopView) -> datetime | None:
    """When the placed order that is being changed is expected: its place in that slot is its own."""
    order = view.order(session.editing.order_id) if session.editing else None
    return order.requested_from if order else None


def schedule(session: Session, view: ShopView) -> Schedule:
    """When this order can be there: as the shop is open, or as it delivers to the zone the order goes to."""
    shop, there = view.settings.schedule(view.zone), drafting.zone(session, view)
    return replace(shop, hours=there.hours) if there and there.hours else shop


def free_slots(session: Session, view: ShopView) -> Iterator[Slot]:
    """What can still be promised, in order, without an end near."""
    settings = view.settings
    upcoming = schedule(session, view).upcoming(
        view.now, settings.slot_minutes, settings.lead_minutes, settings.same_day_cutoff
    )
    return (slot for slot in upcoming if not is_full(slot, view))


def is_full(slot: Slot, view: ShopView) -> bool:
    """Whether the shop counts the places of its slots, and none is left in this one."""
    capacity = view.settings.slot_capacity
    taken = sum(count for moment, count in view.booked if slot.starts_at <= moment < slot.ends_at)
    return capacity is not None and taken >= capacity


def _as_asked(session: Session, view: ShopView, start: datetime, end: datetime | None) -> Promise:
    """The first slot that fits what was asked for; else the nearest one after it of that day; else the next of all."""
    later = dropwhile(lambda slot: slot.starts_at.date() < start.date(), free_slots(session, view))
    of_day = list(takewhile(lambda slot: slot.starts_at.date() == start.date(), later))
    fitting = next((slot for slot in of_day if _fits(slot, start, end)), None)
    if fitting is not None:
        return _promised(fitting)
    after = next((slot for slot in of_day if slot.starts_at >= start), None) or next(reversed(of_day), None)
    nearest = after or _first_after(free_slots(session, view), start)
    return replace(_promised(nearest), moved=_why(session, view, start, end)) if nearest else Promise()


def _fits(slot: Slot, start: datetime, end: datetime | None) -> bool:
    """A day without an hour takes any slot of it, an hour the slot it lies in, a stretch of time the first in it."""
    if end is None:
        return start.time() == time.min or slot.starts_at <= start < slot.ends_at
    begun = slot.starts_at >= start or (slot.ends_at > start >= slot.starts_at and slot.ends_at >= end)
    return begun and slot.starts_at < end


def _first_after(slots: Iterable[Slot], moment: datetime) -> Slot | None:
    return next((slot for slot in slots if slot.starts_at >= moment), None)


def _why(session: Session, view: ShopView, start: datetime, end: datetime | None) -> Moved:
    """Why there is no slot as asked: the shop's hours without lead time, cut-off and other people's orders say it."""
    settings = view.settings
    midnight = start.replace(hour=0, minute=0)
    day = schedule(session, view).slots(min(midnight, view.now), _days(view.now, start), settings.slot_minutes, 0)
    of_day = [slot for slot in day if slot.starts_at.date() == start.date()]
    fitting = [slot for slot in of_day if _fits(slot, start, end)]
    if not fitting:
        return "closed" if of_day else "closed_day"
    return "full" if all(is_full(slot, view) for slot in fitting) else "too_soon"


def _days(now: datetime, then: datetime) -> int:
    return max((then - now) // timedelta(days=1), 0) + 2


def _promised(slot: Slot | None) -> Promise:
    return Promise(slot.starts_at, slot.ends_at) if slot else Promise()


def opens_at(view: ShopView) -> datetime | None:
    """When the shop opens again; None while it is open, or when its hours are not told."""
    if view.settings.hours is None:
        return None
    shop = view.settings.schedule(view.zone)
    return None if shop.is_open(view.now) else shop.next_opening(view.now)


def closed_because(view: ShopView) -> str:
    """Why the shop does not open today, in its own words; "" on any other day."""
    closure = view.settings.schedule(view.zone).closure_on(view.now.astimezone(view.zone).date())
    return closure.reason if closure else ""


def closes_at(view: ShopView) -> datetime | None:
    """When the shop, open now, closes; None when its hours are not told."""
    return None if view.settings.hours is None else view.settings.schedule(view.zone).closes_at(view.now)
