"""A company's settings changed by words: KEY=VALUE, as a command or a form gives them."""

import math
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, get_origin

import msgspec
from msgspec import structs

from marchante.companies.contact import read_clabe
from marchante.companies.domain import CompanySettings
from marchante.companies.hours import Closure, WeeklyHours
from marchante.foundation.kernel.errors import Invalid, NotFound
from marchante.foundation.kernel.money import pesos

# What a shop can mean, both ends included; beside these any value of the type is good.
_RANGES: dict[str, tuple[int, int]] = {
    "delivery_fee": (0, 10_000),
    "minimum_order": (0, 100_000),
    "reminder_minutes": (5, 24 * 60),
    "session_hours": (1, 30 * 24),
    "human_return_hours": (1, 7 * 24),
    "unanswered_handoff_minutes": (5, 24 * 60),
    "slot_minutes": (15, 24 * 60),
    "lead_minutes": (0, 7 * 24 * 60),
    "slot_capacity": (1, 1_000),
    "survey_minutes": (10, 20 * 60),
    "weight_tolerance_percent": (0, 100),
    "answer_minutes": (5, 24 * 60),
    "late_after_minutes": (15, 7 * 24 * 60),
}
# These have a command of their own.
_ELSEWHERE = {"hours", "closures"}
_MAX_TEXT = 300
_HOUR_AND_MINUTE = re.compile(r"[0-9]{2}:[0-9]{2}")


def with_settings(settings: CompanySettings, given: Mapping[str, str]) -> CompanySettings:
    """The settings with these values; "none" where a setting may be absent.

    Raises Invalid `unknown_setting`, or `bad_setting` with what would be good.
    """
    types = {field.name: field.type for field in structs.fields(settings) if field.name not in _ELSEWHERE}
    read = {}
    for name, text in given.items():
        if name not in types:
            raise Invalid(f"there is no setting {name}; there are {', '.join(types)}", code="unknown_setting")
        read[name] = _read(name, text.strip(), types[name])
    return structs.replace(settings, **read)


def with_hours(settings: CompanySettings, hours: WeeklyHours | None) -> CompanySettings:
    """The settings with these weekly hours; None: not told."""
    return structs.replace(settings, hours=hours)


def with_closure(settings: CompanySettings, closure: Closure, today: date) -> CompanySettings:
    """The settings with one closure more; closures that are over are forgotten. Raises Invalid `bad_dates`."""
    if closure.to_date < closure.from_date or closure.to_date < today:
        raise Invalid("a closure ends after it begins, and not in the past", code="bad_dates")
    kept = [known for known in settings.closures if known.to_date >= today and known.from_date != closure.from_date]
    return structs.replace(settings, closures=tuple(sorted([*kept, closure], key=lambda known: known.from_date)))


def without_closure(settings: CompanySettings, day: date) -> CompanySettings:
    """The settings without the closures that cover this day. Raises NotFound `closure_not_found`."""
    kept = tuple(known for known in settings.closures if not known.covers(day))
    if len(kept) == len(settings.closures):
        raise NotFound(f"no closure covers {day}", code="closure_not_found")
    return structs.replace(settings, closures=kept)


def _read(name: str, text: str, kind: Any) -> Any:
    written: str | list[str] | None = text
    if get_origin(kind) is tuple:  # a list with commas
        written = [] if text.lower() == "none" else [part.strip() for part in text.split(",")]
    elif kind is not str:
        written = None if text.lower() == "none" else f"{text}:00" if _HOUR_AND_MINUTE.fullmatch(text) else text
    try:
        value = msgspec.convert(written, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"{name}={text}: {error}", code="bad_setting") from error
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        raise Invalid(f"{name} is {_MAX_TEXT} characters at most", code="bad_setting")
    if name == "transfer_clabe" and value:
        return read_clabe(value)
    if name in _RANGES and value is not None:
        least, most = _RANGES[name]
        if not (math.isfinite(value) and least <= value <= most):
            raise Invalid(f"{name} is from {least} to {most}", code="bad_setting")
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    return pesos(value) if isinstance(value, Decimal) else value
