"""What surrounds every request: a trace id, one log line, security headers."""

import time
from collections.abc import Iterable

import structlog
from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marchante.foundation.kernel.ids import new_trace_id

log = structlog.get_logger(__name__)

LATENCY = Histogram(
    "marchante_http_seconds",
    "Time to answer a request, by route and status",
    ["route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_QUIET = ("/health/", "/metrics")
_SECURITY: Iterable[tuple[bytes, bytes]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


class Trace:
    """Gives each request a trace id: the caller's `traceparent` if it is one, else a new one.

    The id is bound to every log line of the request, kept in `scope["trace_id"]` and answered as `x-trace-id`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace_id = _given_trace_id(scope) or new_trace_id()
        scope["trace_id"] = trace_id
        started, status = time.perf_counter(), 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_SECURITY, (b"x-trace-id", trace_id.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(trace_id=trace_id):
            try:
                await self._app(scope, receive, send_with_headers)
            finally:
                _record(scope, status, time.perf_counter() - started)


def _record(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("endpoint"), "__qualname__", "none")
    LATENCY.labels(route, str(status)).observe(seconds)
    if not scope["path"].startswith(_QUIET):
        log.info(
            "http.request", method=scope["method"], route=route, status=status, milliseconds=round(seconds * 1000, 1)
        )


def _given_trace_id(scope: Scope) -> str | None:
    value = next((value for name, value in scope["headers"] if name == b"traceparent"), b"")
    parts = value.decode("latin-1").split("-")
    is_trace = len(parts) == 4 and len(parts[1]) == 32 and all(c in "0123456789abcdef" for c in parts[1])  # noqa: PLR2004
    return parts[1] if is_trace else None
