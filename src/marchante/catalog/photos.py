"""Photos of products: kept beside the catalog, named by the product, turned into a link when needed.

`products.image_url` holds `media:<key>` for a photo of ours, or an https address the shop imported. A photo is named
after its content: it never changes under its name, so that every cache may keep it.
"""

import asyncio
import hashlib
import re

from marchante.catalog import repository
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.errors import NotFound
from marchante.media.content import check_outbound
from marchante.media.domain import PNG, MediaKey
from marchante.media.pictures import thumbnail
from marchante.media.ports import MediaStore
from marchante.media.signing import MediaLinks

PUBLIC_PHOTO = re.compile(r"https://[^\s/?#\"'<>]+\.[^\s\"'<>]+")
_DIGITS = 32


class Photos:
    def __init__(self, database: Database, store: MediaStore) -> None:
        self._database = database
        self._store = store

    async def attach(self, company: Company, sku: str, content: bytes) -> MediaKey:
        """Make this JPEG or PNG (at most 5 MB, as Meta takes it) the photo of a product; its key.

        Raises:
            MediaRefused: not a photo, too large, or one that cannot be decoded.
            NotFound: `product_not_found`; nothing is kept then.

        """
        photo = check_outbound("image", content)
        small = await asyncio.to_thread(thumbnail, photo)
        key = MediaKey(company.slug, "products", hashlib.sha256(content).hexdigest()[:_DIGITS], photo.type.extension)
        before = await self._photo_of(company, sku)
        # Both files before the row: nothing ever names a photo that is not there.
        await self._store.put(key, content)
        await self._store.put(thumbnail_key(key), small)
        if before != key.reference:
            async with self._database.company(company.schema) as connection:
                await repository.set_image(connection, sku, key.reference)
        return key

    async def _photo_of(self, company: Company, sku: str) -> str:
        async with self._database.company(company.schema) as connection:
            image = await repository.image_of(connection, sku)
        if image is None:
            raise NotFound(f"{company.slug} has no product {sku}", code="product_not_found")
        return image


def thumbnail_key(photo: MediaKey) -> MediaKey:
    """Where the small square of a photo of ours is."""
    return MediaKey(photo.company, "thumbnails", photo.id, PNG.extension)


def photo_link(image_url: str | None, slug: str, links: MediaLinks) -> str | None:
    """An address a browser can show for a product of this company: a signed link to the small square, or the https
    address the shop gave; None for anything else (another company's file above all).
    """
    key = MediaKey.referred(image_url, slug)
    if key is not None:
        return links.steady_link(thumbnail_key(key))
    return image_url if image_url is not None and PUBLIC_PHOTO.fullmatch(image_url) else None
