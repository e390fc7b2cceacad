"""From data to pages: typst, our own fonts, and a folder that holds nothing but this catalog's pictures."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal

import structlog
import typst

from marchante.catalog.document.sheet import Shop, sheet
from marchante.catalog.domain import Catalog
from marchante.media.content import MediaRefused, check_outbound, recognise
from marchante.media.domain import PNG
from marchante.media.pictures import thumbnail

log = structlog.get_logger(__name__)

# Part of every cached catalog's name: raise it with each change of what the pages look like or say.
STYLE_VERSION = 1
PICTURE_WIDTH = 1080
"""Pixels of a page as a picture, the width WhatsApp keeps."""

_HERE = Path(__file__).parent
_PAGE_INCHES = 110 / 25.4


def catalog_document(catalog: Catalog, shop: Shop, photos: Mapping[int, bytes]) -> bytes:
    """The catalog as a PDF. `photos`: JPEGs or PNGs by product id, best small (`media.pictures.thumbnail`); a missing
    or unreadable one is drawn as a placeholder. Processor time: about 0.1 s, more with large photos.
    """
    return b"".join(_pages(catalog, shop, photos, "pdf"))


def catalog_pictures(catalog: Catalog, shop: Shop, photos: Mapping[int, bytes]) -> tuple[bytes, ...]:
    """The same pages as PNGs, 1,080 pixels wide."""
    return _pages(catalog, shop, photos, "png")


def _pages(catalog: Catalog, shop: Shop, photos: Mapping[int, bytes], kind: Literal["pdf", "png"]) -> tuple[bytes, ...]:
    """One file of all pages, or one a page. A photo that spoils the whole is found and left out."""
    try:
        return _drawn(catalog, shop, photos, kind)
    except typst.TypstError:
        readable = {product_id: photo for product_id, photo in photos.items() if _readable(photo)}
        if len(readable) == len(photos):
            raise
        log.warning("catalog.photos_unreadable", number=len(photos) - len(readable))
        return _drawn(catalog, shop, readable, kind)


def _drawn(catalog: Catalog, shop: Shop, photos: Mapping[int, bytes], kind: Literal["pdf", "png"]) -> tuple[bytes, ...]:
    with compiler(catalog, shop, photos) as drawing:
        pages = drawing.compile(format=kind, ppi=PICTURE_WIDTH / _PAGE_INCHES, pdf_tags=False)
    assert pages is not None
    return (pages,) if isinstance(pages, bytes) else tuple(pages)


@contextmanager
def compiler(catalog: Catalog, shop: Shop, photos: Mapping[int, bytes]) -> Iterator[typst.Compiler]:
    """Typst, ready to draw these pages or to be asked about them (`query`)."""
    with tempfile.TemporaryDirectory(prefix="marchante-catalog-") as name:
        folder = Path(name)
        has_logo = _place_logo(folder, shop.logo)
        pictures = {product_id: _place(folder, product_id, photo) for product_id, photo in photos.items()}
        data = sheet(catalog, shop, pictures, has_logo=has_logo)
        source = folder / "catalog.typ"
        source.write_bytes((_HERE / source.name).read_bytes())
        yield typst.Compiler(
            source,
            root=folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        )


@cache
def _fonts() -> typst.Fonts:
    """Ours, and those typst carries for letters ours lack: the same pages on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_HERE / "fonts")])


def _place(folder: Path, product_id: int, photo: bytes) -> str:
    """Put a photo where the pages find it; its path as they say it."""
    found = recognise(photo)
    path = f"photo-{product_id}.{found.extension if found else PNG.extension}"
    (folder / path).write_bytes(photo)
    return f"/{path}"


def _readable(photo: bytes) -> bool:
    try:
        thumbnail(check_outbound("image", photo))
    except MediaRefused:
        return False
    return True


def _place_logo(folder: Path, logo: bytes | None) -> bool:
    if logo is None:
        return False
    try:
        (folder / "logo.png").write_bytes(thumbnail(check_outbound("image", logo), "contain"))
    except MediaRefused as refused:
        log.warning("catalog.logo_unreadable", code=refused.code)
        return False
    return True
