"""Live events of the chats for the phone page."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from marchante.simulator.chats import ChatKey

_KEEP_ALIVE_SECONDS = 15.0
_COMMENT = b": keep-alive\n\n"


class ChatStreams:
    """Server-sent events, one stream per open chat page. A page that is not looking misses nothing it cannot reload."""

    def __init__(self) -> None:
        self._open: dict[ChatKey, set[asyncio.Queue[bytes | None]]] = {}
        self._closed = False

    def publish(self, chat: ChatKey, event: str, data: dict[str, Any]) -> None:
        message = f"event: {event}\ndata: {json.dumps(data)}\n\n".encode("ascii")
        for queue in self._open.get(chat, ()):
            queue.put_nowait(message)

    async def events(self, chat: ChatKey) -> AsyncIterator[bytes]:
        """The bytes of one stream, until the reader leaves or the simulator stops. Starts with a comment."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._open.setdefault(chat, set()).add(queue)
        try:
            yield _COMMENT
            while not self._closed:
                try:
                    message = await asyncio.wait_for(queue.get(), timeout=_KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    message = _COMMENT
                if message is None:
                    return
                yield message
        finally:
            self._open[chat].discard(queue)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._closed = True
        for queues in self._open.values():
            for queue in queues:
                queue.put_nowait(None)
