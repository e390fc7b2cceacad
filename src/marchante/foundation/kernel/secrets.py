"""Secrets at rest: encrypted with the first key, decrypted with any (so that keys can be rotated)."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from marchante.foundation.kernel.errors import Permanent


class UnreadableSecret(Permanent):
    """None of the configured keys opens this value."""

    code = "unreadable_secret"


class Vault:
    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise Permanent("SECRET_KEY is not set", code="secret_key_missing")
        self._fernet = MultiFernet([Fernet(_derive(key)) for key in keys])

    def seal(self, value: str) -> bytes:
        return self._fernet.encrypt(value.encode())

    def open(self, sealed: bytes) -> str:
        """Raises UnreadableSecret when no key fits."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise UnreadableSecret("a stored secret cannot be read with the configured SECRET_KEY") from error


def _derive(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.scrypt(key.encode(), salt=b"marchante vault", n=2**14, r=8, p=1, dklen=32))
