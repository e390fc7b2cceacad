"""What can go wrong, by kind.

    AppError
    ├── Invalid      the request is malformed or breaks a rule of the shop
    ├── NotFound     the thing named does not exist for this company
    ├── Conflict     it exists, but its state refuses the request
    ├── Denied       the caller may not do this
    ├── Transient    the same request may succeed later
    └── Permanent    repeating it will not help

Every error has a stable `code`. Three translators turn kinds into a problem document (`foundation/http`), a Spanish
sentence with options (`conversations`), or retry / dead letter (the worker and the sender).
"""

from collections.abc import Mapping


class AppError(Exception):
    """Base of every refusal of ours. `code` is stable: outside programs may branch on it."""

    code = "internal_error"

    def __init__(self, message: str, *, code: str | None = None, data: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.data = dict(data or {})


class Invalid(AppError):
    code = "invalid"


class NotFound(AppError):
    code = "not_found"


class Conflict(AppError):
    code = "conflict"


class Denied(AppError):
    code = "denied"


class Transient(AppError):
    code = "try_again"


class Permanent(AppError):
    code = "permanent_failure"
