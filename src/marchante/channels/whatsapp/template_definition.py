"""A template as a shop registers it with Meta, and the message that fills it in."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from marchante.channels.whatsapp.messages_limits import MessageLimitError
from marchante.channels.whatsapp.messages_template import Template, TemplateComponent, TextParameter
from marchante.channels.whatsapp.text import fit

_VARIABLE = re.compile(r"\{\{([a-z0-9_]+)\}\}")
_BLANKS = re.compile(r"\s+")
# Of one variable: the whole body has 1,024 characters.
_VALUE = 200


@dataclass(frozen=True)
class TemplateDefinition:
    """Named variables in a body of text; `examples` has a value for each, which Meta asks for."""

    name: str
    body: str
    examples: tuple[tuple[str, str], ...]
    language: str = "es_MX"
    category: Literal["UTILITY", "MARKETING", "AUTHENTICATION"] = "UTILITY"

    def __post_init__(self) -> None:
        if tuple(_VARIABLE.findall(self.body)) != tuple(name for name, _ in self.examples):
            raise MessageLimitError("format", f"template {self.name}.examples")

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
        named = [{"param_name": name, "example": example} for name, example in self.examples]
        body = {"type": "BODY", "text": self.body, "example": {"body_text_named_params": named}}
        return {
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "parameter_format": "NAMED",
            "components": [body],
        }
