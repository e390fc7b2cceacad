"""The frame of a send and the types that are not interactive."""

from collections.abc import Callable
from typing import Any

from marchante.simulator.errors import GraphError, missing, unexpected
from marchante.simulator.limits.interactive import check_interactive
from marchante.simulator.limits.media import check_media
from marchante.simulator.limits.node import Node
from marchante.simulator.limits.template import check_template

_CALLBACK_DATA = 512
_BODY = 4096
_CONTACTS = 257
_NAME_PARTS = ("first_name", "last_name", "middle_name", "suffix", "prefix")


def check_message(request: dict[str, Any]) -> None:
    """Check everything about a send that the request alone tells.

    Raises GraphError 100, 131008 (missing) or 131009 (invalid), naming the parameter.
    """
    _refuse_nulls(request, "")
    node = Node(request)
    if not node.has("messaging_product"):
        raise GraphError(100, message="(#100) The parameter messaging_product is required.")
    node.choice("messaging_product", "whatsapp")
    if not node.has("to") and not node.has("recipient"):
        raise missing("to")
    if node.has("recipient_type") and node.choice("recipient_type", "individual", "group") == "group":
        raise unexpected("recipient_type", "must be individual: this number has no groups")
    node.optional_text("biz_opaque_callback_data", _CALLBACK_DATA)
    if node.has("context"):
        node.child("context").text("message_id")
    kind = node.choice("type", *_CHECKS) if node.has("type") else "text"
    if not node.has(kind):
        raise missing(kind)
    _CHECKS[kind](node)


def _refuse_nulls(value: Any, path: str) -> None:
    """A field that is not meant is left out: a null is a value of the wrong type. Only cards of contacts may have them:
    other people's clients fill every line of a card.
    """
    if path == "contacts":
        return
    if value is None:
        raise unexpected(path, "must not be null")
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        _refuse_nulls(item, f"{path}.{key}" if path else str(key))


def _text(node: Node) -> None:
    text = node.child("text")
    text.only("body", "preview_url")
    text.text("body", _BODY)
    text.boolean("preview_url")


def _location(node: Node) -> None:
    location = node.child("location")
    location.only("latitude", "longitude", "name", "address")
    location.number("latitude", -90, 90)
    location.number("longitude", -180, 180)
    location.optional_text("name")
    location.optional_text("address")


def _contacts(node: Node) -> None:
    for contact in node.children("contacts", 1, _CONTACTS):
        name = contact.child("name")
        name.text("formatted_name")
        if not any(name.has(part) for part in _NAME_PARTS):
            raise missing(name.at("first_name"))


def _reaction(node: Node) -> None:
    reaction = node.child("reaction")
    reaction.only("message_id", "emoji")
    reaction.text("message_id")
    if not reaction.has("emoji"):
        raise missing(reaction.at("emoji"))


def _media(kind: str) -> Callable[[Node], None]:
    return lambda node: check_media(node.child(kind), kind)


_CHECKS: dict[str, Callable[[Node], None]] = {
    "text": _text,
    "image": _media("image"),
    "video": _media("video"),
    "audio": _media("audio"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": lambda node: check_interactive(node.child("interactive")),
    "template": lambda node: check_template(node.child("template")),
}
