"""What Meta says of a template, and what that means for whoever wants to send it: pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec

from marchante.accounts.domain import Trouble
from marchante.channels.whatsapp.accounts import TemplateNews
from marchante.channels.whatsapp.ports import RemoteTemplate
from marchante.channels.whatsapp.template_definition import TemplateDefinition

UNKNOWN = "UNKNOWN"
APPROVED = "APPROVED"
# Not there, although we asked Meta to make it.
MISSING = "MISSING"
MARKETING = "MARKETING"
# Sending one of these only earns a refusal. UNKNOWN is tried: perhaps the shop made it by hand.
UNUSABLE = frozenset(
    {"PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "LIMIT_EXCEEDED", "LOCKED", "ARCHIVED", "DELETED"}
    | {"PENDING_DELETION", MISSING}
)
_STATUS_OF = {"REINSTATED": APPROVED, "UNPAUSED": APPROVED, "UNARCHIVED": APPROVED}
_NO_STATUS = {"CATEGORY", "CHANGED"}
# Passing, and expected after every creation: nobody need look.
_CALM = frozenset({"PENDING"})
_POOR = {"QUALITY_RED", "QUALITY_YELLOW", "FLAGGED"}


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """One of our templates in a company's account, as last told. `meta_id` is None until Meta was asked."""

    company_id: int
    waba_id: str
    name: str
    language: str
    status: str
    category: str
    meta_id: str | None = None
    reason: str | None = None
    told_at: datetime | None = None

    @property
    def is_usable(self) -> bool:
        return self.status not in UNUSABLE

    def after(self, news: TemplateNews, at: datetime | None) -> "KnownTemplate":
        keeps = news.event in _NO_STATUS or news.event.startswith("QUALITY_")
        status = self.status if keeps else _STATUS_OF.get(news.event, news.event)
        reason = self.reason if keeps else news.reason
        return replace(
            self, status=status, category=news.category or self.category, reason=reason, told_at=at or self.told_at
        )


def as_remote(known: KnownTemplate, remote: RemoteTemplate, now: datetime) -> KnownTemplate:
    """What is known once Meta has answered."""
    return replace(
        known,
        meta_id=remote.id,
        status=remote.status,
        category=remote.category if remote.category != UNKNOWN else known.category,
        reason=remote.reason,
        told_at=now,
    )


def says_the_same(remote: RemoteTemplate, definition: TemplateDefinition) -> bool:
    return (remote.body, remote.footer or None) == (definition.body, definition.footer)


def version_of(definitions: Sequence[TemplateDefinition]) -> str:
    """Changes with every change of a definition."""
    return sha256(msgspec.json.encode([definition.as_created() for definition in definitions])).hexdigest()[:16]


def unasked(definition: TemplateDefinition, company_id: int, waba_id: str) -> KnownTemplate:
    """A template of ours before Meta was asked about it."""
    return KnownTemplate(company_id, waba_id, definition.name, definition.language, UNKNOWN, definition.category)


def trouble_of(before: KnownTemplate, news: TemplateNews) -> Trouble | None:
    """What a person must hear of this news."""
    if news.event in _POOR:
        words = f"customers do not like the template {before.name}: WhatsApp may pause it"
        return Trouble("template_quality", "warning", words, before.name)
    return trouble_between(before, before.after(news, None))


def trouble_between(before: KnownTemplate, after: KnownTemplate) -> Trouble | None:
    """What a person must hear when a template is now as in `after`."""
    if not after.is_usable and after.status not in _CALM and after.status != before.status:
        because = f" ({after.reason})" if after.reason else ""
        words = (
            f"the template {after.name} cannot be sent: {after.status}{because}. Inside the 24-hour window its words "
            "go as a text; outside it nobody is told"
        )
        return Trouble("template_unusable", "critical", words, after.name)
    if after.category == MARKETING != before.category:
        words = f"WhatsApp moved the template {after.name} to marketing: it costs more, and not everybody gets it"
        return Trouble("template_category", "warning", words, after.name)
    return None


def alert_key(code: str, company_id: int, name: str) -> str:
    return f"{code}:{company_id}:{name}"
