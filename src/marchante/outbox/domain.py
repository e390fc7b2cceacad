"""What may become of a message that leaves: pure rules, no database and no network.

    queued → sending → sent → delivered → read
                ↓        ↑
             in_doubt ───┘        failed · cancelled

Reports of Meta only move a message forward. Only the sender may put one back in the queue, and only when nothing of it
can have arrived, or once (a copy, listed) when no report came within a minute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from marchante.channels.whatsapp.errors import Action, GraphFailure, retry_delay
from marchante.channels.whatsapp.ports import Accepted, InDoubt, NeverSent, Refused, SendOutcome
from marchante.foundation.kernel.phone import other_mexican_form

Author = Literal["bot", "human", "system"]

# How long later messages to a person wait for a report about one whose fate is unknown.
DOUBT = timedelta(seconds=60)
# A message that failed this often is given up while others of its number get through: the fault is its own …
MOST_ATTEMPTS = 6
# … and after this many (about three hours) in any case, so that the next message of the chat can go.
MOST_ATTEMPTS_ALONE = 20
OTHER_FORM_CODES = frozenset({131026, 131030})
WINDOW_CLOSED = 131047
_INVALID_REQUEST = "invalid_request"
_JITTER = 0.25
_CALLBACK = "o:"
_MOST_DIGITS = 18


class Status(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({Status.QUEUED, Status.SENDING, Status.IN_DOUBT})
_ORDER = (Status.QUEUED, Status.SENDING, Status.IN_DOUBT, Status.SENT, Status.DELIVERED, Status.READ)


def after_report(current: Status, reported: Status, *, accepted: bool) -> Status:
    """Where Meta's report (sent, delivered, read or failed) leaves a message.

    `accepted`: we know the wamid, so Meta took it. A message we gave up or cancelled without ever hearing of it comes
    back to life when a report proves that it left.
    """
    if current in (Status.FAILED, Status.CANCELLED):
        return reported if not accepted and reported is not Status.FAILED else current
    if reported is Status.FAILED:
        return current if current in (Status.DELIVERED, Status.READ) else Status.FAILED
    return max(current, reported, key=_ORDER.index)


def callback_data(outbox_id: int) -> str:
    """What every status of a message echoes (`biz_opaque_callback_data`)."""
    return f"{_CALLBACK}{outbox_id}"


def outbox_id_of(data: str | None) -> int | None:
    """The message an echoed `callback_data` names; None when it is not one of ours."""
    if data is None or not data.startswith(_CALLBACK):
        return None
    digits = data[len(_CALLBACK) :]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to queue. `payload` is `channels.whatsapp.messages.payload(message)`; `window_until` is the end of the
    24-hour window and None only for templates; `not_before` None means at once.
    """

    company_id: int
    customer_key: str
    phone_number_id: str
    recipient_phone: str | None
    recipient_bsuid: str | None
    author: Author
    type: str
    payload: Mapping[str, Any]
    window_until: datetime | None
    trace_id: str
    reply_to: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message marked `sending` (committed): it must be posted once, or reported as never sent.

    `attempts` counts this one. `error_code` is what the attempt before was refused with.
    """

    id: int
    company_id: int
    customer_key: str
    phone_number_id: str
    recipient_phone: str | None
    recipient_bsuid: str | None
    type: str
    payload: dict[str, Any]
    reply_to: str | None
    attempts: int
    fence: int
    sending_at: datetime
    possible_duplicate: bool
    error_code: int | None
    trace_id: str


class Bearing(StrEnum):
    """What one outcome says about the number it was sent from."""

    WELL = "well"
    FAULTY = "faulty"
    THROTTLED = "throttled"
    STOPPED = "stopped"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to record about one attempt, and what it means for the number and the pair."""

    status: Status
    at: datetime
    bearing: Bearing
    not_before: datetime | None = None
    wamid: str | None = None
    wa_id: str | None = None
    recipient_phone: str | None = None
    error_code: int | None = None
    error_detail: str | None = None
    action: Action | None = None


def judge(
    row: Claimed, outcome: SendOutcome, now: datetime, *, others_get_through: bool, spread: float = 0.0
) -> Verdict:
    """What becomes of a message after an attempt.

    `others_get_through`: the number's circuit is closed, so repeated failure is this message's own. `spread` (0 to 1)
    moves the next attempt a little, so that a crowd does not come back at once.
    """
    match outcome:
        case Accepted():
            return Verdict(Status.SENT, now, Bearing.WELL, wamid=outcome.wamid, wa_id=outcome.wa_id)
        case NeverSent(reason) if reason == _INVALID_REQUEST:
            return Verdict(Status.FAILED, now, Bearing.NOTHING, error_detail=reason, action=Action.ALERT_BUG)
        case NeverSent(reason):
            later = now + _delay(Action.RETRY, row.attempts, spread)
            return Verdict(Status.QUEUED, now, Bearing.FAULTY, not_before=later, error_detail=reason)
        case InDoubt(reason) if row.possible_duplicate:
            return Verdict(Status.FAILED, now, Bearing.FAULTY, error_detail=f"no answer twice ({reason})")
        case InDoubt(reason):
            return Verdict(Status.IN_DOUBT, now, Bearing.FAULTY, not_before=now + DOUBT, error_detail=reason)
        case Refused(failure):
            return _refused(row, failure, now, others_get_through, spread)


def _refused(row: Claimed, failure: GraphFailure, now: datetime, others_get_through: bool, spread: float) -> Verdict:
    bearing = _bearing(failure)
    code, detail = failure.code, failure.details or failure.title
    if failure.action is Action.STOP_NUMBER:
        return Verdict(Status.QUEUED, now, bearing, now, None, None, None, code, detail, failure.action)
    if failure.action is Action.TRY_OTHER_NUMBER_FORM:
        other = untried_form(row.recipient_phone, row.error_code)
        if other is not None:
            return Verdict(Status.QUEUED, now, bearing, now, None, None, other, code, detail, failure.action)
    elif may_repeat(failure.action, row.attempts, others_get_through=others_get_through):
        later = now + _delay(failure.action, row.attempts, spread)
        return Verdict(Status.QUEUED, now, bearing, later, None, None, None, code, detail, failure.action)
    return Verdict(Status.FAILED, now, bearing, None, None, None, None, code, detail, failure.action)


def may_repeat(action: Action, attempts: int, *, others_get_through: bool) -> bool:
    """Whether a refused message goes again as it is."""
    if action is Action.WAIT_NUMBER:
        return True  # nothing to do with the message: only its window ends the waiting
    if retry_delay(action, attempts) is None or action is Action.TRY_OTHER_NUMBER_FORM:
        return False
    return attempts < (MOST_ATTEMPTS if others_get_through else MOST_ATTEMPTS_ALONE)


def untried_form(phone: str | None, last_code: int | None) -> str | None:
    """The other spelling of a Mexican number, unless it is what was tried last."""
    if phone is None or last_code in OTHER_FORM_CODES:
        return None
    return other_mexican_form(phone)


def _delay(action: Action, attempts: int, spread: float) -> timedelta:
    return (retry_delay(action, attempts) or timedelta(0)) * (1 + _JITTER * spread)


def _bearing(failure: GraphFailure) -> Bearing:
    match failure.action:
        case Action.STOP_NUMBER:
            return Bearing.STOPPED
        case Action.WAIT_NUMBER:
            return Bearing.THROTTLED
        case Action.RETRY:
            return Bearing.FAULTY
        case _:
            return Bearing.WELL
