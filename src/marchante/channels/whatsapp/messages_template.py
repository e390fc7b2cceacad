"""Templates: the only messages that may be sent outside the 24-hour window."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from marchante.channels.whatsapp.messages_basic import Document, Image, Location, Payload, Video, without_none
from marchante.channels.whatsapp.messages_limits import MessageLimitError, check_count, check_text

_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
# Meta refuses these inside a variable (132018): it would change the approved look.
_BREAKS_LAYOUT = re.compile(r"[\n\t]| {5,}")
_PARAMETER = 1024
_MOST_BUTTONS = 10


@dataclass(frozen=True, slots=True)
class TextParameter:
    """The value of one variable: a single line. `name` only for templates with named variables."""

    text: str
    name: str | None = None

    def __post_init__(self) -> None:
        check_text("parameter.text", self.text, _PARAMETER)
        if _BREAKS_LAYOUT.search(self.text):
            raise MessageLimitError("format", "parameter.text")

    def fields(self) -> Payload:
        return without_none({"type": "text", "parameter_name": self.name, "text": self.text})


@dataclass(frozen=True, slots=True)
class CurrencyParameter:
    """An amount WhatsApp writes the way the customer's phone does; `fallback` where it cannot."""

    fallback: str
    amount: Decimal
    code: str = "MXN"
    name: str | None = None

    def __post_init__(self) -> None:
        check_text("parameter.currency.fallback_value", self.fallback, _PARAMETER)

    def fields(self) -> Payload:
        thousandths = int((self.amount * 1000).to_integral_value())
        currency = {"fallback_value": self.fallback, "code": self.code, "amount_1000": thousandths}
        return without_none({"type": "currency", "parameter_name": self.name, "currency": currency})


@dataclass(frozen=True, slots=True)
class DateTimeParameter:
    """A moment, already written in words."""

    text: str
    name: str | None = None

    def __post_init__(self) -> None:
        check_text("parameter.date_time.fallback_value", self.text, _PARAMETER)

    def fields(self) -> Payload:
        return without_none(
            {"type": "date_time", "parameter_name": self.name, "date_time": {"fallback_value": self.text}}
        )


@dataclass(frozen=True, slots=True)
class AttachmentParameter:
    """A picture, video, document or place in the header."""

    attachment: Image | Video | Document | Location

    def fields(self) -> Payload:
        return self.attachment.as_payload()


@dataclass(frozen=True, slots=True)
class PayloadParameter:
    """What a quick-reply button sends back."""

    payload: str

    def __post_init__(self) -> None:
        check_text("parameter.payload", self.payload, _PARAMETER)

    def fields(self) -> Payload:
        return {"type": "payload", "payload": self.payload}


@dataclass(frozen=True, slots=True)
class ActionParameter:
    """What a flow or catalogue button opens, in Meta's words (`flow_token`, `thumbnail_product_retailer_id` …)."""

    action: Mapping[str, Any]

    def fields(self) -> Payload:
        return {"type": "action", "action": dict(self.action)}


Parameter = (
    TextParameter | CurrencyParameter | DateTimeParameter | AttachmentParameter | PayloadParameter | ActionParameter
)


@dataclass(frozen=True, slots=True)
class TemplateComponent:
    """The values of one part of a template. Buttons also say which one (`index`, from 0) and of what kind (`sub_type`:
    quick_reply, url, flow, catalog …).
    """

    type: Literal["header", "body", "button"]
    parameters: tuple[Parameter, ...]
    sub_type: str | None = None
    index: int | None = None

    def __post_init__(self) -> None:
        is_button = self.type == "button"
        if is_button != (self.sub_type is not None) or is_button != (self.index is not None):
            raise MessageLimitError("required" if is_button else "not_allowed", "component.sub_type|index")
        if self.index is not None:
            check_count("component.index", self.index, 0, _MOST_BUTTONS - 1)

    def fields(self) -> Payload:
        return without_none(
            {
                "type": self.type,
                "sub_type": self.sub_type,
                "index": str(self.index) if self.index is not None else None,
                "parameters": [parameter.fields() for parameter in self.parameters],
            }
        )


@dataclass(frozen=True, slots=True)
class Template:
    """An approved template. The language must match exactly (`es_MX`): Meta falls back to no other."""

    name: str
    language: str
    components: tuple[TemplateComponent, ...] = ()

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None:
            raise MessageLimitError("format", "template.name")
        if _LANGUAGE.fullmatch(self.language) is None:
            raise MessageLimitError("format", "template.language")

    def as_payload(self) -> Payload:
        template: Payload = {"name": self.name, "language": {"code": self.language}}
        if self.components:
            template["components"] = [component.fields() for component in self.components]
        return {"type": "template", "template": template}
