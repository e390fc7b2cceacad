"""Media of the Graph API, and GET of any object by its id."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError, bad_token, missing, unknown_object
from marchante.simulator.graph_api import authorised, authorised_number
from marchante.simulator.media import StoredMedia
from marchante.simulator.node_api import object_fields


def media_router(simulator: Simulator) -> APIRouter:
    """Upload, look up, download and delete. Must be included last: two of its paths match any object."""
    router = APIRouter()

    @router.get("/whatsapp_business/attachments/")
    async def download(request: Request, mid: str, ext: int) -> Response:
        _require_known_token(simulator, request)
        if ext < simulator.clock().timestamp():
            return Response(status_code=404)
        stored = simulator.media.get(mid)
        return Response(stored.content, media_type=stored.mime_type)

    @router.post("/{version}/{phone_number_id}/media")
    async def upload(version: str, phone_number_id: str, request: Request) -> dict[str, str]:
        authorised_number(simulator, version, phone_number_id, request)
        return {"id": (await _upload(simulator, phone_number_id, request)).id}

    @router.get("/{version}/{object_id}")
    async def look_up(
        version: str, object_id: str, request: Request, fields: str | None = None, phone_number_id: str | None = None
    ) -> dict[str, Any]:
        token = authorised(simulator, version, request)
        number = simulator.store.numbers.get(object_id)
        if number is not None and token in number.tokens:
            return object_fields(simulator, number, fields)
        stored = _owned_media(simulator, object_id, token)
        if phone_number_id not in {None, stored.phone_number_id}:
            raise unknown_object(object_id, "get")
        return _description(simulator, stored)

    @router.delete("/{version}/{object_id}")
    async def delete(version: str, object_id: str, request: Request) -> dict[str, bool]:
        token = authorised(simulator, version, request)
        simulator.media.delete(_owned_media(simulator, object_id, token).id)
        return {"success": True}

    return router


async def _upload(simulator: Simulator, phone_number_id: str, request: Request) -> StoredMedia:
    async with request.form() as form:
        if form.get("messaging_product") != "whatsapp":
            raise GraphError(100, message="(#100) The parameter messaging_product is required.")
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise missing("file")
        declared = form.get("type")
        mime_type = declared if isinstance(declared, str) else file.content_type or ""
        return simulator.media.upload(phone_number_id, mime_type, await file.read(), file.filename)


def _owned_media(simulator: Simulator, media_id: str, token: str) -> StoredMedia:
    stored = simulator.media.get(media_id)
    number = simulator.store.numbers.get(stored.phone_number_id)
    if number is None or token not in number.tokens:
        raise unknown_object(media_id, "get")
    return stored


def _require_known_token(simulator: Simulator, request: Request) -> None:
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not any(token in number.tokens for number in simulator.store.numbers.values()):
        raise bad_token()


def _description(simulator: Simulator, stored: StoredMedia) -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp",
        "url": simulator.media.url(stored, simulator.public_url),
        "mime_type": stored.mime_type,
        "sha256": stored.sha256.hex(),
        "file_size": str(len(stored.content)),
        "id": stored.id,
    }
