"""Just enough HTTP/1.1 for a load generator and a stub that must cost little."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"
_STATUS = slice(9, 12)


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """`head` is everything before the empty line."""

    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        """Of an answer."""
        return int(self.head[_STATUS])

    @property
    def target(self) -> bytes:
        """Of a request."""
        return self.head.split(b" ", 2)[1]


class Messages:
    """Cuts a stream of bytes into messages; a missing Content-Length means an empty body."""

    def __init__(self) -> None:
        self._received = b""

    def feed(self, data: bytes) -> list[HttpMessage]:
        """The messages that are complete now."""
        self._received += data
        found: list[HttpMessage] = []
        while (end := self._received.find(_END_OF_HEAD)) >= 0:
            length = _LENGTH.search(self._received, 0, end)
            begin = end + len(_END_OF_HEAD)
            until = begin + (int(length[1]) if length else 0)
            if len(self._received) < until:
                break
            found.append(HttpMessage(self._received[:end], self._received[begin:until]))
            self._received = self._received[until:]
        return found


class Caller(asyncio.Protocol):
    """A connection that carries one request at a time. `on_answer` gets the status, or 0 when the line broke."""

    def __init__(self) -> None:
        self._messages = Messages()
        self._transport: asyncio.WriteTransport | None = None
        self._on_answer: Callable[[int], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        for message in self._messages.feed(data):
            self._answered(message.status)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._transport = None
        self._answered(0)

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def post(self, request: bytes, on_answer: Callable[[int], None]) -> None:
        """Send a whole request, head and body."""
        assert self._transport is not None
        self._on_answer = on_answer
        self._transport.write(request)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _answered(self, status: int) -> None:
        on_answer, self._on_answer = self._on_answer, None
        if on_answer is not None:
            on_answer(status)


def request(target: str, host: str, body: bytes, signature: str) -> bytes:
    """A signed POST, as Meta sends a webhook."""
    head = (
        f"POST {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: facebookexternalua\r\n"
        f"Content-Type: application/json\r\nX-Hub-Signature-256: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def answer(body: bytes) -> bytes:
    """A 200 with JSON."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
