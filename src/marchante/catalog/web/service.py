"""Pages of the public catalog, kept while nothing they show has changed, and the address that opens the chat."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from marchante.catalog import repository
from marchante.catalog.domain import Catalog, Product
from marchante.catalog.order_text import order_text
from marchante.catalog.photos import photo_link
from marchante.catalog.snapshots import CatalogCache
from marchante.catalog.web.page import page_of, render
from marchante.companies.domain import SLUG, Company
from marchante.companies.service import Companies
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.foundation.kernel.phone import digits
from marchante.media.signing import MediaLinks

_KEPT_PAGES = 200
_MOST = Decimal(9_999)
_ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Rendered:
    """One page, plain and compressed. `tag` changes with every byte of it."""

    html: bytes
    compressed: bytes
    tag: str


@dataclass(frozen=True, slots=True)
class _Shown:
    company: Company
    catalog: Catalog
    sold_out: frozenset[int]


class WebCatalogs:
    """One per process. A visit costs two short reads of the database; a page is rendered once per state it shows."""

    def __init__(
        self, database: Database, companies: Companies, catalogs: CatalogCache, links: MediaLinks, clock: Clock
    ) -> None:
        self._database = database
        self._companies = companies
        self._catalogs = catalogs
        self._links = links
        self._clock = clock
        self._pages: OrderedDict[int, tuple[Hashable, Rendered]] = OrderedDict()

    async def page(self, slug: str) -> Rendered:
        """The page of a company. Raises NotFound for one that does not exist, is closed or is suspended alike."""
        shown = await self._shown(slug)
        company = shown.company
        # The links to photos change from day to day.
        state = (company.version, company.numbers, shown.catalog.version, shown.sold_out, self._clock.now().date())
        kept = self._pages.get(company.id)
        if kept is None or kept[0] != state:
            kept = (state, self._rendered(shown))
            self._pages[company.id] = kept
        self._pages.move_to_end(company.id)
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return kept[1]

    async def chat_link(self, slug: str, chosen: Iterable[tuple[str, str]]) -> str:
        """Where "Pedir por WhatsApp" leads: the chat with the shop, the order written in it, nothing sent yet.

        `chosen` are pairs ("p12", "1.5") as the page sends them; what is not a product of the page, is sold out or
        makes no sense is left out.

        Raises:
            NotFound: as `page`.
            Conflict: `nothing_chosen`, or `no_number` when the company has none to write to.

        """
        shown = await self._shown(slug)
        items = [item for item in (_chosen(shown, *pair) for pair in chosen) if item is not None]
        if not items:
            raise Conflict("no product was chosen", code="nothing_chosen")
        number = digits(shown.company.numbers[0].display_phone) if shown.company.numbers else ""
        if not number:
            raise Conflict("the company has no number to write to", code="no_number")
        return f"https://wa.me/{number}?text={quote(order_text(shown.catalog, items), safe='')}"

    async def _shown(self, slug: str) -> _Shown:
        if SLUG.fullmatch(slug) is None:
            raise NotFound("there is no such catalog", code="catalog_not_found")
        company = await self._companies.get(slug)
        if company.status != _ACTIVE:
            raise NotFound("there is no such catalog", code="catalog_not_found")
        async with self._database.company(company.schema) as connection:
            version = await repository.current_version(connection)
            catalog = await self._catalogs.get(connection, company.id, version)
            return _Shown(company, catalog, await repository.sold_out(connection))

    def _rendered(self, shown: _Shown) -> Rendered:
        slug = shown.company.slug
        page = page_of(shown.company, shown.catalog, shown.sold_out, lambda image: photo_link(image, slug, self._links))
        html = render(page).encode()
        return Rendered(html, gzip.compress(html, mtime=0), hashlib.sha256(html).hexdigest()[:32])


def _chosen(shown: _Shown, name: str, value: str) -> tuple[Product, Decimal] | None:
    number, text = name.removeprefix("p"), value.strip().replace(",", ".")
    if not (name.startswith("p") and number.isascii() and number.isdigit() and len(number) < 19):  # noqa: PLR2004 - digits of a bigint
        return None
    product = shown.catalog.product(int(number))
    quantity = _quantity(text)
    if product is None or product.id in shown.sold_out or quantity is None or quantity % product.step:
        return None
    return product, quantity


def _quantity(text: str) -> Decimal | None:
    """A positive amount with at most three decimals, as a number field sends it."""
    whole, _, part = text.partition(".")
    if not ((whole or part) and (whole + part).isascii() and (whole + part).isdigit() and len(part) <= 3):  # noqa: PLR2004
        return None
    quantity = Decimal(text) if len(whole) <= 4 else _MOST + 1  # noqa: PLR2004 - digits of the most
    return quantity if 0 < quantity <= _MOST else None
