"""Days and hours as people say them."""

from collections.abc import Sequence
from datetime import date, datetime, time

from marchante.catalog.labels import DAY_NAMES
from marchante.conversations.replies.es.voice import joined

_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_WEEK = 7
_NOON = 12


def day(when: date, today: date) -> str:
    """As in "hoy", "mañana viernes", "el sábado 28", "el 3 de enero", "ayer"."""
    distance = (when - today).days
    if distance == 0:
        return "hoy"
    if distance == 1:
        return f"mañana {DAY_NAMES[when.weekday()]}"
    if distance == -1:
        return "ayer"
    if 1 < distance < _WEEK:
        return f"el {DAY_NAMES[when.weekday()]} {when.day}"
    return f"el {when.day} de {_MONTHS[when.month - 1]}"


def short_day(when: date) -> str:
    """As in "Vie"."""
    return DAY_NAMES[when.weekday()][:3].capitalize()


def weekdays(days: Sequence[int]) -> str:
    """As in "sábados y domingos"; ISO weekdays."""
    names = (DAY_NAMES[day - 1] for day in sorted(days))
    return joined([name if name.endswith("s") else f"{name}s" for name in names])


def hour(moment: time, *, with_half: bool = True) -> str:
    """As in "5 p.m.", "10:30 a.m."; without its half: "5"."""
    shown = moment.hour % _NOON or _NOON
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    half = (" p.m." if moment.hour >= _NOON else " a.m.") if with_half else ""
    return f"{shown}{minutes}{half}"


def span(start: time | None, end: time | None) -> str:
    """As in "de 5 a 7 p.m.", "de 11 a.m. a 1 p.m.", "a partir de las 4 p.m.", "antes de las 2 p.m."."""
    if start and end:
        same_half = (start.hour >= _NOON) == (end.hour >= _NOON)
        return f"de {hour(start, with_half=not same_half)} a {hour(end)}"
    if start:
        return f"a partir de {_article(start)} {hour(start)}"
    return f"antes de {_article(end)} {hour(end)}" if end else ""


def _article(moment: time) -> str:
    return "la" if moment.hour % _NOON == 1 else "las"


def moment(when: datetime, now: datetime) -> str:
    """As in "hoy a las 10:30 a.m."; both in the shop's zone."""
    return f"{day(when.date(), now.date())} a {_article(when.time())} {hour(when.time())}"


def window(start: datetime | None, end: datetime | None, now: datetime) -> str:
    """As in "mañana viernes de 5 a 7 p.m."; midnight stands for a day without an hour. Both in the shop's zone."""
    first = start or end
    if first is None:
        return ""
    begins = start.time() if start and start.time() != time.min else None
    hours = span(begins, end.time() if end else None)
    return f"{day(first.date(), now.date())} {hours}".strip()
