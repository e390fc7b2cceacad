"""Photos made small: one square for lists, pages and printed catalogs, without what a camera writes beside the picture
(place, time, owner).
"""

import struct
import tempfile
from pathlib import Path
from typing import Literal

import typst

from marchante.media.content import Checked, MediaRefused
from marchante.media.domain import PNG

SIDE = 256
# A small file can unfold to gigabytes of pixels.
MOST_PIXELS = 50_000_000

# Typst is here for the catalogs and decodes, turns (EXIF) and scales.
_SQUARE = b"""#set page(width: 256pt, height: 256pt, margin: 0pt, fill: white)
#image(sys.inputs.photo, width: 256pt, height: 256pt, fit: sys.inputs.fit, scaling: "smooth")
"""
_PIXEL_PER_POINT = 72.0
_FILLING = 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def thumbnail(photo: Checked, fit: Literal["cover", "contain"] = "cover") -> bytes:
    """A JPEG or PNG as a square PNG of 256 pixels: cut on two sides (`cover`, for photos), or whole on white
    (`contain`, for logos). Processor time: up to a second for a large photo.

    Raises MediaRefused `unsupported_encoding` when it cannot be decoded, `too_large` above 50 million pixels.
    """
    size = pixels(photo)
    if size is None:
        raise MediaRefused("the photo says no size", code="unsupported_encoding")
    if size[0] * size[1] > MOST_PIXELS:
        raise MediaRefused(f"{size[0]} × {size[1]} pixels, at most {MOST_PIXELS}", code="too_large")
    name = f"photo.{photo.type.extension}"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(photo.content)
        try:
            compiler = typst.Compiler(
                _SQUARE, root=folder, ignore_system_fonts=True, sys_inputs={"photo": f"/{name}", "fit": fit}
            )
            drawn = compiler.compile(format="png", ppi=_PIXEL_PER_POINT)
        except typst.TypstError as error:
            raise MediaRefused("the photo cannot be decoded", code="unsupported_encoding") from error
    assert isinstance(drawn, bytes)
    return drawn


def pixels(photo: Checked) -> tuple[int, int] | None:
    """Width and height as the file states them, without decoding it."""
    try:
        if photo.type is PNG:
            width, height = struct.unpack_from(">II", photo.content, 16)
            return width, height
        return _jpeg_pixels(photo.content)
    except struct.error:
        return None


def _jpeg_pixels(content: bytes) -> tuple[int, int] | None:
    """The size in the frame header, which the segments before it (place, time, preview) lead to."""
    at = 2
    while content[at : at + 1] == b"\xff":
        marker, length = struct.unpack_from(">BH", content, at + 1)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 1 if marker == _FILLING else 2 + length
    return None
