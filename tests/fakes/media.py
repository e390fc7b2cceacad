"""Files that live in the test: a store, and Meta's side of them."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marchante.channels.whatsapp.ports import Downloaded, MediaInfo, Refused, Unreachable, Uploaded
from marchante.foundation.kernel.clock import Clock
from marchante.media.domain import MediaKey, MediaNotFound, MediaUnavailable, StoredObject
from tests.fakes.clock import FakeClock
from tests.fakes.graph import FakeMedia


@dataclass(slots=True)
class MemoryMedia:
    """Passes the same contract as the real stores. `down` makes every call fail until it is cleared; `kept` is set by
    the first file.
    """

    clock: Clock = field(default_factory=FakeClock)
    down: bool = False
    files: dict[MediaKey, tuple[bytes, datetime]] = field(default_factory=dict)
    kept: asyncio.Event = field(default_factory=asyncio.Event)

    async def put(self, key: MediaKey, content: bytes) -> None:
        self._reached()
        self.files[key] = (bytes(content), self.clock.now())
        self.kept.set()

    async def get(self, key: MediaKey) -> bytes:
        return self._found(key)[0]

    async def head(self, key: MediaKey) -> StoredObject:
        content, at = self._found(key)
        return StoredObject(key, len(content), at)

    async def delete(self, key: MediaKey) -> None:
        self._reached()
        self.files.pop(key, None)

    async def list(self, company: str, kind: str | None = None) -> Sequence[StoredObject]:
        self._reached()
        found = [key for key in self.files if key.company == company and kind in {None, key.kind}]
        return [await self.head(key) for key in sorted(found, key=str)]

    def _found(self, key: MediaKey) -> tuple[bytes, datetime]:
        self._reached()
        if key not in self.files:
            raise MediaNotFound("there is no such file")
        return self.files[key]

    def _reached(self) -> None:
        if self.down:
            raise MediaUnavailable("a test took the store away")


@dataclass(slots=True)
class ScriptedMedia(FakeMedia):
    """Meta's files with troubles: each call answers the next thing of its script, then what `FakeMedia` answers.

    `asked` and `uploaded` are what came in.
    """

    infos: deque[Any] = field(default_factory=deque)
    downloads: deque[Any] = field(default_factory=deque)
    uploads: deque[Any] = field(default_factory=deque)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    uploaded: list[tuple[str, str, str, bytes]] = field(default_factory=list)

    async def media_info(
        self, media_id: str, token: str, phone_number_id: str | None = None
    ) -> MediaInfo | Refused | Unreachable:
        self.asked.append((media_id, token, phone_number_id))
        if self.infos:
            return self.infos.popleft()
        return await FakeMedia.media_info(self, media_id, token, phone_number_id)

    async def download(self, url: str, token: str, limit: int) -> Downloaded | Refused | Unreachable:
        if self.downloads:
            return self.downloads.popleft()
        return await FakeMedia.download(self, url, token, limit)

    async def upload(
        self, phone_number_id: str, token: str, content: bytes, mime_type: str, filename: str
    ) -> Uploaded | Refused | Unreachable:
        self.uploaded.append((phone_number_id, mime_type, filename, content))
        if self.uploads:
            return self.uploads.popleft()
        return await FakeMedia.upload(self, phone_number_id, token, content, mime_type, filename)


@dataclass(frozen=True, slots=True)
class PlainTokens:
    """Every number sends with the same token; "" for a platform that has none."""

    token: str = "token"

    def of(self, sealed: bytes | None) -> str:
        if not self.token:
            raise MediaUnavailable("no token", code="whatsapp_token_missing")
        return self.token
