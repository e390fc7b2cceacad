"""From one stored message to the value a conversation works with; odd input becomes UnsupportedMessage, no error."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from marchante.channels.whatsapp.inbound_order import read_order
from marchante.channels.whatsapp.inbound_types import (
    ButtonReply,
    ContactsMessage,
    EditedMessage,
    Envelope,
    FlowReply,
    Inbound,
    ListReply,
    LocationMessage,
    MediaMessage,
    OrderedItem,
    OrderMessage,
    Reaction,
    Referral,
    ReferredProduct,
    RevokedMessage,
    SharedContact,
    SharedPhone,
    SystemMessage,
    TemplateButton,
    TextMessage,
    UnsupportedMessage,
)
from marchante.channels.whatsapp.text import clean_tree
from marchante.channels.whatsapp.wire_json import (
    identifier,
    loads,
    mapping,
    moment,
    number,
    phone,
    sequence,
    text,
)
from marchante.channels.whatsapp.wire_messages import type_of
from marchante.channels.whatsapp.wire_statuses import reported_errors

__all__ = [
    "ButtonReply",
    "ContactsMessage",
    "EditedMessage",
    "Envelope",
    "FlowReply",
    "Inbound",
    "ListReply",
    "LocationMessage",
    "MediaMessage",
    "OrderMessage",
    "OrderedItem",
    "Reaction",
    "Referral",
    "ReferredProduct",
    "RevokedMessage",
    "SharedContact",
    "SharedPhone",
    "SystemMessage",
    "TemplateButton",
    "TextMessage",
    "UnsupportedMessage",
    "decode_message",
]

_EPOCH = datetime.fromtimestamp(0, UTC)
_POLE = 90
_DATE_LINE = 180
_Fields = dict[str, Any]


def decode_message(raw: bytes) -> Inbound:
    """The message in `raw`, as `MessageItem.raw` and `EchoItem.raw` hold it."""
    try:
        stored = mapping(loads(raw))
    except ValueError:
        stored = {}
    message = mapping(stored.get("message"))
    envelope = _envelope(message, moment(stored.get("received_at")) or _EPOCH)
    kind = type_of(message)
    read = _READERS.get(kind)
    found = read(envelope, message) if read else None
    return found or _unsupported(envelope, kind, message)


def _envelope(message: _Fields, fallback: datetime) -> Envelope:
    context = mapping(message.get("context"))
    product = mapping(context.get("referred_product"))
    retailer_id = text(product.get("product_retailer_id"))
    return Envelope(
        wamid=identifier(message.get("id")) or "",
        at=moment(message.get("timestamp")) or fallback,
        context_wamid=identifier(context.get("id")),
        forwarded=context.get("forwarded") is True or context.get("frequently_forwarded") is True,
        referral=_referral(message.get("referral")),
        referred_product=ReferredProduct(identifier(product.get("catalog_id")), retailer_id) if retailer_id else None,
    )


def _referral(value: Any) -> Referral | None:
    if not isinstance(value, dict):
        return None
    return Referral(
        source_type=text(value.get("source_type")),
        source_id=identifier(value.get("source_id")),
        source_url=text(value.get("source_url")),
        headline=text(value.get("headline")),
        body=text(value.get("body")),
        click_id=text(value.get("ctwa_clid")),
    )


def _unsupported(envelope: Envelope, kind: str, message: _Fields) -> UnsupportedMessage:
    precise = text(mapping(message.get("unsupported")).get("type"))
    if kind == "interactive":
        precise = f"interactive.{text(mapping(message.get('interactive')).get('type')) or 'unknown'}"
    errors = reported_errors(message.get("errors"))
    return UnsupportedMessage(envelope, precise or kind, errors[0].code if errors else None)


def _text(envelope: Envelope, message: _Fields) -> Inbound | None:
    body = text(mapping(message.get("text")).get("body"))
    return TextMessage(envelope, body) if body else None


def _interactive(envelope: Envelope, message: _Fields) -> Inbound | None:
    reply = mapping(message.get("interactive"))
    kind = text(reply.get("type"))
    if kind == "nfm_reply":
        return _flow_reply(envelope, reply.get("nfm_reply"))
    if kind not in {"button_reply", "list_reply"}:
        return None
    chosen = mapping(reply.get(kind))
    chosen_id, title = text(chosen.get("id")), text(chosen.get("title")) or ""
    if not chosen_id:
        return None
    if kind == "button_reply":
        return ButtonReply(envelope, chosen_id, title)
    return ListReply(envelope, chosen_id, title, text(chosen.get("description")))


def _flow_reply(envelope: Envelope, value: Any) -> Inbound | None:
    if not isinstance(value, dict):
        return None
    written = text(value.get("response_json")) or ""
    try:
        response = loads(written.encode())
    except ValueError:
        response = None
    fields = clean_tree(response) if isinstance(response, dict) else None
    return FlowReply(envelope, fields, text(mapping(fields).get("flow_token")))


def _button(envelope: Envelope, message: _Fields) -> Inbound | None:
    button = mapping(message.get("button"))
    payload, label = text(button.get("payload")), text(button.get("text"))
    if not payload and not label:
        return None
    return TemplateButton(envelope, payload or label or "", label or payload or "")


def _location(envelope: Envelope, message: _Fields) -> Inbound | None:
    place = mapping(message.get("location"))
    latitude, longitude = number(place.get("latitude")), number(place.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > _POLE or abs(longitude) > _DATE_LINE:
        return None
    return LocationMessage(envelope, latitude, longitude, text(place.get("name")), text(place.get("address")))


def _media(envelope: Envelope, message: _Fields) -> Inbound | None:
    kind = type_of(message)
    media = mapping(message.get(kind))
    media_id = identifier(media.get("id"))
    if media_id is None:
        return None
    return MediaMessage(
        envelope=envelope,
        # Older payloads call a voice note `voice`; it is an audio like any other.
        kind="audio" if kind == "voice" else kind,
        media_id=media_id,
        mime_type=text(media.get("mime_type")),
        caption=text(media.get("caption")),
        filename=text(media.get("filename")),
        voice=kind == "voice" or media.get("voice") is True,
        sha256=text(media.get("sha256")),
    )


def _contacts(envelope: Envelope, message: _Fields) -> Inbound | None:
    shared = tuple(_shared(contact) for contact in sequence(message.get("contacts")) if isinstance(contact, dict))
    return ContactsMessage(envelope, shared, message.get("origin") == "contact_request") if shared else None


def _shared(contact: _Fields) -> SharedContact:
    phones = tuple(
        SharedPhone(phone(entry.get("phone")), phone(entry.get("wa_id")))
        for entry in sequence(contact.get("phones"))
        if isinstance(entry, dict)
    )
    return SharedContact(text(mapping(contact.get("name")).get("formatted_name")), phones)


def _reaction(envelope: Envelope, message: _Fields) -> Inbound | None:
    reaction = mapping(message.get("reaction"))
    target = identifier(reaction.get("message_id"))
    return Reaction(envelope, target, text(reaction.get("emoji")) or None) if target else None


def _system(envelope: Envelope, message: _Fields) -> Inbound | None:
    news = mapping(message.get("system"))
    kind = text(news.get("type"))
    if not kind:
        return None
    return SystemMessage(
        envelope=envelope,
        kind=kind,
        body=text(news.get("body")),
        new_wa_id=phone(news.get("wa_id")) or phone(news.get("new_wa_id")),
        new_bsuid=identifier(news.get("user_id")),
    )


def _edit(envelope: Envelope, message: _Fields) -> Inbound | None:
    edit = mapping(message.get("edit"))
    original, edited = identifier(edit.get("original_message_id")), mapping(edit.get("message"))
    if original is None:
        return None
    new = mapping(edited.get(type_of(edited)))
    return EditedMessage(envelope, original, text(new.get("body")) or text(new.get("caption")))


def _revoke(envelope: Envelope, message: _Fields) -> Inbound | None:
    original = identifier(mapping(message.get("revoke")).get("original_message_id"))
    return RevokedMessage(envelope, original) if original else None


_READERS: dict[str, Callable[[Envelope, _Fields], Inbound | None]] = {
    "text": _text,
    "interactive": _interactive,
    "button": _button,
    "location": _location,
    **dict.fromkeys(("image", "audio", "voice", "video", "document", "sticker"), _media),
    "contacts": _contacts,
    "order": read_order,
    "reaction": _reaction,
    "system": _system,
    "edit": _edit,
    "revoke": _revoke,
}
