"""One HTTP exchange with Graph, and how far it got when it failed.

Tokens travel in the Authorization header only; neither tokens nor bodies are ever logged.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import aiohttp

from marchante.channels.whatsapp.ports import InDoubt, NeverSent

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 15.0
# Shorter than the far end's, so that we close idle connections first: a POST on one it just closed is in doubt.
KEEPALIVE_SECONDS = 15.0
USER_AGENT = "marchante"
_MOST_BYTES = 1_000_000
# aiohttp finds a token that cannot be a header only after it reports the headers as sent.
_TOKEN = re.compile(r"[\x21-\x7e]+")


@dataclass(slots=True)
class _Progress:
    """Whether anything of a request was handed to the network."""

    left: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    content_type: str | None


def graph_session(connections: int = 100, total_seconds: float = TOTAL_SECONDS) -> aiohttp.ClientSession:
    """A client session for Graph; the caller closes it. `connections` is the most that are open at once."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_mark_left)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections, keepalive_timeout=KEEPALIVE_SECONDS),
        timeout=_timeout(total_seconds),
        headers={"User-Agent": USER_AGENT},
        cookie_jar=aiohttp.DummyCookieJar(),
        trace_configs=[trace],
    )


def _timeout(total_seconds: float) -> aiohttp.ClientTimeout:
    # `connect` covers the wait for a free connection too: a request that times out there has not left.
    return aiohttp.ClientTimeout(total=total_seconds, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)


async def _mark_left(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
    if isinstance(context.trace_request_ctx, _Progress):
        context.trace_request_ctx.left = True


async def exchange(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    token: str,
    *,
    limit: int = _MOST_BYTES,
    total_seconds: float | None = None,
    **request: Any,
) -> Answer | NeverSent | InDoubt:
    """One request on a session of `graph_session`; `total_seconds` replaces its 15 s. What aiohttp raises becomes
    NeverSent or InDoubt by whether the request had left; an answer above `limit` bytes is InDoubt("too_large").
    """
    if _TOKEN.fullmatch(token) is None:
        return NeverSent("invalid_token")
    progress = _Progress()
    if total_seconds is not None:
        request["timeout"] = _timeout(total_seconds)
    headers: Mapping[str, str] = {"Authorization": f"Bearer {token}", **request.pop("headers", {})}
    try:
        async with session.request(
            method, url, headers=headers, allow_redirects=False, trace_request_ctx=progress, **request
        ) as response:
            body = await _read(response, limit + 1)
            if len(body) > limit:
                return InDoubt("too_large")
            return Answer(response.status, body, response.headers.get("Content-Type"))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return InDoubt(_reason(error)) if progress.left else NeverSent(_reason(error))


async def _read(response: aiohttp.ClientResponse, room: int) -> bytes:
    chunks: list[bytes] = []
    while room > 0 and (chunk := await response.content.read(room)):
        chunks.append(chunk)
        room -= len(chunk)
    return b"".join(chunks)


def _reason(error: Exception) -> str:
    """A short code: the text of an error may hold addresses."""
    if isinstance(error, ValueError):
        return "invalid_request"
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return "connect_timeout"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "dns"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "connect_refused"
    if isinstance(error, aiohttp.ServerDisconnectedError | ConnectionError):
        return "connection_lost"
    return "broken_answer"
