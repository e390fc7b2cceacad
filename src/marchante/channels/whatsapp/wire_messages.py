"""Messages of customers, and the echoes of what the shop typed in its own app."""

from typing import Any

from marchante.channels.whatsapp.wire_identity import Contacts, identity_of, person
from marchante.channels.whatsapp.wire_items import EchoItem, Identity, MessageItem
from marchante.channels.whatsapp.wire_json import dumps, identifier, mapping, moment, sequence, text
from marchante.channels.whatsapp.wire_parts import Change, Parts

# Taps and finished forms: nothing more is coming, the customer is waiting for us.
_COMPLETE = frozenset({"button", "interactive", "order", "reaction", "revoke", "system", "request_welcome"})
_MAX_TYPE = 64


def read_messages(change: Change, parts: Parts) -> None:
    """Every message of a `messages` change."""
    messages = change.value.get("messages")
    if messages is None:
        return
    if not isinstance(messages, list):
        parts.reject("messages_not_a_list", change.value, change.waba_id, change.phone_number_id)
        return
    contacts = Contacts(sequence(change.value.get("contacts")), len(messages))
    for message in messages:
        _read_message(message, contacts, change, parts)


def _read_message(message: Any, contacts: Contacts, change: Change, parts: Parts) -> None:
    fields = mapping(message)
    wa_id, bsuid = person(fields.get("from"), fields.get("from_user_id"))
    contact = contacts.find(wa_id, bsuid)
    sender = identity_of(wa_id, bsuid, contact)
    number, wamid = change.phone_number_id, identifier(fields.get("id"))
    raw = {"message": message, "contact": contact, "metadata": change.metadata}
    if number is None or wamid is None or sender is None:
        parts.reject(_missing(message, number, wamid), raw, change.waba_id, number)
        return
    kind = type_of(fields)
    item = MessageItem(
        phone_number_id=number,
        waba_id=change.waba_id,
        wamid=wamid,
        sender=sender,
        type=kind,
        timestamp=moment(fields.get("timestamp")) or parts.received_at,
        position=parts.position,
        raw=_stored(raw, parts),
        group_id=identifier(fields.get("group_id")),
        waits=_waits(kind, fields),
    )
    parts.items.append(item)


def read_echoes(change: Change, parts: Parts) -> None:
    """Every message the shop sent from its phone (`smb_message_echoes`)."""
    echoes = change.value.get("message_echoes")
    if not isinstance(echoes, list):
        parts.reject("echoes_not_a_list", change.value, change.waba_id, change.phone_number_id)
        return
    contacts = Contacts(sequence(change.value.get("contacts")), len(echoes))
    for echo in echoes:
        _read_echo(echo, contacts, change, parts)


def _read_echo(echo: Any, contacts: Contacts, change: Change, parts: Parts) -> None:
    fields = mapping(echo)
    wa_id, bsuid = person(fields.get("to"), fields.get("to_user_id"))
    contact = contacts.find(wa_id, bsuid)
    recipient = identity_of(wa_id, bsuid, contact)
    number, wamid = change.phone_number_id, identifier(fields.get("id"))
    raw = {"message": echo, "contact": contact, "metadata": change.metadata}
    if number is None or wamid is None or recipient is None:
        parts.reject(_missing(echo, number, wamid), raw, change.waba_id, number)
        return
    item = EchoItem(
        phone_number_id=number,
        waba_id=change.waba_id,
        wamid=wamid,
        recipient=recipient,
        type=type_of(fields),
        timestamp=moment(fields.get("timestamp")) or parts.received_at,
        position=parts.position,
        raw=_stored(raw, parts),
    )
    parts.items.append(item)


def _stored(raw: dict[str, Any], parts: Parts) -> bytes:
    if moment(raw["message"].get("timestamp")) is None:
        # The stored message must keep telling one time, however often it is decoded.
        raw["received_at"] = int(parts.received_at.timestamp())
    return dumps(raw)


def _missing(message: Any, number: str | None, wamid: str | None) -> str:
    if not isinstance(message, dict):
        return "not_an_object"
    if number is None:
        return "no_phone_number_id"
    return "no_id" if wamid is None else "no_person"


def type_of(message: dict[str, Any]) -> str:
    """Meta's name of the message type; "unknown" when it gave none."""
    return (text(message.get("type")) or "")[:_MAX_TYPE] or "unknown"


def _waits(kind: str, message: dict[str, Any]) -> bool:
    if kind == "location":
        # A location that answers our request for one is complete; a spontaneous one is often followed by text.
        return identifier(mapping(message.get("context")).get("id")) is None
    return kind not in _COMPLETE


def stored_identity(raw: dict[str, Any]) -> Identity | None:
    """The customer of a stored message or echo."""
    message, contact = mapping(raw.get("message")), mapping(raw.get("contact"))
    echo = "to" in message or "to_user_id" in message
    names = ("to", "to_user_id") if echo else ("from", "from_user_id")
    wa_id, bsuid = person(message.get(names[0]), message.get(names[1]))
    return identity_of(wa_id, bsuid, contact)
