"""Weekly hours as a person writes them for a command: "mon-sat 08:00-21:00; sun 09:00-15:00"."""

import re
import unicodedata
from collections import defaultdict
from datetime import time
from itertools import groupby, pairwise

from marchante.companies.hours import AROUND_THE_CLOCK, OpenInterval, WeeklyHours
from marchante.foundation.kernel.errors import Invalid

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPELLINGS = (
    ("mon", "monday", "lun", "lunes"),
    ("tue", "tuesday", "mar", "martes"),
    ("wed", "wednesday", "mie", "miercoles"),
    ("thu", "thursday", "jue", "jueves"),
    ("fri", "friday", "vie", "viernes"),
    ("sat", "saturday", "sab", "sabado"),
    ("sun", "sunday", "dom", "domingo"),
)
_WEEKDAY = {spelling: weekday for weekday, spellings in enumerate(_SPELLINGS) for spelling in spellings}
_ENTRY = re.compile(r"([a-z, \-]*[a-z])\s+([0-9].*)")
_INTERVAL = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?\s*-\s*([0-9]{1,2})(?::([0-9]{2}))?")
_MIDNIGHT = time(0)
_WEEK = 7


def read_hours(text: str) -> WeeklyHours:
    """Days that are not named are closed; "closed" and "always" stand alone. English or Spanish names of days.

    Raises Invalid `bad_hours` with the part that is not understood, or that overlaps another.
    """
    plain = _plain(text)
    if plain in {"closed", "always"}:
        return WeeklyHours() if plain == "closed" else AROUND_THE_CLOCK
    open_on: dict[int, list[OpenInterval]] = defaultdict(list)
    for entry in filter(None, (part.strip() for part in re.split(r"[;\n]", plain))):
        parts = _ENTRY.fullmatch(entry)
        if parts is None:
            raise _refused(entry)
        intervals = [_interval(written.strip()) for written in parts[2].split(",")]
        for weekday in _weekdays(parts[1]):
            open_on[weekday] += intervals
    if not open_on:
        raise _refused(text)
    return WeeklyHours(*(_apart(open_on[weekday]) for weekday in range(_WEEK)))


def write_hours(hours: WeeklyHours) -> str:
    """In the one spelling that `read_hours` reads back to the same hours."""
    runs = []
    for intervals, days in groupby(range(_WEEK), key=lambda weekday: hours.by_weekday[weekday]):
        if intervals:
            first, *rest = days
            named = f"{_NAMES[first]}-{_NAMES[rest[-1]]}" if rest else _NAMES[first]
            runs.append(f"{named} {', '.join(_written(interval) for interval in intervals)}")
    return "; ".join(runs) or "closed"


def _weekdays(written: str) -> list[int]:
    """The days of "fri-mon, wed", over the weekend too; Monday is 0."""
    found: list[int] = []
    for part in written.split(","):
        names = [name.strip() for name in part.split("-")]
        if not 1 <= len(names) <= 2 or any(name not in _WEEKDAY for name in names):  # noqa: PLR2004 - "from-to"
            raise _refused(part)
        first, last = _WEEKDAY[names[0]], _WEEKDAY[names[-1]]
        found += [(first + step) % _WEEK for step in range((last - first) % _WEEK + 1)]
    return found


def _interval(written: str) -> OpenInterval:
    parts = _INTERVAL.fullmatch(written)
    if parts is None:
        raise _refused(written)
    opens, closes = _wall_time(parts[1], parts[2], written), _wall_time(parts[3], parts[4], written, closing=True)
    if opens == closes != _MIDNIGHT:
        raise _refused(written)
    return OpenInterval(opens, closes)


def _wall_time(hour: str, minute: str | None, written: str, *, closing: bool = False) -> time:
    if closing and (int(hour), int(minute or 0)) == (24, 0):
        return _MIDNIGHT
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise _refused(written) from error


def _apart(intervals: list[OpenInterval]) -> tuple[OpenInterval, ...]:
    """In order. Only the last of a day may pass midnight."""
    ordered = tuple(sorted(intervals))
    for earlier, later in pairwise(ordered):
        if not earlier.opens < earlier.closes <= later.opens:
            raise Invalid(f"{_written(earlier)} and {_written(later)} overlap", code="bad_hours")
    return ordered


def _written(interval: OpenInterval) -> str:
    closes = "24:00" if interval.closes == _MIDNIGHT else f"{interval.closes:%H:%M}"
    return f"{interval.opens:%H:%M}-{closes}"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("–", "-").replace("—", "-"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip()


def _refused(part: str) -> Invalid:
    return Invalid(
        f"{part.strip()!r} is not like 'mon-sat 08:00-14:00, 16:00-21:00; sun 09:00-15:00'", code="bad_hours"
    )
