"""A number's settings in the Graph API: profile, catalog and cart, ice breakers and commands, blocked people."""

import json
from typing import Any

from fastapi import APIRouter, Request

from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError, invalid
from marchante.simulator.graph_api import authorised_number, json_object
from marchante.simulator.identifiers import phone_digits
from marchante.simulator.limits.node import Node
from marchante.simulator.standing import Standing

_PROFILE_LIMITS = {"about": 139, "address": 256, "description": 512, "email": 128, "vertical": 60}
_WEBSITES, _WEBSITE = 2, 256
_ICE_BREAKERS, _ICE_BREAKER = 4, 80
_COMMANDS, _COMMAND, _HINT = 30, 32, 256


def number_router(simulator: Simulator) -> APIRouter:
    """/{version}/{phone_number_id}/… for what a shop sets once."""
    router = APIRouter()

    def standing_of(version: str, object_id: str, request: Request) -> Standing:
        return simulator.standings.of(authorised_number(simulator, version, object_id, request).phone_number_id)

    @router.get("/{version}/{object_id}/whatsapp_business_profile")
    async def profile(version: str, object_id: str, request: Request) -> dict[str, Any]:
        return {"data": [{"messaging_product": "whatsapp", **standing_of(version, object_id, request).profile}]}

    @router.post("/{version}/{object_id}/whatsapp_business_profile")
    async def set_profile(version: str, object_id: str, request: Request) -> dict[str, bool]:
        standing = standing_of(version, object_id, request)
        standing.profile |= _profile(json_object(await request.body()))
        return {"success": True}

    @router.get("/{version}/{object_id}/whatsapp_commerce_settings")
    async def commerce(version: str, object_id: str, request: Request) -> dict[str, Any]:
        standing = standing_of(version, object_id, request)
        return {"data": [{"id": standing.catalog_id or object_id, **standing.commerce}]}

    @router.post("/{version}/{object_id}/whatsapp_commerce_settings")
    async def set_commerce(version: str, object_id: str, request: Request) -> dict[str, bool]:
        standing = standing_of(version, object_id, request)
        for key in standing.commerce:
            if key in request.query_params:
                standing.commerce[key] = request.query_params[key].lower() == "true"
        return {"success": True}

    @router.post("/{version}/{object_id}/conversational_automation")
    async def automate(version: str, object_id: str, request: Request) -> dict[str, bool]:
        standing = standing_of(version, object_id, request)
        standing.automation |= _automation(json_object(await request.body()))
        return {"success": True}

    _blocking(router, simulator)
    return router


def _blocking(router: APIRouter, simulator: Simulator) -> None:
    @router.api_route("/{version}/{object_id}/block_users", methods=["GET", "POST", "DELETE"])
    async def block_users(version: str, object_id: str, request: Request) -> dict[str, Any]:
        number = authorised_number(simulator, version, object_id, request)
        blocked = simulator.standings.of(number.phone_number_id).blocked
        if request.method == "GET":
            return {"data": [{"input": given, "wa_id": wa_id} for wa_id, given in blocked.items()]}
        users = _users(simulator, json_object(await request.body()))
        if request.method == "POST":
            for given, wa_id in users:
                if simulator.store.last_written_at((wa_id, number.phone_number_id)) is None:
                    raise GraphError(139100, f"{given} did not write in the last 24 hours")
                blocked[wa_id] = given
        else:
            for _given, wa_id in users:
                blocked.pop(wa_id, None)
        done = "added_users" if request.method == "POST" else "removed_users"
        return {
            "messaging_product": "whatsapp",
            "block_users": {done: [{"input": given, "wa_id": wa_id} for given, wa_id in users]},
        }


def _users(simulator: Simulator, request: dict[str, Any]) -> list[tuple[str, str]]:
    """(as written, wa_id) of the people named. Raises GraphError 131009 for one who is not on WhatsApp."""
    found = []
    for item in Node(request).children("block_users", 1, 1000):
        given = str(item.value.get("user") or item.value.get("user_id") or "")
        customer = simulator.store.customer_by_user_id(given)
        digits = phone_digits(given)
        customer = customer or (None if digits is None else simulator.store.customer_by_phone(digits))
        if customer is None:
            raise invalid(item.at("user"), "is not a WhatsApp user")
        found.append((given, customer.wa_id))
    return found


def _profile(request: dict[str, Any]) -> dict[str, Any]:
    node = Node(request)
    for key, most in _PROFILE_LIMITS.items():
        if request.get(key):
            node.text(key, most)
    websites = request.get("websites") or []
    if len(websites) > _WEBSITES or any(len(str(site)) > _WEBSITE for site in websites):
        raise invalid("websites", f"may hold {_WEBSITES} addresses of {_WEBSITE} characters")
    return {key: value for key, value in request.items() if key in {*_PROFILE_LIMITS, "websites"}}


def _automation(sent: dict[str, Any]) -> dict[str, Any]:
    """Some clients write the lists as JSON in a string, as in a query."""
    request = {key: json.loads(value) if isinstance(value, str) else value for key, value in sent.items()}
    prompts = request.get("prompts") or []
    if len(prompts) > _ICE_BREAKERS or any(len(str(prompt)) > _ICE_BREAKER for prompt in prompts):
        raise invalid("prompts", f"may hold {_ICE_BREAKERS} ice breakers of {_ICE_BREAKER} characters")
    commands = Node(request).children("commands", 0, _COMMANDS) if request.get("commands") else []
    for command in commands:
        command.text("command_name", _COMMAND)
        command.text("command_description", _HINT)
    return {key: request[key] for key in ("prompts", "commands", "enable_welcome_message") if key in request}
