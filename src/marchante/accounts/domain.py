"""What news of an account lead to: pure rules. Who is affected, and the doing, are `events.py`'s."""

from dataclasses import dataclass

from marchante.channels.whatsapp.accounts import AccountEvent, AccountNews, AccountNotice, NumberNews, ReportedProblem
from marchante.channels.whatsapp.errors import Action, classify
from marchante.foundation.jobs.alerts import Severity

# Marks a number that news of its account stopped: only better news, or a person, start it again.
STOPPED_BY_NEWS = "account news: "
# What an alert of such news is about; the number itself is asked, and its answer ends it.
QUALITY_NEWS = "news"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person must see. One open alert for each company, code and `about`."""

    code: str
    severity: Severity
    message: str
    about: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """`stop` is why nothing leaves any more; `over` are the codes of alerts this news ends."""

    trouble: Trouble | None = None
    stop: str | None = None
    resume: bool = False
    ask_numbers: bool = False
    over: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return self == Consequences()


_ENDED = {
    "ACCOUNT_DELETED": "the WhatsApp account was deleted",
    "PARTNER_REMOVED": "the shop took the account away from us",
    "PARTNER_APP_UNINSTALLED": "the shop removed our app from the account",
    "ACCOUNT_OFFBOARDED": "the number left the Cloud API",
}
_BACK = {"PARTNER_ADDED", "PARTNER_APP_INSTALLED", "ACCOUNT_RECONNECTED"}
_WARNED = {
    "ACCOUNT_VIOLATION": "WhatsApp found a breach of its policy",
    "ACCOUNT_RESTRICTION": "WhatsApp restricted the account",
}
_BANS = {
    "DISABLE": "WhatsApp disabled the account",
    "SCHEDULE_FOR_DISABLE": "WhatsApp is about to disable the account",
}
_BAN_CODE, _ACCESS_CODE = "account_banned", "account_lost"
_FELL = {"FLAGGED": "customers block or report it", "DOWNGRADE": "its limit was lowered"}
_BAD_DECISIONS = {"REJECTED", "DECLINED", "DEFERRED", "EXPIRED", "PIN_CHANGED", "PIN_RESET_REQUEST"}


def consequences(event: AccountEvent) -> Consequences:
    """What to do about news of the account or its numbers; templates and customers have rules of their own."""
    match event:
        case AccountNews():
            return _of_account(event)
        case NumberNews(event=what) if what in _FELL:
            trouble = Trouble("number_quality", "warning", f"the number is in trouble: {_FELL[what]}", QUALITY_NEWS)
            return Consequences(trouble, ask_numbers=True)
        case NumberNews():
            return Consequences(ask_numbers=True)
        case AccountNotice():
            return _of_notice(event)
        case ReportedProblem():
            return _of_problem(event)
        case _:
            return Consequences()


def _of_account(news: AccountNews) -> Consequences:
    because = f" ({news.reason})" if news.reason else ""
    if news.event == "DISABLED_UPDATE":
        return _of_ban(news)
    if news.event in _ENDED:
        words = _ENDED[news.event] + because
        trouble = Trouble(_ACCESS_CODE, "critical", f"{words}: nothing can be sent or received", "")
        return Consequences(trouble, stop=STOPPED_BY_NEWS + words)
    if news.event in _BACK:
        return Consequences(resume=True, ask_numbers=True, over=(_ACCESS_CODE,))
    if news.event in _WARNED:
        trouble = Trouble("account_warned", "critical", _WARNED[news.event] + because, f"{news.event}:{news.reason}")
        return Consequences(trouble, ask_numbers=True)
    return Consequences()


def _of_ban(news: AccountNews) -> Consequences:
    if news.reason == "REINSTATE":
        return Consequences(resume=True, ask_numbers=True, over=(_BAN_CODE,))
    words = _BANS.get(news.reason or "", f"WhatsApp changed whether the account may be used: {news.reason or 'unsaid'}")
    trouble = Trouble(_BAN_CODE, "critical", words, "")
    return Consequences(trouble, stop=STOPPED_BY_NEWS + words if news.reason == "DISABLE" else None, ask_numbers=True)


def _of_notice(notice: AccountNotice) -> Consequences:
    """Only what a person should look at: an approval is nobody's trouble."""
    bad = notice.event.upper() in _BAD_DECISIONS
    if notice.field == "account_alerts":
        bad = notice.urgency in {"WARNING", "CRITICAL"}
    if not bad:
        return Consequences()
    severity: Severity = "critical" if notice.urgency == "CRITICAL" else "warning"
    words = f"WhatsApp says of the account: {notice.field} {notice.event}"
    words += f" ({notice.detail})" if notice.detail else ""
    return Consequences(Trouble("account_notice", severity, words, f"{notice.field}:{notice.event}"))


def _of_problem(problem: ReportedProblem) -> Consequences:
    """Errors that came in place of messages. One that refuses the number stops it, as it would in an answer."""
    error = problem.errors[0]
    words = f"WhatsApp reports an error of the number: {error.title or error.details} (error {error.code})"
    stops = classify(error.code, error.details, None) is Action.STOP_NUMBER
    trouble = Trouble("number_error", "critical" if stops else "warning", words, str(error.code))
    return Consequences(trouble, stop=STOPPED_BY_NEWS + words if stops else None)
