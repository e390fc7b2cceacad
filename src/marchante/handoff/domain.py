"""A customer who asked for a person: from the request to the moment the bot answers again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from marchante.companies.domain import CompanySettings

HandoffStatus = Literal["requested", "active", "closed"]

# While a person wrote this recently the bot stays silent, whatever the settings say.
_LEAST_SILENCE = timedelta(minutes=30)


class Whose(Protocol):
    """The conversation a handoff belongs to."""

    @property
    def company_id(self) -> int: ...
    @property
    def customer_id(self) -> int: ...
    @property
    def customer_key(self) -> str: ...
    @property
    def phone_number_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Handoff:
    """`context` is what whoever takes over needs: cart, last order, last messages. One is open per customer at most.

    `answered_at` is None while the customer waits; `last_human_at` is when a person last wrote.
    """

    id: int
    customer_id: int
    customer_key: str
    phone_number_id: str
    status: HandoffStatus
    reason: str
    context: Mapping[str, Any]
    requested_at: datetime
    answered_at: datetime | None = None
    last_human_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None

    @property
    def is_open(self) -> bool:
        return self.status != "closed"


@dataclass(frozen=True, slots=True)
class Requested:
    """Event: the customer waits for a person; not `is_new` when they had asked already."""

    handoff: Handoff
    is_new: bool


@dataclass(frozen=True, slots=True)
class OpenHandoff:
    """A line of the list of people who wait."""

    handoff: Handoff
    customer_name: str | None
    customer_phone: str | None


def returns_at(handoff: Handoff, settings: CompanySettings, now: datetime) -> datetime | None:
    """When the bot answers again if nothing else happens, `now` at the earliest; None when it already does.

    Some hours after a person last wrote; or some minutes after the request when nobody answered at all.
    """
    if not handoff.is_open:
        return None
    if handoff.last_human_at is not None:
        silence = max(timedelta(hours=settings.human_return_hours), _LEAST_SILENCE)
        return max(handoff.last_human_at + silence, now)
    return max(handoff.requested_at + timedelta(minutes=settings.unanswered_handoff_minutes), now)
