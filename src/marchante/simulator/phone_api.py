"""What the phone page calls."""

import base64
import binascii
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, Field

from marchante.simulator.config import SimulatedCustomer, SimulatedNumber
from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError
from marchante.simulator.identifiers import new_mexican_mobile, new_user_id, phone_digits
from marchante.simulator.samples import Sample

PAGE = Path(__file__).parent / "templates" / "phone.html"
_CHAT = "/chats/{wa_id}/{phone_number_id}"


class _Timed(BaseModel):
    """`timestamp` (unix seconds) back-dates a message; `context_wamid` is the message it answers."""

    timestamp: float | None = None
    context_wamid: str | None = None


class TextBody(_Timed):
    type: Literal["text"]
    text: str = Field(min_length=1, max_length=4096)


class ReplyBody(_Timed):
    type: Literal["button_reply", "list_reply"]
    id: str
    title: str
    description: str | None = None


class LocationBody(_Timed):
    type: Literal["location"]
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: str | None = None
    address: str | None = None


class MediaBody(_Timed):
    """Without `content` (base64) the phone sends a sample of that kind."""

    type: Literal["image", "audio", "sticker", "document", "video"]
    caption: str | None = None
    content: str | None = None
    mime_type: str = "application/octet-stream"
    filename: str | None = None


class ReactionBody(_Timed):
    """An empty emoji takes the reaction back."""

    type: Literal["reaction"]
    emoji: str
    message_wamid: str


class ContactsBody(_Timed):
    type: Literal["contacts"]
    name: str
    phone: str


class TemplateButtonBody(_Timed):
    """A tap on a template's quick-reply button."""

    type: Literal["button"]
    payload: str
    text: str


class UnsupportedBody(_Timed):
    """Something WhatsApp does not pass on, such as a poll."""

    type: Literal["unsupported"]
    kind: str = "poll_creation"


Written = Annotated[
    TextBody
    | ReplyBody
    | LocationBody
    | MediaBody
    | ReactionBody
    | ContactsBody
    | TemplateButtonBody
    | UnsupportedBody,
    Field(discriminator="type"),
]


class NewCustomer(BaseModel):
    name: str = Field(min_length=1, max_length=120)
    wa_id: str | None = None


def phone_router(simulator: Simulator) -> APIRouter:
    """The page and its API."""
    router = APIRouter(prefix="/phone")

    @router.get("")
    async def page() -> FileResponse:
        if not PAGE.exists():
            raise HTTPException(404, "La página del teléfono no está instalada.")
        return FileResponse(PAGE, media_type="text/html")

    @router.get("/api/state")
    async def state() -> dict[str, Any]:
        return {
            "numbers": [_number_row(number) for number in simulator.store.numbers.values()],
            "customers": [_customer_row(customer) for customer in simulator.store.customers.values()],
        }

    @router.post("/api/customers")
    async def add_customer(body: NewCustomer) -> dict[str, Any]:
        wa_id = new_mexican_mobile() if body.wa_id is None else phone_digits(body.wa_id)
        if wa_id is None or not 7 <= len(wa_id) <= 15:  # noqa: PLR2004
            raise HTTPException(422, "Eso no es un número de teléfono.")
        if simulator.store.customer_by_phone(wa_id) is not None:
            raise HTTPException(409, "Ese número ya es de otro cliente.")
        customer = SimulatedCustomer(wa_id=wa_id, name=body.name, user_id=new_user_id())
        simulator.store.add_customer(customer)
        return _customer_row(customer)

    @router.get("/api/media/{media_id}")
    async def media(media_id: str) -> Response:
        try:
            stored = simulator.media.get(media_id)
        except GraphError as error:
            raise HTTPException(404, "Ese archivo ya no existe.") from error
        return Response(stored.content, media_type=stored.mime_type)

    _chat_routes(router, simulator)
    return router


def _chat_routes(router: APIRouter, simulator: Simulator) -> None:
    @router.get(f"/api{_CHAT}")
    async def chat(wa_id: str, phone_number_id: str) -> dict[str, Any]:
        _parties(simulator, wa_id, phone_number_id)
        return {"entries": [entry.for_phone() for entry in simulator.store.chat((wa_id, phone_number_id))]}

    @router.get(f"/api{_CHAT}/stream")
    async def stream(wa_id: str, phone_number_id: str) -> StreamingResponse:
        _parties(simulator, wa_id, phone_number_id)
        events = simulator.streams.events((wa_id, phone_number_id))
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    @router.post(f"/api{_CHAT}/messages")
    async def write(wa_id: str, phone_number_id: str, body: Written) -> dict[str, str]:
        customer, number = _parties(simulator, wa_id, phone_number_id)
        kind, content = _content(simulator, number, body)
        if body.context_wamid is not None and kind != "reaction":
            content["context"] = {"from": number.display_digits, "id": body.context_wamid}
        return {"wamid": simulator.phones.write(customer, number, kind, content, body.timestamp)}

    @router.post(f"/api{_CHAT}/seen")
    async def seen(wa_id: str, phone_number_id: str) -> dict[str, bool]:
        _parties(simulator, wa_id, phone_number_id)
        simulator.phones.seen((wa_id, phone_number_id))
        return {"success": True}


def _parties(simulator: Simulator, wa_id: str, phone_number_id: str) -> tuple[SimulatedCustomer, SimulatedNumber]:
    customer = simulator.store.customers.get(wa_id)
    number = simulator.store.numbers.get(phone_number_id)
    if customer is None or number is None:
        raise HTTPException(404, "No hay tal cliente o tal tienda.")
    return customer, number


def _content(simulator: Simulator, number: SimulatedNumber, body: Written) -> tuple[str, dict[str, Any]]:
    """The webhook type of what was written and its object."""
    match body:
        case TextBody():
            return "text", {"text": {"body": body.text}}
        case ReplyBody():
            reply = _without_nothing({"id": body.id, "title": body.title, "description": body.description})
            return "interactive", {"interactive": {"type": body.type, body.type: reply}}
        case LocationBody():
            fields = {"latitude", "longitude", "name", "address"}
            return "location", {"location": body.model_dump(include=fields, exclude_none=True)}
        case MediaBody():
            media = simulator.phones.attach(number, body.type, _sample(body), body.caption)
            return body.type, {body.type: media}
        case ReactionBody():
            reaction = {"message_id": body.message_wamid, **({"emoji": body.emoji} if body.emoji else {})}
            return "reaction", {"reaction": reaction}
        case ContactsBody():
            name = {"formatted_name": body.name, "first_name": body.name.split()[0]}
            digits = phone_digits(body.phone) or body.phone
            return "contacts", {
                "contacts": [{"name": name, "phones": [{"phone": body.phone, "wa_id": digits, "type": "CELL"}]}]
            }
        case TemplateButtonBody():
            return "button", {"button": {"payload": body.payload, "text": body.text}}
        case UnsupportedBody():
            return "unsupported", _unsupported(body.kind)


def _unsupported(kind: str) -> dict[str, Any]:
    error = {
        "code": 131051,
        "title": "Message type unknown",
        "message": "Message type unknown",
        "error_data": {"details": "Message type is currently not supported."},
    }
    return {"errors": [error], "unsupported": {"type": kind}}


def _sample(body: MediaBody) -> Sample | None:
    if body.content is None:
        return None
    try:
        content = base64.b64decode(body.content, validate=True)
    except binascii.Error as error:
        raise HTTPException(422, "El archivo no llegó bien.") from error
    return Sample(body.mime_type, content, body.filename)


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _number_row(number: SimulatedNumber) -> dict[str, Any]:
    return {
        "phone_number_id": number.phone_number_id,
        "name": number.verified_name,
        "display_phone": number.display_phone,
    }


def _customer_row(customer: SimulatedCustomer) -> dict[str, Any]:
    return {"wa_id": customer.wa_id, "name": customer.name, "user_id": customer.user_id}
