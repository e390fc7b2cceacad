"""What Meta reports about a message, and where that leaves it: pure rules.

Reports come late, early, twice and out of order; whatever their order, the same ones leave a message in the same place.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from marchante.channels.whatsapp.errors import Action, GraphFailure, failure_of_status, retry_delay
from marchante.channels.whatsapp.wire import Pricing, decode_status
from marchante.outbox.domain import Status, after_report, untried_form

_STATUSES = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "played": Status.READ,
    "failed": Status.FAILED,
}
_REGULAR = "regular"
# Meta took it, tried, and failed for a passing reason: it may go again, this often in all.
_MOST_ATTEMPTS = 3
_PASSING = frozenset({Action.RETRY, Action.WAIT_PAIR, Action.WAIT_NUMBER})


@dataclass(frozen=True, slots=True)
class Billed:
    """How Meta counts one delivered message."""

    category: str
    pricing_type: str
    billable: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One status. `status` is None for kinds that change nothing (deleted, warning, whatever comes next year)."""

    wamid: str
    status: Status | None
    at: datetime
    failure: GraphFailure | None = None
    billed: Billed | None = None


def read_report(raw: bytes, wamid: str, status: str, at: datetime) -> Report:
    """The stored status. What cannot be read in `raw` is left out."""
    known = _STATUSES.get(status)
    details = decode_status(raw)
    failure = failure_of_status(details.errors[0]) if details.errors and known is Status.FAILED else None
    # `sent` carries a price too, but only what is delivered is billed.
    counts = known in (Status.DELIVERED, Status.READ)
    return Report(wamid, known, at, failure, _billed(details.pricing) if counts else None)


def _billed(pricing: Pricing | None) -> Billed | None:
    if pricing is None or (pricing.type is None and pricing.category is None):
        return None
    # `billable` is on its way out: the type says it.
    billable = pricing.type == _REGULAR if pricing.type is not None else pricing.billable is True
    return Billed(pricing.category or "unknown", pricing.type or "unknown", billable)


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is known of a message that reports may move."""

    id: int
    company_id: int
    phone_number_id: str
    recipient_phone: str | None
    status: Status
    attempts: int
    possible_duplicate: bool
    wamid: str | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None
    error_code: int | None
    error_detail: str | None
    # It would still say something without the file it carries.
    says_without_file: bool = False


def apply(tracked: Tracked, report: Report) -> Tracked:
    """The message after `report`; itself when the report says nothing new."""
    if report.status is None:
        return tracked
    if report.status is Status.FAILED:
        return _failed(tracked, report)
    moved = replace(
        tracked,
        status=after_report(tracked.status, report.status, accepted=tracked.wamid is not None),
        wamid=tracked.wamid or report.wamid,
        sent_at=tracked.sent_at or report.at,
    )
    if report.status in (Status.DELIVERED, Status.READ):
        moved = replace(moved, delivered_at=moved.delivered_at or report.at)
    if report.status is Status.READ:
        moved = replace(moved, read_at=moved.read_at or report.at)
    return moved


def _failed(tracked: Tracked, report: Report) -> Tracked:
    """Only a failure of the attempt that counts: with a copy under way the first attempt may fail unnoticed."""
    if tracked.wamid != report.wamid and not _only_attempt_may_be(tracked):
        return tracked
    after = after_report(tracked.status, Status.FAILED, accepted=tracked.wamid is not None)
    if after is tracked.status:
        return tracked
    failure = report.failure
    return replace(
        tracked,
        status=after,
        wamid=report.wamid,
        failed_at=report.at,
        error_code=failure.code if failure else None,
        error_detail=(failure.details or failure.title) if failure else "failed without a reason",
    )


def _only_attempt_may_be(tracked: Tracked) -> bool:
    """No wamid is known yet, and there was one attempt whose end is open."""
    if tracked.wamid is not None:
        return False
    return tracked.status is Status.IN_DOUBT or (tracked.status is Status.SENDING and not tracked.possible_duplicate)


@dataclass(frozen=True, slots=True)
class Again:
    """A message Meta took and then could not deliver goes once more, as a new message."""

    id: int
    recipient_phone: str | None
    not_before: datetime
    without_file: bool = False


def send_again(before: Tracked, failed: Tracked, failure: GraphFailure, now: datetime) -> Again | None:
    """Whether a message that has just been reported failed should go again; None: a person must look.

    Never when it may have arrived twice already.
    """
    if failed.possible_duplicate:
        return None
    if failure.action is Action.TRY_OTHER_NUMBER_FORM:
        other = untried_form(before.recipient_phone, before.error_code)
        return None if other is None else Again(failed.id, other, now)
    if failure.action is Action.FIX_MEDIA and before.says_without_file:
        return Again(failed.id, before.recipient_phone, now, without_file=True)
    if failure.action in _PASSING and failed.attempts < _MOST_ATTEMPTS:
        delay = retry_delay(failure.action, failed.attempts) or timedelta(0)
        return Again(failed.id, before.recipient_phone, now + delay)
    return None


def stops_the_number(failure: GraphFailure) -> bool:
    """Meta refuses the number, not the message: the next ones would fail the same way."""
    return failure.action is Action.STOP_NUMBER
