"""Links to files that only we can make and that end by themselves."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Denied, Permanent
from marchante.media.domain import MediaKey

PATH = "/media"
_CONTEXT = b"marchante media links 1"
_DAY = timedelta(days=1)


class MediaLinks:
    """Signs with the first of the secret keys, believes any of them (so that keys can be rotated)."""

    def __init__(self, secret_keys: Sequence[str], clock: Clock) -> None:
        """Raises Permanent `secret_key_missing` without a key."""
        if not secret_keys:
            raise Permanent("SECRET_KEY is not set", code="secret_key_missing")
        # Derived, so that a link never helps to guess what the same secret encrypts.
        self._keys = [hmac.digest(key.encode(), _CONTEXT, hashlib.sha256) for key in secret_keys]
        self._clock = clock

    def link(self, key: MediaKey, life: timedelta = timedelta(minutes=15)) -> str:
        """A path on this server that opens the file until `life` has passed."""
        return self._signed(key, int((self._clock.now() + life).timestamp()))

    def steady_link(self, key: MediaKey) -> str:
        """A path that stays the same all day and opens the file for one to two days: pages and browsers may keep it."""
        day = int(_DAY.total_seconds())
        return self._signed(key, (int(self._clock.now().timestamp()) // day + 2) * day)

    def verify(self, key: str, expires: str, signature: str) -> int:
        """The seconds the link still lives. Raises Denied `bad_signature` or `link_expired`, in constant time."""
        given = signature.encode("utf-8", "replace")
        matches = [hmac.compare_digest(given, _signature(each, key, expires).encode()) for each in self._keys]
        if not any(matches):
            raise Denied("the link was not made here", code="bad_signature")
        left = int(expires) - int(self._clock.now().timestamp())
        if left <= 0:
            raise Denied("the link has expired", code="link_expired")
        return left

    def _signed(self, key: MediaKey, expires: int) -> str:
        query = urlencode({"expires": expires, "signature": _signature(self._keys[0], str(key), str(expires))})
        return f"{PATH}/{key}?{query}"


def _signature(secret: bytes, key: str, expires: str) -> str:
    # A line break is in no key and in no number: the two parts cannot be read in another way.
    return hmac.new(secret, f"{key}\n{expires}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
