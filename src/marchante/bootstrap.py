"""The composition root: settings → database and gateways → services. Nothing else builds what it uses."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp

from marchante.accounts.events import AccountEvents
from marchante.accounts.numbers.asking import NumberCare
from marchante.accounts.numbers.free_messages import FreeMessages
from marchante.accounts.service import AccountCare
from marchante.accounts.templates.sync import TemplateSync
from marchante.catalog.meta.keeping import MetaCatalogKeeper
from marchante.catalog.meta.service import MetaCatalogSync
from marchante.catalog.snapshots import CatalogCache
from marchante.channels.whatsapp.catalog_gateway import GraphCatalog
from marchante.channels.whatsapp.gateway import GraphGateway
from marchante.channels.whatsapp.media_gateway import GraphMedia
from marchante.channels.whatsapp.template_gateway import GraphTemplates
from marchante.channels.whatsapp.transport import graph_session
from marchante.companies.service import Companies
from marchante.conversations.lookups import PlaceLookup
from marchante.conversations.replies.es.templates import ALL as DEFINITIONS
from marchante.conversations.turn import Turns
from marchante.conversations.worker import ConversationWorker
from marchante.customers.geocoding import GOOGLE, GoogleGeocoder
from marchante.customers.ports import Geocoder
from marchante.entrypoints.housekeeping import Housekeeping
from marchante.entrypoints.media import MediaTraffic, catalog_documents, media_traffic
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.database.embedded import acquire, release
from marchante.foundation.database.setup import prepare
from marchante.foundation.database.wakeups import Wakeups
from marchante.foundation.kernel.clock import Clock, SystemClock
from marchante.foundation.kernel.errors import Permanent
from marchante.foundation.kernel.secrets import Vault
from marchante.inbox.domain import Batch
from marchante.inbox.service import Inbox
from marchante.media.incoming import IncomingMedia
from marchante.media.signing import MediaLinks
from marchante.outbox.receipts import ReadReceipts
from marchante.outbox.service import Outbox
from marchante.outbox.tokens import Tokens
from marchante.settings import Settings

INBOX_CHANNEL = "marchante_inbox"
OUTBOX_CHANNEL = "marchante_outbox"
STATUS_CHANNEL = "marchante_status"
ACCOUNT_CHANNEL = "marchante_account"
POOL_SIZE = 16
GRAPH_CONNECTIONS = 100
# Nothing a serving process asks takes this long, unless the database is away.
PATIENCE = 8.0


@dataclass(frozen=True)
class Storage:
    """The database and what needs nothing but it."""

    database: Database
    dsn: str
    vault: Vault
    clock: Clock
    companies: Companies


@dataclass(frozen=True)
class Marchante:
    """Everything a serving process runs."""

    settings: Settings
    storage: Storage
    gateway: GraphGateway
    inbox: Inbox
    worker: ConversationWorker
    outbox: Outbox
    receipts: ReadReceipts
    wakeups: Wakeups
    housekeeping: Housekeeping
    incoming_files: IncomingMedia
    accounts: AccountCare
    meta_catalogs: MetaCatalogKeeper


@asynccontextmanager
async def open_database(
    settings: Settings, *, pool_size: int = 4, patience: float = 30.0
) -> AsyncIterator[tuple[Database, str]]:
    """The database and its DSN, the shared schemas at head: the one DATABASE_URL names, else the embedded one (started,
    or joined). `patience` is how many seconds a statement may take.

    Raises:
        Permanent: production without DATABASE_URL and without an explicit MARCHANTE_DATA_DIR.

    """
    async with AsyncExitStack() as stack:
        dsn = settings.database_url or _embedded_dsn(settings, stack)
        behind_pooler = settings.database_pooler == "transaction"
        pool = await open_pool(dsn, size=pool_size, behind_pooler=behind_pooler, patience=patience)
        stack.push_async_callback(pool.close)
        database = Database(pool)
        await prepare(database)
        yield database, dsn


@asynccontextmanager
async def open_storage(settings: Settings, *, pool_size: int = 4, patience: float = 30.0) -> AsyncIterator[Storage]:
    """The database and what needs nothing but it. Raises Permanent as `open_database`, or without a SECRET_KEY."""
    async with open_database(settings, pool_size=pool_size, patience=patience) as (database, dsn):
        vault = Vault(settings.secret_keys)
        yield Storage(database, dsn, vault, SystemClock(), Companies(database, vault))


@asynccontextmanager
async def assemble(settings: Settings) -> AsyncIterator[Marchante]:
    """All services of a serving process, over one database and one Graph gateway."""
    async with (
        open_storage(settings, pool_size=POOL_SIZE, patience=PATIENCE) as storage,
        graph_session(GRAPH_CONNECTIONS) as session,
    ):
        yield wired(settings, storage, session)


def wired(settings: Settings, storage: Storage, session: aiohttp.ClientSession) -> Marchante:
    """The services of a serving process; the clock of all of them is the one `storage` carries."""
    token = settings.whatsapp_token.get_secret_value() if settings.whatsapp_token else ""
    gateway = GraphGateway(session, settings.whatsapp_api_url, settings.whatsapp_api_version)
    tokens = Tokens(storage.vault, token)
    files = _files(settings, storage, gateway, session, tokens)
    outbox = Outbox(storage.database, files.gateway, storage.vault, storage.clock, token)
    receipts = ReadReceipts(storage.database, gateway, storage.vault, token)
    turns = Turns(storage.database, CatalogCache(), storage.clock)
    lookup = PlaceLookup(storage.database, _geocoder(settings, session, storage.clock))
    worker = ConversationWorker(
        storage.database, turns, lookup, storage.clock, after_turns=lambda: wakeups.notify(OUTBOX_CHANNEL)
    )
    accounts = _account_care(settings, storage, gateway, session, tokens)
    listeners = {
        INBOX_CHANNEL: worker.wake,
        OUTBOX_CHANNEL: outbox.wake,
        STATUS_CHANNEL: outbox.wake_statuses,
        ACCOUNT_CHANNEL: accounts.wake,
    }
    wakeups = Wakeups(settings.database_direct_url or storage.dsn, listeners)

    inbox = Inbox(storage.database, storage.vault, storage.clock, settings.app_secret, _waking(wakeups, receipts))
    housekeeping = Housekeeping(storage.database, storage.clock)
    catalogs = meta_catalog_sync(settings, storage, session, tokens)
    return Marchante(
        settings,
        storage,
        gateway,
        inbox,
        worker,
        outbox,
        receipts,
        wakeups,
        housekeeping,
        files.incoming,
        accounts,
        MetaCatalogKeeper(storage.database, storage.companies, catalogs, storage.clock),
    )


def _waking(wakeups: Wakeups, receipts: ReadReceipts) -> Callable[[Batch], None]:
    """What is done with every batch of webhook items once it is committed."""

    def after_commit(batch: Batch) -> None:
        if batch.messages:
            wakeups.notify(INBOX_CHANNEL)
            receipts.offer([(row.phone_number_id, row.wamid) for row in batch.messages if row.waits])
        if batch.statuses:
            wakeups.notify(STATUS_CHANNEL)
        if batch.events:
            wakeups.notify(ACCOUNT_CHANNEL)

    return after_commit


def meta_catalog_sync(
    settings: Settings, storage: Storage, session: aiohttp.ClientSession, tokens: Tokens
) -> MetaCatalogSync:
    """What brings a company's Meta catalog to what it sells."""
    meta = GraphCatalog(session, settings.whatsapp_api_url, settings.whatsapp_api_version)
    links = MediaLinks(settings.secret_keys, storage.clock)
    return MetaCatalogSync(storage.database, meta, tokens, links, storage.clock, settings.public_url)


def _geocoder(settings: Settings, session: aiohttp.ClientSession, clock: Clock) -> Geocoder | None:
    """Google, or whoever GEOCODING_URL names; None when neither URL nor key is given."""
    key = settings.geocoding_api_key.get_secret_value() if settings.geocoding_api_key else ""
    if not key and not settings.geocoding_url:
        return None
    return GoogleGeocoder(session, settings.geocoding_url or GOOGLE, key, clock)


def template_sync(settings: Settings, storage: Storage, session: aiohttp.ClientSession, tokens: Tokens) -> TemplateSync:
    """What makes the companies' templates as our definitions say."""
    templates = GraphTemplates(session, settings.whatsapp_api_url, settings.whatsapp_api_version)
    return TemplateSync(storage.database, templates, tokens, storage.clock, DEFINITIONS)


def _account_care(
    settings: Settings, storage: Storage, gateway: GraphGateway, session: aiohttp.ClientSession, tokens: Tokens
) -> AccountCare:
    database, clock = storage.database, storage.clock
    return AccountCare(
        AccountEvents(database, clock),
        NumberCare(database, gateway, tokens, clock),
        template_sync(settings, storage, session, tokens),
        FreeMessages(database, clock),
    )


def _files(
    settings: Settings, storage: Storage, gateway: GraphGateway, session: aiohttp.ClientSession, tokens: Tokens
) -> MediaTraffic:
    """Files in both directions: what the sender posts through, and what fetches what customers send."""
    documents = catalog_documents(settings, storage.database, storage.companies, storage.clock)
    media = GraphMedia(session, settings.whatsapp_api_url, settings.whatsapp_api_version)
    return media_traffic(settings, storage.database, storage.clock, documents, gateway, media, tokens)


def _embedded_dsn(settings: Settings, stack: AsyncExitStack) -> str:
    if settings.is_production and settings.data_dir is None:
        raise Permanent(
            "set DATABASE_URL, or MARCHANTE_DATA_DIR to run the embedded database in production",
            code="database_not_configured",
        )
    server = acquire(settings.data_folder)
    stack.callback(release, server)
    return server.dsn
