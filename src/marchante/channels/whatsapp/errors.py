"""What Graph refuses and what to do about it: one table, by code. Meta says to branch on the code alone; HTTP status,
subcode and title only help where no code is known.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from marchante.channels.whatsapp.wire_items import ReportedError
from marchante.channels.whatsapp.wire_json import integer, loads, mapping, text


class Action(StrEnum):
    """What the sender does with a refused message."""

    RETRY = "retry"
    """A passing fault of Meta's: again, soon."""
    WAIT_PAIR = "wait_pair"
    """Too many to this person: again after 4^attempts seconds; other people are not held up."""
    WAIT_NUMBER = "wait_number"
    """Too much from this number or account: the whole number slows down."""
    TRY_OTHER_NUMBER_FORM = "try_other_number_form"
    """Perhaps the other spelling of a Mexican number (521/52) arrives: once, at once."""
    NEEDS_TEMPLATE = "needs_template"
    """The 24-hour window is closed."""
    NEEDS_PHONE = "needs_phone"
    """Not to a BSUID: only to a phone."""
    OPTED_OUT = "opted_out"
    """The person asked for no more marketing: remember it."""
    FIX_MEDIA = "fix_media"
    """Meta could not fetch or take the file."""
    FLOW_UNAVAILABLE = "flow_unavailable"
    """The form cannot be shown: ask with a list."""
    STOP_TEMPLATE = "stop_template"
    """This template cannot be used until somebody looks at it."""
    STOP_BULK = "stop_bulk"
    """Meta sees spam: campaigns stop, conversations go on."""
    STOP_NUMBER = "stop_number"
    """Nothing leaves from this number until the shop or the operator acts."""
    ALERT_BUG = "alert_bug"
    """The request was wrong: ours to fix, repeating it will not help."""
    GIVE_UP = "give_up"
    """This message will not arrive; nothing to do."""


RETRYABLE = frozenset({Action.RETRY, Action.WAIT_PAIR, Action.WAIT_NUMBER, Action.TRY_OTHER_NUMBER_FORM})


@dataclass(frozen=True, slots=True)
class GraphFailure:
    """One refusal, synchronous or reported by a status. `code` is None when the answer carried none (a proxy's HTML
    page); `http_status` is None for a status.
    """

    code: int | None
    subcode: int | None
    http_status: int | None
    title: str
    details: str
    trace_id: str | None
    action: Action

    def __str__(self) -> str:
        return f"{self.code or self.http_status}: {self.details or self.title} [{self.action}]"


_CODES: dict[Action, tuple[int, ...]] = {
    Action.RETRY: (1, 2, 131000, 131016, 131036, 133004),
    Action.WAIT_PAIR: (131056,),
    Action.WAIT_NUMBER: (4, 17, 341, 613, 80007, 130429, 131057, 133015, 133016, 2494100),
    Action.TRY_OTHER_NUMBER_FORM: (131026, 131030),
    Action.NEEDS_TEMPLATE: (131047,),
    Action.NEEDS_PHONE: (131062,),
    Action.OPTED_OUT: (131050,),
    Action.FIX_MEDIA: (131052, 131053),
    Action.FLOW_UNAVAILABLE: (132068, 132069),
    Action.STOP_TEMPLATE: (131063, 131064, 132001, 132007, 132015, 132016, 132018),
    Action.STOP_BULK: (131048,),
    Action.STOP_NUMBER: (
        *(0, 3, 10, *range(200, 300), 33, 190, 368),
        *(131005, 131031, 131037, 131042, 131045, 133000, 133005, 133006, 133008, 133009, 133010),
    ),
    Action.ALERT_BUG: (100, 131008, 131009, 131021, 131051, 131055, 131059, 132000, 132005, 132008, 132012),
    Action.GIVE_UP: (130403, 130472, 130497, 131044, 131049, 131060, 134011, 135000, 137000),
}
ACTIONS: dict[int, Action] = {code: action for action, codes in _CODES.items() for code in codes}

_INVALID_PARAMETER = 100
_UNREACHABLE_OBJECT = 33
_MEDIA_UPLOAD = 131053
_SERVER_ERROR = 500
_MAX_SENTENCE = 1000
_LONGEST_WAIT = timedelta(minutes=15)
_BY_STATUS = {401: Action.STOP_NUMBER, 403: Action.STOP_NUMBER, 408: Action.RETRY, 429: Action.WAIT_NUMBER}


def classify(code: int | None, details: str, http_status: int | None, subcode: int | None = None) -> Action:
    """What to do about `code`. An unknown code falls back on the HTTP status: server errors are retried, the rest is
    given up where a person sees it.
    """
    if code == _INVALID_PARAMETER and (subcode == _UNREACHABLE_OBJECT or "does not exist" in details):
        # The number is gone or this token may not use it: the message itself is fine.
        return Action.STOP_NUMBER
    if code == _MEDIA_UPLOAD and _passing_media_fault(details):
        return Action.RETRY
    if code is not None and code in ACTIONS:
        return ACTIONS[code]
    if http_status is None:
        return Action.GIVE_UP
    return Action.RETRY if http_status >= _SERVER_ERROR else _BY_STATUS.get(http_status, Action.GIVE_UP)


def _passing_media_fault(details: str) -> bool:
    return any(status in details for status in ("429", "500", "502", "503", "504"))


def read_failure(http_status: int, body: bytes) -> GraphFailure:
    """The refusal in an HTTP answer, whatever its body: Graph's JSON, a proxy's page, nothing."""
    try:
        answer = mapping(loads(body))
    except ValueError:
        answer = {}
    error = mapping(answer.get("error"))
    code, subcode = integer(error.get("code")), integer(error.get("error_subcode"))
    title = (text(error.get("message")) or text(error.get("error_user_title")) or "")[:_MAX_SENTENCE]
    details = (_details(error) or title)[:_MAX_SENTENCE]
    action = classify(code, f"{title} {details}", http_status, subcode)
    if error.get("is_transient") is True and code not in ACTIONS:
        action = Action.RETRY
    return GraphFailure(
        code=code,
        subcode=subcode,
        http_status=http_status,
        title=title or f"HTTP {http_status} without a Graph error",
        details=details,
        trace_id=text(error.get("fbtrace_id")),
        action=action,
    )


def _details(error: dict[str, Any]) -> str | None:
    return text(mapping(error.get("error_data")).get("details")) or text(error.get("error_user_msg"))


def failure_of_status(error: ReportedError) -> GraphFailure:
    """The refusal a `failed` status reports."""
    action = classify(error.code, error.details, None)
    return GraphFailure(error.code, None, None, error.title, error.details, None, action)


def retry_delay(action: Action, attempts: int) -> timedelta | None:
    """How long to wait before the next attempt when `attempts` have failed (at least 1), at most 15 minutes; None for
    what must not be repeated. Spreading attempts out (jitter) is the sender's.
    """
    failed = min(max(attempts, 1), 20)
    match action:
        case Action.TRY_OTHER_NUMBER_FORM:
            return timedelta(0) if failed == 1 else None
        case Action.WAIT_PAIR:
            return min(timedelta(seconds=4 ** (failed - 1)), _LONGEST_WAIT)
        case Action.RETRY:
            return min(timedelta(seconds=2 ** (failed - 1)), _LONGEST_WAIT)
        case Action.WAIT_NUMBER:
            return min(timedelta(seconds=2**failed), _LONGEST_WAIT)
        case _:
            return None
