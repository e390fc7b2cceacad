"""When an order will be there: as the customer asked, else the next slot of the shop."""

from dataclasses import dataclass
from datetime import datetime, time

from marchante.conversations.state import Session
from marchante.conversations.view import ShopView


@dataclass(frozen=True, slots=True)
class Promise:
    """In the shop's zone. Without a start nothing is promised; a start at midnight means a day without an hour.
    `moved`: the shop is closed at the time asked for, and this is the next one.
    """

    start: datetime | None = None
    end: datetime | None = None
    moved: bool = False


def promise(session: Session, view: ShopView) -> Promise:
    """What can be said now about the time of this order."""
    asked, until = session.draft.requested_from, session.draft.requested_until
    if asked is None:
        return _next_slot(view, view.now)
    start = asked.astimezone(view.zone)
    if view.settings.hours is None or _served(view, start):
        return Promise(start, until.astimezone(view.zone) if until else None)
    later = _next_slot(view, max(asked, view.now))
    return Promise(later.start, later.end, moved=later.start is not None)


def _served(view: ShopView, start: datetime) -> bool:
    """Whether the shop is open then; for a day without an hour, on that day at all."""
    schedule = view.settings.schedule(view.zone)
    if start.time() != time.min:
        return schedule.is_open(start)
    opening = schedule.next_opening(max(start, view.now))
    return opening is not None and opening.date() == start.date()


def _next_slot(view: ShopView, at: datetime) -> Promise:
    slot = view.settings.next_slot(view.zone, at)
    return Promise(slot.starts_at, slot.ends_at) if slot else Promise()


def opens_at(view: ShopView) -> datetime | None:
    """When the shop opens again; None while it is open, or when its hours are not told."""
    if view.settings.hours is None:
        return None
    schedule = view.settings.schedule(view.zone)
    return None if schedule.is_open(view.now) else schedule.next_opening(view.now)


def closes_at(view: ShopView) -> datetime | None:
    """When the shop, open now, closes; None when its hours are not told."""
    return None if view.settings.hours is None else view.settings.schedule(view.zone).closes_at(view.now)
