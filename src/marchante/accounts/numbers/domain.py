"""What a number says about itself, and what of that a person must hear: pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marchante.accounts.domain import Trouble
from marchante.channels.whatsapp.wire_json import integer, mapping, sequence, text
from marchante.foundation.jobs.alerts import Severity

FIELDS = (
    "quality_rating",
    "platform_type",
    "throughput",
    "is_on_biz_app",
    "whatsapp_business_manager_messaging_limit",
    "health_status",
)
# Known to every version of the API: asked when one of the others is refused.
FEWER_FIELDS = ("quality_rating", "platform_type", "throughput")
COEXISTENCE = "COEXISTENCE"
_PAYMENT = 141006
_QUALITIES = ("GREEN", "YELLOW", "RED")
_LEVELS = {"STANDARD", "HIGH"}


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """None where Meta did not say. `blocked` is why nothing can be sent; `unpaid`: no valid payment method."""

    throughput: str
    platform_type: str | None
    quality: str | None
    messaging_limit: str | None
    blocked: str | None
    unpaid: bool


def read_facts(fields: Mapping[str, Any]) -> NumberFacts:
    level = text(mapping(fields.get("throughput")).get("level")) or ""
    platform = text(fields.get("platform_type"))
    if fields.get("is_on_biz_app") is True and platform in {"CLOUD_API", None}:
        platform = COEXISTENCE
    health = mapping(fields.get("health_status"))
    errors = [
        mapping(error)
        for entity in sequence(health.get("entities"))
        for error in sequence(mapping(entity).get("errors"))
    ]
    blocked = health.get("can_send_message") == "BLOCKED"
    said = "; ".join(filter(None, (text(error.get("error_description")) for error in errors)))
    return NumberFacts(
        throughput=level if level in _LEVELS else "UNKNOWN",
        platform_type=platform,
        quality=text(fields.get("quality_rating")),
        messaging_limit=text(fields.get("whatsapp_business_manager_messaging_limit")),
        blocked=(said or "no reason given") if blocked else None,
        unpaid=any(integer(error.get("error_code")) == _PAYMENT for error in errors),
    )


def troubles_of(quality_before: str | None, facts: NumberFacts) -> dict[str, Trouble | None]:
    """By code; None: that trouble is over, or was never there. A code that is missing stays as it is."""
    found: dict[str, Trouble | None] = {"number_blocked": None, "payment_method_missing": None}
    if facts.blocked is not None and not facts.unpaid:
        words = f"WhatsApp lets nothing be sent from this number: {facts.blocked}"
        found["number_blocked"] = Trouble("number_blocked", "critical", words, "")
    if facts.unpaid:
        words = "the shop has no valid payment method at WhatsApp: what is not free is not delivered"
        found["payment_method_missing"] = Trouble("payment_method_missing", "critical", words, "")
    if facts.quality == "GREEN":
        found["number_quality"] = None
    elif _rank(facts.quality) > _rank(quality_before):
        severity: Severity = "critical" if facts.quality == "RED" else "warning"
        words = f"the quality of the number fell to {facts.quality}: customers block or report it"
        found["number_quality"] = Trouble("number_quality", severity, words, "")
    return found


def troubles_of_hearing(heard: bool | None) -> dict[str, Trouble | None]:
    """As `troubles_of`: whether the webhooks of the number's account come to us; None: nobody could tell."""
    if heard is None:
        return {}
    words = "WhatsApp sends us nothing of this account: our app is not subscribed to it, and may not subscribe itself"
    return {"account_unheard": None if heard else Trouble("account_unheard", "critical", words, "")}


def _rank(quality: str | None) -> int:
    """An unknown quality is taken for a good one: what comes after it is then told."""
    return _QUALITIES.index(quality) if quality in _QUALITIES else 0
