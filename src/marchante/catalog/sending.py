"""The catalog and the photos of its products as messages. Pure: a flow may call these; the files are made, checked and
uploaded when the message leaves.
"""

import re

from marchante.catalog.photos import PUBLIC_PHOTO
from marchante.channels.whatsapp.messages import Document, Image
from marchante.channels.whatsapp.messages_limits import URL
from marchante.channels.whatsapp.text import fit
from marchante.media.domain import REFERENCE

_LONGEST_FILENAME = 100
_NOT_IN_A_FILENAME = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


def catalog_message(slug: str, shop_name: str, caption: str | None = None) -> Document:
    """The whole catalog as a PDF, as it is when the message leaves; one billed message."""
    return Document(media_id=f"{REFERENCE}{slug}/catalog/current.pdf", caption=caption, filename=_filename(shop_name))


def catalog_picture(slug: str, caption: str | None = None, page: int = 1) -> Image:
    """One page of the catalog as a picture; a page it has not fails when it is sent."""
    name = "current" if page == 1 else f"current-{page}"
    return Image(media_id=f"{REFERENCE}{slug}/catalog/{name}.png", caption=caption)


def photo_message(image_url: str | None, caption: str | None = None) -> Image | None:
    """A product's photo; None when it has none that can be sent. An https address is fetched by Meta itself."""
    if image_url is None:
        return None
    if image_url.startswith(REFERENCE):
        return Image(media_id=image_url, caption=caption)
    if PUBLIC_PHOTO.fullmatch(image_url) and len(image_url) <= URL:
        return Image(link=image_url, caption=caption)
    return None


def _filename(shop_name: str) -> str:
    name = " ".join(_NOT_IN_A_FILENAME.sub(" ", shop_name).split())
    return f"{fit(f'Catálogo {name}', _LONGEST_FILENAME)}.pdf"
