"""The phone page as a whole: several customers and shops, every kind of message, narrow windows, broken lines."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, Page, Route, expect
from tests.acceptance.browser import Complaints
from tests.acceptance.phone_desk import (
    BETO,
    GROCER,
    LUPITA,
    WATER,
    Desk,
    Message,
    Shop,
    config_for,
    corner_shop,
    desk_with_a_shop,
    webhook_of,
    write,
)

from marchante.simulator.server import serve_simulator

pytestmark = pytest.mark.browser

INLINE_SCRIPT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  return window.ran ?? null;
}"""
TEXTS_OUTSIDE = """() => {
  const found = document.documentElement.scrollWidth > innerWidth ? ["the page itself"] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    range.selectNodeContents(texts.currentNode);
    const sticksOut = [...range.getClientRects()].some((box) => box.left < -1 || box.right > innerWidth + 1);
    if (sticksOut) found.push(texts.currentNode.textContent);
  }
  return found;
}"""


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    async with desk_with_a_shop(browser) as desk:
        yield desk


async def outside(page: Page) -> list[str]:
    """The texts that stick out of the window to a side."""
    return list(await page.evaluate(TEXTS_OUTSIDE))


async def test_two_customers_chat_side_by_side_without_hearing_each_other(desk: Desk) -> None:
    page = await desk.open("?two=1")
    first, second = page.get_by_test_id("phone").nth(0), page.get_by_test_id("phone").nth(1)
    await write(first, "soy Lupita")
    await write(second, "soy Beto")
    await expect(first.get_by_test_id("bubble-in")).to_have_text(re.compile("Recibí: soy Lupita"))
    await expect(second.get_by_test_id("bubble-in")).to_have_text(re.compile("Recibí: soy Beto"))
    assert {message["from"] for message in desk.shop.received} == {LUPITA.wa_id, BETO.wa_id}
    boxes = [await phone.bounding_box() for phone in (first, second)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]


async def test_the_address_remembers_who_talks_to_which_shop(desk: Desk) -> None:
    page = await desk.open()
    first, second = page.get_by_test_id("phone").nth(0), page.get_by_test_id("phone").nth(1)
    await first.get_by_test_id("customer-select").select_option(label="Don Beto")
    await page.get_by_test_id("two-phones").click()
    await second.get_by_test_id("shop-select").select_option(label="Agua Clara")
    await write(second, "hola")
    await expect(second.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")
    await page.reload()
    await expect(first.get_by_test_id("customer-select")).to_have_value(BETO.wa_id)
    await expect(second.get_by_test_id("customer-select")).to_have_value(LUPITA.wa_id)
    await expect(second.get_by_role("heading", name="Agua Clara")).to_be_visible()
    await expect(second.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")


async def test_another_shop_and_another_customer_have_chats_of_their_own(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")
    await page.get_by_test_id("shop-select").select_option(WATER.phone_number_id)
    await expect(page.get_by_test_id("idea").first).to_be_visible()
    await expect(page.get_by_test_id("bubble-in")).to_have_count(0)
    await page.get_by_test_id("back").click()
    await page.get_by_test_id("chat-line").filter(has_text="Recibí: hola").click()
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")


async def test_a_new_customer_is_created_and_chats_at_once(desk: Desk) -> None:
    page = await desk.open()
    await page.get_by_test_id("new-customer").click()
    await page.get_by_test_id("new-customer-name").fill("Doña Chayo")
    await page.get_by_test_id("new-customer-create").click()
    await expect(page.get_by_test_id("customer-select").locator("option:checked")).to_have_text("Doña Chayo")
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")
    assert desk.shop.received[-1]["from"] not in {LUPITA.wa_id, BETO.wa_id}


async def test_what_the_shop_writes_is_shown_as_words_and_never_as_markup(desk: Desk) -> None:
    async def script(shop: Shop, message: Message) -> None:
        text = '<img src=x onerror="alert(1)"> *<b>uno</b>* _dos_ ~tres~ ```cuatro``` 2*3*4 https://example.com/a_b_c.'
        await shop.text(message, text)

    desk.shop.script = script
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "hola")
    bubble = page.get_by_test_id("bubble-in")
    await expect(bubble).to_contain_text('<img src=x onerror="alert(1)">')
    await expect(bubble.locator("strong")).to_have_text("<b>uno</b>")
    await expect(bubble.locator("em")).to_have_text("dos")
    await expect(bubble.locator("s")).to_have_text("tres")
    await expect(bubble.locator("code")).to_have_text("cuatro")
    await expect(bubble).to_contain_text("2*3*4")
    await expect(bubble.get_by_role("link")).to_have_attribute("href", "https://example.com/a_b_c")
    assert await bubble.locator("img, b").count() == 0


async def test_every_kind_of_message_has_a_bubble(desk: Desk) -> None:
    async def script(shop: Shop, message: Message) -> None:
        await shop.say(message, type="location", location={"latitude": 19.5, "longitude": -96.9, "name": "La tienda"})
        card = {
            "name": {"formatted_name": "Repartidor Juan", "first_name": "Juan"},
            "phones": [{"phone": "+526671112222"}],
        }
        await shop.say(message, type="contacts", contacts=[card])
        link = {"display_text": "Pagar", "url": "https://example.com/pagar"}
        await shop.interactive(
            message, type="cta_url", body={"text": "Paga en línea"}, action={"name": "cta_url", "parameters": link}
        )
        values = [{"type": "text", "text": "A-0042"}]
        template = {
            "name": "order_on_its_way",
            "language": {"code": "es_MX"},
            "components": [{"type": "body", "parameters": values}],
        }
        await shop.say(message, type="template", template=template)
        await shop.say(message, type="reaction", reaction={"message_id": message["id"], "emoji": "❤️"})

    desk.shop.script = script
    page = await desk.open(width=360, height=740)
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-out").get_by_test_id("reactions")).to_have_text("❤️")
    bubbles = page.get_by_test_id("bubble-in")
    await expect(bubbles).to_have_count(4)
    await expect(bubbles.nth(0)).to_contain_text("La tienda")
    await expect(bubbles.nth(1)).to_contain_text("Repartidor Juan")
    await expect(bubbles.nth(2).get_by_role("link", name="Pagar")).to_have_attribute(
        "href", "https://example.com/pagar"
    )
    await expect(bubbles.nth(3)).to_contain_text("order_on_its_way")
    await expect(bubbles.nth(3)).to_contain_text("A-0042")
    assert await outside(page) == []


async def test_a_reaction_that_comes_before_its_bubble_has_an_id_is_shown_once_it_has(desk: Desk) -> None:
    async def script(shop: Shop, message: Message) -> None:
        await shop.say(message, type="reaction", reaction={"message_id": message["id"], "emoji": "❤️"})
        await shop.text(message, "Va")

    desk.shop.script = script
    page = await desk.open()

    async def answer_last(route: Route) -> None:
        answer = await route.fetch()
        await expect(page.get_by_test_id("bubble-in")).to_have_text(re.compile("Va"))
        await route.fulfill(response=answer)

    await page.route("**/messages", answer_last)
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-out").get_by_test_id("reactions")).to_have_text("❤️")


async def test_a_list_of_messages_made_before_one_was_sent_does_not_wipe_it_away(desk: Desk) -> None:
    page = await desk.open()
    asked, late = asyncio.Event(), asyncio.Event()

    async def list_late(route: Route) -> None:
        answer = await route.fetch()
        asked.set()
        await late.wait()
        await route.fulfill(response=answer)

    await page.route(f"**/chats/{LUPITA.wa_id}/{GROCER.phone_number_id}", list_late, times=1)
    await page.get_by_test_id("shop-select").select_option(WATER.phone_number_id)
    await page.get_by_test_id("shop-select").select_option(GROCER.phone_number_id)
    await asked.wait()
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")
    async with page.expect_response(f"**/chats/{LUPITA.wa_id}/{GROCER.phone_number_id}"):
        late.set()
    await page.evaluate("() => new Promise(requestAnimationFrame)")
    await expect(page.get_by_test_id("bubble-out")).to_have_count(1)
    await expect(page.get_by_test_id("bubble-in")).to_have_count(1)


async def test_a_message_that_does_not_arrive_says_why(desk: Desk) -> None:
    page = await desk.open()
    fault = {"kind": "error", "code": 131026, "asynchronous": True, "times": 1}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{desk.simulator.url}/sim/faults", json=fault) as set_up,
    ):
        assert set_up.status == 200
    await write(page.get_by_test_id("phone"), "hola")
    problem = page.get_by_test_id("bubble-in").get_by_test_id("problem")
    await expect(problem).to_contain_text("No se entregó: el número no puede recibir mensajes (131026)")


async def test_nothing_runs_off_the_side_of_a_narrow_phone(desk: Desk) -> None:
    page = await desk.open(width=360, height=740)
    phone = page.get_by_test_id("phone")
    for text in ("menú", "pedido", "dónde", "a" * 300):
        await write(phone, text)
        await expect(page.get_by_test_id("bubble-in").last).to_be_visible()
        assert await outside(page) == []
    await expect(page.get_by_test_id("send")).to_be_in_viewport(ratio=1)
    for opener in ("attach", "emoji"):
        await page.get_by_test_id(opener).click()
        assert await outside(page) == []
        await page.keyboard.press("Escape")
    await page.get_by_test_id("list-open").click()
    assert await outside(page) == []
    await expect(page.get_by_test_id("list-send")).to_be_in_viewport(ratio=1)


async def test_the_page_works_under_a_strict_content_security_policy(desk: Desk) -> None:
    async def serve_strictly(route: Route) -> None:
        answer = await route.fetch()
        policy = "default-src 'self'; object-src 'none'; base-uri 'none'"
        await route.fulfill(response=answer, headers={**answer.headers, "Content-Security-Policy": policy})

    page = await desk.open()
    await page.route(f"{desk.simulator.url}/phone?*", serve_strictly)
    await page.reload()
    await write(page.get_by_test_id("phone"), "menú")
    await page.get_by_test_id("list-open").click()
    await page.get_by_test_id("list-row").first.click()
    await page.get_by_test_id("list-send").click()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Ver catálogo")
    assert desk.complaints.heard == []
    ran = await page.evaluate(INLINE_SCRIPT)
    assert ran is None, "the policy was not in force"
    desk.complaints.heard.clear()  # of the inline script just refused


async def test_the_phone_comes_back_by_itself_when_the_simulator_restarts(browser: Browser, tmp_path: Path) -> None:
    shop = Shop(corner_shop)
    async with webhook_of(shop) as webhook_url:
        config = replace(config_for(webhook_url), journal=tmp_path / "journal.jsonl")
        async with serve_simulator(config) as simulator:
            shop.graph_url = simulator.url
            port = int(simulator.url.rpartition(":")[2])
            page = await Desk(simulator, shop, browser, Complaints()).open()
            await write(page.get_by_test_id("phone"), "hola")
            await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")

        await expect(page.get_by_test_id("offline")).to_be_visible()
        await write(page.get_by_test_id("phone"), "¿siguen ahí?")
        await expect(page.get_by_test_id("problem")).to_contain_text("No se envió: no hay conexión con el simulador")

        async with serve_simulator(config, port=port):
            await expect(page.get_by_test_id("offline")).to_be_hidden(timeout=15_000)
            await page.get_by_role("button", name="Reintentar").click()
            await expect(page.get_by_test_id("bubble-in")).to_have_count(2)
            await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: ¿siguen ahí?")
            await expect(page.get_by_test_id("problem")).to_have_count(0)
            await page.context.close()
