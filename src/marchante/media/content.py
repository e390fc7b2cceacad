"""What a file is, told by its first bytes and never by its name; and whether Meta's limits let it through."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from marchante.foundation.kernel.errors import Invalid
from marchante.media.domain import (
    AAC,
    AMR,
    DOCX,
    JPEG,
    M4A,
    MP3,
    MP4,
    OGG,
    PDF,
    PNG,
    PPTX,
    THREE_GP,
    TXT,
    WEBP,
    XLSX,
    FileType,
)

Kind = Literal["image", "audio", "video", "document", "sticker"]
RefusalCode = Literal["empty", "unknown_type", "wrong_kind", "too_large", "unsupported_encoding"]

_KB = 1024
_MB = 1024 * 1024
MOST_INBOUND = 100 * _MB
_OUTBOUND: Mapping[Kind, int] = {
    "image": 5 * _MB,
    "audio": 16 * _MB,
    "video": 16 * _MB,
    "document": 100 * _MB,
    "sticker": 100 * _KB,
}
_ANIMATED_STICKER = 500 * _KB
VOICE_NOTE = 512 * _KB
"""Above this an ogg is shown as a file to download, not as a voice note."""

# The same container with or without a picture: only the kind of the message tells.
_SOUND_IN = {MP4: M4A, THREE_GP: M4A}
_SENDABLE: Mapping[Kind, frozenset[FileType]] = {
    "image": frozenset({JPEG, PNG}),
    "audio": frozenset({OGG, MP3, M4A, AAC, AMR}),
    "video": frozenset({MP4, THREE_GP}),
    "document": frozenset({PDF, DOCX, XLSX, PPTX, TXT}),
    "sticker": frozenset({WEBP}),
}


class MediaRefused(Invalid):
    """A file that may not be kept or sent. `code` is a RefusalCode."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may pass: its real type."""

    content: bytes
    type: FileType


def recognise(content: bytes) -> FileType | None:
    """The type of a file by its magic bytes; None for one we do not know."""
    for matches, file_type in _MAGIC:
        if matches(content):
            return file_type
    return _office(content) if content.startswith(b"PK\x03\x04") else None


def check_inbound(kind: str, content: bytes) -> Checked:
    """A customer's file as Meta announced it (`kind`): known type, that kind, at most 100 MB. Raises MediaRefused.

    A photo or a recording sent as a document is taken as what it is.
    """
    found = _known(content, MOST_INBOUND)
    if kind == "audio":
        found = _SOUND_IN.get(found, found)
    allowed = {found.kind, "document"} | ({"image"} if found is WEBP else set())
    if kind not in allowed:
        raise MediaRefused(f"announced as {kind}, it is {found.mime}", code="wrong_kind")
    return Checked(content, found)


def check_outbound(kind: Kind, content: bytes) -> Checked:
    """A file to send as a message of this kind: what Meta accepts, in size and in encoding. Raises MediaRefused."""
    found = _known(content, max(_OUTBOUND.values()))
    if kind == "audio":
        found = _SOUND_IN.get(found, found)
    if kind != "document" and found not in _SENDABLE[kind]:
        raise MediaRefused(f"{found.mime} cannot be sent as {kind}", code="wrong_kind")
    limit = _ANIMATED_STICKER if kind == "sticker" and _animated(content) else _OUTBOUND[kind]
    _fits(content, limit)
    if reason := _unsupported(found, content):
        raise MediaRefused(reason, code="unsupported_encoding")
    return Checked(content, found)


def _known(content: bytes, limit: int) -> FileType:
    if not content:
        raise MediaRefused("the file is empty", code="empty")
    _fits(content, limit)
    found = recognise(content)
    if found is None:
        raise MediaRefused("a file of a type we do not know", code="unknown_type")
    return found


def _fits(content: bytes, limit: int) -> None:
    if len(content) > limit:
        raise MediaRefused(f"{len(content)} bytes, at most {limit}", code="too_large")


def _unsupported(found: FileType, content: bytes) -> str | None:
    """What Meta refuses inside a type it accepts."""
    if found is PNG and not (content[24:25] == b"\x08" and content[25:26] in {b"\x02", b"\x06"}):
        return "a PNG must be 8-bit RGB or RGBA"
    if found is OGG:
        head = content.find(b"OpusHead", 0, 512)
        if head < 0:
            return "an ogg must hold opus"
        if content[head + 9 : head + 10] != b"\x01":
            return "an ogg must be mono"
    return None


def _animated(webp: bytes) -> bool:
    return webp[12:16] == b"VP8X" and bool(webp[20:21] and webp[20] & 0b10)


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


def _riff_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    """An ISO media file of one of these brands; no brand given: of any."""
    return lambda content: content[4:8] == b"ftyp" and content[8:12].startswith(brands or (b"",))


def _adts(content: bytes) -> bool:
    """AAC frames: twelve bits set, then layer 0, which an MP3 frame never has."""
    return len(content) > 1 and content[0] == 0xFF and content[1] & 0xF6 == 0xF0  # noqa: PLR2004 - the sync word


def _mp3_frame(content: bytes) -> bool:
    return (
        len(content) > 2  # noqa: PLR2004 - bytes of a frame's head
        and content[0] == 0xFF  # noqa: PLR2004 - the sync word
        and content[1] & 0xE6 == 0xE2  # noqa: PLR2004 - layer III
        and content[2] & 0xF0 not in {0x00, 0xF0}
    )


_MAGIC: tuple[tuple[Callable[[bytes], bool], FileType], ...] = (
    (_starts(b"\xff\xd8\xff"), JPEG),
    (_starts(b"\x89PNG\r\n\x1a\n"), PNG),
    (_riff_webp, WEBP),
    (_starts(b"%PDF-"), PDF),
    (_starts(b"OggS"), OGG),
    (_starts(b"#!AMR\n", b"#!AMR-WB\n"), AMR),
    (_brand(b"M4A", b"M4B"), M4A),
    (_brand(b"3gp", b"3g2"), THREE_GP),
    (_brand(b"mp4", b"iso", b"avc", b"MSNV", b"dash", b"M4V"), MP4),
    (_starts(b"ID3"), MP3),
    (_adts, AAC),
    (_mp3_frame, MP3),
)


def _office(content: bytes) -> FileType | None:
    """Word, Excel and PowerPoint are zips that name their main part. Only the list of parts is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return None
    parts = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
    return next((file_type for part, file_type in parts.items() if part in names), None)
