"""GET /media/{key}?expires&signature: a stored file, to whoever holds a link that still lives."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marchante.foundation.http.problems import problem, status_of
from marchante.foundation.kernel.errors import AppError, Invalid
from marchante.media.domain import MediaKey, MediaNotFound
from marchante.media.ports import MediaStore
from marchante.media.signing import PATH, MediaLinks

# What a file could do in a browser besides being shown, were its type mistaken.
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class MediaController:
    def __init__(self, store: MediaStore, links: MediaLinks) -> None:
        self._store = store
        self._links = links

    def routes(self) -> list[Route]:
        return [Route(f"{PATH}/{{key:path}}", self.show, include_in_schema=False)]

    async def show(self, request: Request) -> Response:
        """The file, or the part of it a player asks for; 403 for a link that is not ours or has ended, else 404."""
        text, query = request.path_params["key"], request.query_params
        try:
            seconds = self._links.verify(text, query.get("expires", ""), query.get("signature", ""))
            key = _key(text)
            content = await self._store.get(key)
        except AppError as error:
            return problem(status_of(error), error.code, error.message)
        headers = {
            "cache-control": f"private, max-age={seconds}, immutable",
            "content-disposition": _disposition(key),
            "content-security-policy": _SANDBOX,
            "cross-origin-resource-policy": "same-origin",
            "accept-ranges": "bytes",
            "x-content-type-options": "nosniff",
        }
        return _whole_or_part(content, key, headers, request.headers.get("range", ""))


def _key(text: str) -> MediaKey:
    try:
        return MediaKey.parse(text)
    except Invalid as error:
        raise MediaNotFound("there is no such file") from error


def _disposition(key: MediaKey) -> str:
    place = "inline" if key.type.shown_in_place else "attachment"
    return f'{place}; filename="{key.kind}-{key.id[:12]}.{key.extension}"'


def _whole_or_part(content: bytes, key: MediaKey, headers: Mapping[str, str], asked: str) -> Response:
    """A phone plays sound and video only from a server that answers a single range."""
    found = _RANGE.fullmatch(asked)
    if found is None or not (found[1] or found[2]):
        return Response(content, media_type=key.type.mime, headers=dict(headers))
    size = len(content)
    first, last = _bounds(found[1], found[2], size)
    if first >= size or first > last:
        refused = problem(416, "range_not_satisfiable", f"the file has {size} bytes")
        refused.headers["content-range"] = f"bytes */{size}"
        return refused
    part = {"content-range": f"bytes {first}-{last}/{size}", **headers}
    return Response(content[first : last + 1], 206, media_type=key.type.mime, headers=part)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The bytes meant by `first-last`, `first-` or `-how many from the end`."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
