"""Brings a company's Meta catalog to what the shop sells now. It may be run at any time and as often as one likes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from marchante.catalog import repository
from marchante.catalog.domain import Catalog, Product
from marchante.catalog.meta.domain import Shown, batches, changes
from marchante.catalog.meta.ports import MetaCatalog
from marchante.catalog.photos import PUBLIC_PHOTO
from marchante.channels.whatsapp.catalog_gateway import BatchTaken
from marchante.channels.whatsapp.ports import Refused, Unreachable
from marchante.companies.domain import Company
from marchante.companies.repository import sealed_token
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Conflict, Transient
from marchante.foundation.kernel.phone import digits
from marchante.media.domain import MediaKey
from marchante.media.ports import Tokens
from marchante.media.signing import MediaLinks

log = structlog.get_logger(__name__)


class NoMetaCatalog(Conflict):
    """The company has not named a catalog (setting `meta_catalog_id`)."""

    code = "meta_catalog_missing"


class MetaCatalogFailed(Transient):
    """Meta could not be asked, or refused the whole: nothing is half done that the next run does not mend."""

    code = "meta_catalog_failed"


@dataclass
class SyncReport:
    """`without_picture`: Meta shows no product without one it can fetch. `refused`: by sku, in Meta's words."""

    written: int = 0
    deleted: int = 0
    without_picture: tuple[str, ...] = ()
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Shop:
    catalog: Catalog
    sold_out: frozenset[int]
    sealed_token: bytes | None


class MetaCatalogSync:
    """`public_url` is where Meta fetches the pictures we keep; without it only those with an https address."""

    def __init__(
        self, database: Database, meta: MetaCatalog, tokens: Tokens, links: MediaLinks, clock: Clock, public_url: str
    ) -> None:
        self._database = database
        self._meta = meta
        self._tokens = tokens
        self._links = links
        self._clock = clock
        self._public_url = public_url.rstrip("/")

    async def sync(self, company: Company) -> SyncReport:
        """Write every product, delete what is no longer sold. Raises NoMetaCatalog or MetaCatalogFailed."""
        catalog_id = company.settings.meta_catalog_id
        if not catalog_id:
            raise NoMetaCatalog(f"{company.slug} has no meta_catalog_id")
        shop = await self._read(company)
        token = self._tokens.of(shop.sealed_token)
        shown = self._shown(company, shop)
        known = await self._meta.listed(catalog_id, token)
        if isinstance(known, Refused | Unreachable):
            raise MetaCatalogFailed(f"Meta did not list the catalog: {_why(known)}")
        pictured = {each.product.sku for each in shown}
        bare = tuple(product.sku for product in shop.catalog.products if product.sku not in pictured)
        report = SyncReport(without_picture=bare)
        for batch in batches(changes(shown, known, company.name)):
            taken = await self._meta.change(catalog_id, token, [change.as_request() for change in batch])
            if not isinstance(taken, BatchTaken):
                raise MetaCatalogFailed(f"Meta did not take the changes: {_why(taken)}")
            report.refused |= taken.refused
            report.deleted += sum(change.method == "DELETE" for change in batch)
            report.written += sum(change.method != "DELETE" and change.sku not in taken.refused for change in batch)
        log.info("meta_catalog.synced", company=company.slug, written=report.written, refused=len(report.refused))
        return report

    async def _read(self, company: Company) -> _Shop:
        """Everything from the database first: nothing is asked of Meta inside a transaction."""
        async with self._database.relay() as connection:
            sealed = await sealed_token(connection, company.id)
        async with self._database.company(company.schema) as connection:
            version = await repository.current_version(connection)
            return _Shop(await repository.load(connection, version), await repository.sold_out(connection), sealed)

    def _shown(self, company: Company, shop: _Shop) -> Sequence[Shown]:
        page = f"{self._public_url}/c/{company.slug}" if self._public_url else _chat_of(company)
        today = self._clock.now().astimezone(company.zone).isoweekday()
        pictures = ((product, self._picture(company, product)) for product in shop.catalog.products)
        return [
            Shown(product, picture, page, product.id in shop.sold_out or not product.sold_on(today))
            for product, picture in pictures
            if picture
        ]

    def _picture(self, company: Company, product: Product) -> str | None:
        key = MediaKey.referred(product.image_url, company.slug)
        if key is not None:
            return f"{self._public_url}{self._links.steady_link(key)}" if self._public_url else None
        image = product.image_url
        return image if image is not None and PUBLIC_PHOTO.fullmatch(image) else None


def _chat_of(company: Company) -> str:
    if not company.numbers:
        raise MetaCatalogFailed(f"{company.slug} has neither a number nor a public page its products could lead to")
    return f"https://wa.me/{digits(company.numbers[0].display_phone)}"


def _why(answer: Refused | Unreachable) -> str:
    return str(answer.failure) if isinstance(answer, Refused) else answer.reason
