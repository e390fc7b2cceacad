"""The shape of a template send; whether the template exists is asked elsewhere."""

import re
from collections.abc import Callable

from marchante.simulator.errors import GraphError, invalid, missing
from marchante.simulator.limits.media import check_source
from marchante.simulator.limits.node import Node

_NAME = re.compile(r"[a-z0-9_]{1,512}")
_COMPONENTS = 20
_PARAMETERS = 100
_BUTTON_INDEX = range(10)
_BAD_SPACING = re.compile(r"[\n\t]| {5,}")
_BUTTON_KINDS = ("quick_reply", "url", "catalog", "flow", "copy_code", "mpm", "order_details", "voice_call")


def check_template(template: Node) -> None:
    """Raises GraphError for the first thing Meta would refuse without looking the template up."""
    template.only("name", "language", "components", "namespace")
    if _NAME.fullmatch(template.text("name")) is None:
        raise invalid(template.at("name"), "may only hold lower-case letters, digits and underscores, 512 at most")
    language = template.child("language")
    language.text("code")
    if language.has("policy"):
        language.choice("policy", "deterministic")
    if not template.has("components"):
        return
    for component in template.children("components", 0, _COMPONENTS):
        _component(component)


def _component(component: Node) -> None:
    if component.word("type", "header", "body", "button", "carousel", "limited_time_offer") == "button":
        component.word("sub_type", *_BUTTON_KINDS)
        _button_index(component)
    if not component.has("parameters"):
        return
    for parameter in component.children("parameters", 0, _PARAMETERS):
        _parameter(parameter)


def _button_index(component: Node) -> None:
    if not component.has("index"):
        raise missing(component.at("index"))
    if str(component.value["index"]) not in {str(index) for index in _BUTTON_INDEX}:
        raise invalid(component.at("index"), "must be 0 to 9")


def _parameter(parameter: Node) -> None:
    kind = parameter.word("type", *_PARAMETER_CHECKS)
    _PARAMETER_CHECKS[kind](parameter)


def _text(parameter: Node) -> None:
    text = parameter.text("text")
    if _BAD_SPACING.search(text):
        raise GraphError(
            132018,
            f"Parameter '{parameter.at('text')}' cannot have new-line/tab characters or more than 4 consecutive spaces",
        )
    parameter.optional_text("parameter_name")


def _currency(parameter: Node) -> None:
    currency = parameter.child("currency")
    currency.text("fallback_value")
    currency.text("code", 3)
    currency.number("amount_1000", 0, 10**12)


def _date_time(parameter: Node) -> None:
    parameter.child("date_time").text("fallback_value")


def _source(kind: str) -> Callable[[Node], None]:
    return lambda parameter: check_source(parameter.child(kind))


def _location(parameter: Node) -> None:
    location = parameter.child("location")
    location.number("latitude", -90, 90)
    location.number("longitude", -180, 180)


def _payload(parameter: Node) -> None:
    parameter.text("payload")


def _coupon(parameter: Node) -> None:
    parameter.text("coupon_code", 15)


def _action(parameter: Node) -> None:
    parameter.child("action")


_PARAMETER_CHECKS: dict[str, Callable[[Node], None]] = {
    "text": _text,
    "currency": _currency,
    "date_time": _date_time,
    "image": _source("image"),
    "video": _source("video"),
    "document": _source("document"),
    "location": _location,
    "payload": _payload,
    "coupon_code": _coupon,
    "action": _action,
}
