"""Which token a number sends with: its own, sealed in the database, else the platform's."""

from marchante.foundation.kernel.errors import Permanent
from marchante.foundation.kernel.secrets import Vault


class NoToken(Permanent):
    """Neither the number nor the platform has one."""

    code = "whatsapp_token_missing"


class Tokens:
    def __init__(self, vault: Vault, platform_token: str) -> None:
        """`platform_token` may be empty: then only numbers with a token of their own can send."""
        self._vault = vault
        self._platform_token = platform_token
        self._opened: dict[bytes, str] = {}

    def of(self, sealed: bytes | None) -> str:
        """Raises NoToken, or UnreadableSecret when no key opens the number's own."""
        if sealed is None:
            if not self._platform_token:
                raise NoToken("the number has no token of its own and WHATSAPP_TOKEN is not set")
            return self._platform_token
        if sealed not in self._opened:
            self._opened[sealed] = self._vault.open(sealed)
        return self._opened[sealed]
