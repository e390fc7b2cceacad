"""What GET of a number or an account tells."""

from typing import Any

from marchante.simulator.config import SimulatedNumber
from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError

_DEFAULT_FIELDS = (
    "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput,"
    "webhook_configuration"
)


def number_fields(simulator: Simulator, number: SimulatedNumber, fields: str | None) -> dict[str, Any]:
    """What GET /{phone_number_id}?fields=… answers. Raises GraphError 100 for a field that does not exist."""
    known = _number_facts(simulator, number)
    return {**_chosen(known, fields or _DEFAULT_FIELDS, "WhatsAppBusinessPhoneNumber"), "id": number.phone_number_id}


def account_fields(simulator: Simulator, waba_id: str, fields: str | None) -> dict[str, Any]:
    """What GET /{waba_id}?fields=… answers."""
    numbers = [number for number in simulator.store.numbers.values() if number.waba_id == waba_id]
    known = {
        "id": waba_id,
        "name": numbers[0].verified_name,
        "currency": "USD",
        "country": "MX",
        "timezone_id": "85",
        "account_review_status": "APPROVED",
        "business_verification_status": "verified",
        "message_template_namespace": f"namespace_{waba_id}",
        "ownership_type": "SELF",
        "status": "ACTIVE",
    }
    return {**_chosen(known, fields or "id,name,timezone_id,message_template_namespace", None), "id": waba_id}


def _chosen(known: dict[str, Any], fields: str, node_type: str | None) -> dict[str, Any]:
    """The fields asked for; an unknown one is refused where `node_type` is known to the last field."""
    wanted = [name.strip() for name in fields.split(",") if name.strip()]
    if node_type is not None:
        for name in wanted:
            if name not in known:
                raise GraphError(
                    100, message=f"(#100) Tried accessing nonexisting field ({name}) on node type ({node_type})"
                )
    return {name: known[name] for name in wanted if known.get(name) is not None}


def _number_facts(simulator: Simulator, number: SimulatedNumber) -> dict[str, Any]:
    standing = simulator.standings.of(number.phone_number_id)
    nothing = dict.fromkeys(
        ("new_name_status", "certificate", "new_certificate", "last_onboarded_time", "search_visibility")
    )
    return {
        **nothing,
        "id": number.phone_number_id,
        "verified_name": number.verified_name,
        "display_phone_number": number.display_phone,
        "quality_rating": standing.quality,
        "quality_score": {"score": standing.quality},
        "code_verification_status": "VERIFIED",
        "name_status": standing.name_status,
        "status": standing.status,
        "account_mode": "LIVE",
        "is_official_business_account": False,
        "is_pin_enabled": standing.pin is not None,
        "is_preverified_number": False,
        "is_on_biz_app": number.is_on_biz_app,
        "country_code": "MX",
        "country_dial_code": "52",
        "eligibility_for_api_business_global_search": "NON_ELIGIBLE_UNDEFINED_COUNTRY",
        "platform_type": number.platform_type,
        "throughput": {"level": number.throughput},
        "webhook_configuration": {"application": simulator.config.webhook_url},
        "whatsapp_business_manager_messaging_limit": standing.messaging_limit,
        "conversational_automation": {"id": number.phone_number_id, **standing.automation},
        "health_status": standing.health_status(number.phone_number_id, number.waba_id),
    }
