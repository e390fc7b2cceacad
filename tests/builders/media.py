"""The smallest files that are what they claim to be."""

import base64
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


def photo(*, orientation: int | None = None) -> bytes:
    """A JPEG that decodes: 16 × 8 pixels, red on the left, blue on the right. `orientation` as EXIF counts it."""
    whole = base64.b64decode("".join(_PHOTO))
    if orientation is None:
        return whole
    tag = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 1) + tag + b"\0\0\0\0"
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + whole[2:]


def pixels_of(picture: bytes) -> list[list[tuple[int, int, int]]]:
    """The rows of an 8-bit RGB or RGBA PNG."""
    at, data, width, channels = 8, b"", 0, 0
    while at < len(picture):
        length, name = struct.unpack_from(">I4s", picture, at)
        body = picture[at + 8 : at + 8 + length]
        if name == b"IHDR":
            width, channels = struct.unpack(">I", body[:4])[0], {2: 3, 6: 4}[body[9]]
        data += body if name == b"IDAT" else b""
        at += 12 + length
    lines, stride, above = zlib.decompress(data), width * channels + 1, bytes(width * channels)
    rows = []
    for start in range(0, len(lines), stride):
        above = _unfiltered(lines[start], bytearray(lines[start + 1 : start + stride]), above, channels)
        rows.append([tuple(above[x : x + 3]) for x in range(0, len(above), channels)])
    return rows


def _unfiltered(kind: int, line: bytearray, above: bytes, step: int) -> bytes:
    for x in range(len(line)):
        left, upper_left = (line[x - step], above[x - step]) if x >= step else (0, 0)
        line[x] = (
            line[x] + (0, left, above[x], (left + above[x]) // 2, _paeth(left, above[x], upper_left))[kind]
        ) % 256
    return bytes(line)


def _paeth(left: int, above: int, upper_left: int) -> int:
    guess = left + above - upper_left
    return min((left, above, upper_left), key=lambda each: abs(guess - each))


_PHOTO = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChn"
    "VFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAA"
    "b6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQA"
    "AAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAg"
    "ADIAMAAxADb/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBD"
    "AQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIABADASIAAhEB"
    "AxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAcI/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAcI/8QAGBEAAgMA"
    "AAAAAAAAAAAAAAAAAAhFg8P/2gAMAwEAAhEDEQA/AM6IEBwWWYo2KNYaKuyP/9k="
)
