"""The customer, what WhatsApp knows them by, and where they live."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from marchante.customers.invoicing import InvoiceData
from marchante.foundation.kernel.errors import Invalid
from marchante.foundation.kernel.phone import match_key

MAX_ADDRESSES = 20
# Characters of one address; more is not an address.
MAX_ADDRESS = 300
# Characters of a name; more is not one.
MAX_NAME = 80
_NAME = re.compile(r"[^\W\d_][^\d_@,;:!?¿¡/\\<>]*")
_SMALL_WORDS = frozenset({"de", "del", "la", "las", "los", "y"})


@dataclass(frozen=True, slots=True)
class ContactIdentity:
    """Who wrote, as the message says it. `wa_id` is the phone exactly as received; at least one of phone and BSUID."""

    wa_id: str | None = None
    bsuid: str | None = None
    username: str | None = None
    profile_name: str | None = None

    @property
    def phone_key(self) -> str | None:
        return None if self.wa_id is None else match_key(self.wa_id)


class AddressParts(msgspec.Struct, frozen=True, omit_defaults=True):
    """An address field by field, as far as it is known."""

    street: str | None = None
    number: str | None = None
    colony: str | None = None
    between_streets: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None
    observations: str | None = None

    @property
    def line(self) -> str:
        """In the order in which a courier reads it."""
        return address_line({"typed": None, **msgspec.structs.asdict(self)})


NO_PARTS = AddressParts()


@dataclass(frozen=True, slots=True)
class Address:
    """`line` is what a courier reads: the typed text, or street, number and colony put together."""

    id: int
    name: str | None
    line: str
    is_default: bool
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    parts: AddressParts = NO_PARTS


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address to keep: `typed` as the customer wrote it or was shown it, and what is known of its parts."""

    typed: str
    parts: AddressParts = NO_PARTS
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """`name` comes from the WhatsApp profile until they say another (`name_told`); it may be missing, and so may the
    phone. `invoice` is what their last invoice was made out to.
    """

    id: int
    name: str | None
    phone: str | None
    is_new: bool
    notice_given: bool
    addresses: tuple[Address, ...] = ()
    paternal_surname: str | None = None
    maternal_surname: str | None = None
    email: str | None = None
    invoice: InvoiceData | None = None
    name_told: bool = False
    marketing_stopped: bool = False

    @property
    def first_name(self) -> str | None:
        return self.name.split()[0] if self.name and self.name.split() else None

    @property
    def default_address(self) -> Address | None:
        return next((address for address in self.addresses if address.is_default), None) or next(
            iter(self.addresses), None
        )


def read_name(text: str) -> str:
    """A name or surname as it is written; typed in lower case it gets its capitals. Raises Invalid `bad_name`."""
    said = " ".join(text.split())
    if len(said) > MAX_NAME or not _NAME.fullmatch(said) or not any(char.isalpha() for char in said):
        raise Invalid(f"{said[:20]!r} is not a name", code="bad_name")
    if not said.islower():
        return said
    return " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in said.split())


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What a customer told of themselves; `name` alone comes from the WhatsApp profile."""

    name: str | None
    paternal_surname: str | None
    maternal_surname: str | None
    email: str | None

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.name, self.paternal_surname, self.maternal_surname) if part)


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer whose row this transaction holds, and how to reach them: `wa_id` to answer to, else `bsuid`."""

    customer: Customer
    wa_id: str | None
    bsuid: str | None
    username: str | None
    last_seen_at: datetime | None

    @property
    def customer_key(self) -> str | None:
        """The key their conversation has in the inbox: the BSUID if known, else the matched phone."""
        if self.bsuid is not None:
            return f"b:{self.bsuid}"
        return None if self.phone_key is None else f"p:{self.phone_key}"

    @property
    def id(self) -> int:
        return self.customer.id

    @property
    def phone_key(self) -> str | None:
        return None if self.wa_id is None else match_key(self.wa_id)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which of the customers already known wrote, and what must change before that is true in the tables.

    `keep` is None for somebody new. `absorb` is the same person under another row. The phones of `give_up_phone` no
    longer belong to those customers.
    """

    keep: CustomerRow | None = None
    absorb: CustomerRow | None = None
    give_up_phone: tuple[int, ...] = ()


def resolve(wrote: ContactIdentity, by_bsuid: CustomerRow | None, by_phone: CustomerRow | None) -> Resolution:
    """Decide who wrote, given the customers that hold this BSUID and this phone.

    The BSUID is the person, the phone only a number. A phone whose customer has another BSUID went to somebody else
    (carriers reuse numbers): the old customer gives it up and nothing of theirs is shown. A customer known only by
    phone and one known only by BSUID are one person as soon as both come in one message.
    """
    if by_bsuid is None:
        if by_phone is None or wrote.bsuid is None or by_phone.bsuid is None:
            return Resolution(keep=by_phone)
        return Resolution(give_up_phone=(by_phone.id,))
    moved = wrote.phone_key is not None and by_bsuid.phone_key not in {None, wrote.phone_key}
    old_phone = (by_bsuid.id,) if moved else ()
    if by_phone is None or by_phone.id == by_bsuid.id:
        return Resolution(keep=by_bsuid, give_up_phone=old_phone)
    if by_phone.bsuid is None and by_bsuid.phone_key is None:
        keep, absorb = sorted((by_bsuid, by_phone), key=lambda known: known.id)
        return Resolution(keep=keep, absorb=absorb)
    return Resolution(keep=by_bsuid, give_up_phone=(by_phone.id, *old_phone))


def address_line(parts: Mapping[str, Any]) -> str:
    """One line from the columns of an address: what was typed, else its parts in the order a courier reads them."""
    if parts["typed"]:
        return str(parts["typed"])
    street = " ".join(str(part) for part in (parts["street"], parts["number"]) if part)
    between = f"entre {parts['between_streets']}" if parts["between_streets"] else ""
    zip_code = f"C.P. {parts['zip_code']}" if parts["zip_code"] else ""
    told = (street, between, parts["colony"], parts["city"], parts["state"], zip_code, parts["observations"])
    return ", ".join(str(part) for part in told if part)
