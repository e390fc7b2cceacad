"""JSON from outside: read whatever it holds, never trust its shape.

`loads` takes NUL, lone surrogates, huge numbers, NaN and deep nesting; the getters answer None (or empty) for anything
of the wrong type, so that the code above them reads like the happy path.
"""

import json
import math
import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from marchante.channels.whatsapp.text import clean_text

MAX_DEPTH = 64
MAX_ID = 512
_MAX_NUMBER = 300
_LATEST = 4_102_444_800  # the year 2100: anything later is not a timestamp of ours
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_VISIBLE = re.compile(r"[\x20-\x7e]+")
_PHONE = re.compile(r"\+?[0-9 ().-]{3,40}")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_fast = msgspec.json.Decoder()
_ascii = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False)


def loads(body: bytes) -> Any:
    """The JSON value in `body`. Raises ValueError when it is not JSON at all; what nests deeper than 64 levels is read
    as null, numbers no machine can hold as text, NaN and infinities as null.
    """
    try:
        return _fast.decode(body)
    except (ValueError, RecursionError):
        return _loads_leniently(body)


def _loads_leniently(body: bytes) -> Any:
    text = body.decode("utf-8", "replace").removeprefix("\ufeff")
    return json.loads(
        _pruned_text(text),
        strict=False,
        parse_int=lambda digits: int(digits) if len(digits) <= _MAX_NUMBER else digits,
        parse_float=_float,
        parse_constant=lambda _: None,
    )


def _float(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits


def _pruned_text(text: str) -> str:
    """`text` with every container deeper than MAX_DEPTH written as null: the parser below it recurses."""
    kept: list[str] = []
    depth = start = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first in "[{":
            depth += 1
            if depth == MAX_DEPTH + 1:
                kept += (text[start : token.start()], "null")
        elif first in "]}":
            depth -= 1
            if depth == MAX_DEPTH:
                start = token.end()
    if depth > MAX_DEPTH:
        raise ValueError("the body ends inside a nested value")
    return "".join((*kept, text[start:])) if kept else text


def dumps(value: Any) -> bytes:
    """ASCII-escaped JSON, the way Meta writes it: NUL and lone surrogates survive as escapes."""
    try:
        return _ascii.encode(value).encode("ascii")
    except RecursionError:
        return _ascii.encode(_pruned(value, 0)).encode("ascii")


def _pruned(value: Any, depth: int) -> Any:
    if not isinstance(value, dict | list):
        return value
    if depth == MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {key: _pruned(item, depth + 1) for key, item in value.items()}
    return [_pruned(item, depth + 1) for item in value]


def mapping(value: Any) -> dict[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """`value` if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str | None:
    """A string PostgreSQL can hold, or None."""
    return clean_text(value) if isinstance(value, str) else None


def identifier(value: Any) -> str | None:
    """An id of Meta's: visible ASCII, at most 512 characters, numbers accepted; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
        value = str(value)
    if not isinstance(value, str):
        return None
    value = value.strip()
    return value if len(value) <= MAX_ID and _VISIBLE.fullmatch(value) else None


def phone(value: Any) -> str | None:
    """A phone number exactly as received, or None when it is not one."""
    found = identifier(value)
    return found if found and _PHONE.fullmatch(found) and any(c.isdigit() for c in found) else None


def integer(value: Any) -> int | None:
    """A whole number that fits a bigint, also when written as text or as 3.0."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        value = int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    return value if isinstance(value, int) and -(2**63) <= value < 2**63 else None


def moment(value: Any) -> datetime | None:
    """Unix seconds, as text or number, as an aware moment in UTC; None when no clock could have said it."""
    seconds = integer(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 < seconds < _LATEST else None


def number(value: Any) -> Decimal | None:
    """A finite number, also when written as text. Through text: the shortest form of a float is what Meta wrote (99.99,
    not 99.9899…).
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        exact = Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return exact if exact.is_finite() else None
