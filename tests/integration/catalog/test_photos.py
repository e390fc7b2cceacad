"""Photos of products, from the shopkeeper's file to a link and to a message."""

import pytest
from tests.builders.catalog import add_product
from tests.builders.media import photo, png
from tests.fakes.media import MemoryMedia

from marchante.catalog import repository
from marchante.catalog.photos import Photos, photo_link, thumbnail_key
from marchante.catalog.sending import photo_message
from marchante.channels.whatsapp.messages import Image
from marchante.foundation.kernel.errors import NotFound
from marchante.media.content import MediaRefused, check_outbound
from marchante.media.domain import MediaKey
from marchante.media.signing import MediaLinks


@pytest.fixture
def store() -> MemoryMedia:
    return MemoryMedia()


@pytest.fixture
async def photos(database, store, lupita, agua) -> Photos:
    for company in (lupita, agua):
        async with database.company(company.schema) as connection:
            await add_product(connection, "mango")
    return Photos(database, store)


async def state_of(database, company) -> tuple[str | None, int]:
    async with database.company(company.schema) as connection:
        return await repository.image_of(connection, "mango"), await repository.current_version(connection)


async def test_a_photo_is_kept_large_and_small_and_named_by_its_product(photos, store, database, lupita, agua):
    others = await state_of(database, agua)
    key = await photos.attach(lupita, "mango", photo())
    assert (key.company, key.kind, key.extension) == ("abarrotes_lupita", "products", "jpg")
    assert await store.get(key) == photo()
    assert check_outbound("image", await store.get(thumbnail_key(key))).type.mime == "image/png"
    image, version = await state_of(database, lupita)
    assert image == key.reference
    assert version > others[1]
    assert await state_of(database, agua) == others


async def test_the_same_photo_again_changes_nothing(photos, store, database, lupita):
    await photos.attach(lupita, "mango", photo())
    before = await state_of(database, lupita)
    await photos.attach(lupita, "mango", photo())
    assert await state_of(database, lupita) == before
    await photos.attach(lupita, "mango", png())
    assert await state_of(database, lupita) != before


async def test_a_photo_of_nothing_is_refused_and_not_kept(photos, store, lupita):
    with pytest.raises(NotFound) as refused:
        await photos.attach(lupita, "papaya", photo())
    assert refused.value.code == "product_not_found"
    assert store.files == {}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", photo()[:200], b"<svg/>"])
async def test_what_is_no_photo_is_refused_and_not_kept(photos, store, database, lupita, content):
    before = await state_of(database, lupita)
    with pytest.raises(MediaRefused):
        await photos.attach(lupita, "mango", content)
    assert (store.files, await state_of(database, lupita)) == ({}, before)


def test_a_browser_gets_a_signed_link_to_the_small_photo(clock):
    links = MediaLinks(["secret"], clock)
    key = MediaKey("lupita", "products", "a1", "jpg")
    link = photo_link(key.reference, "lupita", links)
    assert link == links.steady_link(MediaKey("lupita", "thumbnails", "a1", "png"))
    assert photo_link("https://fotos.example.mx/mango.jpg", "lupita", links) == "https://fotos.example.mx/mango.jpg"


@pytest.mark.parametrize(
    "image_url",
    [
        None,
        "",
        "fotos/mango.jpg",
        "media:agua/products/a1.jpg",
        "javascript:alert(1)",
        'https://a.mx/"onload="x',
        "http://a.mx/b.png",
    ],
)
def test_a_browser_gets_nothing_of_another_company_and_no_odd_address(clock, image_url):
    assert photo_link(image_url, "lupita", MediaLinks(["secret"], clock)) is None


def test_a_product_with_a_photo_can_be_sent_as_a_picture():
    assert photo_message("media:lupita/products/a1.jpg", "Mango") == Image(
        "media:lupita/products/a1.jpg", None, "Mango"
    )
    assert photo_message("https://a.mx/b.jpg") == Image(None, "https://a.mx/b.jpg", None)
    assert photo_message(None) is None
    assert photo_message("fotos/mango.jpg") is None
