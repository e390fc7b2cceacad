"""Files of the Graph API: uploaded and downloaded."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError, missing, unknown_object
from marchante.simulator.graph_api import authorised_number
from marchante.simulator.media import StoredMedia


def media_router(simulator: Simulator) -> APIRouter:
    """Upload and download; looking up and deleting is done by id, as with any object."""
    router = APIRouter()

    @router.get("/whatsapp_business/attachments/")
    async def download(request: Request, mid: str, ext: int) -> Response:
        simulator.tokens.require(request.headers.get("authorization", "").removeprefix("Bearer "))
        if ext < simulator.clock().timestamp():
            return Response(status_code=404)
        stored = simulator.media.get(mid)
        return Response(stored.content, media_type=stored.mime_type)

    @router.post("/{version}/{phone_number_id}/media")
    async def upload(version: str, phone_number_id: str, request: Request) -> dict[str, str]:
        authorised_number(simulator, version, phone_number_id, request)
        return {"id": (await _upload(simulator, phone_number_id, request)).id}

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


def owned_media(simulator: Simulator, media_id: str, token: str) -> StoredMedia:
    """A file of a number this token may use. Raises GraphError 100/33."""
    stored = simulator.media.get(media_id)
    number = simulator.store.numbers.get(stored.phone_number_id)
    if number is None or token not in number.tokens:
        raise unknown_object(media_id, "get")
    return stored


def description(simulator: Simulator, stored: StoredMedia) -> dict[str, Any]:
    """What GET /{media_id} answers, with an address for the next five minutes."""
    return {
        "messaging_product": "whatsapp",
        "url": simulator.media.url(stored, simulator.public_url),
        "mime_type": stored.mime_type,
        "sha256": stored.sha256.hex(),
        "file_size": str(len(stored.content)),
        "id": stored.id,
    }
