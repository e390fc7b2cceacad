"""GET and POST /webhook (and the same under /api/webhook): verify, store, acknowledge."""

import hmac
from typing import Any

from prometheus_client import Counter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from marchante.channels.whatsapp.signature import HEADER
from marchante.channels.whatsapp.wire import NotAWebhook
from marchante.foundation.http.problems import problem
from marchante.inbox.service import BadSignature, Inbox
from marchante.inbox.writer import CannotStore

# Meta sends up to 3 MB; a little more is read so that a body of exactly 3 MB passes whatever "MB" means.
LARGEST_BODY = 4 * 1024 * 1024

RECEIVED = Counter("marchante_webhooks_total", "Webhooks by outcome", ["outcome"])
ITEMS = Counter("marchante_webhook_items_total", "New items stored, by kind", ["kind"])


class WebhookController:
    def __init__(self, inbox: Inbox, verify_token: str) -> None:
        self._inbox = inbox
        self._verify_token = verify_token

    def routes(self) -> list[Route]:
        return [
            Route(path, endpoint, methods=methods, include_in_schema=False)
            for path in ("/webhook", "/api/webhook")
            for methods, endpoint in ((["POST"], self.receive), (["GET"], self.verify))
        ]

    async def verify(self, request: Request) -> Response:
        """Meta's handshake: the challenge comes back raw when the token is ours, else 403."""
        query = request.query_params
        token, challenge = query.get("hub.verify_token", ""), query.get("hub.challenge", "")
        ours = bool(self._verify_token) and hmac.compare_digest(token.encode(), self._verify_token.encode())
        if query.get("hub.mode") != "subscribe" or not ours:
            return problem(403, "bad_verify_token", "the verify token is not ours")
        return PlainTextResponse(challenge[:200], headers={"x-content-type-options": "nosniff"})

    async def receive(self, request: Request) -> Response:
        """200 only after the commit. 503 makes Meta send it again."""
        body = await _read(request)
        if body is None:
            RECEIVED.labels("too_large").inc()
            return problem(413, "body_too_large", "a webhook has at most 3 MB")
        try:
            received = await self._inbox.receive(body, request.headers.get(HEADER), _trace_id(request.scope))
        except BadSignature as error:
            RECEIVED.labels("bad_signature").inc()
            return problem(401, error.code, error.message)
        except NotAWebhook as error:
            RECEIVED.labels("not_json").inc()
            return problem(400, error.code, error.message)
        except CannotStore as error:
            RECEIVED.labels("cannot_store").inc()
            return problem(503, error.code, error.message)
        RECEIVED.labels("stored").inc()
        for kind in ("messages", "statuses", "events"):
            ITEMS.labels(kind).inc(len(getattr(received.batch, kind)))
        return Response(b"EVENT_RECEIVED", media_type="text/plain")


async def _read(request: Request) -> bytes | None:
    """The raw body; None when it is larger than any webhook. A caller that hangs up leaves an empty body."""
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > LARGEST_BODY:
                return None
            chunks.append(chunk)
    except ClientDisconnect:
        return b""
    return b"".join(chunks)


def _trace_id(scope: Any) -> str:
    return str(scope.get("trace_id", ""))
