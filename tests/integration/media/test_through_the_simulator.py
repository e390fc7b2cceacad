"""Files from a customer's phone to the shop and back, over HTTP, against the simulator's reading of the Cloud API."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from tests.builders.catalog import add_product
from tests.builders.media import photo
from tests.builders.orders import add_customer
from tests.fakes.media import MemoryMedia, PlainTokens

from marchante.catalog.document.service import KIND, CatalogDocuments
from marchante.catalog.photos import Photos
from marchante.catalog.sending import catalog_message, catalog_picture, photo_message
from marchante.catalog.snapshots import CatalogCache
from marchante.channels.whatsapp.gateway import GraphGateway
from marchante.channels.whatsapp.inbound_types import Envelope, MediaMessage
from marchante.channels.whatsapp.media_gateway import GraphMedia
from marchante.channels.whatsapp.messages import Recipient, frame, payload
from marchante.channels.whatsapp.ports import Accepted
from marchante.channels.whatsapp.transport import graph_session
from marchante.media.incoming import IncomingMedia, note
from marchante.media.outgoing import MediaSendingGateway, OutgoingMedia
from marchante.media.uploads import Uploads
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber, SimulatorConfig
from marchante.simulator.core import Simulator
from marchante.simulator.samples import SAMPLES
from marchante.simulator.server import serve_simulator

TOKEN = "grocer-token"
LUPE = SimulatedCustomer("5215512345678", "Lupe Rojas")
GROCER = SimulatedNumber("1001", "9001", "+52 228 100 0001", "Abarrotes Lupita", (TOKEN,))


@dataclass(frozen=True, slots=True)
class Line:
    simulator: Simulator
    graph: GraphGateway
    files: GraphMedia


@pytest.fixture
async def line(clock) -> AsyncIterator[Line]:
    config = SimulatorConfig(
        webhook_url="http://127.0.0.1:9/nobody",
        app_secret="secret",
        verify_token="token",
        numbers=(GROCER,),
        customers=(LUPE,),
    )
    async with serve_simulator(config, clock=clock.now) as running, graph_session() as session:
        version = (running.url, "v25.0")
        yield Line(running.simulator, GraphGateway(session, *version), GraphMedia(session, *version))


@pytest.mark.parametrize("kind", sorted(SAMPLES))
async def test_every_kind_of_file_a_phone_sends_is_fetched_and_kept(database, lupita, agua, clock, line, kind):
    sample, store = SAMPLES[kind], MemoryMedia(clock)
    announced = line.simulator.media.receive("1001", sample.mime_type, sample.content, sample.filename)
    message = MediaMessage(Envelope("wamid.1", clock.now()), kind, announced.id, None, None, None, False, None)
    async with database.company(lupita.schema) as connection:
        customer_id = await add_customer(connection)
        file_id = await note(
            connection,
            company_id=lupita.id,
            customer_id=customer_id,
            phone_number_id="1001",
            message=message,
            now=clock.now(),
        )
    incoming = IncomingMedia(database, line.files, store, PlainTokens(TOKEN), clock)
    kept = await incoming.fetch(lupita.schema, lupita.id, file_id)
    assert (kept.status, kept.mime) == ("stored", sample.mime_type.partition(";")[0])
    assert await store.get(kept.key) == sample.content


async def test_the_catalog_and_a_photo_arrive_on_the_customers_phone(database, lupita, agua, companies, clock, line):
    store = MemoryMedia(clock)
    async with database.company(lupita.schema) as connection:
        await add_product(connection, "mango")
    key = await Photos(database, store).attach(lupita, "mango", photo())
    documents = CatalogDocuments(database, store, companies, CatalogCache(), clock)
    outgoing = OutgoingMedia(database, store, Uploads(database, line.files, clock), {KIND: documents})
    gateway = MediaSendingGateway(line.graph, outgoing)
    for number, message in enumerate(
        (
            catalog_message(lupita.slug, lupita.name, "Precios de hoy"),
            catalog_picture(lupita.slug),
            photo_message(key.reference, "Mango"),
        )
    ):
        body = frame(payload(message), Recipient(LUPE.wa_id), f"{number}")
        assert isinstance(await gateway.send("1001", TOKEN, body), Accepted)
    sent = [entry.body for entry in line.simulator.store.sent_by_shops()]
    files = [line.simulator.media.get(request[request["type"]]["id"]) for request in sent]
    assert [file.mime_type for file in files] == ["application/pdf", "image/png", "image/jpeg"]
    assert files[0].content.startswith(b"%PDF-")
    assert sent[0]["document"]["filename"] == "Catálogo Abarrotes Lupita.pdf"
    assert files[2].content == photo()
