"""Tú or usted, and small pieces every sentence is made of."""

from collections.abc import Sequence
from typing import Literal

from marchante.channels.whatsapp.messages import escape_formatting, fit

Treatment = Literal["tu", "usted"]
_SHOWN_QUOTE = 80


def pick(treatment: Treatment, familiar: str, formal: str) -> str:
    return familiar if treatment == "tu" else formal


def joined(parts: Sequence[str], last: str = "y") -> str:
    """As in "a, b y c"."""
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(parts)
    before = "e" if last == "y" and parts[-1].lower().startswith(("i", "hi")) else last
    return f"{', '.join(parts[:-1])} {before} {parts[-1]}"


def quoted(text: str) -> str:
    """The customer's own words, short and without formatting: «…»."""
    return f"«{fit(escape_formatting(' '.join(text.split())), _SHOWN_QUOTE)}»"


def named(name: str | None) -> str:
    """As in ", Lupita" or nothing."""
    return f", {escape_formatting(fit(name, 30))}" if name else ""


def sentence(end: str) -> str:
    """The end of a sentence with one full stop: "9 a.m." has it already."""
    return end if end.endswith(".") else f"{end}."
