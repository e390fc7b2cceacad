"""Messages name our files (`"id": "media:<key>"`); what leaves names Meta's. This is where one becomes the other.

Nothing of it happens in a turn: a flow only writes the reference, and the file is made, checked and uploaded just
before the message is posted.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import structlog

from marchante.channels.whatsapp.errors import Action, GraphFailure
from marchante.channels.whatsapp.ports import (
    AcknowledgeOutcome,
    MessageGateway,
    Refused,
    SendOutcome,
    Unreachable,
    Uploaded,
)
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.errors import AppError, Invalid, NotFound, Transient
from marchante.media import repository
from marchante.media.content import Kind, check_outbound
from marchante.media.domain import REFERENCE, MediaKey, MediaNotFound
from marchante.media.ports import MediaStore, Producer
from marchante.media.uploads import Uploads

log = structlog.get_logger(__name__)

_KINDS = ("image", "audio", "video", "document", "sticker")
# The sender gives a message up as doubtful half a minute after it began: what takes longer is there the next time.
_MOST_SECONDS = 15.0
# What Meta answers to an id it does not know (any more).
_UNKNOWN_ID = (100, 131009, 131052, 131053)


@dataclass(frozen=True, slots=True)
class _Named:
    """One file a message names: the object that names it, and as what."""

    kind: Kind
    fields: dict[str, Any]


class OutgoingMedia:
    """Turns references into ids. `producers` make the files of some kinds of key; the others are in the store."""

    def __init__(
        self, database: Database, store: MediaStore, uploads: Uploads, producers: Mapping[str, Producer]
    ) -> None:
        self._database = database
        self._store = store
        self._uploads = uploads
        self._producers = producers

    async def resolve(
        self, phone_number_id: str, token: str, body: Mapping[str, Any]
    ) -> dict[str, Any] | Refused | Unreachable:
        """The body with Meta's ids in place of our references. A header that cannot be had for good is left out.

        Raises:
            AppError: the file is not there, is another company's, is more than Meta takes, or cannot be had now.

        """
        slug = await self._company(phone_number_id)
        resolved: dict[str, Any] = _copied(body)
        for named in list(_references(resolved)):
            try:
                uploaded = await self._uploaded(phone_number_id, token, slug, named)
            except (NotFound, Invalid) as error:
                if not _drop_header(resolved, named):
                    raise
                log.warning("media.header_dropped", code=error.code, company=slug)
                continue
            if isinstance(uploaded, Refused | Unreachable):
                return uploaded
            named.fields["id"] = uploaded.media_id
        return resolved

    async def _uploaded(
        self, phone_number_id: str, token: str, slug: str, named: _Named
    ) -> Uploaded | Refused | Unreachable:
        key = MediaKey.referred(named.fields["id"], slug)
        if key is None:
            raise MediaNotFound("a message names a file that is not its company's")
        producer = self._producers.get(key.kind)
        content = await (producer(key) if producer else self._store.get(key))
        file = await asyncio.to_thread(check_outbound, named.kind, content)
        filename = str(named.fields.get("filename") or f"{key.kind}.{key.extension}")
        return await self._uploads.media_id(phone_number_id, token, file, filename)

    async def forget(self, phone_number_id: str, body: Mapping[str, Any]) -> None:
        """Meta refused the ids in this resolved body."""
        await self._uploads.forget(phone_number_id, *(named.fields["id"] for named in _named(body)))

    async def _company(self, phone_number_id: str) -> str:
        async with self._database.relay() as connection:
            slug = await repository.company_of_number(connection, phone_number_id)
        if slug is None:
            raise MediaNotFound("the number belongs to no company")
        return slug


class MediaSendingGateway:
    """A `MessageGateway` for messages that name our files; every other message passes untouched."""

    def __init__(self, gateway: MessageGateway, media: OutgoingMedia, *, most_seconds: float = _MOST_SECONDS) -> None:
        self._gateway = gateway
        self._media = media
        self._most_seconds = most_seconds
        self._under_way: set[asyncio.Task[Any]] = set()

    async def send(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> SendOutcome:
        """As the gateway's own. A file that cannot be had now holds back this customer only, never the number."""
        if next(_references(frame), None) is None:
            return await self._gateway.send(phone_number_id, token, frame)
        outcome = await self._send_with_files(phone_number_id, token, frame)
        if isinstance(outcome, Refused) and outcome.failure.action is Action.FIX_MEDIA:
            # Nothing was sent, and with this file nothing will be.
            words = without_file(frame)
            if words is not None:
                log.warning("media.left_out", code=outcome.failure.code, phone_number_id=phone_number_id)
                return await self._gateway.send(phone_number_id, token, words)
        return outcome

    async def _send_with_files(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> SendOutcome:
        body = await self._resolved(phone_number_id, token, frame)
        if isinstance(body, Refused):
            return body
        outcome = await self._gateway.send(phone_number_id, token, body)
        if isinstance(outcome, Refused) and outcome.failure.code in _UNKNOWN_ID:
            # Nothing was sent; perhaps Meta forgot the file before its time.
            await self._media.forget(phone_number_id, body)
            body = await self._resolved(phone_number_id, token, frame)
            return body if isinstance(body, Refused) else await self._gateway.send(phone_number_id, token, body)
        return outcome

    async def mark_read(self, phone_number_id: str, token: str, wamid: str, *, typing: bool) -> AcknowledgeOutcome:
        return await self._gateway.mark_read(phone_number_id, token, wamid, typing=typing)

    async def _resolved(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> dict[str, Any] | Refused:
        task = asyncio.create_task(self._media.resolve(phone_number_id, token, frame))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        try:
            # Shielded: an upload that takes too long for this attempt goes on, and the next one finds it done.
            body = await asyncio.wait_for(asyncio.shield(task), self._most_seconds)
        except TimeoutError:
            return _not_now("media_slow")
        except Transient as error:
            return _not_now(error.code)
        except AppError as error:
            log.warning("media.unsendable", code=error.code, phone_number_id=phone_number_id)
            return Refused(_failure(Action.FIX_MEDIA, error.code, error.message))
        except Exception:
            # Whatever it was, nothing was sent: the sender must not take it for a message in doubt.
            log.exception("media.resolve_failed", phone_number_id=phone_number_id)
            return _not_now("media_failed")
        return _not_now(body.reason) if isinstance(body, Unreachable) else body

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.info("media.resolve_ended", error=type(error).__name__)


def _not_now(reason: str) -> Refused:
    log.warning("media.not_now", reason=reason)
    return Refused(_failure(Action.WAIT_PAIR, reason, "the file cannot be had now"))


def _failure(action: Action, title: str, details: str) -> GraphFailure:
    return GraphFailure(None, None, None, title, details, None, action)


def _references(body: object) -> Iterator[_Named]:
    return (named for named in _named(body) if str(named.fields["id"]).startswith(REFERENCE))


def _named(value: object) -> Iterator[_Named]:
    """Every file a body names by its id: at its top, in a header, in a card or in a template."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name in _KINDS and isinstance(item, dict) and "id" in item:
                yield _Named(cast("Kind", name), item)
            else:
                yield from _named(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _named(item)


def without_file(frame: Mapping[str, Any]) -> dict[str, Any] | None:
    """The message without its picture, video or document: its buttons, or its caption as a text. None when nothing
    would be left of it.
    """
    body: dict[str, Any] = _copied(frame)
    interactive = body.get("interactive")
    if isinstance(interactive, dict) and interactive.get("header", {}).get("type") in _KINDS:
        del interactive["header"]
        return body
    kind = body.get("type")
    content = body.pop(kind, None) if kind in _KINDS else None
    caption = content.get("caption") if isinstance(content, dict) else None
    return {**body, "type": "text", "text": {"body": caption}} if caption else None


def _drop_header(body: dict[str, Any], named: _Named) -> bool:
    """Take the picture off a message that says all it must without it; whether it was one."""
    interactive = body.get("interactive")
    header = interactive.get("header") if isinstance(interactive, dict) else None
    if not isinstance(header, dict) or header.get(named.kind) is not named.fields:
        return False
    del body["interactive"]["header"]
    return True


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(item) for name, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list | tuple) else value
