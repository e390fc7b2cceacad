"""Phones, e-mails and RFCs as people type them, read into their one spelling or refused."""

import re
from calendar import monthrange
from itertools import cycle

from marchante.foundation.kernel.errors import Invalid
from marchante.foundation.kernel.phone import digits

_NATIONAL = 10
_PHONE = re.compile(r"[1-9][0-9]{10,14}")
_EMAIL = re.compile(
    r"[^\s@<>(),;:\"\[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE
)
_RFC = re.compile(r"([A-ZÑ&]{3,4})([0-9]{2})([0-9]{2})([0-9]{2})([A-Z0-9]{3})")
_CLABE = re.compile(r"[0-9]{18}")
_BETWEEN = re.compile(r"[\s.\-/]+")
_DECEMBER = 12


def read_phone(text: str) -> str:
    """Digits with the country code; ten alone are Mexican: "228 100 0001" -> "522281000001".

    Raises Invalid `bad_phone`.
    """
    bare = digits(text)
    phone = f"52{bare}" if len(bare) == _NATIONAL and not text.lstrip().startswith("+") else bare
    if not _PHONE.fullmatch(phone):
        raise Invalid(f"{text!r} is not a phone number with its area code", code="bad_phone")
    return phone


def read_email(text: str) -> str:
    """The address without blanks around it, its domain in lower case. Raises Invalid `bad_email`."""
    local, at, domain = text.strip().rpartition("@")
    email = f"{local}{at}{domain.lower()}"
    if not _EMAIL.fullmatch(email):
        raise Invalid(f"{text!r} is not an e-mail address", code="bad_email")
    return email


def read_rfc(text: str) -> str:
    """A Mexican tax id: 3 letters (company) or 4 (person), the date it was born, 3 more. Raises Invalid `bad_rfc`.

    The last digit is not checked: the SAT itself has issued some that do not add up.
    """
    rfc = _BETWEEN.sub("", text).upper()
    parts = _RFC.fullmatch(rfc)
    if parts is None or not _is_date(*(int(part) for part in parts.groups()[1:4])):
        raise Invalid(f"{text!r} is not an RFC", code="bad_rfc")
    return rfc


def read_clabe(text: str) -> str:
    """The 18 digits of a Mexican bank account, the last of which checks the others. Raises Invalid `bad_clabe`."""
    clabe = _BETWEEN.sub("", text)
    if _CLABE.fullmatch(clabe) is None or sum(map(_weighed, clabe, cycle((3, 7, 1)))) % 10:
        raise Invalid(f"{text!r} is not a CLABE of 18 digits", code="bad_clabe")
    return clabe


def _weighed(digit: str, weight: int) -> int:
    return int(digit) * weight % 10


def _is_date(year: int, month: int, day: int) -> bool:
    """Two digits tell no century: 29 February is good in any year that is one of a leap year's endings."""
    return 1 <= month <= _DECEMBER and 1 <= day <= monthrange(2000 + year, month)[1]
