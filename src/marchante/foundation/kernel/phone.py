"""Phone numbers as WhatsApp spells them.

A Mexican mobile reaches us as 521 + 10 digits or as 52 + 10 digits, and Meta may answer with the other form than the
one it was given. A `wa_id` is therefore kept exactly as received, answered to as received, and compared only through
`match_key`.
"""

import re

_NOT_A_DIGIT = re.compile(r"[^0-9]")
_MEXICAN = re.compile(r"52(1?)([0-9]{10})")
_SHOWN_DIGITS = 4


def digits(phone: str) -> str:
    """Only the ASCII digits: "+52 1 55 0000" -> "521550000"."""
    return _NOT_A_DIGIT.sub("", phone)


def match_key(wa_id: str) -> str:
    """The one spelling under which both forms of a number are the same: "+52" and the last ten digits for Mexico,
    "+" and all the digits elsewhere. For comparing and storing, never for sending.
    """
    bare = digits(wa_id)
    mexican = _MEXICAN.fullmatch(bare)
    return f"+52{mexican[2]}" if mexican else f"+{bare}"


def other_mexican_form(wa_id: str) -> str | None:
    """The same Mexican number with or without the old mobile "1", or None for a number that has no other form."""
    mexican = _MEXICAN.fullmatch(digits(wa_id))
    if mexican is None:
        return None
    return f"52{mexican[2]}" if mexican[1] else f"521{mexican[2]}"


def as_sendable(wa_id: str) -> str:
    """The digits as received after a plus: without the plus Meta may prepend the shop's own country code."""
    return f"+{digits(wa_id)}"


def mask(phone: str) -> str:
    """For logs and lists: the last four digits, the rest as stars; too few digits to hide show nothing."""
    bare = digits(phone)
    if len(bare) <= _SHOWN_DIGITS:
        return "*" * len(bare)
    return "*" * (len(bare) - _SHOWN_DIGITS) + bare[-_SHOWN_DIGITS:]
