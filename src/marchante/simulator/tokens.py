"""Access tokens: of the app, of businesses that signed up, and those that expired."""

import hmac
import secrets
from dataclasses import replace
from typing import Any

from marchante.simulator.chats import ChatStore
from marchante.simulator.config import Clock, SimulatorConfig
from marchante.simulator.errors import GraphError, bad_token

CODE_LIFE_SECONDS = 30.0
_SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")


class Tokens:
    """Says what a token may do, and exchanges the codes of Embedded Signup."""

    def __init__(self, config: SimulatorConfig, store: ChatStore, clock: Clock) -> None:
        self._config = config
        self._store = store
        self._clock = clock
        self._codes: dict[str, tuple[str, float]] = {}
        self._expired: set[str] = set()

    def require(self, token: str, *, app_too: bool = False) -> None:
        """Raises GraphError 190 for a token nobody gave out, 190/463 for one that expired."""
        if token in self._expired:
            raise GraphError(190, message="Error validating access token: Session has expired.", subcode=463)
        if self._of_the_app(token) and app_too:
            return
        if not any(token in number.tokens for number in self._store.numbers.values()):
            raise bad_token()

    def expire(self, token: str) -> None:
        self._expired.add(token)

    def signed_up(self, phone_number_id: str) -> str:
        """A shop finished Embedded Signup for this number: the code its browser gets, good for 30 seconds."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = (phone_number_id, self._clock().timestamp() + CODE_LIFE_SECONDS)
        return code

    def exchange(self, given: dict[str, str]) -> dict[str, Any]:
        """The answer of /oauth/access_token: an app token for client_credentials, else a business token for a code.

        Raises GraphError 101 for a wrong app or secret, 100 for a code that is spent, unknown or too old.
        """
        known = given.get("client_id") == self._config.app_id
        if not known or not hmac.compare_digest(given.get("client_secret", ""), self._config.app_secret):
            raise GraphError(101, message="Error validating client secret.", http_status=400)
        if given.get("grant_type") == "client_credentials":
            return {"access_token": self._app_token(), "token_type": "bearer"}
        phone_number_id, until = self._codes.pop(given.get("code", ""), ("", 0.0))
        number = self._store.numbers.get(phone_number_id)
        if number is None or until < self._clock().timestamp():
            raise GraphError(100, message="This authorization code has expired or has been used.", subcode=36007)
        token = f"EAA{secrets.token_hex(24)}"
        self._store.add_number(replace(number, tokens=(*number.tokens, token)))
        return {"access_token": token, "token_type": "bearer"}

    def facts(self, token: str) -> dict[str, Any]:
        """The `data` of /debug_token."""
        numbers = [number for number in self._store.numbers.values() if token in number.tokens]
        if token in self._expired or not numbers:
            code = {"code": 190, "message": "Invalid OAuth access token."}
            return {"is_valid": False, "scopes": [], "error": code}
        accounts = sorted({number.waba_id for number in numbers})
        return {
            "app_id": self._config.app_id,
            "type": "SYSTEM_USER",
            "is_valid": True,
            "expires_at": 0,
            "scopes": list(_SCOPES),
            "granular_scopes": [{"scope": scope, "target_ids": accounts} for scope in _SCOPES],
        }

    def _app_token(self) -> str:
        return f"{self._config.app_id}|{self._config.app_secret}"

    def _of_the_app(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._app_token().encode())
