"""Webhook bodies as Meta writes them: ASCII-escaped JSON, string timestamps, one entry per update."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

SECRET = "the app secret of the tests"
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)

Change = dict[str, Any]


def message(
    number: str,
    sender: str,
    wamid: str,
    text: str | None = None,
    *,
    at: datetime = NOON,
    name: str = "Lupe Rojas",
    **content: Any,
) -> Change:
    """A customer's message; without `text`, `content` gives the type and its object."""
    said = {"type": "text", "text": {"body": text}} if text is not None else content
    return _change(
        number,
        contacts=[{"profile": {"name": name}, "wa_id": sender}],
        messages=[{"from": sender, "id": wamid, "timestamp": str(int(at.timestamp())), **said}],
    )


def button(
    number: str, sender: str, wamid: str, id_: str, title: str, *, at: datetime = NOON, name: str = "Lupe Rojas"
) -> Change:
    reply = {"type": "button_reply", "button_reply": {"id": id_, "title": title}}
    return message(number, sender, wamid, at=at, name=name, type="interactive", interactive=reply)


def row(
    number: str, sender: str, wamid: str, id_: str, title: str, *, at: datetime = NOON, name: str = "Lupe Rojas"
) -> Change:
    reply = {"type": "list_reply", "list_reply": {"id": id_, "title": title}}
    return message(number, sender, wamid, at=at, name=name, type="interactive", interactive=reply)


def status(
    number: str, wamid: str, state: str, *, recipient: str = "5212281000001", at: datetime = NOON, **more: Any
) -> Change:
    entry = {"id": wamid, "status": state, "timestamp": str(int(at.timestamp())), "recipient_id": recipient, **more}
    return _change(number, statuses=[entry])


def webhook(changes: Sequence[Change], *, extra: Sequence[Any] = ()) -> bytes:
    entries = [{"id": "WABA", "changes": [change]} for change in [*changes, *extra]]
    return json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode("ascii")


def _change(number: str, **value: Any) -> Change:
    metadata = {"display_phone_number": "15550000000", "phone_number_id": number}
    return {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
