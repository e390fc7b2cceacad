"""From the bytes of one webhook to its items.

Nothing inside a body raises: an item that cannot be read is listed as malformed and costs none of the others. Only a
body that is no JSON object at all is refused.
"""

from datetime import UTC, datetime
from typing import Any

from marchante.channels.whatsapp.wire_items import (
    AccountItem,
    EchoItem,
    Identity,
    Item,
    MalformedPart,
    MessageItem,
    Pricing,
    ReportedError,
    StatusDetails,
    StatusItem,
    WebhookBody,
    customer_key,
)
from marchante.channels.whatsapp.wire_json import dumps, identifier, loads, mapping, moment, text
from marchante.channels.whatsapp.wire_messages import read_echoes, read_messages, stored_identity
from marchante.channels.whatsapp.wire_parts import Change, Parts
from marchante.channels.whatsapp.wire_statuses import read_statuses, stored_details
from marchante.foundation.kernel.errors import Invalid

__all__ = [
    "AccountItem",
    "EchoItem",
    "Identity",
    "Item",
    "MalformedPart",
    "MessageItem",
    "NotAWebhook",
    "Pricing",
    "ReportedError",
    "StatusDetails",
    "StatusItem",
    "WebhookBody",
    "customer_key",
    "decode_identity",
    "decode_status",
    "parse_webhook",
]

_MAX_FIELD = 100
_CONVERSATION = ("messages", "statuses", "errors")


class NotAWebhook(Invalid):
    """The body is not JSON (`not_json`) or not an object (`not_an_object`)."""

    code = "not_a_webhook"


def parse_webhook(body: bytes, received_at: datetime | None = None) -> WebhookBody:
    """Every item of `body`, in its order. `received_at` (default: now) is the time of an item whose own timestamp
    cannot be read. Raises NotAWebhook, and nothing else.
    """
    try:
        value = loads(body)
    except ValueError as error:
        raise NotAWebhook("the body is not JSON", code="not_json") from error
    if not isinstance(value, dict):
        raise NotAWebhook("the body is not a JSON object", code="not_an_object")
    parts = Parts(received_at or datetime.now(UTC))
    entries = value.get("entry")
    if not isinstance(entries, list):
        parts.reject("no_entry", value)
        entries = []
    for entry in entries:
        _read_entry(entry, parts)
    return WebhookBody(tuple(parts.items), tuple(parts.malformed))


def _read_entry(entry: Any, parts: Parts) -> None:
    waba_id = identifier(mapping(entry).get("id"))
    changes = mapping(entry).get("changes")
    if not isinstance(changes, list):
        parts.reject("no_changes", entry, waba_id)
        return
    for change in changes:
        fields = mapping(change)
        if not isinstance(fields.get("value"), dict):
            parts.reject("no_value", change, waba_id)
            continue
        field = (text(fields.get("field")) or "")[:_MAX_FIELD]
        _read_change(Change(field, fields["value"], waba_id or "", entry.get("time")), parts)


def _read_change(change: Change, parts: Parts) -> None:
    if change.field == "smb_message_echoes":
        read_echoes(change, parts)
    elif change.field in {"messages", ""} and any(name in change.value for name in _CONVERSATION):
        read_messages(change, parts)
        read_statuses(change, parts)
        if change.value.get("errors"):
            value = {"errors": change.value["errors"], "metadata": change.metadata}
            _keep_account(Change("messages.errors", value, change.waba_id, change.time), parts)
    else:
        _keep_account(change, parts)


def _keep_account(change: Change, parts: Parts) -> None:
    raw = {"field": change.field, "value": change.value, "waba_id": change.waba_id, "time": change.time}
    # News of a shop's account may come in an entry of its partner's: then the value names the account.
    named = identifier(mapping(change.value.get("waba_info")).get("waba_id"))
    item = AccountItem(
        field=change.field or "unknown",
        waba_id=named or change.waba_id,
        phone_number_id=change.phone_number_id,
        timestamp=moment(change.time),
        position=parts.position,
        raw=dumps(raw),
    )
    parts.items.append(item)


def decode_identity(raw: bytes) -> Identity:
    """The customer of a stored message or echo (`raw` of its item); an empty identity when nothing can be read."""
    return stored_identity(_stored(raw)) or Identity()


def decode_status(raw: bytes) -> StatusDetails:
    """Price, errors and person of a stored status (`raw` of its item)."""
    return stored_details(_stored(raw))


def _stored(raw: bytes) -> dict[str, Any]:
    try:
        return mapping(loads(raw))
    except ValueError:
        return {}
