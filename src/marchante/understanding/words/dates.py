"""Days and hours in Spanish: *pasado mañana a las 5*, *el viernes en la tarde*, *antes de la una*."""

import re
from datetime import date, datetime, time, timedelta

from marchante.understanding.domain import WhenHint
from marchante.understanding.lexicon.reader import section
from marchante.understanding.lexicon.words import MONTHS, WEEKDAYS, number_word


def _pattern(name: str) -> re.Pattern[str]:
    """Compile a section, with the sections `clock` and `daytime` where it names them."""
    written = section("dates", name)
    for part in ("clock", "daytime"):
        written = written.replace(f"<{part}>", section("dates", part))
    return re.compile(written)


_RANGE = _pattern("range")
_AT = _pattern("at")
_BETWEEN = _pattern("between")
_WEEKDAYS = {name: number for number, name in enumerate(WEEKDAYS)}
_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}
_DAY = _pattern("day")
_PART = _pattern("part")
_PARTS = {
    "manana": (time(8), time(12)),
    "tarde": (time(13), time(19)),
    "noche": (time(19), time(22)),
    "noon": (time(12), time(14)),
}
_OPENING, _NOON = 8, 12
_DAY_HOURS, _HOUR_MINUTES = 24, 60
Spans = list[tuple[int, int]]


def find_when(flat: str, text: str, now: datetime | None) -> tuple[WhenHint | None, Spans]:
    """Find the first day and the first hours of a flattened text; also the spans of all of them."""
    days, hours = list(_DAY.finditer(flat)), [*_BETWEEN.finditer(flat), *_AT.finditer(flat)]
    parts = list(_PART.finditer(flat))
    hours = hours or [each for each in _RANGE.finditer(flat) if _beside(each, [*days, *parts], flat)]
    spans = [found.span() for found in (*days, *hours, *parts)]
    if not spans:
        return None, spans
    day = _day(days[0], now) if days else None
    start, end = _hours(hours[0]) if hours else _part(parts[0]) if parts else (None, None)
    if hours and start and parts and not hours[0]["half"] and _part(parts[0])[0] and start.hour < _NOON:
        evening = parts[0]["part"] in {"tarde", "noche"}
        start = start.replace(hour=start.hour + _NOON) if evening else start
    if day is not None and now is not None and day == now.date() and start and start <= now.time():
        start = start.replace(hour=start.hour + _NOON) if start.hour < _NOON else start
        end = end.replace(hour=end.hour + _NOON) if end and end < start and end.hour < _NOON else end
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return WhenHint(text[first:last].strip(), day, start, end), spans


def _beside(hours: re.Match[str], near: list[re.Match[str]], flat: str) -> bool:
    """*de 5 a 7* are hours next to a day, or where nothing else is said."""
    alone = not re.search(r"\w", flat[: hours.start()] + flat[hours.end() :])
    gaps = (sorted((hours.span(), each.span())) for each in near)
    return alone or any(not re.search(r"\w", flat[one[1] : two[0]]) for one, two in gaps)


def _day(found: re.Match[str], now: datetime | None) -> date | None:
    if now is None:
        return None
    today = now.date()
    if found["near"]:
        return today + timedelta({"hoy": 0, "hoy mismo": 0, "manana": 1}.get(found["near"], 2))
    if found["weekday"]:
        ahead = (_WEEKDAYS[found["weekday"]] - today.weekday()) % 7
        return today + timedelta(ahead or 7)
    try:
        this_year = date(today.year, _MONTHS[found["month"]], int(found["number"]))
        return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except ValueError:
        return None


def _hours(found: re.Match[str]) -> tuple[time | None, time | None]:
    groups = found.groupdict()
    half = groups.get("half") or groups.get("half2") or ""
    start = _clock(groups.get("from") or groups.get("from2"), half)
    if groups.get("to") or groups.get("to2"):
        return start, _clock(groups.get("to") or groups.get("to2"), half)
    return (None, start) if (groups.get("how") or "").startswith(("antes", "hasta")) else (start, None)


def _clock(said: str | None, half: str) -> time | None:
    """Shops are open by day: hours 1 to 7 without *de la mañana* are in the afternoon."""
    if said is None:
        return None
    hour_text, _, minutes = said.replace(".", ":").partition(":")
    hour = int(number_word(hour_text) or hour_text)
    minute = int(minutes or 0) or (30 if "media" in half else 15 if "cuarto" in half else 0)
    morning = "manana" in half or re.search(r"\ba\.?m", half) is not None
    evening = "tarde" in half or "noche" in half or re.search(r"\bp\.?m", half) is not None
    if hour < _NOON and (evening or (not morning and hour < _OPENING)):
        hour += _NOON
    return time(hour, minute) if hour < _DAY_HOURS and minute < _HOUR_MINUTES else None


def _part(found: re.Match[str]) -> tuple[time | None, time | None]:
    name = (found["part"] or ("noon" if found["noon"] else "")).replace("cita", "").replace("nita", "na")
    return _PARTS.get(name, (None, None))
