"""News about an account, from the `raw` of an AccountItem. What we know nothing about comes back as OtherNews."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marchante.channels.whatsapp.wire_identity import identity_of
from marchante.channels.whatsapp.wire_items import Identity, ReportedError
from marchante.channels.whatsapp.wire_json import identifier, loads, mapping, moment, phone, sequence, text
from marchante.channels.whatsapp.wire_statuses import reported_errors

_Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MarketingChoice:
    """A person stopped or resumed marketing messages; a stop must be honoured."""

    identity: Identity
    wanted: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class UserIdChange:
    """The same person has a new BSUID, usually because they changed their phone number."""

    phone: str | None
    previous: str
    current: str


@dataclass(frozen=True, slots=True)
class TemplateNews:
    """`event` is APPROVED, REJECTED, PAUSED …; CATEGORY when Meta moved the template to `category` (another price),
    QUALITY_… when customers like it more or less, CHANGED when somebody edited it.
    """

    name: str
    language: str | None
    event: str
    reason: str | None
    category: str | None


@dataclass(frozen=True, slots=True)
class NumberNews:
    """`event` is THROUGHPUT_UPGRADE, ONBOARDING, FLAGGED …: ask the number about itself again."""

    display_phone: str | None
    event: str
    limit: str | None


@dataclass(frozen=True, slots=True)
class AccountNews:
    """`event` is ACCOUNT_RESTRICTION, DISABLED_UPDATE, PARTNER_REMOVED …; `reason` the kind of it if given."""

    event: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """Something a person of the shop may have to look at in Meta's own pages. `field` is Meta's, `event` what happened
    or was decided, `urgency` INFORMATIONAL, WARNING or CRITICAL where Meta gives one.
    """

    field: str
    event: str
    detail: str | None
    urgency: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """An error of the account itself that came among its messages."""

    errors: tuple[ReportedError, ...]


@dataclass(frozen=True, slots=True)
class OtherNews:
    field: str


AccountEvent = (
    MarketingChoice
    | UserIdChange
    | TemplateNews
    | NumberNews
    | AccountNews
    | AccountNotice
    | ReportedProblem
    | OtherNews
)


def decode_account(raw: bytes) -> tuple[AccountEvent, ...]:
    """Everything one AccountItem says, at least one event. Never raises."""
    try:
        stored = mapping(loads(raw))
    except ValueError:
        stored = {}
    field, value = text(stored.get("field")) or "unknown", mapping(stored.get("value"))
    read = _READERS.get(field)
    return (read(value) if read else ()) or (OtherNews(field),)


def told_at(raw: bytes) -> datetime | None:
    """When Meta says it happened."""
    try:
        return moment(mapping(loads(raw)).get("time"))
    except ValueError:
        return None


def _choices(value: _Fields) -> tuple[AccountEvent, ...]:
    choices = (_choice(entry) for entry in sequence(value.get("user_preferences")) if isinstance(entry, dict))
    return tuple(choice for choice in choices if choice is not None)


def _choice(entry: _Fields) -> MarketingChoice | None:
    identity = identity_of(phone(entry.get("wa_id")), identifier(entry.get("user_id")), None)
    answer = text(entry.get("value"))
    if identity is None or answer not in {"stop", "resume", "signup"}:
        return None
    return MarketingChoice(identity, answer != "stop", moment(entry.get("timestamp")))


def _user_ids(value: _Fields) -> tuple[AccountEvent, ...]:
    entries = sequence(value.get("user_id_update")) or [value]
    changes = (_user_id(entry) for entry in entries if isinstance(entry, dict))
    return tuple(change for change in changes if change is not None)


def _user_id(entry: _Fields) -> UserIdChange | None:
    user_id = mapping(entry.get("user_id"))
    previous, current = identifier(user_id.get("previous")), identifier(user_id.get("current"))
    if previous is None or current is None:
        return None
    return UserIdChange(phone(entry.get("wa_id")), previous, current)


def _template(value: _Fields) -> tuple[AccountEvent, ...]:
    name = text(value.get("message_template_name"))
    new_category = text(value.get("new_category")) or text(value.get("correct_category"))
    quality = text(value.get("new_quality_score"))
    event = text(value.get("event")) or ("CATEGORY" if new_category else f"QUALITY_{quality}" if quality else "CHANGED")
    if not name:
        return ()
    reason = text(value.get("reason"))
    news = TemplateNews(
        name=name,
        language=text(value.get("message_template_language")),
        event=event,
        reason=reason if reason != "NONE" else None,
        category=new_category or text(value.get("message_template_category")),
    )
    return (news,)


def _number(value: _Fields) -> tuple[AccountEvent, ...]:
    event = text(value.get("event"))
    if event is None:
        return ()
    return (NumberNews(text(value.get("display_phone_number")), event, text(value.get("current_limit"))),)


def _capability(value: _Fields) -> tuple[AccountEvent, ...]:
    return (NumberNews(None, "CAPABILITY", None),) if value else ()


def _notice(field: str, *names: str) -> Callable[[_Fields], tuple[AccountEvent, ...]]:
    """A reader of a field that says what happened under one of `names`."""

    def read(value: _Fields) -> tuple[AccountEvent, ...]:
        told = mapping(value.get("alert_info")) or value
        event = next(filter(None, (text(told.get(name)) for name in names)), None)
        detail = text(told.get("alert_description")) or text(told.get("rejection_reason"))
        return (AccountNotice(field, event, detail, text(told.get("alert_severity"))),) if event else ()

    return read


def _account(value: _Fields) -> tuple[AccountEvent, ...]:
    event = text(value.get("event"))
    if event is None:
        return ()
    restrictions = sequence(value.get("restriction_info"))
    details = (
        mapping(value.get("violation_info")).get("violation_type"),
        mapping(value.get("ban_info")).get("waba_ban_state"),
        mapping(restrictions[0] if restrictions else None).get("restriction_type"),
        mapping(value.get("disconnection_info")).get("reason"),
    )
    return (AccountNews(event, next(filter(None, map(text, details)), None)),)


def _problem(value: _Fields) -> tuple[AccountEvent, ...]:
    errors = reported_errors(value.get("errors"))
    return (ReportedProblem(errors),) if errors else ()


_READERS: dict[str, Callable[[_Fields], tuple[AccountEvent, ...]]] = {
    "user_preferences": _choices,
    "user_id_update": _user_ids,
    "message_template_status_update": _template,
    "template_category_update": _template,
    "message_template_quality_update": _template,
    "message_template_components_update": _template,
    "phone_number_quality_update": _number,
    "business_capability_update": _capability,
    "account_update": _account,
    "account_alerts": _notice("account_alerts", "alert_type"),
    "account_review_update": _notice("account_review_update", "decision"),
    "phone_number_name_update": _notice("phone_number_name_update", "decision"),
    "security": _notice("security", "event"),
    "messages.errors": _problem,
}
