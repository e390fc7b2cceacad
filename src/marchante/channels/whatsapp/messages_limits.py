"""The limits Meta sets on what we send. Meta refuses what is too long, it does not shorten: we find out when a message
is made, not when it is sent. Lengths are in characters.
"""

import re
from collections.abc import Sequence

from marchante.foundation.kernel.errors import Invalid

TEXT_BODY = 4096
BODY = 1024
CAPTION = 1024
HEADER = 60
FOOTER = 60
URL = 2000
CALLBACK_DATA = 512
_LINK = re.compile(r"https?://[^\s/][^\s]*")


class MessageLimitError(Invalid):
    """A message Meta would refuse. `code` is too_long, empty, too_many, too_few, duplicate, required, format or
    not_allowed; `parameter` is Meta's name of the field; `limit` and `length` are characters or entries.
    """

    def __init__(self, code: str, parameter: str, limit: int | None = None, length: int | None = None) -> None:
        sizes = f" ({length} of at most {limit})" if limit is not None else ""
        super().__init__(
            f"{parameter}: {code}{sizes}",
            code=code,
            data={"parameter": parameter, "limit": limit, "length": length},
        )
        self.parameter = parameter
        self.limit = limit
        self.length = length


def check_text(parameter: str, value: str, limit: int) -> None:
    """Between one visible character and `limit`."""
    if not value.strip():
        raise MessageLimitError("empty", parameter, limit, 0)
    if len(value) > limit:
        raise MessageLimitError("too_long", parameter, limit, len(value))


def check_optional(parameter: str, value: str | None, limit: int) -> None:
    """None, or as `check_text`."""
    if value is not None:
        check_text(parameter, value, limit)


def check_count(parameter: str, count: int, least: int, most: int) -> None:
    if count < least:
        raise MessageLimitError("too_few", parameter, least, count)
    if count > most:
        raise MessageLimitError("too_many", parameter, most, count)


def check_unique(parameter: str, values: Sequence[str]) -> None:
    if len(set(values)) != len(values):
        raise MessageLimitError("duplicate", parameter)


def check_id(parameter: str, value: str, limit: int) -> None:
    """As `check_text`, and no space at either end: Meta refuses those."""
    check_text(parameter, value, limit)
    if value != value.strip():
        raise MessageLimitError("format", parameter)


def check_link(parameter: str, value: str) -> None:
    """An http(s) address of at most 2,000 characters."""
    check_text(parameter, value, URL)
    if _LINK.fullmatch(value) is None:
        raise MessageLimitError("format", parameter)
