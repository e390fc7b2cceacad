"""Where files are kept."""

from collections.abc import Sequence
from typing import Protocol

from marchante.media.domain import MediaKey, StoredObject


class MediaStore(Protocol):
    """A folder or a bucket. Every method raises MediaUnavailable when it does not answer."""

    async def put(self, key: MediaKey, content: bytes) -> None:
        """Keep the content under this key, in place of what was there. Others see all of it or nothing."""
        ...

    async def get(self, key: MediaKey) -> bytes:
        """The content. Raises MediaNotFound."""
        ...

    async def head(self, key: MediaKey) -> StoredObject:
        """What is known without reading it. Raises MediaNotFound."""
        ...

    async def delete(self, key: MediaKey) -> None:
        """Forget it; nothing happens when there is no such file."""
        ...

    async def list(self, company: str, kind: str | None = None) -> Sequence[StoredObject]:
        """The files of one company, of one kind if given, by key."""
        ...
