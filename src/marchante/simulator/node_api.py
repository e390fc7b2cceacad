"""The rest of the Graph API the product calls: numbers, accounts, templates, tokens."""

import re
from typing import Any

from fastapi import APIRouter, Request

from marchante.simulator.config import SimulatedNumber
from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError, invalid, unknown_object
from marchante.simulator.graph_api import authorised, authorised_number, json_object

_DEFAULT_FIELDS = (
    "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput,"
    "webhook_configuration"
)
_PIN = re.compile(r"\d{6}")


def node_router(simulator: Simulator) -> APIRouter:
    """Routes of numbers, accounts and tokens."""
    router = APIRouter()

    @router.get("/{version}/debug_token")
    async def debug_token(version: str, request: Request, input_token: str) -> dict[str, Any]:
        authorised(simulator, version, request)
        return {"data": _token_facts(simulator, input_token)}

    @router.post("/{version}/{object_id}/register")
    async def register(version: str, object_id: str, request: Request) -> dict[str, Any]:
        authorised_number(simulator, version, object_id, request)
        pin = json_object(await request.body()).get("pin")
        if not isinstance(pin, str) or _PIN.fullmatch(pin) is None:
            raise invalid("pin", "must have 6 digits")
        return {"success": True}

    @router.api_route("/{version}/{object_id}/subscribed_apps", methods=["GET", "POST", "DELETE"])
    async def subscribed_apps(version: str, object_id: str, request: Request) -> dict[str, Any]:
        _authorise_account(simulator, version, object_id, request)
        return _subscriptions(simulator, object_id, request.method)

    @router.get("/{version}/{object_id}/phone_numbers")
    async def phone_numbers(version: str, object_id: str, request: Request) -> dict[str, Any]:
        _authorise_account(simulator, version, object_id, request)
        own = [number for number in simulator.store.numbers.values() if number.waba_id == object_id]
        return {"data": [object_fields(simulator, number, None) for number in own]}

    @router.get("/{version}/{object_id}/message_templates")
    async def templates(version: str, object_id: str, request: Request) -> dict[str, Any]:
        _authorise_account(simulator, version, object_id, request)
        return {"data": [template.for_graph() for template in simulator.templates.of_account(object_id)]}

    @router.post("/{version}/{object_id}/message_templates")
    async def create_template(version: str, object_id: str, request: Request) -> dict[str, Any]:
        _authorise_account(simulator, version, object_id, request)
        template = simulator.templates.create(object_id, json_object(await request.body()))
        return {"id": template.id, "status": template.status, "category": template.category}

    return router


def object_fields(simulator: Simulator, number: SimulatedNumber, fields: str | None) -> dict[str, Any]:
    """What GET /{phone_number_id}?fields=… answers."""
    known = _number_facts(simulator, number)
    wanted = [name.strip() for name in (fields or _DEFAULT_FIELDS).split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            raise GraphError(
                100,
                message=f"(#100) Tried accessing nonexisting field ({name}) on node type (WhatsAppBusinessPhoneNumber)",
            )
    return {**{name: known[name] for name in wanted}, "id": number.phone_number_id}


def _number_facts(simulator: Simulator, number: SimulatedNumber) -> dict[str, Any]:
    available = {"can_send_message": "AVAILABLE"}
    return {
        "id": number.phone_number_id,
        "verified_name": number.verified_name,
        "display_phone_number": number.display_phone,
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "account_mode": "LIVE",
        "is_official_business_account": False,
        "is_on_biz_app": number.is_on_biz_app,
        "platform_type": number.platform_type,
        "throughput": {"level": number.throughput},
        "webhook_configuration": {"application": simulator.config.webhook_url},
        "whatsapp_business_manager_messaging_limit": "TIER_250",
        "health_status": {
            **available,
            "entities": [
                {"entity_type": "PHONE_NUMBER", "id": number.phone_number_id, **available},
                {"entity_type": "WABA", "id": number.waba_id, **available},
            ],
        },
    }


def _authorise_account(simulator: Simulator, version: str, waba_id: str, request: Request) -> None:
    token = authorised(simulator, version, request)
    own = [number for number in simulator.store.numbers.values() if number.waba_id == waba_id]
    if not any(token in number.tokens for number in own):
        raise unknown_object(waba_id)


def _subscriptions(simulator: Simulator, waba_id: str, method: str) -> dict[str, Any]:
    if method == "POST":
        simulator.subscribed_accounts.add(waba_id)
    elif method == "DELETE":
        simulator.subscribed_accounts.discard(waba_id)
    else:
        app = {"whatsapp_business_api_data": {"id": "1", "name": "Marchante", "link": simulator.public_url}}
        return {"data": [app] if waba_id in simulator.subscribed_accounts else []}
    return {"success": True}


def _token_facts(simulator: Simulator, token: str) -> dict[str, Any]:
    accounts = sorted({number.waba_id for number in simulator.store.numbers.values() if token in number.tokens})
    if not accounts:
        return {"is_valid": False, "scopes": [], "error": {"code": 190, "message": "Invalid OAuth access token."}}
    scopes = ["whatsapp_business_management", "whatsapp_business_messaging"]
    return {
        "app_id": "1",
        "type": "SYSTEM_USER",
        "is_valid": True,
        "expires_at": 0,
        "scopes": scopes,
        "granular_scopes": [{"scope": scope, "target_ids": accounts} for scope in scopes],
    }
