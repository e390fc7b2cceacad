"""When a customer is asked how an order was, and what counts as a rating."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from marchante.surveys.domain import due_at, rating_of

ZONE = ZoneInfo("America/Mexico_City")


@pytest.mark.parametrize(
    ("delivered", "asked"),
    [
        ("2026-11-26 12:00", "2026-11-26 13:00"),
        ("2026-11-26 20:30", "2026-11-27 09:00"),
        ("2026-11-26 23:30", "2026-11-27 09:00"),
        ("2026-11-27 06:10", "2026-11-27 09:00"),
    ],
)
def test_nobody_is_asked_at_night(delivered: str, asked: str):
    at = datetime.fromisoformat(delivered).replace(tzinfo=ZONE)
    due = due_at(at.astimezone(UTC), 60, ZONE)
    assert due == datetime.fromisoformat(asked).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("5", 5),
        ("4 estrellas", 4),
        ("un 3", 3),
        ("5/5", 5),
        ("⭐⭐⭐⭐", 4),
        ("¡Muy bien!", 5),
        ("regular", 3),
        ("pésimo", 1),
        ("10", None),
        ("5 cocas", None),
        ("0", None),
        ("⭐ 2 kg de papa", None),
        ("bien maduros", None),
    ],
)
def test_a_rating_is_a_number_stars_or_a_word_of_its_own(text: str, rating: int | None):
    assert rating_of(text) == rating
