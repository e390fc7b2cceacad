"""What Meta takes when a template is created or edited."""

import re
from typing import Any

from marchante.simulator.errors import GraphError, invalid, missing
from marchante.simulator.limits.node import Node

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
CATEGORIES = ("MARKETING", "UTILITY", "AUTHENTICATION")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_KINDS = ("HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER")
_FORMATS = ("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "PRODUCT", "GIF")
_TEXT_LIMITS = {"HEADER": 60, "BODY": 1024, "FOOTER": 60}
_TOO_LONG, _AT_THE_EDGE = 2388040, 2388299
_WRONG_FORMAT = {"HEADER": 2388047, "BODY": 2388072, "FOOTER": 2388073}
_EXAMPLES = {"HEADER": ("header_text", "header_text_named_params"), "BODY": ("body_text", "body_text_named_params")}
_BUTTONS = 10
_BUTTON_TEXT = 25
_BUTTONS_OF_A_KIND = {"URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1}
_TIMES_TO_LIVE = {"UTILITY": (30, 43_200), "AUTHENTICATION": (30, 900), "MARKETING": (43_200, 2_592_000)}


def check_definition(request: dict[str, Any]) -> None:
    """Raises GraphError 131008/131009 for the frame, 100 with Meta's subcode for what a component may not be."""
    for key in ("name", "language", "category", "components"):
        if not request.get(key):
            raise missing(key)
    if _NAME.fullmatch(str(request["name"])) is None:
        raise invalid("name", "may only hold lower-case letters, digits and underscores, 512 at most")
    if category_of(request) not in CATEGORIES:
        raise invalid("category", f"must be one of {', '.join(CATEGORIES)}")
    _time_to_live(request)
    check_components(request["components"])


def check_components(components: Any) -> None:
    """The parts of a template: exactly one body, at most one of the others."""
    parts = Node({"components": components}).children("components", 1, len(_KINDS))
    kinds = [part.text("type").upper() for part in parts]
    for part, kind in zip(parts, kinds, strict=True):
        if kind not in _KINDS:
            raise invalid(part.at("type"), f"must be one of {', '.join(_KINDS)}")
        if kinds.count(kind) > 1:
            raise invalid("components", f"hold more than one {kind}")
        if kind == "BUTTONS":
            _buttons(part)
        elif kind in _TEXT_LIMITS:
            _text(part, kind)
    if "BODY" not in kinds:
        raise missing("components.BODY")


def category_of(request: dict[str, Any]) -> str:
    return str(request["category"]).upper()


def _time_to_live(request: dict[str, Any]) -> None:
    if request.get("message_send_ttl_seconds") is None:
        return
    least, most = _TIMES_TO_LIVE[category_of(request)]
    Node(request).number("message_send_ttl_seconds", least, most)


def _text(part: Node, kind: str) -> None:
    if kind == "HEADER" and str(part.value.get("format", "TEXT")).upper() != "TEXT":
        if str(part.value["format"]).upper() not in _FORMATS:
            raise _refused(kind, _WRONG_FORMAT[kind], f"format must be one of {', '.join(_FORMATS)}")
        return
    text = part.value.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _refused(kind, _WRONG_FORMAT[kind], "needs a text")
    if len(text) > _TEXT_LIMITS[kind]:
        raise _refused(kind, _TOO_LONG, f"has {len(text)} characters. Max: {_TEXT_LIMITS[kind]}")
    _variables(part, kind, text)


def _variables(part: Node, kind: str, text: str) -> None:
    found = list(VARIABLE.finditer(text))
    if not found:
        return
    if kind == "FOOTER" or (kind == "HEADER" and len(found) > 1):
        raise _refused(kind, _WRONG_FORMAT[kind], "holds more variables than it may")
    if kind == "BODY" and (found[0].start() == 0 or found[-1].end() == len(text.rstrip())):
        raise _refused(kind, _AT_THE_EDGE, "may not begin or end with a variable")
    example = part.value.get("example")
    if not isinstance(example, dict) or not any(example.get(key) for key in _EXAMPLES[kind]):
        raise _refused(kind, _WRONG_FORMAT[kind], "needs an example for its variables")


def _buttons(part: Node) -> None:
    buttons = part.children("buttons", 1, _BUTTONS)
    kinds = [button.text("type").upper() for button in buttons]
    for kind, most in _BUTTONS_OF_A_KIND.items():
        if kinds.count(kind) > most:
            raise invalid(part.at("buttons"), f"hold more than {most} of type {kind}")
    for button, kind in zip(buttons, kinds, strict=True):
        if kind not in {"COPY_CODE", "OTP"}:
            button.optional_text("text", _BUTTON_TEXT)
        if kind == "URL":
            button.web_address("url")


def _refused(kind: str, subcode: int, why: str) -> GraphError:
    return GraphError(100, f"Component of type {kind} {why}", subcode=subcode)
