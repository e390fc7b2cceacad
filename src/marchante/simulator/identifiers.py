"""Identifiers in the shape Meta's have: message ids, trace ids, media ids and phone numbers."""

import base64
import re
import secrets

from marchante.simulator.config import MexicanForm

_SEPARATORS = re.compile(r"[+\s()\-.]")
MEXICO = "52"
_NATIONAL_DIGITS = 10
_MEXICAN_LENGTHS = (12, 13)


def new_wamid(user_digits: str, *, from_customer: bool) -> str:
    """A message id with the look of Meta's: base64 of the user's digits, a direction and a random hex id."""
    user = user_digits.encode("ascii")
    unique = secrets.token_hex(10).upper().encode("ascii")
    direction = b"\x12" if from_customer else b"\x11"
    raw = b"\x1c\x18" + bytes([len(user)]) + user + b"\x15\x02\x00" + direction + b"\x18"
    raw += bytes([len(unique)]) + unique + b"\x00"
    return "wamid." + base64.b64encode(raw).decode("ascii")


def new_trace_id() -> str:
    return "A" + secrets.token_urlsafe(16)


def new_object_id() -> str:
    """A media or template id: digits only, as Graph object ids are."""
    return str(secrets.randbelow(9 * 10**15) + 10**15)


def new_user_id(country: str = "MX") -> str:
    """A business-scoped user id (BSUID)."""
    return f"{country}.{secrets.randbelow(9 * 10**15) + 10**15}"


def new_mexican_mobile() -> str:
    """The wa_id of a made-up mobile of Mexico City."""
    return f"52155{secrets.randbelow(9 * 10**7) + 10**7}"


def phone_digits(raw: str) -> str | None:
    """The digits of a number written with or without `+`, spaces, brackets and dashes; None when it is no number."""
    digits = _SEPARATORS.sub("", raw)
    return digits if digits.isascii() and digits.isdigit() else None


def match_key(digits: str) -> str:
    """One key for both forms of a Mexican mobile (52 + 10 digits, 521 + 10 digits)."""
    if digits.startswith(MEXICO) and len(digits) in _MEXICAN_LENGTHS:
        return MEXICO + digits[-_NATIONAL_DIGITS:]
    return digits


def canonical_wa_id(digits: str, form: MexicanForm) -> str:
    """The wa_id WhatsApp knows a number by; only Mexican mobiles are rewritten."""
    if form == "as_sent" or not (digits.startswith(MEXICO) and len(digits) in _MEXICAN_LENGTHS):
        return digits
    return form + digits[-_NATIONAL_DIGITS:]


def international(to: str, digits: str, own_digits: str, *, always: bool) -> str:
    """The digits Meta dials: without `+` a national number gets the country code of the business.

    Meta documents that it *may* prepend it to any number written without `+`; `always` plays that case.
    """
    if to.strip().startswith("+"):
        return digits
    if always or len(digits) <= _NATIONAL_DIGITS:
        return own_digits[:-_NATIONAL_DIGITS][:2] + digits
    return digits
