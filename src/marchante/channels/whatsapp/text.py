"""Text on its way in and out: what PostgreSQL can hold, what fits a limit, what must not format."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REGIONAL = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_JOINER = "\u200d"
_MAX_DEPTH = 64
# A price keeps its "$", spaces and separators together; the limit on spaces keeps the pattern linear.
_PRICE = re.compile(r"\$[ \u00a0]{0,2}\d[\d,.]*")
_LOOKALIKE = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})
_MARKER_AT_EDGE = re.compile(r"(?<![^\W_])[*_~`]+|[*_~`]+(?![^\W_])")


def clean_text(text: str) -> str:
    """`text` as a PostgreSQL `text` column accepts it: NUL removed, lone surrogates shown as U+FFFD."""
    return _UNSTORABLE.sub(lambda bad: "" if bad[0] == "\x00" else "\ufffd", text)


def clean_tree(value: Any, depth: int = 0) -> Any:
    """A JSON value with every text in it cleaned, keys included; what nests deeper than 64 levels becomes None."""
    if isinstance(value, str):
        return clean_text(value)
    if depth >= _MAX_DEPTH and isinstance(value, Mapping | list | tuple):
        return None
    if isinstance(value, Mapping):
        return {clean_text(str(key)): clean_tree(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_tree(item, depth + 1) for item in value]
    return value


def fit(text: str, limit: int) -> str:
    """`text` in at most `limit` characters: cut between words with "…", never inside a price such as $1,234.50 nor
    inside an emoji. Only a first word that is itself too long is cut within.
    """
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    room = limit - 1
    end = _last_space(text, room)
    if end == 0:
        end = _last_grapheme(text, room)
    return text[: _outside_prices(text, end)].rstrip(" \t\n\r\u00a0,;:·-(¿¡") + "…"


def _last_space(text: str, room: int) -> int:
    for end in range(room, 0, -1):
        if text[end].isspace() and text[:end].strip():
            return end
    return 0


def _last_grapheme(text: str, room: int) -> int:
    end = room
    while end > 0 and _joined(text, end):
        end -= 1
    return end


def _outside_prices(text: str, end: int) -> int:
    for price in _PRICE.finditer(text):
        if price.start() >= end:
            break
        if end < price.end():
            return price.start()
    return end


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of `at` are drawn as one."""
    before, after = text[at - 1], ord(text[at])
    if before == _JOINER or text[at] == _JOINER:
        return True
    if after in _SKIN_TONES or after in _TAGS or unicodedata.category(text[at]) in {"Mn", "Me", "Mc"}:
        return True
    if after not in _REGIONAL:
        return False
    # Flags are pairs of regional letters: only an odd number of them before `at` leaves a pair open.
    run = 0
    while at - run > 0 and ord(text[at - run - 1]) in _REGIONAL:
        run += 1
    return run % 2 == 1


def escape_formatting(text: str) -> str:
    """Text somebody typed, safe to repeat: * _ ~ ` that could format are swapped for look-alikes of the same length.
    Between two letters or digits they never format and stay (an e-mail with "_" can still be copied).
    """
    return _MARKER_AT_EDGE.sub(lambda marker: marker[0].translate(_LOOKALIKE), text)
