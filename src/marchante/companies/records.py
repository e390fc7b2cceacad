"""What is kept about a company beside what it is: log, legal information, subscriptions, branches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal

from marchante.companies.contact import read_email, read_phone, read_rfc
from marchante.companies.domain import Plan
from marchante.foundation.kernel.errors import Invalid

_MAX_TEXT = 300
_LATITUDE, _LONGITUDE = Decimal(90), Decimal(180)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """`action` is a stable word (created, plan_changed …), `description` says it to a person without secrets."""

    action: str
    description: str
    actor: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """`ends_at` is None for the one in force."""

    plan: Plan
    starts_at: datetime
    ends_at: datetime | None

    @property
    def active(self) -> bool:
        return self.ends_at is None


@dataclass(frozen=True, slots=True)
class LegalInformation:
    """Who answers for the company, and who is asked; each may be unknown."""

    owner_name: str | None = None
    owner_phone: str | None = None
    owner_email: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    address: str | None = None
    rfc: str | None = None

    def with_changes(self, given: Mapping[str, str | None]) -> "LegalInformation":
        """What is given replaces what was known, None leaves it, "" forgets it.

        Raises Invalid `bad_phone`, `bad_email`, `bad_rfc` or `text_too_long`.
        """
        read: dict[str, str | None] = {}
        for name, text in given.items():
            if text is not None:
                read[name] = _reader(name)(text) if text.strip() else None
        return replace(self, **read)

    def changed_from(self, before: "LegalInformation") -> tuple[str, ...]:
        """The names of the fields that differ."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(before, field.name))


@dataclass(frozen=True, slots=True)
class NewEstablishment:
    """A branch. Raises Invalid `name_missing`, `address_missing`, `bad_phone`, `bad_email` or `bad_coordinates`."""

    name: str
    address: str
    phone: str | None = None
    email: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise Invalid("a branch needs a name", code="name_missing")
        if not self.address.strip():
            raise Invalid("a branch needs an address", code="address_missing")
        object.__setattr__(self, "name", one_line(self.name))
        object.__setattr__(self, "address", one_line(self.address))
        object.__setattr__(self, "phone", read_phone(self.phone) if self.phone else None)
        object.__setattr__(self, "email", read_email(self.email) if self.email else None)
        if not _is_place(self.latitude, self.longitude):
            raise Invalid("a place is a latitude and a longitude in degrees", code="bad_coordinates")


@dataclass(frozen=True, slots=True)
class Establishment:
    id: int
    name: str
    address: str
    phone: str | None
    email: str | None
    latitude: Decimal | None
    longitude: Decimal | None


def one_line(text: str) -> str:
    """Without line breaks and double blanks. Raises Invalid `text_too_long` over 300 characters."""
    line = " ".join(text.split())
    if len(line) > _MAX_TEXT:
        raise Invalid(f"{line[:20]!r}… is longer than {_MAX_TEXT} characters", code="text_too_long")
    return line


def _reader(name: str) -> Callable[[str], str]:
    if name == "rfc":
        return read_rfc
    if name.endswith("_phone"):
        return read_phone
    return read_email if name.endswith("_email") else one_line


def _is_place(latitude: Decimal | None, longitude: Decimal | None) -> bool:
    if latitude is None or longitude is None:
        return latitude is longitude
    return (
        latitude.is_finite() and longitude.is_finite() and abs(latitude) <= _LATITUDE and abs(longitude) <= _LONGITUDE
    )
