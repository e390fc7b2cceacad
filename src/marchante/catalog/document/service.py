"""The catalog of a company as files: drawn when somebody asks, kept while nothing they show has changed.

A kept file is named after everything it shows: catalog version, the shop's own facts, its logo, the style and the day
("precios al 23 de noviembre"). Nothing is ever stale, and yesterday's files go when today's are made.
"""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count, takewhile
from weakref import WeakValueDictionary

import structlog

from marchante.catalog import repository
from marchante.catalog.document.rendering import STYLE_VERSION, catalog_document, catalog_pictures
from marchante.catalog.document.sheet import Shop
from marchante.catalog.domain import Catalog, Product
from marchante.catalog.photos import thumbnail_key
from marchante.catalog.snapshots import CatalogCache
from marchante.companies.domain import Company
from marchante.companies.service import Companies
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.clock import Clock
from marchante.media.content import check_outbound
from marchante.media.domain import PDF, PNG, MediaKey, MediaNotFound
from marchante.media.pictures import thumbnail
from marchante.media.ports import MediaStore

log = structlog.get_logger(__name__)

KIND = "catalog"
CURRENT = "current"
_PHOTOS_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class _Edition:
    """One state of a company's catalog: what to draw, and the name of what was drawn of it."""

    catalog: Catalog
    shop: Shop
    name: str


class CatalogDocuments:
    """One per process. Drawing takes processor time in a thread, one drawing at a time."""

    def __init__(
        self, database: Database, store: MediaStore, companies: Companies, catalogs: CatalogCache, clock: Clock
    ) -> None:
        self._database = database
        self._store = store
        self._companies = companies
        self._catalogs = catalogs
        self._clock = clock
        self._drawing = asyncio.Semaphore(1)
        self._under_way: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, key: MediaKey) -> bytes:
        """The file a message names: `<slug>/catalog/current.pdf`, `current.png` for the first page as a picture,
        `current-2.png` for the second. Raises MediaNotFound for a page it has not, NotFound for no such company.
        """
        company = await self._companies.get(key.company)
        if key.extension == PDF.extension:
            return await self.document(company)
        pages = await self.pictures(company)
        number = key.id.removeprefix(CURRENT).removeprefix("-") or "1"
        if key.extension != PNG.extension or not number.isdigit() or not 1 <= int(number) <= len(pages):
            raise MediaNotFound("the catalog has no such page")
        return pages[int(number) - 1]

    async def document(self, company: Company) -> bytes:
        """The whole catalog as a PDF."""
        edition = await self._edition(company)
        key = MediaKey(company.slug, KIND, edition.name, PDF.extension)
        async with self._lock(key):
            try:
                return await self._store.get(key)
            except MediaNotFound:
                photos = await self._photos(company, edition.catalog)
                async with self._drawing:
                    drawn = await asyncio.to_thread(catalog_document, edition.catalog, edition.shop, photos)
                await self._keep(company, edition, {key: drawn})
                return drawn

    async def pictures(self, company: Company) -> Sequence[bytes]:
        """The same pages as PNGs."""
        edition = await self._edition(company)
        first = _page_key(company, edition, 1)
        async with self._lock(first):
            kept = {each.key for each in await self._store.list(company.slug, KIND)}
            if first in kept:
                pages = (_page_key(company, edition, number) for number in count(1))
                return [await self._store.get(page) for page in takewhile(kept.__contains__, pages)]
            photos = await self._photos(company, edition.catalog)
            async with self._drawing:
                drawn = await asyncio.to_thread(catalog_pictures, edition.catalog, edition.shop, photos)
            # The first page last: whoever finds it finds them all.
            named = {_page_key(company, edition, at): page for at, page in enumerate(drawn, start=1)}
            await self._keep(company, edition, dict(reversed(named.items())))
            return drawn

    async def set_logo(self, company: Company, content: bytes) -> None:
        """Show this JPEG or PNG on the cover from now on. Raises MediaRefused."""
        logo = await asyncio.to_thread(lambda: thumbnail(check_outbound("image", content), "contain"))
        await self._store.put(logo_key(company.slug), logo)

    async def _edition(self, company: Company) -> _Edition:
        async with self._database.company(company.schema) as connection:
            version = await repository.current_version(connection)
            catalog = await self._catalogs.get(connection, company.id, version)
        shop = _shop(company, self._clock)
        logo = await self._logo(company)
        shown = json.dumps(
            [STYLE_VERSION, asdict(replace(shop, logo=None)), hashlib.sha256(logo or b"").hexdigest()], default=str
        )
        digest = hashlib.sha256(shown.encode()).hexdigest()[:12]
        return _Edition(catalog, replace(shop, logo=logo), f"v{version}-{shop.today:%Y%m%d}-{digest}")

    async def _logo(self, company: Company) -> bytes | None:
        try:
            return await self._store.get(logo_key(company.slug))
        except MediaNotFound:
            return None

    async def _photos(self, company: Company, catalog: Catalog) -> dict[int, bytes]:
        """The small photos there are; one that is missing is not worth failing for."""
        limit = asyncio.Semaphore(_PHOTOS_AT_ONCE)

        async def one(product: Product) -> tuple[int, bytes] | None:
            key = MediaKey.referred(product.image_url, company.slug)
            if key is None:
                return None
            async with limit:
                try:
                    return product.id, await self._store.get(thumbnail_key(key))
                except MediaNotFound:
                    log.warning("catalog.photo_missing", company=company.slug, product_id=product.id)
                    return None

        found = await asyncio.gather(*(one(product) for product in catalog.products))
        return dict(photo for photo in found if photo is not None)

    async def _keep(self, company: Company, edition: _Edition, files: dict[MediaKey, bytes]) -> None:
        for key, content in files.items():
            await self._store.put(key, content)
        for old in await self._store.list(company.slug, KIND):
            if not old.key.id.startswith(edition.name):
                await self._store.delete(old.key)

    def _lock(self, key: MediaKey) -> asyncio.Lock:
        return self._under_way.setdefault(str(key), asyncio.Lock())


def logo_key(slug: str) -> MediaKey:
    """Where the square logo of a company is, when it gave one."""
    return MediaKey(slug, "brand", "logo", PNG.extension)


def _page_key(company: Company, edition: _Edition, number: int) -> MediaKey:
    return MediaKey(company.slug, KIND, f"{edition.name}-{number}", PNG.extension)


def _shop(company: Company, clock: Clock) -> Shop:
    return Shop(
        name=company.name,
        business_type=company.business_type,
        today=clock.now().astimezone(company.zone).date(),
        phone=company.numbers[0].display_phone if company.numbers else "",
        address=company.settings.address,
        opening_hours=company.settings.opening_hours,
        treatment=company.settings.treatment,
    )
