"""The public catalog in Chromium, as wide as a phone: choosing, the total, searching, and the way to the chat."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page, Route, expect
from tests.acceptance.browser import Complaints
from tests.acceptance.stage import served

from marchante.catalog.controller import CatalogController
from marchante.catalog.importing import import_catalog
from marchante.catalog.snapshots import CatalogCache
from marchante.catalog.web.service import WebCatalogs
from marchante.media.signing import MediaLinks

pytestmark = pytest.mark.browser

GREENGROCER = Path("tests/understanding/known/catalogs/verduleria.json")


@dataclass(frozen=True, slots=True)
class Visit:
    browser: Browser
    url: str
    complaints: Complaints

    @asynccontextmanager
    async def page(self, *, script: bool = True) -> AsyncIterator[tuple[Page, list[str]]]:
        """The catalog on a phone, and where it was sent on to; nothing outside of this machine is reached."""
        asked: list[str] = []

        async def outside(route: Route) -> None:
            asked.append(route.request.url)
            await route.abort()

        async def on_its_way(route: Route) -> None:
            answer = await route.fetch(max_redirects=0)
            asked.append(answer.headers["location"])
            await route.fulfill(body="WhatsApp", content_type="text/plain")

        context = await self.browser.new_context(
            viewport={"width": 390, "height": 844}, locale="es-MX", java_script_enabled=script, has_touch=True
        )
        await context.route(lambda url: "127.0.0.1" not in url, outside)
        await context.route("**/order?*", on_its_way)
        page = await context.new_page()
        self.complaints.listen(page)
        await page.goto(self.url)
        try:
            yield page, asked
        finally:
            await context.close()


@pytest.fixture
async def visit(browser: Browser, database, companies, clock, lupita, agua) -> AsyncIterator[Visit]:
    async with database.company(lupita.schema) as connection:
        await import_catalog(connection, GREENGROCER)
        await connection.execute("UPDATE products SET stock = 0 WHERE sku = 'VER-003'")
    catalogs = WebCatalogs(database, companies, CatalogCache(), MediaLinks(["secret"], clock), clock)
    app = FastAPI()
    app.router.routes.extend(CatalogController(catalogs).routes())
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/c/{lupita.slug}"
    complaints = Complaints()
    async with served(app, listener):
        yield Visit(browser, url, complaints)
    assert complaints.heard == []


def product(page: Page, name: str):
    return page.locator("li", has=page.get_by_role("heading", name=name, exact=True))


async def test_a_visitor_taps_what_he_wants_and_the_chat_opens_with_the_order(visit: Visit) -> None:
    async with visit.page() as (page, asked):
        jitomate, ajo = product(page, "Jitomate saladet"), product(page, "Ajo (cabeza)")
        await expect(page.get_by_role("button", name="Pedir por WhatsApp")).to_be_disabled()
        await jitomate.get_by_role("button", name="Más").tap()
        await jitomate.get_by_role("button", name="Más").tap()
        await ajo.get_by_role("button", name="Más").tap()
        await expect(jitomate.get_by_role("spinbutton")).to_have_value("1.5")
        await expect(page.locator("#total")).to_have_text("$52.50")
        await expect(page.locator("#count")).to_have_text("2 productos")
        await page.get_by_role("button", name="Pedir por WhatsApp").tap()
        await page.wait_for_url("**/order?*")
    (link,) = map(urlsplit, asked)
    assert (link.netloc, link.path) == ("wa.me", "/522281000001")
    assert parse_qs(link.query)["text"] == ["Pedido del catálogo:\n1.5 kg Jitomate saladet\n1 Ajo (cabeza)"]


async def test_a_tap_too_many_is_taken_back(visit: Visit) -> None:
    async with visit.page() as (page, _):
        jitomate = product(page, "Jitomate saladet")
        await jitomate.get_by_role("button", name="Más").tap()
        await jitomate.get_by_role("button", name="Menos").tap()
        await expect(jitomate.get_by_role("spinbutton")).to_have_value("0.5")
        await jitomate.get_by_role("button", name="Menos").tap()
        await expect(jitomate.get_by_role("spinbutton")).to_be_hidden()
        await expect(page.get_by_role("button", name="Pedir por WhatsApp")).to_be_disabled()


async def test_the_cart_survives_a_reload_and_can_be_emptied(visit: Visit) -> None:
    async with visit.page() as (page, _):
        await product(page, "Ajo (cabeza)").get_by_role("button", name="Más").tap()
        await page.reload()
        await expect(product(page, "Ajo (cabeza)").get_by_role("spinbutton")).to_have_value("1")
        await page.get_by_role("button", name="Vaciar").tap()
        await page.reload()
        await expect(product(page, "Ajo (cabeza)").get_by_role("spinbutton")).to_be_hidden()


async def test_a_search_without_accents_finds_and_says_when_there_is_nothing(visit: Visit) -> None:
    async with visit.page() as (page, _):
        await page.get_by_role("searchbox").fill("limon")
        await expect(page.locator("li:visible h3")).to_have_text(["Limón"])
        await page.get_by_role("searchbox").fill("mariscos")
        await expect(page.locator(".nothing")).to_be_visible()
        await page.get_by_role("searchbox").fill("")
        await expect(page.locator("li:visible")).to_have_count(45)


async def test_what_is_sold_out_is_shown_and_cannot_be_taken(visit: Visit) -> None:
    async with visit.page() as (page, _):
        gone = product(page, "Cebolla blanca")
        await expect(gone).to_contain_text("Agotado")
        await expect(gone.get_by_role("button")).to_have_count(0)


async def test_a_phone_without_scripts_orders_all_the_same(visit: Visit) -> None:
    async with visit.page(script=False) as (page, asked):
        await product(page, "Jitomate saladet").get_by_role("spinbutton").fill("0.75")
        await page.get_by_role("button", name="Pedir por WhatsApp").click()
        await page.wait_for_url("**/order?*")
    assert parse_qs(urlsplit(asked[-1]).query)["text"] == ["Pedido del catálogo:\n0.75 kg Jitomate saladet"]


async def test_nothing_of_the_page_is_wider_than_the_phone(visit: Visit) -> None:
    async with visit.page() as (page, asked):
        widths = await page.evaluate("JSON.stringify([document.documentElement.scrollWidth, innerWidth])")
    assert json.loads(widths)[0] <= json.loads(widths)[1]
    assert asked == []
