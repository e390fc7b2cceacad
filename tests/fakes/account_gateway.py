"""A WhatsApp that has the templates and says of a number what a test wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from marchante.channels.whatsapp.errors import read_failure
from marchante.channels.whatsapp.ports import (
    Acknowledged,
    AcknowledgeOutcome,
    Fetched,
    FetchOutcome,
    Refused,
    RemoteTemplate,
    Unreachable,
)
from marchante.channels.whatsapp.template_definition import TemplateDefinition

REFUSED = Refused(read_failure(400, b'{"error":{"code":100,"message":"no"}}'))


@dataclass(slots=True)
class AccountGateway:
    """`templates` by account; `calls` is what was asked for, by name. `broken`: nobody answers; `faults` are raised by
    the next questions about numbers.
    """

    templates: dict[str, dict[str, RemoteTemplate]] = field(default_factory=dict)
    numbers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, ...]] = field(default_factory=list)
    broken: bool = False
    faults: list[Exception] = field(default_factory=list)
    refuses_to_create: bool = False
    unknown_fields: frozenset[str] = frozenset()
    subscribed: set[str] = field(default_factory=set)
    refuses_to_subscribe: bool = False

    async def list_templates(self, waba_id: str, token: str) -> Sequence[RemoteTemplate] | Refused | Unreachable:
        self.calls.append(("list", waba_id, token))
        return Unreachable("timeout") if self.broken else list(self.templates.get(waba_id, {}).values())

    async def create_template(
        self, waba_id: str, token: str, definition: TemplateDefinition
    ) -> RemoteTemplate | Refused | Unreachable:
        self.calls.append(("create", waba_id, definition.name))
        if self.refuses_to_create:
            return REFUSED
        name, language, category = definition.name, definition.language, definition.category
        made = RemoteTemplate(
            f"1{len(self.calls)}", name, language, "PENDING", category, definition.body, definition.footer
        )
        self.templates.setdefault(waba_id, {})[name] = made
        return made

    async def edit_template(
        self, template_id: str, token: str, definition: TemplateDefinition
    ) -> Acknowledged | Refused | Unreachable:
        self.calls.append(("edit", template_id, definition.name))
        for templates in self.templates.values():
            for name, known in templates.items():
                if known.id == template_id:
                    templates[name] = replace(known, body=definition.body, footer=definition.footer, status="PENDING")
        return Acknowledged()

    def decide(self, waba_id: str, **changes: Any) -> None:
        """Meta changes its mind about every template of an account."""
        self.templates[waba_id] = {name: replace(known, **changes) for name, known in self.templates[waba_id].items()}

    async def number_info(self, phone_number_id: str, token: str, fields: Sequence[str]) -> FetchOutcome:
        self.calls.append(("number", phone_number_id, token))
        if self.faults:
            raise self.faults.pop()
        if self.broken:
            return Unreachable("timeout")
        return REFUSED if self.unknown_fields & set(fields) else Fetched(self.numbers.get(phone_number_id, {}))

    async def subscribed_apps(self, waba_id: str, token: str) -> FetchOutcome:
        return Fetched({"data": [{"id": "1"}] if waba_id in self.subscribed else []})

    async def subscribe(self, waba_id: str, token: str) -> AcknowledgeOutcome:
        self.calls.append(("subscribe", waba_id))
        if self.refuses_to_subscribe:
            return REFUSED
        self.subscribed.add(waba_id)
        return Acknowledged()
