"""The name of an order that people say aloud: "A-0042".

Numbers come from a sequence per company. 9,999 to a letter, then the next: A … Z, AA, AB …
"""

import re

_PER_LETTER = 9_999
_LETTERS = 26
_FOLIO = re.compile(r"\s*([a-z]{1,4})\s*[-–—]?\s*([0-9]{1,4})\s*", re.IGNORECASE)


def folio(number: int) -> str:
    """The folio of the n-th order of a company, n from 1."""
    if number < 1:
        raise ValueError(f"folios count from 1, not {number}")
    series, place = divmod(number - 1, _PER_LETTER)
    return f"{_series_name(series)}-{place + 1:04d}"


def read_folio(text: str) -> str | None:
    """The folio somebody typed, in its one spelling: "a42" and "A - 0042" are A-0042. None when it is not a folio."""
    found = _FOLIO.fullmatch(text)
    if found is None or int(found[2]) == 0:
        return None
    return f"{found[1].upper()}-{int(found[2]):04d}"


def _series_name(series: int) -> str:
    name = ""
    series += 1
    while series:
        series, letter = divmod(series - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name
