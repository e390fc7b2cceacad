"""Files put together: where they are kept, who may open them, how they come in and go out."""

from dataclasses import dataclass

from starlette.routing import Route

from marchante.catalog.controller import CatalogController
from marchante.catalog.document.service import KIND, CatalogDocuments
from marchante.catalog.snapshots import CatalogCache
from marchante.catalog.web.service import WebCatalogs
from marchante.channels.whatsapp.ports import MediaGateway, MessageGateway
from marchante.companies.service import Companies
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.clock import Clock
from marchante.media.controller import MediaController
from marchante.media.incoming import IncomingMedia
from marchante.media.outgoing import MediaSendingGateway, OutgoingMedia
from marchante.media.ports import Tokens
from marchante.media.signing import MediaLinks
from marchante.media.store import ObjectStoreMedia, open_store
from marchante.media.uploads import Uploads
from marchante.settings import Settings


def media_url(settings: Settings) -> str:
    """MEDIA_URL, else a folder beside the embedded database."""
    return settings.media_url or (settings.data_folder / "media").as_uri()


def media_store(settings: Settings) -> ObjectStoreMedia:
    """Raises MediaMisconfigured for a MEDIA_URL that names no place."""
    return open_store(media_url(settings), region=settings.aws_region, endpoint=settings.aws_endpoint_url)


def public_routes(settings: Settings, database: Database, companies: Companies, clock: Clock) -> list[Route]:
    """Signed links to files, and the public catalog of every company."""
    links = MediaLinks(settings.secret_keys, clock)
    catalogs = WebCatalogs(database, companies, CatalogCache(products=20_000), links, clock)
    return [*MediaController(media_store(settings), links).routes(), *CatalogController(catalogs).routes()]


def catalog_documents(settings: Settings, database: Database, companies: Companies, clock: Clock) -> CatalogDocuments:
    """The catalogs as files, drawn when they are asked for."""
    return CatalogDocuments(database, media_store(settings), companies, CatalogCache(products=10_000), clock)


@dataclass(frozen=True, slots=True)
class MediaTraffic:
    """Files between us and Meta: `incoming` is a loop of the worker, `gateway` is what the sender posts through."""

    incoming: IncomingMedia
    gateway: MediaSendingGateway


def media_traffic(
    settings: Settings,
    database: Database,
    clock: Clock,
    documents: CatalogDocuments,
    messages: MessageGateway,
    files: MediaGateway,
    tokens: Tokens,
) -> MediaTraffic:
    """`files` is a GraphMedia on the session of `messages`; `tokens` is `outbox.tokens.Tokens`."""
    store = media_store(settings)
    outgoing = OutgoingMedia(database, store, Uploads(database, files, clock), {KIND: documents})
    return MediaTraffic(IncomingMedia(database, files, store, tokens, clock), MediaSendingGateway(messages, outgoing))
