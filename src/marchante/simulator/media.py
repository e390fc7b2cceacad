"""Files of the chats: what shops upload and what customers send."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from marchante.simulator.config import Clock
from marchante.simulator.errors import GraphError, unknown_object
from marchante.simulator.identifiers import new_object_id
from marchante.simulator.journal import Journal

URL_LIFE_SECONDS = 5 * 60
_DAY = 24 * 60 * 60
UPLOAD_LIFE_SECONDS = 30 * _DAY
INCOMING_LIFE_SECONDS = 7 * _DAY
_KILO, _MEGA = 1024, 1024 * 1024

_LIMITS: dict[str, int] = {
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * _MEGA),
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), 16 * _MEGA),
    **dict.fromkeys(("video/mp4", "video/3gpp"), 16 * _MEGA),
    "image/webp": 500 * _KILO,
    **dict.fromkeys(
        (
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        100 * _MEGA,
    ),
}


@dataclass(frozen=True, slots=True)
class StoredMedia:
    """One file. `expires_at` is when the id stops working (30 days for uploads, 7 for what customers send)."""

    id: str
    phone_number_id: str
    mime_type: str
    content: bytes = field(repr=False)
    expires_at: float
    filename: str | None = None

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.content).digest()


class MediaStore:
    """Keeps files in memory and in the journal; urls carry the moment they expire."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._files: dict[str, StoredMedia] = {}

    def upload(self, phone_number_id: str, mime_type: str, content: bytes, filename: str | None) -> StoredMedia:
        """Store what a shop uploads. Raises GraphError 100 for a type or size Meta does not take."""
        limit = _LIMITS.get(mime_type.partition(";")[0].strip().lower())
        if limit is None:
            raise GraphError(100, f"Param file must be a file with one of the supported types; it is '{mime_type}'")
        if not content:
            raise GraphError(100, "Param file is empty")
        if len(content) > limit:
            raise GraphError(100, f"Param file is larger than the {limit} bytes allowed for '{mime_type}'")
        return self._keep(phone_number_id, mime_type, content, filename, UPLOAD_LIFE_SECONDS)

    def receive(self, phone_number_id: str, mime_type: str, content: bytes, filename: str | None) -> StoredMedia:
        """Store what a customer sends to a number."""
        return self._keep(phone_number_id, mime_type, content, filename, INCOMING_LIFE_SECONDS)

    def get(self, media_id: str) -> StoredMedia:
        """A file that is still alive. Raises GraphError 100/33."""
        stored = self._files.get(media_id)
        if stored is None or stored.expires_at <= self._clock().timestamp():
            raise unknown_object(media_id, "get")
        return stored

    def owned(self, media_id: str, phone_number_id: str) -> bool:
        """Whether the number may send this id."""
        stored = self._files.get(media_id)
        alive = stored is not None and stored.expires_at > self._clock().timestamp()
        return alive and stored is not None and stored.phone_number_id == phone_number_id

    def delete(self, media_id: str) -> None:
        if self._files.pop(media_id, None) is None:
            raise unknown_object(media_id)
        self._journal.write("media_deleted", {"id": media_id})

    def url(self, stored: StoredMedia, public_url: str) -> str:
        """Where the bytes are for the next five minutes."""
        until = int(self._clock().timestamp()) + URL_LIFE_SECONDS
        return f"{public_url}/whatsapp_business/attachments/?mid={stored.id}&ext={until}"

    def restore(self, data: dict[str, Any]) -> None:
        content = base64.b64decode(data["content"])
        self._files[data["id"]] = StoredMedia(**{**data, "content": content})

    def forget(self, media_id: str) -> None:
        self._files.pop(media_id, None)

    def _keep(
        self, phone_number_id: str, mime_type: str, content: bytes, filename: str | None, life_seconds: float
    ) -> StoredMedia:
        expires_at = self._clock().timestamp() + life_seconds
        stored = StoredMedia(new_object_id(), phone_number_id, mime_type, content, expires_at, filename)
        self._files[stored.id] = stored
        self._journal.write(
            "media",
            {
                "id": stored.id,
                "phone_number_id": phone_number_id,
                "mime_type": mime_type,
                "content": base64.b64encode(content).decode("ascii"),
                "expires_at": expires_at,
                "filename": filename,
            },
        )
        return stored
