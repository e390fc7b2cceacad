"""The Graph API a business calls: messages, phone number fields and the answers to what Meta refuses."""

import asyncio
import re
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from marchante.simulator.config import SimulatedNumber
from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError, missing, unexpected, unknown_object
from marchante.simulator.sending import RawAnswer

_VERSION = re.compile(r"v\d{1,2}\.\d")


def graph_router(simulator: Simulator) -> APIRouter:
    """POST /{version}/{phone_number_id}/messages."""
    router = APIRouter()

    @router.post("/{version}/{phone_number_id}/messages")
    async def send(version: str, phone_number_id: str, request: Request) -> Response:
        sent: dict[str, Any] = {}
        try:
            number = authorised_number(simulator, version, phone_number_id, request)
            sent = json_object(await request.body())
            if "status" in sent:
                return _mark_read(simulator, number, sent)
            answer = await simulator.sending.accept(number, sent)
        except GraphError as error:
            simulator.refused(phone_number_id, sent, error.http_status, error.body()["error"])
            raise
        if isinstance(answer, RawAnswer):
            simulator.refused(phone_number_id, sent, answer.status, {})
            return Response(answer.body, answer.status, media_type=answer.content_type)
        return JSONResponse(answer)

    return router


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """The exception handler of GraphError: Graph's error answer."""
    assert isinstance(error, GraphError)
    return JSONResponse(error.body(), error.http_status)


async def answer_cut(request: Request, _error: Exception) -> Response:
    """The exception handler of ConnectionCut: reset the connection.

    Needs the server of `serve_simulator`, which lends each request its transport.
    """
    transport: asyncio.Transport | None = getattr(request.state, "transport", None)
    if transport is None:
        raise RuntimeError("connections can only be cut when serve_simulator runs the simulator")
    transport.abort()
    # The server notices the loss in the next turn of the loop, and then drops the answer that follows.
    await asyncio.sleep(0)
    return Response(status_code=500)


def authorised(simulator: Simulator, version: str, request: Request, *, app_too: bool = False) -> str:
    """The bearer token of a call. Raises GraphError 190 when no number accepts it, 2500 for a path without version.

    `app_too`: the app's own token will do.
    """
    checked_version(version)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    simulator.tokens.require(token if scheme.lower() == "bearer" else "", app_too=app_too)
    return token


def checked_version(version: str) -> None:
    """Raises GraphError 2500 for a path that does not begin with a version."""
    if _VERSION.fullmatch(version) is None:
        raise GraphError(2500, message=f"Unknown path components: /{version}")


def authorised_account(simulator: Simulator, version: str, waba_id: str, request: Request) -> None:
    """Raises GraphError 100/33 for an unknown account and for someone else's."""
    token = authorised(simulator, version, request)
    own = [number for number in simulator.store.numbers.values() if number.waba_id == waba_id]
    if not any(token in number.tokens for number in own):
        raise unknown_object(waba_id)


def wanted_fields(known: dict[str, Any], fields: str | None) -> dict[str, Any]:
    """Those of the fields that a call names in `fields`, or all; the id comes always."""
    if fields is None:
        return known
    wanted = {name.strip() for name in fields.split(",")} | {"id"}
    return {name: value for name, value in known.items() if name in wanted}


def authorised_number(simulator: Simulator, version: str, object_id: str, request: Request) -> SimulatedNumber:
    """The number a token may use. Raises GraphError 100/33 for an unknown number and for someone else's."""
    token = authorised(simulator, version, request)
    number = simulator.store.numbers.get(object_id)
    if number is None or token not in number.tokens:
        raise unknown_object(object_id)
    return number


def json_object(body: bytes) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GraphError(100, f"The body is not valid JSON: {error}") from error
    if not isinstance(value, dict):
        raise GraphError(100, "The body is not a JSON object")
    return value


def _mark_read(simulator: Simulator, number: SimulatedNumber, sent: dict[str, Any]) -> Response:
    if sent.get("messaging_product") != "whatsapp":
        raise GraphError(100, message="(#100) The parameter messaging_product is required.")
    if sent["status"] != "read":
        raise unexpected("status", "must be one of {read}")
    wamid = sent.get("message_id")
    if not isinstance(wamid, str):
        raise missing("message_id")
    typing = sent.get("typing_indicator")
    if typing is not None and typing != {"type": "text"}:
        raise unexpected("typing_indicator.type", "must be one of {text}")
    simulator.phones.read_by_shop(number, wamid, typing=typing is not None)
    return JSONResponse({"success": True})
