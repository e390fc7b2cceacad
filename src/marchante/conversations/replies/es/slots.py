"""When an order is to be there."""

from datetime import datetime

from marchante.conversations.replies.es import dates
from marchante.conversations.replies.es.voice import Treatment, pick


def choose_slot(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🕔 ¿Para cuándo lo quieres? También puedes escribirlo: _mañana a las 5_.",
        "🕔 ¿Para cuándo lo quiere? También puede escribirlo: _mañana a las 5_.",
    )


def write_when(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🕔 ¿Para cuándo lo quieres? Escríbelo; por ejemplo: _mañana a las 5_.",
        "🕔 ¿Para cuándo lo quiere? Escríbalo; por ejemplo: _mañana a las 5_.",
    )


def slot_title(start: datetime, now: datetime) -> str:
    """As in "Vie 27 · 5 p.m."; the whole stands below it."""
    day = "Hoy" if start.date() == now.date() else f"{dates.short_day(start.date())} {start.day}"
    return f"{day} · {dates.hour(start.time())}"


def slot_gone(treatment: Treatment) -> str:
    return pick(treatment, "Ese horario ya no alcanza; elige otro:", "Ese horario ya no alcanza; elija otro:")
