"""Accounts and tokens in the Graph API, and how a number is registered."""

import re
from typing import Any

from fastapi import APIRouter, Request

from marchante.simulator.core import Simulator
from marchante.simulator.errors import invalid
from marchante.simulator.graph_api import (
    authorised,
    authorised_account,
    authorised_number,
    checked_version,
    json_object,
)
from marchante.simulator.number_fields import number_fields

_PIN = re.compile(r"\d{6}")


def node_router(simulator: Simulator) -> APIRouter:
    """Routes of numbers, accounts and tokens."""
    router = APIRouter()

    @router.get("/{version}/debug_token")
    async def debug_token(version: str, request: Request, input_token: str) -> dict[str, Any]:
        authorised(simulator, version, request, app_too=True)
        return {"data": simulator.tokens.facts(input_token)}

    @router.api_route("/{version}/oauth/access_token", methods=["GET", "POST"])
    async def access_token(version: str, request: Request) -> dict[str, Any]:
        checked_version(version)
        given = dict(request.query_params)
        if request.method == "POST":
            given |= {key: str(value) for key, value in json_object(await request.body()).items()}
        return simulator.tokens.exchange(given)

    @router.post("/{version}/{object_id}/register")
    async def register(version: str, object_id: str, request: Request) -> dict[str, Any]:
        number = authorised_number(simulator, version, object_id, request)
        pin = json_object(await request.body()).get("pin")
        if not isinstance(pin, str) or _PIN.fullmatch(pin) is None:
            raise invalid("pin", "must have 6 digits")
        simulator.standings.of(number.phone_number_id).register(pin, simulator.clock().timestamp())
        return {"success": True}

    @router.post("/{version}/{object_id}/deregister")
    async def deregister(version: str, object_id: str, request: Request) -> dict[str, Any]:
        number = authorised_number(simulator, version, object_id, request)
        simulator.standings.of(number.phone_number_id).status = "DISCONNECTED"
        return {"success": True}

    @router.api_route("/{version}/{object_id}/subscribed_apps", methods=["GET", "POST", "DELETE"])
    async def subscribed_apps(version: str, object_id: str, request: Request) -> dict[str, Any]:
        authorised_account(simulator, version, object_id, request)
        return _subscriptions(simulator, object_id, request.method)

    @router.get("/{version}/{object_id}/phone_numbers")
    async def phone_numbers(version: str, object_id: str, request: Request) -> dict[str, Any]:
        authorised_account(simulator, version, object_id, request)
        own = [number for number in simulator.store.numbers.values() if number.waba_id == object_id]
        return {"data": [number_fields(simulator, number, None) for number in own]}

    return router


def _subscriptions(simulator: Simulator, waba_id: str, method: str) -> dict[str, Any]:
    if method == "POST":
        simulator.subscribed_accounts.add(waba_id)
    elif method == "DELETE":
        simulator.subscribed_accounts.discard(waba_id)
    else:
        app = {"id": simulator.config.app_id, "name": "Marchante", "link": simulator.public_url}
        return {"data": [{"whatsapp_business_api_data": app}] if waba_id in simulator.subscribed_accounts else []}
    return {"success": True}
