"""The signature of a webhook: HMAC-SHA256 of the raw body with the app secret.

Always over the bytes as received: Meta signs the ASCII-escaped JSON, so a body that was parsed and written again no
longer matches as soon as it holds an accent.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable

HEADER = "X-Hub-Signature-256"
_SHAPE = re.compile(r"sha256=[0-9a-f]{64}")


def sign(secret: str, body: bytes) -> str:
    """The header value for `body`: "sha256=" and 64 lower-case hex digits. Raises ValueError on an empty secret."""
    if not secret:
        raise ValueError("an empty app secret signs nothing")
    return f"sha256={hmac.new(secret.encode('utf-8', 'surrogatepass'), body, hashlib.sha256).hexdigest()}"


def verify(secrets: Iterable[str], body: bytes, header: str | None) -> str | None:
    """The secret that signed `body`, or None. Which one matched matters: a company's own secret may only carry that
    company's numbers. Anything odd (no header, no secret, other characters) is a refusal, never an error.
    """
    if header is None or _SHAPE.fullmatch(header) is None:
        return None
    matched = None
    for secret in secrets:
        if secret and hmac.compare_digest(sign(secret, body), header) and matched is None:
            matched = secret
    return matched
