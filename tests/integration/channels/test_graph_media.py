"""Files over Graph, against a local HTTP server."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from tests.fakes.graph import FakeMedia, graph_error
from tests.fakes.graph_server import HANG_UP, StubGraph, stub_graph

from marchante.channels.whatsapp.media_gateway import GraphMedia
from marchante.channels.whatsapp.ports import Downloaded, MediaInfo, Refused, Unreachable, Uploaded
from marchante.channels.whatsapp.transport import graph_session


@pytest.fixture
async def stub() -> AsyncIterator[StubGraph]:
    async with stub_graph() as server:
        yield server


@pytest.fixture
async def media(stub: StubGraph) -> AsyncIterator[GraphMedia]:
    async with graph_session() as session:
        yield GraphMedia(session, stub.url, "v25.0")


@pytest.mark.parametrize("size", ["303833", 303833])
async def test_a_file_is_found_by_its_id(stub, media, size):
    stub.answers({"url": "https://lookaside.fbsbx.com/x", "mime_type": "image/jpeg", "sha256": "q5", "file_size": size})
    found = await media.media_info("4001", "token", "1001")
    assert found == MediaInfo("https://lookaside.fbsbx.com/x", "image/jpeg", "q5", 303833)
    assert (stub.received[0].path, stub.received[0].query) == ("/v25.0/4001", {"phone_number_id": "1001"})


async def test_a_file_of_another_number_is_refused(stub, media):
    stub.answers(graph_error(100, subcode=33), status=400)
    refused = await media.media_info("4001", "token")
    assert isinstance(refused, Refused)
    assert refused.failure.subcode == 33


async def test_a_file_without_an_address_is_unreachable(stub, media):
    stub.answers({"id": "4001"})
    assert await media.media_info("4001", "token") == Unreachable("unreadable_answer")


async def test_a_file_is_downloaded_with_the_token(stub, media):
    stub.script.append(web.Response(body=b"\xff\xd8jpeg", content_type="image/jpeg"))
    assert await media.download(f"{stub.url}/file", "token", 1000) == Downloaded(b"\xff\xd8jpeg", "image/jpeg")
    assert stub.received[0].headers["Authorization"] == "Bearer token"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.mx/file",
        "http://lookaside.fbsbx.com/file",
        "https://fbsbx.com.evil.example.mx/file",
        "https://evilfbsbx.com/file",
        "file:///etc/passwd",
        "http://127.0.0.1:1/file",
        "http://[",
        "http://a:b:c/",
        "",
    ],
)
async def test_the_token_never_goes_to_a_host_that_is_not_metas(media, url):
    assert await media.download(url, "token", 1000) == Unreachable("untrusted_host")


async def test_a_file_larger_than_allowed_is_not_read(stub, media):
    stub.script.append(web.Response(body=b"x" * 1001))
    assert await media.download(f"{stub.url}/file", "token", 1000) == Unreachable("too_large")
    stub.script.append(web.Response(body=b"x" * 1000))
    assert len((await media.download(f"{stub.url}/file", "token", 1000)).content) == 1000


async def test_an_expired_address_is_refused(stub, media):
    stub.script.append(web.Response(status=404, text="gone"))
    refused = await media.download(f"{stub.url}/file", "token", 1000)
    assert refused.failure.http_status == 404


async def test_a_file_is_uploaded_as_a_form(stub, media):
    stub.answers({"id": "9001"})
    assert await media.upload("1001", "token", b"%PDF", "application/pdf", "catálogo.pdf") == Uploaded("9001")
    request = stub.received[0]
    assert (request.method, request.path) == ("POST", "/v25.0/1001/media")
    assert request.headers["Content-Type"].startswith("multipart/form-data")
    for part in (b'name="messaging_product"', b"whatsapp", b'name="type"', b"application/pdf", b'name="file"', b"%PDF"):
        assert part in request.body


async def test_an_upload_that_gets_lost_is_unreachable(stub, media):
    stub.script.append(HANG_UP)
    assert isinstance(await media.upload("1001", "token", b"x", "image/png", "a.png"), Unreachable)


async def test_the_fake_keeps_files_the_same_way():
    media = FakeMedia()
    uploaded = await media.upload("1001", "token", b"%PDF", "application/pdf", "a.pdf")
    found = await media.media_info(uploaded.media_id, "token")
    assert (found.mime_type, found.size) == ("application/pdf", 4)
    assert await media.download(found.url, "token", 10) == Downloaded(b"%PDF", "application/pdf")
    assert await media.download(found.url, "token", 3) == Unreachable("too_large")
    assert isinstance(await media.media_info("unknown", "token"), Refused)
