"""The media store over obstore: a folder, or a bucket of S3 or of anything that speaks like it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, S3Store

from marchante.foundation.kernel.errors import Invalid
from marchante.media.domain import MediaKey, MediaMisconfigured, MediaNotFound, MediaUnavailable, StoredObject

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ClientConfig, RetryConfig, S3Config

_DEFAULT_REGION = "us-east-1"
# Nobody waits longer than this for a bucket: a customer's photo is retried by its job, a page shows no photo.
_CLIENT: "ClientConfig" = {"connect_timeout": timedelta(seconds=3), "timeout": timedelta(seconds=30)}
_RETRY: "RetryConfig" = {
    "max_retries": 3,
    "retry_timeout": timedelta(seconds=20),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2)},
}


def open_store(url: str, *, region: str | None = None, endpoint: str | None = None) -> "ObjectStoreMedia":
    """The place MEDIA_URL names: `file:///folder` (made if missing) or `s3://bucket/prefix`.

    A bucket's credentials come from where AWS tools look for them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the
    role of the container or of the machine. `endpoint` is for stores other than AWS.

    Raises:
        MediaMisconfigured: neither of the two, or a folder that cannot be made.

    """
    place = urlsplit(url)
    if place.scheme == "file" and place.netloc in {"", "localhost"} and place.path:
        return ObjectStoreMedia(_folder(Path(unquote(place.path))))
    if place.scheme == "s3" and place.netloc:
        return ObjectStoreMedia(_bucket(place.netloc, unquote(place.path).strip("/"), region, endpoint))
    raise MediaMisconfigured("MEDIA_URL is file:///folder or s3://bucket/prefix")


def _folder(path: Path) -> LocalStore:
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise MediaMisconfigured(f"{path} cannot be made: {type(error).__name__}") from error
    return LocalStore(prefix=path)


def _bucket(bucket: str, prefix: str, region: str | None, endpoint: str | None) -> S3Store:
    config: S3Config = {"region": region or _DEFAULT_REGION}
    if endpoint:
        # A store that is not AWS has one address for all its buckets, on a private network often without TLS.
        config |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=config,
        client_options=_CLIENT | {"allow_http": bool(endpoint and endpoint.startswith("http://"))},
        retry_config=_RETRY,
    )


class ObjectStoreMedia:
    """The real `MediaStore`."""

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    async def put(self, key: MediaKey, content: bytes) -> None:
        attributes = {"Content-Type": key.type.mime} if isinstance(self._store, S3Store) else None
        async with _told_apart("kept"):
            try:
                await self._store.put_async(str(key), content, attributes=attributes)
            except FileNotFoundError as error:
                raise MediaMisconfigured("the folder or bucket does not exist") from error

    async def get(self, key: MediaKey) -> bytes:
        async with _told_apart("read"):
            found = await self._store.get_async(str(key))
            return bytes(await found.bytes_async())

    async def head(self, key: MediaKey) -> StoredObject:
        async with _told_apart("found"):
            return _stored(key, await self._store.head_async(str(key)))

    async def delete(self, key: MediaKey) -> None:
        async with _told_apart("deleted"):
            try:
                await self._store.delete_async(str(key))
            except FileNotFoundError:  # a folder says so, a bucket does not
                return

    async def list(self, company: str, kind: str | None = None) -> Sequence[StoredObject]:
        async with _told_apart("listed"):
            found = await self._store.list(f"{company}/{kind}/" if kind else f"{company}/").collect_async()
        objects = [_stored(key, meta) for meta in found if (key := _own_key(meta["path"]))]
        return sorted(objects, key=lambda each: str(each.key))


def _own_key(path: str) -> MediaKey | None:
    """None for a file that is not ours: a folder may hold what a person put there."""
    try:
        return MediaKey.parse(path)
    except Invalid:
        return None


def _stored(key: MediaKey, meta: "ObjectMeta") -> StoredObject:
    return StoredObject(key, meta["size"], meta["last_modified"])


@asynccontextmanager
async def _told_apart(what: str) -> AsyncIterator[None]:
    """Errors of the library in our words. Theirs hold addresses and belong in no answer."""
    try:
        yield
    except FileNotFoundError as error:
        raise MediaNotFound("there is no such file") from error
    except (PermissionDeniedError, UnauthenticatedError) as error:
        raise MediaMisconfigured(f"a file could not be {what}: access is denied") from error
    except (BaseError, OSError) as error:
        raise MediaUnavailable(f"a file could not be {what}: {type(error).__name__}") from error
