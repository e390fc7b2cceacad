"""Files over Graph: find, download, upload."""

from urllib.parse import urlsplit

import aiohttp

from marchante.channels.whatsapp.errors import read_failure
from marchante.channels.whatsapp.gateway import GraphGateway, read_object
from marchante.channels.whatsapp.ports import Downloaded, Fetched, MediaInfo, Refused, Unreachable, Uploaded
from marchante.channels.whatsapp.transport import Answer, exchange
from marchante.channels.whatsapp.wire_json import identifier, integer, text

_OK = 200
_FILE_SECONDS = 60.0
_META_HOSTS = (".fbsbx.com", ".fbcdn.net", ".facebook.com", ".whatsapp.net")


class GraphMedia:
    """The real `MediaGateway`."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, version: str) -> None:
        """As `GraphGateway`."""
        self._session = session
        self._graph = GraphGateway(session, base_url, version)
        self._own = urlsplit(base_url)

    async def media_info(
        self, media_id: str, token: str, phone_number_id: str | None = None
    ) -> MediaInfo | Refused | Unreachable:
        """Where the file is. With `phone_number_id` Meta checks that this number owns it."""
        parameters = {"phone_number_id": phone_number_id} if phone_number_id else None
        found = await self._graph.fetch(self._graph.url(media_id), token, parameters)
        if not isinstance(found, Fetched):
            return found
        url = text(found.fields.get("url"))
        if not url:
            return Unreachable("unreadable_answer")
        return MediaInfo(
            url=url,
            mime_type=text(found.fields.get("mime_type")),
            sha256=text(found.fields.get("sha256")),
            size=integer(found.fields.get("file_size")),
        )

    async def download(self, url: str, token: str, limit: int) -> Downloaded | Refused | Unreachable:
        """The file at `url`, up to `limit` bytes. The token goes to Meta's hosts only."""
        if not self._trusted(url):
            return Unreachable("untrusted_host")
        answer = await exchange(self._session, "GET", url, token, limit=limit, total_seconds=_FILE_SECONDS)
        if not isinstance(answer, Answer):
            return Unreachable(answer.reason)
        if answer.status != _OK:
            return Refused(read_failure(answer.status, answer.body))
        return Downloaded(answer.body, answer.content_type)

    async def upload(
        self, phone_number_id: str, token: str, content: bytes, mime_type: str, filename: str
    ) -> Uploaded | Refused | Unreachable:
        """Hand a file to Meta. Repeating an upload that got lost only leaves an unused copy there."""
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime_type})
        form.add_field("file", content, filename=filename, content_type=mime_type)
        url = self._graph.url(phone_number_id, "media")
        answer = await exchange(self._session, "POST", url, token, data=form, total_seconds=_FILE_SECONDS)
        if not isinstance(answer, Answer):
            return Unreachable(answer.reason)
        if answer.status != _OK:
            return Refused(read_failure(answer.status, answer.body))
        media_id = identifier((read_object(answer) or {}).get("id"))
        return Uploaded(media_id) if media_id else Unreachable("unreadable_answer")

    def _trusted(self, url: str) -> bool:
        try:
            place = urlsplit(url)
            port = place.port
        except ValueError:
            return False
        if (place.scheme, place.hostname, port) == (self._own.scheme, self._own.hostname, self._own.port):
            return True
        return place.scheme == "https" and (place.hostname or "").endswith(_META_HOSTS)
