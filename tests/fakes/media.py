"""A media store that lives in the test."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marchante.foundation.kernel.clock import Clock
from marchante.media.domain import MediaKey, MediaNotFound, MediaUnavailable, StoredObject
from tests.fakes.clock import FakeClock


@dataclass(slots=True)
class MemoryMedia:
    """Passes the same contract as the real stores. `down` makes every call fail until it is cleared."""

    clock: Clock = field(default_factory=FakeClock)
    down: bool = False
    files: dict[MediaKey, tuple[bytes, datetime]] = field(default_factory=dict)

    async def put(self, key: MediaKey, content: bytes) -> None:
        self._reached()
        self.files[key] = (bytes(content), self.clock.now())

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
