"""When a customer is asked how an order was, and how they say it."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from marchante.catalog.words import plain

TIMER = "survey"
BEST = 5
# From this rating down something went wrong: a person is offered, and the shop learns of it.
BAD = 3
# Nobody is asked at night.
_FROM, _UNTIL = time(9), time(21)

_NUMBER = re.compile(r"(?:le doy |doy |un |una |calificacion |mi calificacion es )?([1-5])(?: estrellas?| de 5| 5)?")
_WORDS: tuple[tuple[int, str], ...] = (
    (5, "excelente, todo excelente, perfecto, todo perfecto, muy bien, todo muy bien, buenisimo, buenisima, de diez"),
    (5, "diez, genial, increible, super, super bien"),
    (4, "bien, bueno, buena, todo bien, estuvo bien"),
    (3, "regular, mas o menos, ahi nomas, normal, asi asi"),
    (2, "mal, malo, mala, no muy bien"),
    (1, "muy mal, pesimo, pesima, horrible, fatal, terrible"),
)
_SAID = {phrase: rating for rating, phrases in _WORDS for phrase in phrases.split(", ")}


def due_at(delivered_at: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """So many minutes after it was delivered, by day: what falls into the night waits for nine in the morning."""
    due = (delivered_at + timedelta(minutes=minutes)).astimezone(zone)
    if _FROM <= due.time() < _UNTIL:
        return due
    morning = due.replace(hour=_FROM.hour, minute=0, second=0, microsecond=0)
    return morning if due.time() < _FROM else morning + timedelta(days=1)


def rating_of(text: str) -> int | None:
    """From 1 to 5 in "5", "4 estrellas", "⭐⭐⭐", "muy bien"; None when the text is no rating."""
    stars = text.count("⭐") or text.count("🌟")
    if 1 <= stars <= BEST and not re.sub(r"[⭐🌟\ufe0f\s]", "", text):
        return stars
    words = plain(text)
    number = _NUMBER.fullmatch(words)
    return int(number[1]) if number else _SAID.get(words)
