"""What a person can write, tap or do in a chat, and the webhook object it becomes."""

import base64
import binascii
import json
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import HTTPException
from pydantic import BaseModel, Field

from marchante.simulator.config import SimulatedNumber
from marchante.simulator.core import Simulator
from marchante.simulator.identifiers import phone_digits
from marchante.simulator.samples import Sample

Part = Literal["contacts", "profile_name", "from", "context", "url"]


class _Timed(BaseModel):
    """`timestamp` (unix seconds) back-dates a message; `context_wamid` is the message it answers.

    `omit` names parts that Meta sometimes leaves out of the webhook.
    """

    timestamp: float | None = None
    context_wamid: str | None = None
    omit: frozenset[Part] = frozenset()


class ReferredProduct(BaseModel):
    """The product of a catalog that a question is about."""

    catalog_id: str
    product_retailer_id: str


class TextBody(_Timed):
    """`advertisement` is the headline of the ad the person came from; `forwarded` how often the text was passed on."""

    type: Literal["text"]
    text: str = Field(min_length=1, max_length=4096)
    advertisement: str | None = None
    forwarded: Literal["once", "often"] | None = None
    product: ReferredProduct | None = None


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
    """`requested`: the person answers a request for the phone number."""

    type: Literal["contacts"]
    name: str
    phone: str
    requested: bool = False


class TemplateButtonBody(_Timed):
    """A tap on a template's quick-reply button."""

    type: Literal["button"]
    payload: str
    text: str


class UnsupportedBody(_Timed):
    """Something WhatsApp does not pass on, such as a poll."""

    type: Literal["unsupported"]
    kind: str = "poll_creation"


class OrderedProduct(BaseModel):
    product_retailer_id: str
    quantity: int = Field(ge=1, le=99)
    item_price: Decimal
    currency: str = "MXN"


class OrderBody(_Timed):
    """A cart filled in WhatsApp's own catalog."""

    type: Literal["order"]
    catalog_id: str
    text: str | None = None
    product_items: list[OrderedProduct] = Field(min_length=1)


class FlowBody(_Timed):
    """A WhatsApp Flow filled in: `answers` become the response, beside the token unless that is None."""

    type: Literal["flow"]
    flow_token: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict)


class EditBody(_Timed):
    """An earlier text written anew."""

    type: Literal["edit"]
    message_wamid: str
    text: str


class RevokeBody(_Timed):
    """An earlier message deleted for everyone."""

    type: Literal["revoke"]
    message_wamid: str


Written = Annotated[
    TextBody
    | ReplyBody
    | LocationBody
    | MediaBody
    | ReactionBody
    | ContactsBody
    | TemplateButtonBody
    | OrderBody
    | FlowBody
    | EditBody
    | RevokeBody
    | UnsupportedBody,
    Field(discriminator="type"),
]


def content_of(simulator: Simulator, number: SimulatedNumber, body: Written) -> tuple[str, dict[str, Any]]:
    """The webhook type of what was written, its object and, for an answer, its context."""
    kind, content = _content(simulator, number, body)
    if body.context_wamid is not None and kind != "reaction" and "context" not in body.omit:
        content["context"] = {"from": number.display_digits, "id": body.context_wamid, **content.get("context", {})}
    if isinstance(body, MediaBody) and "url" in body.omit:
        del content[kind]["url"]
    return kind, content


def _content(simulator: Simulator, number: SimulatedNumber, body: Written) -> tuple[str, dict[str, Any]]:
    match body:
        case TextBody():
            return "text", {"text": {"body": body.text}, **_text_extras(number, body)}
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
        case TemplateButtonBody():
            return "button", {"button": {"payload": body.payload, "text": body.text}}
        case UnsupportedBody():
            return "unsupported", _unsupported(body.kind)
        case _:
            return _of_a_card_or_form(body)


def _of_a_card_or_form(body: ContactsBody | OrderBody | FlowBody | EditBody | RevokeBody) -> tuple[str, dict[str, Any]]:
    match body:
        case ContactsBody():
            return "contacts", _card(body)
        case OrderBody():
            items = [{**item.model_dump(), "item_price": float(item.item_price)} for item in body.product_items]
            return "order", {
                "order": _without_nothing({"catalog_id": body.catalog_id, "text": body.text, "product_items": items})
            }
        case FlowBody():
            answers = json.dumps(_without_nothing({"flow_token": body.flow_token}) | body.answers)
            reply = {"name": "flow", "body": "Sent", "response_json": answers}
            return "interactive", {"interactive": {"type": "nfm_reply", "nfm_reply": reply}}
        case EditBody():
            message = {"type": "text", "text": {"body": body.text}}
            return "edit", {"edit": {"original_message_id": body.message_wamid, "message": message}}
        case RevokeBody():
            return "revoke", {"revoke": {"original_message_id": body.message_wamid}}


def _text_extras(number: SimulatedNumber, body: TextBody) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if body.forwarded is not None:
        extras["context"] = {"forwarded" if body.forwarded == "once" else "frequently_forwarded": True}
    if body.product is not None:
        extras["context"] = {"from": number.display_digits, "referred_product": body.product.model_dump()}
    if body.advertisement is not None:
        extras["referral"] = {
            "source_url": "https://fb.me/ad",
            "source_id": "120210000000000001",
            "source_type": "ad",
            "headline": body.advertisement,
            "body": body.advertisement,
            "media_type": "image",
            "image_url": "https://scontent.example/ad.jpg",
            "ctwa_clid": "ARA-simulated",
        }
    return extras


def _card(body: ContactsBody) -> dict[str, Any]:
    name = {"formatted_name": body.name, "first_name": body.name.split()[0]}
    digits = phone_digits(body.phone) or body.phone
    card = {"name": name, "phones": [{"phone": body.phone, "wa_id": digits, "type": "CELL"}]}
    return {"contacts": [card], **({"origin": "contact_request"} if body.requested else {})}


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
