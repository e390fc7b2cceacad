"""The customer and where they live."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Address:
    """`line` is what a courier reads: the typed text, or street, number and colony put together."""

    id: int
    name: str | None
    line: str
    is_default: bool
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """`name` comes from the WhatsApp profile and may be missing; so may the phone."""

    id: int
    name: str | None
    phone: str | None
    is_new: bool
    notice_given: bool
    addresses: tuple[Address, ...] = ()

    @property
    def first_name(self) -> str | None:
        return self.name.split()[0] if self.name and self.name.split() else None

    @property
    def default_address(self) -> Address | None:
        return next((address for address in self.addresses if address.is_default), None) or next(
            iter(self.addresses), None
        )
