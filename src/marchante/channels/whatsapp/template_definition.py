"""A template as a shop registers it with Meta, and the message that fills it in."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from marchante.channels.whatsapp.messages_limits import BODY, FOOTER, MessageLimitError, check_optional, check_text
from marchante.channels.whatsapp.messages_template import Template, TemplateComponent, TextParameter
from marchante.channels.whatsapp.text import fit

_VARIABLE = re.compile(r"\{\{([a-z0-9_]+)\}\}")
_BLANKS = re.compile(r"\s+")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
# Meta refuses a body that is little more than its variables.
_WORDS_PER_VARIABLE = 2
# Of one variable: the whole body has 1,024 characters.
_VALUE = 200


@dataclass(frozen=True)
class TemplateDefinition:
    """Named variables in a body of text; `examples` has a value for each, which Meta asks for.

    Raises MessageLimitError for what Meta would refuse: a definition that is wrong does not even start.
    """

    name: str
    body: str
    examples: tuple[tuple[str, str], ...]
    language: str = "es_MX"
    category: Literal["UTILITY", "MARKETING", "AUTHENTICATION"] = "UTILITY"
    footer: str | None = None

    def __post_init__(self) -> None:
        place = f"template {self.name}"
        if _NAME.fullmatch(self.name) is None:
            raise MessageLimitError("format", f"{place}.name")
        check_text(f"{place}.body", self.body, BODY)
        check_optional(f"{place}.footer", self.footer, FOOTER)
        variables = tuple(_VARIABLE.findall(self.body))
        if variables != tuple(name for name, _ in self.examples) or "{{" in _VARIABLE.sub("", self.body):
            raise MessageLimitError("format", f"{place}.examples")
        if any(not example.strip() for _, example in self.examples):
            raise MessageLimitError("empty", f"{place}.examples")
        if _VARIABLE.match(self.body) or self.body.endswith("}}") or "}}{{" in _BLANKS.sub("", self.body):
            raise MessageLimitError("format", f"{place}.body")
        if len(_VARIABLE.sub(" ", self.body).split()) < _WORDS_PER_VARIABLE * len(variables):
            raise MessageLimitError("too_few", f"{place}.body")

    def filled(self, **values: str) -> Template:
        """The message with these values, each on one line. Raises MessageLimitError when one is missing or too many."""
        if set(values) != {name for name, _ in self.examples}:
            raise MessageLimitError("required", f"template {self.name}.parameters")
        parameters = tuple(
            TextParameter(fit(_BLANKS.sub(" ", values[name]).strip(), _VALUE) or "-", name) for name, _ in self.examples
        )
        return Template(self.name, self.language, (TemplateComponent("body", parameters),))

    def text(self, **values: str) -> str:
        """What the customer reads."""
        return _VARIABLE.sub(lambda found: values[found[1]], self.body)

    def as_created(self) -> dict[str, Any]:
        """What `POST /{waba_id}/message_templates` takes."""
        return {
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "parameter_format": "NAMED",
            "components": self.components(),
        }

    def components(self) -> list[dict[str, Any]]:
        """The parts, as they are created and edited."""
        named = [{"param_name": name, "example": example} for name, example in self.examples]
        body: dict[str, Any] = {"type": "BODY", "text": self.body}
        if named:
            body["example"] = {"body_text_named_params": named}
        return [body, *([{"type": "FOOTER", "text": self.footer}] if self.footer else [])]
