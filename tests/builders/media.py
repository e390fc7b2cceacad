"""The smallest files that are what they claim to be."""

import io
import struct
import zipfile
import zlib


def png(
    width: int = 4, height: int = 4, *, depth: int = 8, color: int = 2, rgb: tuple[int, int, int] = (200, 90, 40)
) -> bytes:
    """One color all over. `color` 2 is RGB, 6 RGBA, 3 a palette (without one: only its header is true)."""
    row = b"\0" + bytes(rgb + ((255,) if color == 6 else ())) * width
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(row * height))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def jpeg(size: int = 100) -> bytes:
    """The head of a JPEG, filled up; no decoder opens it."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00".ljust(size, b"\x00")


def webp(*, animated: bool = False, size: int = 40) -> bytes:
    return (b"RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + (b"\x02" if animated else b"\x00")).ljust(size, b"\x00")


def ogg(*, codec: bytes = b"OpusHead", channels: int = 1, size: int = 60) -> bytes:
    return (b"OggS\x00\x02".ljust(28, b"\x00") + codec + b"\x01" + bytes([channels])).ljust(size, b"\x00")


def iso_media(brand: bytes, size: int = 40) -> bytes:
    return (b"\x00\x00\x00\x18ftyp" + brand).ljust(size, b"\x00")


def pdf(size: int = 40) -> bytes:
    return b"%PDF-1.7\n".ljust(size, b" ")


def office(part: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
    return whole.getvalue()
