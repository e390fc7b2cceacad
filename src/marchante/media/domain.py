"""What a stored file is called, and what it can be.

A key is `<company slug>/<kind>/<id>.<ext>`: the slug comes first and is checked wherever a key is read, so that no
company reaches another's files. The ending is the type: a folder keeps no content type beside a file.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from marchante.foundation.kernel.errors import Invalid, NotFound, Permanent, Transient

_KEY = re.compile(r"([a-z][a-z0-9_]{1,39})/([a-z][a-z_]{1,19})/([A-Za-z0-9_-]{1,80})\.([a-z0-9]{2,4})")
# What stands for a stored file where an address or a media id of Meta's is expected.
REFERENCE = "media:"


class MediaNotFound(NotFound):
    """There is no such file."""

    code = "media_not_found"


class MediaUnavailable(Transient):
    """The folder or the bucket did not answer; the same request may succeed later."""

    code = "media_unavailable"


class MediaMisconfigured(Permanent):
    """MEDIA_URL names no place, or one we may not use."""

    code = "media_misconfigured"


@dataclass(frozen=True, slots=True)
class FileType:
    """`kind` as WhatsApp names it: image, audio, video, document or sticker."""

    mime: str
    extension: str
    kind: str

    @property
    def shown_in_place(self) -> bool:
        """Whether a browser may show it; the rest is downloaded."""
        return self.kind != "document" or self.extension == "pdf"


_OFFICE = "application/vnd.openxmlformats-officedocument."

JPEG = FileType("image/jpeg", "jpg", "image")
PNG = FileType("image/png", "png", "image")
WEBP = FileType("image/webp", "webp", "sticker")
OGG = FileType("audio/ogg", "ogg", "audio")
MP3 = FileType("audio/mpeg", "mp3", "audio")
M4A = FileType("audio/mp4", "m4a", "audio")
AAC = FileType("audio/aac", "aac", "audio")
AMR = FileType("audio/amr", "amr", "audio")
MP4 = FileType("video/mp4", "mp4", "video")
THREE_GP = FileType("video/3gpp", "3gp", "video")
PDF = FileType("application/pdf", "pdf", "document")
DOCX = FileType(f"{_OFFICE}wordprocessingml.document", "docx", "document")
XLSX = FileType(f"{_OFFICE}spreadsheetml.sheet", "xlsx", "document")
PPTX = FileType(f"{_OFFICE}presentationml.presentation", "pptx", "document")
TXT = FileType("text/plain", "txt", "document")

FILE_TYPES = (JPEG, PNG, WEBP, OGG, MP3, M4A, AAC, AMR, MP4, THREE_GP, PDF, DOCX, XLSX, PPTX, TXT)
_BY_EXTENSION = {each.extension: each for each in FILE_TYPES}


@dataclass(frozen=True, slots=True)
class MediaKey:
    """Where one file of one company is. `id` is our own: it never holds a phone, a name or a path.

    Raises Invalid `bad_media_key` for parts that are no key.
    """

    company: str
    kind: str
    id: str
    extension: str

    def __post_init__(self) -> None:
        if _KEY.fullmatch(str(self)) is None or self.extension not in _BY_EXTENSION:
            raise Invalid("not a key of a stored file", code="bad_media_key")

    @classmethod
    def parse(cls, text: str) -> "MediaKey":
        """Read `<company>/<kind>/<id>.<ext>`. Raises Invalid `bad_media_key`; `..` is no part of any key."""
        found = _KEY.fullmatch(text)
        if found is None:
            raise Invalid("not a key of a stored file", code="bad_media_key")
        return cls(*found.groups())

    @classmethod
    def referred(cls, text: str | None, company: str) -> "MediaKey | None":
        """The key in a reference such as `media:<key>`; None for anything else and for another company's file."""
        if text is None or not text.startswith(REFERENCE):
            return None
        try:
            key = cls.parse(text.removeprefix(REFERENCE))
        except Invalid:
            return None
        return key if key.company == company else None

    @property
    def type(self) -> FileType:
        return _BY_EXTENSION[self.extension]

    @property
    def reference(self) -> str:
        """How a row or a message names this file."""
        return f"{REFERENCE}{self}"

    def __str__(self) -> str:
        return f"{self.company}/{self.kind}/{self.id}.{self.extension}"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A file in the store, without its content. `size` in bytes."""

    key: MediaKey
    size: int
    modified_at: datetime
