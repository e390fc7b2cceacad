"""The catalog as a file: drawn when somebody asks, kept while what it shows stays the same, sent as it is now."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.builders.catalog import add_product
from tests.builders.media import photo, png
from tests.fakes.graph import FakeGateway
from tests.fakes.media import MemoryMedia, ScriptedMedia

from marchante.catalog.document.service import KIND, CatalogDocuments
from marchante.catalog.photos import Photos, thumbnail_key
from marchante.catalog.sending import catalog_message, catalog_picture
from marchante.catalog.snapshots import CatalogCache
from marchante.channels.whatsapp.messages import Recipient, frame, payload
from marchante.channels.whatsapp.ports import Accepted
from marchante.foundation.kernel.errors import NotFound
from marchante.media.content import MediaRefused
from marchante.media.domain import MediaKey
from marchante.media.outgoing import MediaSendingGateway, OutgoingMedia
from marchante.media.uploads import Uploads


class CountingMedia(MemoryMedia):
    """Knows how often something was kept."""

    puts = 0

    async def put(self, key: MediaKey, content: bytes) -> None:
        self.puts += 1
        await super().put(key, content)


@pytest.fixture
def store() -> CountingMedia:
    return CountingMedia()


@pytest.fixture
async def documents(database, store, companies, clock, lupita, agua) -> CatalogDocuments:
    for company, sku in ((lupita, "mango"), (agua, "garrafon")):
        async with database.company(company.schema) as connection:
            await add_product(connection, sku)
    return CatalogDocuments(database, store, companies, CatalogCache(), clock)


async def editions(store, company) -> list[str]:
    return [each.key.id for each in await store.list(company.slug, KIND)]


async def test_a_catalog_is_drawn_once_and_kept(documents, store, lupita, agua):
    first = await documents.document(lupita)
    assert first.startswith(b"%PDF-")
    assert await documents.document(lupita) == first
    assert store.puts == 1
    assert await editions(store, agua) == []


async def test_many_who_ask_at_once_cause_one_drawing(documents, store, lupita):
    drawn = await asyncio.gather(*(documents.document(lupita) for _ in range(8)))
    assert len(set(drawn)) == 1
    assert store.puts == 1


async def test_a_change_of_price_draws_a_new_one_and_forgets_the_old(documents, store, database, lupita):
    before = await documents.document(lupita)
    (old,) = await editions(store, lupita)
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET price = $1", Decimal(99))
    assert await documents.document(lupita) != before
    (new,) = await editions(store, lupita)
    assert new != old


async def test_stock_alone_draws_nothing_new(documents, store, database, lupita):
    await documents.document(lupita)
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET stock = 0")
    await documents.document(lupita)
    assert store.puts == 1


async def test_the_day_of_the_prices_is_the_day_in_the_shop(documents, store, clock, agua):
    # 17:00 UTC is 10 in the morning in Mazatlán.
    await documents.document(agua)
    clock.advance(hours=12)
    await documents.document(agua)
    assert store.puts == 1
    clock.advance(hours=3)
    await documents.document(agua)
    assert store.puts == 2
    assert len(await editions(store, agua)) == 1


async def test_new_hours_a_new_name_or_a_logo_show_at_once(documents, store, lupita):
    drawn = [await documents.document(lupita)]
    drawn.append(await documents.document(replace(lupita, name="Abarrotes Guadalupe")))
    await documents.set_logo(lupita, photo())
    drawn.append(await documents.document(lupita))
    assert len(set(drawn)) == 3


async def test_a_logo_that_is_no_picture_is_refused(documents, store, lupita):
    with pytest.raises(MediaRefused):
        await documents.set_logo(lupita, b"%PDF-1.7")
    assert store.files == {}


async def test_photos_are_drawn_and_a_lost_one_is_not_missed(documents, store, database, lupita):
    without = await documents.document(lupita)
    key = await Photos(database, store).attach(lupita, "mango", photo())
    with_photo = await documents.document(lupita)
    assert len(with_photo) > len(without)
    await store.delete(thumbnail_key(key))
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET position = position + 1")
    assert await documents.document(lupita)


async def test_a_photo_of_another_company_is_never_drawn(documents, store, database, lupita, agua):
    key = await Photos(database, store).attach(agua, "garrafon", photo())
    without = await documents.document(lupita)
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET image_url = $1", key.reference)
    assert abs(len(await documents.document(lupita)) - len(without)) < 100


async def test_the_pages_are_also_pictures(documents, store, database, lupita):
    async with database.company(lupita.schema) as connection:
        for number in range(10):
            await add_product(connection, f"fruta-{number}")
    pages = await documents.pictures(lupita)
    assert len(pages) == 2
    assert await documents.pictures(lupita) == list(pages)
    assert store.puts == 2
    slug = lupita.slug
    assert await documents(MediaKey(slug, KIND, "current", "png")) == pages[0]
    assert await documents(MediaKey(slug, KIND, "current-2", "png")) == pages[1]
    assert (await documents(MediaKey(slug, KIND, "current", "pdf"))).startswith(b"%PDF-")
    for name, ending in (("current-3", "png"), ("current-0", "png"), ("current-x", "png"), ("current", "jpg")):
        with pytest.raises(NotFound):
            await documents(MediaKey(slug, KIND, name, ending))


async def test_half_written_pages_are_drawn_again(documents, store, lupita):
    pages = await documents.pictures(lupita)
    (name,) = await editions(store, lupita)
    store.files.clear()
    await store.put(MediaKey(lupita.slug, KIND, f"{name[:-1]}2", "png"), png())
    assert await documents.pictures(lupita) == pages


async def test_a_customer_who_asks_gets_the_catalog_of_this_moment(documents, store, database, clock, lupita):
    meta, graph = ScriptedMedia(), FakeGateway()
    outgoing = OutgoingMedia(database, store, Uploads(database, meta, clock), {KIND: documents})
    gateway = MediaSendingGateway(graph, outgoing)
    customer = Recipient("5212281234567", None)
    for message in (
        catalog_message(lupita.slug, lupita.name, "Precios de hoy"),
        catalog_message(lupita.slug, lupita.name),
        catalog_picture(lupita.slug),
    ):
        assert isinstance(await gateway.send("1001", "token", frame(payload(message), customer, "x")), Accepted)
    first, second, picture = graph.frames
    assert first["document"] == {
        "id": "9000",
        "filename": "Catálogo Abarrotes Lupita.pdf",
        "caption": "Precios de hoy",
    }
    assert second["document"]["id"] == "9000"
    assert picture["image"] == {"id": "9001"}
    assert [(mime, name) for _, mime, name, _ in meta.uploaded] == [
        ("application/pdf", "Catálogo Abarrotes Lupita.pdf"),
        ("image/png", "catalog.png"),
    ]


@pytest.mark.parametrize("name", ["a/b\\c:d", 'Comillas "dobles"', "x" * 300, "saltos\nde línea"])
def test_the_name_of_the_file_is_one_every_phone_takes(name):
    filename = catalog_message("lupita", name).filename
    assert filename.endswith(".pdf")
    assert len(filename) <= 104
    assert not set('/\\:*?"<>|\n') & set(filename)
