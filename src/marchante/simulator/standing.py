"""What may change of a number while it is in use: registration, health, profile, catalog settings, blocked people."""

import hmac
from dataclasses import dataclass, field
from typing import Any, Literal

from marchante.simulator.errors import GraphError

NumberStatus = Literal["CONNECTED", "DISCONNECTED", "BANNED", "RESTRICTED", "FLAGGED", "RATE_LIMITED", "MIGRATED"]
Health = Literal["AVAILABLE", "LIMITED", "BLOCKED"]
_REGISTER_TRIES = 10
_REGISTER_SECONDS = 72 * 60 * 60
_CANNOT_SEND: dict[str, tuple[int, str]] = {
    "DISCONNECTED": (133010, "Phone number not registered on the WhatsApp Business Platform."),
    "BANNED": (131031, "The business account has been locked."),
    "RESTRICTED": (368, "The account is temporarily blocked for policy violations."),
    "MIGRATED": (33, "The number no longer belongs to this account."),
}


@dataclass(slots=True)
class Standing:
    """A number's standing with Meta. `health_error` is what an unhealthy number tells as the reason."""

    status: NumberStatus = "CONNECTED"
    quality: str = "GREEN"
    messaging_limit: str = "TIER_250"
    name_status: str = "APPROVED"
    health: Health = "AVAILABLE"
    health_error: dict[str, Any] | None = None
    pin: str | None = None
    profile: dict[str, Any] = field(default_factory=lambda: {"vertical": "UNDEFINED"})
    commerce: dict[str, Any] = field(default_factory=lambda: {"is_cart_enabled": True, "is_catalog_visible": False})
    catalog_id: str | None = None
    automation: dict[str, Any] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)
    _tries: list[float] = field(default_factory=list)

    def register(self, pin: str, now: float) -> None:
        """Raises GraphError 133016 for the 11th try in 72 hours, 133005 for another PIN than the number has."""
        self._tries = [tried for tried in self._tries if now - tried < _REGISTER_SECONDS]
        if len(self._tries) >= _REGISTER_TRIES:
            raise GraphError(133016, "There were too many registration attempts for this phone number recently.")
        self._tries.append(now)
        if self.pin is not None and not hmac.compare_digest(self.pin, pin):
            raise GraphError(133005, "Two-step verification PIN is incorrect.")
        self.pin = pin
        self.status = "CONNECTED"

    def must_send(self) -> None:
        """Raises GraphError when Meta takes no message of this number at all."""
        if self.status in _CANNOT_SEND:
            raise GraphError(*_CANNOT_SEND[self.status])

    def health_status(self, phone_number_id: str, waba_id: str) -> dict[str, Any]:
        """The worst of the entities is what counts."""
        able = "BLOCKED" if self.status in _CANNOT_SEND else self.health
        number: dict[str, Any] = {"entity_type": "PHONE_NUMBER", "id": phone_number_id, "can_send_message": able}
        if able != "AVAILABLE":
            number["errors"] = [self.health_error or _reason(self.status)]
        account = {"entity_type": "WABA", "id": waba_id, "can_send_message": "AVAILABLE"}
        return {"can_send_message": able, "entities": [number, account]}


class Standings:
    """The standing of each number; one that nothing happened to stands well."""

    def __init__(self) -> None:
        self._standings: dict[str, Standing] = {}

    def of(self, phone_number_id: str) -> Standing:
        return self._standings.setdefault(phone_number_id, Standing())


def _reason(status: str) -> dict[str, Any]:
    code, description = _CANNOT_SEND.get(status, (141000, "The number is not in good standing."))
    return {"error_code": code, "error_description": description, "possible_solution": "See WhatsApp Manager."}
