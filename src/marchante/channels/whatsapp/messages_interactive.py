"""Buttons, lists, links and requests: messages a customer answers with a tap."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marchante.channels.whatsapp.messages_basic import Document, Image, Payload, Video, without_none
from marchante.channels.whatsapp.messages_limits import (
    BODY,
    FOOTER,
    HEADER,
    MessageLimitError,
    check_count,
    check_id,
    check_link,
    check_optional,
    check_text,
    check_unique,
)

Header = str | Image | Video | Document
"""A title of up to 60 characters, or a picture, video or document without caption."""

_BUTTON_TITLE = 20
_BUTTON_ID = 256
_MOST_BUTTONS = 3
_LIST_BUTTON = 20
_ROW_ID = 200
_ROW_TITLE = 24
_ROW_DESCRIPTION = 72
_SECTION_TITLE = 24
_MOST_SECTIONS = 10
_MOST_ROWS = 10
_LABEL = 20
_ID = 512


def check_around(body: str | None, header: Header | None, footer: str | None) -> None:
    """What surrounds the part one taps."""
    check_optional("interactive.body", body, BODY)
    check_optional("interactive.footer", footer, FOOTER)
    if isinstance(header, str):
        check_text("interactive.header", header, HEADER)
    elif header is not None and header.caption is not None:
        raise MessageLimitError("not_allowed", "interactive.header.caption")


def interactive(kind: str, body: str | None, header: Header | None, footer: str | None, action: Payload) -> Payload:
    """The object all interactive messages share."""
    head: Payload | None = None
    if isinstance(header, str):
        head = {"type": "text", "text": header}
    elif header is not None:
        head = header.as_payload()
    around = {
        "header": head,
        "body": {"text": body} if body is not None else None,
        "footer": {"text": footer} if footer is not None else None,
    }
    return {"type": "interactive", "interactive": {"type": kind, **without_none(around), "action": action}}


@dataclass(frozen=True, slots=True)
class Button:
    """`id` comes back in the reply: it carries what the button acts on."""

    id: str
    title: str

    def __post_init__(self) -> None:
        check_id("button.id", self.id, _BUTTON_ID)
        check_text("button.title", self.title, _BUTTON_TITLE)


@dataclass(frozen=True, slots=True)
class ReplyButtons:
    """One to three buttons below a text."""

    body: str
    buttons: tuple[Button, ...]
    header: Header | None = None
    footer: str | None = None

    def __post_init__(self) -> None:
        check_text("interactive.body", self.body, BODY)
        check_around(self.body, self.header, self.footer)
        check_count("buttons", len(self.buttons), 1, _MOST_BUTTONS)
        check_unique("button.id", [button.id for button in self.buttons])
        check_unique("button.title", [button.title for button in self.buttons])

    def as_payload(self) -> Payload:
        buttons = [{"type": "reply", "reply": {"id": button.id, "title": button.title}} for button in self.buttons]
        return interactive("button", self.body, self.header, self.footer, {"buttons": buttons})


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str | None = None

    def __post_init__(self) -> None:
        check_id("row.id", self.id, _ROW_ID)
        check_text("row.title", self.title, _ROW_TITLE)
        check_optional("row.description", self.description, _ROW_DESCRIPTION)


@dataclass(frozen=True, slots=True)
class Section:
    """`title` may be empty when the list has only this section."""

    title: str
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        check_optional("section.title", self.title or None, _SECTION_TITLE)
        check_count("section.rows", len(self.rows), 1, _MOST_ROWS)


@dataclass(frozen=True, slots=True)
class ListMenu:
    """A menu of up to ten rows in all, opened by `button`."""

    body: str
    button: str
    sections: tuple[Section, ...]
    header: str | None = None
    footer: str | None = None

    def __post_init__(self) -> None:
        check_text("interactive.body", self.body, BODY)
        check_around(self.body, self.header, self.footer)
        check_text("action.button", self.button, _LIST_BUTTON)
        check_count("sections", len(self.sections), 1, _MOST_SECTIONS)
        rows = [row for section in self.sections for row in section.rows]
        check_count("rows", len(rows), 1, _MOST_ROWS)
        check_unique("row.id", [row.id for row in rows])
        check_section_titles([section.title for section in self.sections])

    def as_payload(self) -> Payload:
        sections = [
            without_none(
                {
                    "title": section.title or None,
                    "rows": [
                        without_none({"id": row.id, "title": row.title, "description": row.description})
                        for row in section.rows
                    ],
                }
            )
            for section in self.sections
        ]
        return interactive("list", self.body, self.header, self.footer, {"button": self.button, "sections": sections})


def check_section_titles(titles: list[str]) -> None:
    """With more than one section each needs a title."""
    if len(titles) > 1 and not all(title.strip() for title in titles):
        raise MessageLimitError("required", "section.title")


@dataclass(frozen=True, slots=True)
class LocationRequest:
    """A button that sends the customer's location."""

    body: str

    def __post_init__(self) -> None:
        check_text("interactive.body", self.body, BODY)

    def as_payload(self) -> Payload:
        return interactive("location_request_message", self.body, None, None, {"name": "send_location"})


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """A button that shares the customer's phone: for people who write under a username."""

    body: str

    def __post_init__(self) -> None:
        check_text("interactive.body", self.body, BODY)

    def as_payload(self) -> Payload:
        return interactive("request_contact_info", self.body, None, None, {"name": "request_contact_info"})


@dataclass(frozen=True, slots=True)
class CallToAction:
    """A button that opens a web page."""

    body: str
    label: str
    url: str
    header: Header | None = None
    footer: str | None = None

    def __post_init__(self) -> None:
        check_text("interactive.body", self.body, BODY)
        check_around(self.body, self.header, self.footer)
        check_text("action.display_text", self.label, _LABEL)
        check_link("action.url", self.url)

    def as_payload(self) -> Payload:
        action = {"name": "cta_url", "parameters": {"display_text": self.label, "url": self.url}}
        return interactive("cta_url", self.body, self.header, self.footer, action)


@dataclass(frozen=True, slots=True)
class FlowMessage:
    """A button that opens a form. Give `flow_id` or `flow_name`; the reply has no flow id, so `token` must tell which
    form it was. With a `screen` the form opens there, filled with `data`; without, the form's endpoint is asked.
    """

    body: str
    label: str
    token: str
    flow_id: str | None = None
    flow_name: str | None = None
    screen: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    draft: bool = False
    header: Header | None = None
    footer: str | None = None

    def __post_init__(self) -> None:
        check_text("interactive.body", self.body, BODY)
        check_around(self.body, self.header, self.footer)
        check_text("action.flow_cta", self.label, _LABEL)
        check_id("action.flow_token", self.token, _ID)
        if (self.flow_id is None) == (self.flow_name is None):
            raise MessageLimitError("required" if self.flow_id is None else "not_allowed", "action.flow_id|flow_name")

    def as_payload(self) -> Payload:
        opening = None
        if self.screen is not None:
            opening = {"screen": self.screen} | ({"data": dict(self.data)} if self.data else {})
        parameters = {
            "flow_message_version": "3",
            "flow_id": self.flow_id,
            "flow_name": self.flow_name,
            "flow_cta": self.label,
            "flow_token": self.token,
            "mode": "draft" if self.draft else None,
            "flow_action": "navigate" if opening else "data_exchange",
            "flow_action_payload": opening,
        }
        action = {"name": "flow", "parameters": without_none(parameters)}
        return interactive("flow", self.body, self.header, self.footer, action)
