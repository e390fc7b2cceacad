"""One contract for the folder, the bucket and the fake."""

import pytest
from tests.fakes.media import MemoryMedia
from tests.integration.media.buckets import REGION, nobody_listens

from marchante.media.domain import MediaKey, MediaMisconfigured, MediaNotFound, MediaUnavailable
from marchante.media.ports import MediaStore
from marchante.media.store import open_store

PHOTO = MediaKey("lupita", "products", "a1", "jpg")


@pytest.fixture(params=["folder", "bucket", "fake"])
def store(request, tmp_path) -> MediaStore:
    if request.param == "folder":
        return open_store((tmp_path / "con espacio y ñ").as_uri())
    if request.param == "bucket":
        bucket = request.getfixturevalue("bucket")
        return open_store(bucket.url, region=REGION, endpoint=bucket.endpoint)
    return MemoryMedia()


async def test_what_is_put_is_got(store):
    await store.put(PHOTO, b"\xff\xd8\x00 bytes")
    assert await store.get(PHOTO) == b"\xff\xd8\x00 bytes"
    found = await store.head(PHOTO)
    assert (found.key, found.size) == (PHOTO, 9)
    assert found.modified_at.tzinfo is not None


async def test_a_second_put_replaces_the_first(store):
    await store.put(PHOTO, b"first, and longer")
    await store.put(PHOTO, b"second")
    assert await store.get(PHOTO) == b"second"
    assert (await store.head(PHOTO)).size == 6


async def test_an_empty_file_is_a_file(store):
    await store.put(PHOTO, b"")
    assert await store.get(PHOTO) == b""


async def test_a_file_that_is_not_there_is_not_found(store):
    for asked in (store.get, store.head):
        with pytest.raises(MediaNotFound):
            await asked(PHOTO)


async def test_a_deleted_file_is_gone_and_deleting_again_is_nothing(store):
    await store.put(PHOTO, b"x")
    await store.delete(PHOTO)
    await store.delete(PHOTO)
    with pytest.raises(MediaNotFound):
        await store.get(PHOTO)


async def test_a_list_holds_one_companys_files_only(store):
    keys = [
        MediaKey("lupita", "incoming", "b", "ogg"),
        MediaKey("lupita", "incoming", "c", "jpg"),
        MediaKey("lupita", "products", "a", "png"),
        MediaKey("lupita_dos", "incoming", "d", "jpg"),
    ]
    for key in reversed(keys):
        await store.put(key, b"1234")
    assert [each.key for each in await store.list("lupita")] == keys[:3]
    assert [each.key for each in await store.list("lupita", "incoming")] == keys[:2]
    assert [each.size for each in await store.list("lupita", "products")] == [4]
    assert await store.list("lupit") == []


async def test_a_large_file_arrives_whole(store):
    content = bytes(range(256)) * 4 * 1024 * 12
    await store.put(PHOTO, content)
    assert await store.get(PHOTO) == content


async def test_a_bucket_knows_the_type_of_each_file(bucket):
    store = open_store(bucket.url, region=REGION, endpoint=bucket.endpoint)
    await store.put(PHOTO, b"x")
    head = bucket.client.head_object(Bucket=bucket.name, Key=f"marchante/{PHOTO}")
    assert head["ContentType"] == "image/jpeg"


async def test_a_bucket_that_does_not_exist_is_a_fault_of_the_settings(s3):
    store = open_store("s3://nobody-made-this", region=REGION, endpoint=s3)
    with pytest.raises(MediaMisconfigured):
        await store.put(PHOTO, b"x")


async def test_a_store_that_does_not_answer_is_unavailable_soon(s3):
    store = open_store("s3://bucket", region=REGION, endpoint=nobody_listens())
    with pytest.raises(MediaUnavailable) as refused:
        await store.put(PHOTO, b"x")
    assert "127.0.0.1" not in refused.value.message


async def test_a_strangers_file_in_the_folder_is_not_listed(tmp_path):
    store = open_store(tmp_path.as_uri())
    await store.put(PHOTO, b"x")
    (tmp_path / "lupita" / "notas de Lupita.txt").write_text("mías")
    assert [each.key for each in await store.list("lupita")] == [PHOTO]


async def test_a_folder_that_may_not_be_written_is_a_fault_of_the_settings(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(MediaMisconfigured):
        open_store((tmp_path / "file" / "media").as_uri())


@pytest.mark.parametrize("url", ["", "media", "s3://", "https://bucket/prefix", "file://host/folder", "gs://bucket"])
def test_an_address_that_names_no_place_is_refused(url):
    with pytest.raises(MediaMisconfigured):
        open_store(url)
