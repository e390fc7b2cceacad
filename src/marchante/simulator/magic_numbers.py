"""Telephone numbers that play an error by being written to: no test needs to order it first.

`+1 555` and the code with seven digits is refused at once; `+1 556` and the code is accepted and fails later. To
`+15550131056` Meta answers 131056; what is sent to `+15560131026` becomes `failed` with 131026.
"""

from marchante.simulator.errors import TITLES

AT_ONCE, LATER = "1555", "1556"
_CODE_DIGITS = 7


def played_at_once(digits: str) -> int | None:
    """The code of an error to answer with, or None for everybody's number."""
    return _played(digits, AT_ONCE)


def played_later(digits: str) -> int | None:
    """The code of the error a status will tell."""
    return _played(digits, LATER)


def _played(digits: str, prefix: str) -> int | None:
    if not digits.startswith(prefix) or len(digits) != len(prefix) + _CODE_DIGITS:
        return None
    code = int(digits.removeprefix(prefix))
    return code if code in TITLES else None
