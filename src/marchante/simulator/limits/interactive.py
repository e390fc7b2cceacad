"""Interactive messages: lists, reply buttons, links and requests for a location or a phone number."""

from collections.abc import Callable

from marchante.simulator.errors import invalid, missing, unexpected
from marchante.simulator.limits.catalog import check_carousel, check_catalog, check_product, check_product_list
from marchante.simulator.limits.media import check_source
from marchante.simulator.limits.node import Node, unique

_BODY = 1024
_HEADER = 60
_FOOTER = 60
_LIST_BUTTON = 20
_SECTIONS = 10
_ROWS = 10
_SECTION_TITLE = 24
_ROW_ID, _ROW_TITLE, _ROW_DESCRIPTION = 200, 24, 72
_BUTTONS = 3
_BUTTON_ID, _BUTTON_TITLE = 256, 20
_LINK_LABEL = 20
_FLOW_LABEL = 20
_MEDIA_HEADERS = ("image", "video", "document")
_PARTS = ("type", "header", "body", "footer", "action")


def check_interactive(node: Node) -> None:
    """Raises GraphError for the first thing Meta would refuse."""
    node.only(*_PARTS)
    _CHECKS[node.choice("type", *_CHECKS)](node)


def _frame(node: Node, *headers: str, body_required: bool = True) -> None:
    """Body, footer and a header of one of the types `headers`."""
    if body_required or node.has("body"):
        node.child("body").text("text", _BODY)
    if node.has("footer"):
        node.child("footer").text("text", _FOOTER)
    if not node.has("header"):
        return
    header = node.child("header")
    kind = header.text("type")
    if kind not in headers:
        raise unexpected(header.at("type"), f"must be one of {{{', '.join(headers)}}}")
    if kind == "text":
        header.text("text", _HEADER)
    else:
        check_source(header.child(kind))


def _list(node: Node) -> None:
    _frame(node, "text")
    action = node.child("action")
    action.only("button", "sections")
    action.text("button", _LIST_BUTTON)
    sections = action.children("sections", 1, _SECTIONS)
    rows: list[Node] = []
    for section in sections:
        section.only("title", "rows")
        if len(sections) > 1 and not section.has("title"):
            raise missing(section.at("title"))
        section.optional_text("title", _SECTION_TITLE)
        rows += section.children("rows", 1, _ROWS)
    if len(rows) > _ROWS:
        raise invalid(action.at("sections"), f"hold {len(rows)} rows in total. Max: {_ROWS}")
    for row in rows:
        row.only("id", "title", "description")
        row.text("title", _ROW_TITLE)
        row.optional_text("description", _ROW_DESCRIPTION)
    unique(rows, "id", [row.text("id", _ROW_ID) for row in rows])


def _buttons(node: Node) -> None:
    _frame(node, "text", *_MEDIA_HEADERS)
    action = node.child("action")
    action.only("buttons")
    replies = [_reply(button) for button in action.children("buttons", 1, _BUTTONS)]
    unique(replies, "title", [reply.text("title", _BUTTON_TITLE) for reply in replies])
    unique(replies, "id", [_button_id(reply) for reply in replies])


def _reply(button: Node) -> Node:
    button.only("type", "reply")
    button.choice("type", "reply")
    reply = button.child("reply")
    reply.only("id", "title")
    return reply


def _button_id(reply: Node) -> str:
    value = reply.text("id", _BUTTON_ID)
    if value != value.strip():
        raise invalid(reply.at("id"), "cannot begin or end with a space")
    return value


def _link(node: Node) -> None:
    _frame(node, "text", *_MEDIA_HEADERS)
    parameters = _named_action(node, "cta_url").child("parameters")
    parameters.only("display_text", "url")
    parameters.text("display_text", _LINK_LABEL)
    parameters.web_address("url")


def _location_request(node: Node) -> None:
    _no_header_or_footer(node)
    _frame(node)
    _named_action(node, "send_location")


def _contact_request(node: Node) -> None:
    _no_header_or_footer(node)
    _frame(node)
    _named_action(node, "request_contact_info")


def _flow(node: Node) -> None:
    _frame(node, "text", *_MEDIA_HEADERS)
    parameters = _named_action(node, "flow").child("parameters")
    parameters.choice("flow_message_version", "3")
    if parameters.has("flow_id") == parameters.has("flow_name"):
        raise invalid(parameters.at("flow_id"), "or 'flow_name' must be given, and only one of them")
    parameters.text("flow_cta", _FLOW_LABEL)
    if parameters.has("mode"):
        parameters.choice("mode", "draft", "published")
    if parameters.has("flow_action"):
        parameters.choice("flow_action", "navigate", "data_exchange")


def _product(node: Node) -> None:
    if node.has("header"):
        raise unexpected(node.at("header"), "is not allowed for a single product")
    _frame(node, body_required=False)
    check_product(node.child("action"))


def _product_list(node: Node) -> None:
    if not node.has("header"):
        raise missing(node.at("header"))
    _frame(node, "text")
    check_product_list(node.child("action"))


def _catalog(node: Node) -> None:
    if node.has("header"):
        raise unexpected(node.at("header"), "is not allowed for a catalog message")
    _frame(node)
    check_catalog(_named_action(node, "catalog_message"))


def _carousel(node: Node) -> None:
    _no_header_or_footer(node)
    _frame(node)
    check_carousel(node.child("action"))


def _named_action(node: Node, name: str) -> Node:
    action = node.child("action")
    action.only("name", "parameters")
    action.choice("name", name)
    return action


def _no_header_or_footer(node: Node) -> None:
    for part in ("header", "footer"):
        if node.has(part):
            raise unexpected(node.at(part), "is not allowed for this interactive type")


_CHECKS: dict[str, Callable[[Node], None]] = {
    "list": _list,
    "button": _buttons,
    "cta_url": _link,
    "location_request_message": _location_request,
    "request_contact_info": _contact_request,
    "flow": _flow,
    "product": _product,
    "product_list": _product_list,
    "catalog_message": _catalog,
    "carousel": _carousel,
}
