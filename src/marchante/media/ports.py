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


class Tokens(Protocol):
    """Which token a number of ours sends with."""

    def of(self, sealed: bytes | None) -> str:
        """The number's own, opened, else the platform's. Raises an AppError when there is none."""
        ...


class Producer(Protocol):
    """Makes a file at the moment it is needed: what is asked for is a name, what is sent is up to date."""

    async def __call__(self, key: MediaKey) -> bytes:
        """The content for this key. Raises MediaNotFound when there is nothing to make it from."""
        ...
