"""Any object of the Graph API by its id: numbers, accounts, templates and files."""

from typing import Any

from fastapi import APIRouter, Request

from marchante.simulator.core import Simulator
from marchante.simulator.errors import unknown_object
from marchante.simulator.graph_api import authorised, authorised_number, json_object, wanted_fields
from marchante.simulator.media_api import description, owned_media
from marchante.simulator.message_templates import Template
from marchante.simulator.number_fields import account_fields, number_fields


def object_router(simulator: Simulator) -> APIRouter:
    """Must be included last: its paths match any object."""
    router = APIRouter()

    @router.get("/{version}/{object_id}")
    async def look_up(
        version: str, object_id: str, request: Request, fields: str | None = None, phone_number_id: str | None = None
    ) -> dict[str, Any]:
        token = authorised(simulator, version, request)
        number = simulator.store.numbers.get(object_id)
        if number is not None and token in number.tokens:
            return number_fields(simulator, number, fields)
        if object_id in _accounts(simulator, token):
            return account_fields(simulator, object_id, fields)
        template = _own_template(simulator, object_id, token)
        if template is not None:
            return wanted_fields(template.for_graph(), fields)
        stored = owned_media(simulator, object_id, token)
        if phone_number_id not in {None, stored.phone_number_id}:
            raise unknown_object(object_id, "get")
        return description(simulator, stored)

    @router.post("/{version}/{object_id}")
    async def change(version: str, object_id: str, request: Request) -> dict[str, Any]:
        token = authorised(simulator, version, request)
        template = _own_template(simulator, object_id, token)
        if template is not None:
            edited = simulator.templates.edit(template, json_object(await request.body()))
            simulator.reviews.begin(edited)
            return {"success": True, "id": edited.id, "name": edited.name, "category": edited.category}
        number = authorised_number(simulator, version, object_id, request)
        pin = json_object(await request.body()).get("pin")
        if pin is not None:
            simulator.standings.of(number.phone_number_id).pin = str(pin)
        return {"success": True}

    @router.delete("/{version}/{object_id}")
    async def delete(version: str, object_id: str, request: Request) -> dict[str, bool]:
        token = authorised(simulator, version, request)
        simulator.media.delete(owned_media(simulator, object_id, token).id)
        return {"success": True}

    return router


def _accounts(simulator: Simulator, token: str) -> set[str]:
    return {number.waba_id for number in simulator.store.numbers.values() if token in number.tokens}


def _own_template(simulator: Simulator, object_id: str, token: str) -> Template | None:
    template = simulator.templates.by_id(object_id)
    return template if template is not None and template.waba_id in _accounts(simulator, token) else None
