"""GET /media/…: the file, its headers, and what is refused."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from tests.builders.media import ogg, pdf, png
from tests.fakes.clock import FakeClock
from tests.fakes.media import MemoryMedia

from marchante.foundation.http import problems
from marchante.media.controller import MediaController
from marchante.media.domain import MediaKey
from marchante.media.signing import MediaLinks

PHOTO = MediaKey("lupita", "products", "a1", "png")
VOICE = MediaKey("lupita", "incoming", "b2", "ogg")
SHEET = MediaKey("lupita", "incoming", "c3", "xlsx")


@pytest.fixture
def store() -> MemoryMedia:
    return MemoryMedia()


@pytest.fixture
def links(clock: FakeClock) -> MediaLinks:
    return MediaLinks(["secret"], clock)


@pytest.fixture
async def browser(store, links):
    app = FastAPI()
    problems.install(app)
    app.router.routes.extend(MediaController(store, links).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_a_photo_is_shown_with_its_type_and_kept_by_its_viewer_only(store, links, browser):
    await store.put(PHOTO, png())
    answer = await browser.get(links.link(PHOTO, timedelta(minutes=5)))
    assert (answer.status_code, answer.content) == (200, png())
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, max-age=300, immutable"
    assert answer.headers["content-disposition"] == 'inline; filename="products-a1.png"'
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_what_a_browser_should_not_open_is_downloaded(store, links, browser):
    await store.put(SHEET, b"PK")
    answer = await browser.get(links.link(SHEET))
    assert answer.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-1", 206, slice(0, 2), "bytes 0-1/60"),
        ("bytes=50-", 206, slice(50, 60), "bytes 50-59/60"),
        ("bytes=50-900", 206, slice(50, 60), "bytes 50-59/60"),
        ("bytes=-5", 206, slice(55, 60), "bytes 55-59/60"),
        ("bytes=-900", 206, slice(0, 60), "bytes 0-59/60"),
        ("bytes=0-1,5-6", 200, slice(0, 60), None),
        ("lines=1-2", 200, slice(0, 60), None),
        ("bytes=-", 200, slice(0, 60), None),
    ],
)
async def test_a_player_may_ask_for_a_part(store, links, browser, asked, status, part, told):
    await store.put(VOICE, ogg())
    answer = await browser.get(links.link(VOICE), headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, ogg()[part])
    assert answer.headers.get("content-range") == told


@pytest.mark.parametrize("asked", ["bytes=60-", "bytes=5-2", "bytes=-0"])
async def test_a_part_outside_the_file_is_refused(store, links, browser, asked):
    await store.put(VOICE, ogg())
    answer = await browser.get(links.link(VOICE), headers={"range": asked})
    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")
    assert answer.headers["content-range"] == "bytes */60"


async def test_a_link_that_ended_or_is_not_ours_is_refused_as_a_problem(store, links, browser, clock):
    await store.put(PHOTO, png())
    link = links.link(PHOTO, timedelta(minutes=5))
    for wrong, code in ((link + "0", "bad_signature"), (link.split("?")[0], "bad_signature")):
        answer = await browser.get(wrong)
        assert (answer.status_code, answer.json()["code"]) == (403, code)
        assert answer.headers["content-type"] == "application/problem+json"
    clock.advance(minutes=5)
    answer = await browser.get(link)
    assert (answer.status_code, answer.json()["code"]) == (403, "link_expired")


async def test_a_file_that_is_not_there_is_not_found(links, browser):
    answer = await browser.get(links.link(PHOTO))
    assert (answer.status_code, answer.json()["code"]) == (404, "media_not_found")


@pytest.mark.parametrize(
    "path", ["../agua/products/a1.png", "..%2fagua%2fproducts%2fa1.png", "%2e%2e/secret", "b1.png"]
)
async def test_a_path_that_leaves_the_folder_opens_nothing(store, links, browser, path):
    await store.put(MediaKey("agua", "products", "a1", "png"), pdf())
    query = links.link(PHOTO).split("?")[1]
    answer = await browser.get(f"/media/lupita/products/{path}?{query}")
    assert answer.status_code == 403


async def test_even_a_signed_path_that_is_no_key_opens_nothing(store, links, browser):
    odd = links._signed("../../etc/passwd", 4_000_000_000)  # type: ignore[arg-type]
    answer = await browser.get(f"/media/%2e%2e/%2e%2e/etc/passwd?{odd.split('?')[1]}")
    assert answer.status_code in {403, 404}


async def test_a_store_that_is_down_is_said_to_be_down(store, links, browser):
    store.down = True
    answer = await browser.get(links.link(PHOTO))
    assert (answer.status_code, answer.json()["code"]) == (503, "media_unavailable")
