"""When a company is open, and which delivery slots it can still promise. Pure: moments come in as aware datetimes.

A day's hours belong to the day they begin on: what a closure or a holiday closes is what would begin that day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

WallTime = Annotated[time, msgspec.Meta(tz=False)]

_DAY = timedelta(days=1)
_LEAST_SLOT = timedelta(minutes=15)
# A shop that does not open within a year and a month is taken to be closed for good.
_HORIZON_DAYS = 400


class OpenInterval(msgspec.Struct, frozen=True, array_like=True, order=True):
    """By the clock on the wall. A closing that is not later than the opening is on the next day."""

    opens: WallTime
    closes: WallTime


class WeeklyHours(msgspec.Struct, frozen=True, omit_defaults=True):
    """The open intervals of each day of the week; a day without any is closed."""

    mon: tuple[OpenInterval, ...] = ()
    tue: tuple[OpenInterval, ...] = ()
    wed: tuple[OpenInterval, ...] = ()
    thu: tuple[OpenInterval, ...] = ()
    fri: tuple[OpenInterval, ...] = ()
    sat: tuple[OpenInterval, ...] = ()
    sun: tuple[OpenInterval, ...] = ()

    def on(self, day: date) -> tuple[OpenInterval, ...]:
        return self.by_weekday[day.weekday()]

    @property
    def by_weekday(self) -> tuple[tuple[OpenInterval, ...], ...]:
        """Monday first."""
        return (self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun)


AROUND_THE_CLOCK = WeeklyHours(*[(OpenInterval(time(0), time(0)),)] * 7)


class Closure(msgspec.Struct, frozen=True, omit_defaults=True):
    """Days on which the shop does not open, both included. `reason` is in the shop's words."""

    from_date: date
    to_date: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.from_date <= day <= self.to_date


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time that can be promised, in the company's zone."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Window:
    """An open stretch in UTC, and the day it belongs to."""

    day: date
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Schedule:
    """`hours` is None while the shop has not told them: it counts as always open, and no slot is promised."""

    zone: ZoneInfo
    hours: WeeklyHours | None = None
    closures: tuple[Closure, ...] = ()
    holidays_closed: bool = False

    def closure_on(self, day: date) -> Closure | None:
        """Why the shop does not open on a day it otherwise might: its own closure first, then a public holiday."""
        own = next((closure for closure in self.closures if closure.covers(day)), None)
        if own is not None or not self.holidays_closed:
            return own
        holiday = public_holidays(day.year).get(day)
        return None if holiday is None else Closure(day, day, holiday)

    def is_open(self, at: datetime) -> bool:
        return self._window_of(at) is not None

    def closes_at(self, at: datetime) -> datetime | None:
        """When the shop, open at `at`, closes; None when it is closed or does not close within a week."""
        window = self._window_of(at)
        if window is None:
            return None
        end = window.end
        for later in self._windows(window.day, 8):
            end = later.end if later.start == end else end
        return None if end - at > 7 * _DAY else end.astimezone(self.zone)

    def next_opening(self, at: datetime) -> datetime | None:
        """The next moment at which the shop is open: `at` itself when it is open now. None: not within a year."""
        window = next((window for window in self._windows_around(at, _HORIZON_DAYS) if window.end > at), None)
        return None if window is None else max(window.start, at).astimezone(self.zone)

    def slots(
        self, at: datetime, days: int, slot_minutes: int, lead_minutes: int, cutoff: time | None = None
    ) -> tuple[Slot, ...]:
        """What can be promised at `at` for today and the following days (`days` in all), in order.

        Open hours are cut into slots from the opening on; a rest of less than half a slot belongs to the last one. A
        slot is offered while an order placed now, ready after `lead_minutes`, is there by the middle of it. From the
        wall time `cutoff` on nothing is promised for the same day.
        """
        return tuple(self._slots(at, days, timedelta(minutes=slot_minutes), timedelta(minutes=lead_minutes), cutoff))

    def next_slot(self, at: datetime, slot_minutes: int, lead_minutes: int, cutoff: time | None = None) -> Slot | None:
        """The first of `slots`, however far away; None when nothing can be promised."""
        lengths = timedelta(minutes=slot_minutes), timedelta(minutes=lead_minutes)
        return next(self._slots(at, _HORIZON_DAYS, *lengths, cutoff), None)

    def upcoming(
        self, at: datetime, slot_minutes: int, lead_minutes: int, cutoff: time | None = None
    ) -> Iterator[Slot]:
        """As `slots`, one after the other and without an end near."""
        lengths = timedelta(minutes=slot_minutes), timedelta(minutes=lead_minutes)
        return self._slots(at, _HORIZON_DAYS, *lengths, cutoff)

    def _slots(
        self, at: datetime, days: int, length: timedelta, lead: timedelta, cutoff: time | None
    ) -> Iterator[Slot]:
        if self.hours is None:
            return
        ready, length = at.astimezone(UTC) + lead, max(length, _LEAST_SLOT)
        for window in self._windows_around(at, days):
            if cutoff is not None and at >= self._moments(window.day, cutoff)[0]:
                continue
            for start, end in _cut(window.start, window.end, length):
                if ready <= start + (end - start) / 2:
                    yield Slot(start.astimezone(self.zone), end.astimezone(self.zone))

    def _window_of(self, at: datetime) -> _Window | None:
        return next((window for window in self._windows_around(at, 1) if window.start <= at < window.end), None)

    def _windows_around(self, at: datetime, days: int) -> Iterator[_Window]:
        """Of the local day of `at` and the ones after it, and of the day before: its night may not be over."""
        return self._windows(at.astimezone(self.zone).date() - _DAY, days + 1)

    def _windows(self, first: date, days: int) -> Iterator[_Window]:
        """In order and apart from each other: hours that begin before the last ones ended begin when those end."""
        open_until = datetime.min.replace(tzinfo=UTC)
        hours = self.hours or AROUND_THE_CLOCK
        for day in islice(_days_from(first), days):
            for interval in () if self.closure_on(day) else sorted(hours.on(day)):
                start, end = self._bounds(day, interval)
                start = max(start, open_until)
                if start < end:
                    yield _Window(day, start, end)
                    open_until = end

    def _bounds(self, day: date, interval: OpenInterval) -> tuple[datetime, datetime]:
        closing_day = day if interval.closes > interval.opens else day + _DAY
        return self._moments(day, interval.opens)[0], max(self._moments(closing_day, interval.closes))

    def _moments(self, day: date, wall: time) -> tuple[datetime, datetime]:
        """When the clock on the wall shows this, in UTC: twice where it is set back, elsewhere the same moment twice.

        Where it is set forward and never shows it, the first of the two is the hour after.
        """
        shown = datetime.combine(day, wall, self.zone)
        return shown.astimezone(UTC), shown.replace(fold=1).astimezone(UTC)


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Mexico's, by day, with their names in Spanish."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import, and most shops open on holidays

    return dict(country_holidays("MX", years=year, language="es"))


def _days_from(first: date) -> Iterator[date]:
    day = first
    while day < date.max:
        yield day
        day += _DAY


def _cut(start: datetime, end: datetime, length: timedelta) -> Iterator[tuple[datetime, datetime]]:
    while end - start >= 1.5 * length:
        yield start, start + length
        start += length
    yield start, end
