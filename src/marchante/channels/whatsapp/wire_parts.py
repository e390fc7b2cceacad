"""Where the readers of one webhook body put what they find."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marchante.channels.whatsapp.wire_items import Item, MalformedPart
from marchante.channels.whatsapp.wire_json import dumps, identifier, mapping


@dataclass(slots=True)
class Parts:
    """The items of a body so far. `received_at` stands in for a timestamp nobody can read."""

    received_at: datetime
    items: list[Item] = field(default_factory=list)
    malformed: list[MalformedPart] = field(default_factory=list)

    @property
    def position(self) -> int:
        """The place in the body of the item that comes next."""
        return len(self.items) + len(self.malformed)

    def reject(self, reason: str, value: Any, waba_id: str | None = None, phone_number_id: str | None = None) -> None:
        """Keep `value` as malformed."""
        self.malformed.append(MalformedPart(reason, waba_id, phone_number_id, self.position, dumps(value)))


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of `changes`, with what its surroundings say about it."""

    field: str
    value: dict[str, Any]
    waba_id: str
    time: Any

    @property
    def metadata(self) -> dict[str, Any]:
        return mapping(self.value.get("metadata"))

    @property
    def phone_number_id(self) -> str | None:
        return identifier(self.metadata.get("phone_number_id")) or identifier(self.value.get("phone_number_id"))
