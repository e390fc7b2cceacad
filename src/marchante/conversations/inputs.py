"""What a step can receive, whatever the channel called it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from marchante.customers.domain import AddressParts


@dataclass(frozen=True, slots=True)
class Said:
    """Free text, one or several messages of a burst joined by line breaks."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button or a list row; `id` is what we put in it (see actions.py), `title` what the customer saw."""

    id: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Located:
    """A shared location. `found`: the address it has, when somebody was asked (`looked_up`) and knew."""

    latitude: Decimal
    longitude: Decimal
    name: str | None
    address: str | None
    at: datetime
    found: AddressParts | None = None
    looked_up: bool = False

    @property
    def said(self) -> str:
        """How the customer's phone calls the place; may be empty."""
        return ", ".join(part for part in (self.name, self.address) if part)


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something the bot cannot read: a sticker, a voice note, a photo … `kind` is Meta's type. A file has its message's
    id, the digest Meta announced and what was written below it.
    """

    kind: str
    at: datetime
    wamid: str = ""
    sha256: str | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """`order_id`: of a timer that is about one order."""

    kind: Literal["reminder", "expiry", "handoff_unanswered", "handoff_return", "survey", "order_late", "answer_due"]
    at: datetime
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlacementRefused:
    """The order just confirmed could not be placed: these products no longer suffice, or its slot is full."""

    sold_out: tuple[int, ...]
    at: datetime
    slot_full: bool = False


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """What was to be done to a placed order was not: it is another version by now, it is too late, products do not
    suffice, or the slot is full. Nothing has changed.
    """

    order_id: int
    code: Literal["stale_order", "too_late_to_change", "sold_out", "slot_full"]
    sold_out: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class CapturedLine:
    """A product, in its unit, that a person noted for the customer."""

    sku: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Captured:
    """What a person agreed on with the customer, for the customer to confirm; the bot answers again from here."""

    lines: tuple[CapturedLine, ...]
    address: str
    pickup: bool
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ArrivedLate:
    """What came in is older than 15 minutes: apologise and ask again before acting. `text` is what had been written."""

    text: str
    at: datetime


Input = Said | Tapped | Located | Unsupported | TimerFired | PlacementRefused | OrderRefused | Captured | ArrivedLate
