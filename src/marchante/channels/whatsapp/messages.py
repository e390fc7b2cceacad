"""What we send: frozen messages, valid by Meta's limits from the moment they are made, and the frame around them.

The outbox stores `payload(message)`, which names no recipient; the sender puts `frame` around it just before the POST.
"""

from dataclasses import dataclass
from typing import Any

from marchante.channels.whatsapp.messages_basic import (
    Audio,
    Contact,
    ContactPhone,
    Contacts,
    Document,
    Image,
    Location,
    Payload,
    ReactionTo,
    Sticker,
    Text,
    Video,
)
from marchante.channels.whatsapp.messages_interactive import (
    Button,
    CallToAction,
    ContactRequest,
    FlowMessage,
    Header,
    ListMenu,
    LocationRequest,
    ReplyButtons,
    Row,
    Section,
)
from marchante.channels.whatsapp.messages_limits import CALLBACK_DATA, MessageLimitError
from marchante.channels.whatsapp.messages_products import CatalogMessage, ProductList, ProductMessage, ProductSection
from marchante.channels.whatsapp.messages_template import (
    ActionParameter,
    AttachmentParameter,
    CurrencyParameter,
    DateTimeParameter,
    Parameter,
    PayloadParameter,
    Template,
    TemplateComponent,
    TextParameter,
)
from marchante.channels.whatsapp.text import clean_tree, escape_formatting, fit
from marchante.foundation.kernel.phone import as_sendable

__all__ = [
    "ActionParameter",
    "AttachmentParameter",
    "Audio",
    "Button",
    "CallToAction",
    "CatalogMessage",
    "Contact",
    "ContactPhone",
    "ContactRequest",
    "Contacts",
    "CurrencyParameter",
    "DateTimeParameter",
    "Document",
    "FlowMessage",
    "Header",
    "Image",
    "ListMenu",
    "Location",
    "LocationRequest",
    "MessageLimitError",
    "OutboundMessage",
    "Parameter",
    "Payload",
    "PayloadParameter",
    "ProductList",
    "ProductMessage",
    "ProductSection",
    "ReactionTo",
    "Recipient",
    "ReplyButtons",
    "Row",
    "Section",
    "Sticker",
    "Template",
    "TemplateComponent",
    "Text",
    "TextParameter",
    "Video",
    "escape_formatting",
    "fit",
    "frame",
    "payload",
    "read_receipt",
    "to_wire",
]

OutboundMessage = (
    Text
    | ReplyButtons
    | ListMenu
    | LocationRequest
    | ContactRequest
    | CallToAction
    | Location
    | Image
    | Video
    | Document
    | Audio
    | Sticker
    | Contacts
    | ReactionTo
    | Template
    | ProductMessage
    | ProductList
    | CatalogMessage
    | FlowMessage
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to: the phone as received if known, else the BSUID. With both, the phone is used."""

    phone: str | None = None
    bsuid: str | None = None

    def __post_init__(self) -> None:
        if not self.phone and not self.bsuid:
            raise MessageLimitError("required", "to|recipient")


def payload(message: OutboundMessage) -> Payload:
    """`message` as JSON values ready for a jsonb column: its type and its object, nothing about the recipient."""
    cleaned: Payload = clean_tree(message.as_payload())
    return cleaned


def frame(
    body: Payload, recipient: Recipient, callback_data: str | None = None, reply_to: str | None = None
) -> dict[str, Any]:
    """The whole request for a stored `payload`. `callback_data` (at most 512 characters) comes back with every status
    of this message; `reply_to` is the wamid it quotes.
    """
    if callback_data is not None and len(callback_data) > CALLBACK_DATA:
        raise MessageLimitError("too_long", "biz_opaque_callback_data", CALLBACK_DATA, len(callback_data))
    whole: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    if recipient.phone:
        whole["to"] = as_sendable(recipient.phone)
    else:
        whole["recipient"] = recipient.bsuid
    if reply_to is not None:
        whole["context"] = {"message_id": reply_to}
    if callback_data is not None:
        whole["biz_opaque_callback_data"] = callback_data
    return whole | body


def to_wire(
    message: OutboundMessage, to: Recipient, callback_data: str | None = None, reply_to: str | None = None
) -> dict[str, Any]:
    """The whole request for `message`."""
    return frame(payload(message), to, callback_data, reply_to)


def read_receipt(wamid: str, *, typing: bool) -> dict[str, Any]:
    """Blue ticks for `wamid` and all before it; `typing` also shows "escribiendo…" for up to 25 s. Not billed."""
    receipt: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    if typing:
        receipt["typing_indicator"] = {"type": "text"}
    return receipt
