"""The phone page in Chromium, against the real simulator and a shop that answers from a script."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from playwright.async_api import Browser, Locator, Page, Route, expect
from tests.acceptance.browser import Complaints

from marchante.simulator.config import SimulatedCustomer, SimulatedNumber, SimulatorConfig, StatusDelays
from marchante.simulator.server import RunningSimulator, serve_simulator

pytestmark = pytest.mark.browser

LUPITA = SimulatedCustomer(wa_id="5216671110001", name="Lupita", user_id="MX.1001")
BETO = SimulatedCustomer(wa_id="5212281110002", name="Don Beto", user_id="MX.1002")
GROCER = SimulatedNumber("1001", "9001", "+52 667 100 0001", "Abarrotes Doña Mari", ("token-1001",))
WATER = SimulatedNumber("2001", "9002", "+52 228 200 0001", "Agua Clara", ("token-2001",))

Message = dict[str, Any]
Script = Callable[["Shop", Message], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class Shop:
    """A webhook receiver that runs a script for each message and speaks through the simulator's Graph API."""

    script: Script
    graph_url: str = ""
    received: list[Message] = field(default_factory=list)
    statuses: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)
    problems: list[str] = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def handle(self, request: web.Request) -> web.Response:
        for entry in (await request.json())["entry"]:
            for change in entry["changes"]:
                value = change["value"]
                for status in value.get("statuses", []):
                    self.statuses.put_nowait(status)
                for message in value.get("messages", []):
                    message["_number"] = value["metadata"]["phone_number_id"]
                    self.received.append(message)
                    task = asyncio.create_task(self.script(self, message))
                    self._tasks.add(task)
        return web.Response()

    async def post(self, message: Message, body: Message) -> None:
        number = message["_number"]
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer token-{number}"}) as session:
            url = f"{self.graph_url}/v25.0/{number}/messages"
            async with session.post(url, json={"messaging_product": "whatsapp", **body}) as answer:
                if answer.status != 200:
                    self.problems.append(await answer.text())

    async def say(self, message: Message, **body: Any) -> None:
        await self.post(message, {"recipient_type": "individual", "to": f"+{message['from']}", **body})

    async def text(self, message: Message, text: str) -> None:
        await self.say(message, type="text", text={"body": text})

    async def interactive(self, message: Message, **content: Any) -> None:
        await self.say(message, type="interactive", interactive=content)

    async def read(self, message: Message) -> None:
        """Blue ticks and the typing indicator."""
        await self.post(message, {"status": "read", "message_id": message["id"], "typing_indicator": {"type": "text"}})


def words(message: Message) -> str:
    match message["type"]:
        case "text":
            return str(message["text"]["body"])
        case "interactive":
            answer = message["interactive"]
            return str(answer[answer["type"]]["title"])
        case other:
            return str(other)


BUTTONS = {
    "type": "button",
    "body": {"text": "Total aproximado *$142.00*"},
    "action": {
        "buttons": [
            {"type": "reply", "reply": {"id": "confirm:7", "title": "Confirmar"}},
            {"type": "reply", "reply": {"id": "change:7", "title": "Cambiar algo"}},
        ]
    },
}
MENU = {
    "type": "list",
    "header": {"type": "text", "text": "Abarrotes Doña Mari"},
    "body": {"text": "¿Qué se te ofrece?"},
    "footer": {"text": "Abierto hasta las 9 p.m."},
    "action": {
        "button": "Ver menú",
        "sections": [
            {
                "title": "Pedidos",
                "rows": [
                    {"id": "catalog", "title": "Ver catálogo", "description": "Con precios de hoy"},
                    {"id": "order", "title": "Hacer un pedido"},
                ],
            },
            {"title": "Ayuda", "rows": [{"id": "human", "title": "Hablar con un asesor"}]},
        ],
    },
}
PLACE = {
    "type": "location_request_message",
    "body": {"text": "¿A dónde te lo llevamos?"},
    "action": {"name": "send_location"},
}


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


async def corner_shop(shop: Shop, message: Message) -> None:
    """Answers by the words: menú, pedido, dónde, despacio (waits for the test), anything else as an echo."""
    said = words(message)
    match said:
        case "menú":
            await shop.interactive(message, **MENU)
        case "pedido":
            await shop.interactive(message, **BUTTONS)
        case "dónde":
            await shop.interactive(message, **PLACE)
        case "despacio":
            await shop.read(message)
            await shop.go_on.wait()
            await shop.text(message, "Ya quedó, *listo*")
        case "calla":
            return
        case _:
            await shop.text(message, f"Recibí: {said}")


@dataclass(frozen=True, slots=True)
class Desk:
    """A simulator, its shop and a way to open the page."""

    simulator: RunningSimulator
    shop: Shop
    browser: Browser
    complaints: Complaints

    async def open(self, query: str = "", width: int = 1280, height: int = 900) -> Page:
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="es-MX",
            timezone_id="America/Mexico_City",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        page = await context.new_page()
        self.complaints.listen(page)
        await page.goto(f"{self.simulator.url}/phone{query}")
        await expect(page.get_by_test_id("presence").first).to_have_text("en línea")
        return page


@asynccontextmanager
async def webhook_of(shop: Shop) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/webhook", shop.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/webhook"
    await runner.cleanup()


def config_for(webhook_url: str) -> SimulatorConfig:
    return SimulatorConfig(
        webhook_url=webhook_url,
        app_secret="secret",
        verify_token="verify",
        numbers=(GROCER, WATER),
        customers=(LUPITA, BETO),
        delays=StatusDelays(sent=0.01, delivered=0.02),
    )


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    shop = Shop(corner_shop)
    async with webhook_of(shop) as webhook_url, serve_simulator(config_for(webhook_url)) as simulator:
        shop.graph_url = simulator.url
        desk = Desk(simulator, shop, browser, Complaints())
        yield desk
        for context in browser.contexts:
            await context.close()
    assert shop.problems == []
    assert desk.complaints.heard == []


async def write(phone: Locator, text: str) -> None:
    await phone.get_by_test_id("composer").fill(text)
    await phone.get_by_test_id("composer").press("Enter")


async def outside(page: Page) -> list[str]:
    """The texts that stick out of the window to a side."""
    return list(await page.evaluate(TEXTS_OUTSIDE))


async def test_a_written_message_gets_its_ticks_and_the_answer_after_the_dots(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "despacio")

    mine = page.get_by_test_id("bubble-out")
    await expect(mine).to_contain_text("despacio")
    await expect(mine.get_by_test_id("ticks")).to_have_attribute("data-status", "read")
    await expect(page.get_by_test_id("typing")).to_be_visible()
    await expect(page.get_by_test_id("presence")).to_have_text("escribiendo…")
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await expect(page.get_by_test_id("composer")).to_be_focused()

    desk.shop.go_on.set()
    answer = page.get_by_test_id("bubble-in")
    await expect(answer).to_contain_text("Ya quedó, listo")
    await expect(answer.locator("strong")).to_have_text("listo")
    await expect(page.get_by_test_id("typing")).to_have_count(0)
    await expect(page.get_by_test_id("presence")).to_have_text("en línea")


async def test_a_message_the_shop_has_not_read_stays_with_grey_ticks(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "calla")
    await expect(page.get_by_test_id("ticks")).to_have_attribute("data-status", "delivered")


async def test_the_shop_learns_that_its_message_was_read_while_the_chat_is_open(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")
    async with asyncio.timeout(5):
        while (await desk.shop.statuses.get())["status"] != "read":
            continue


async def test_a_tapped_button_answers_with_its_title_and_quotes_the_question(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "pedido")
    await page.get_by_test_id("reply-button").filter(has_text="Confirmar").click()

    tapped = page.get_by_test_id("bubble-out").last
    await expect(tapped).to_contain_text("Confirmar")
    await expect(tapped.get_by_test_id("quote")).to_contain_text("Total aproximado $142.00")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Confirmar")
    answer = desk.shop.received[-1]
    assert answer["interactive"]["button_reply"] == {"id": "confirm:7", "title": "Confirmar"}
    assert answer["context"]["id"] == await page.get_by_test_id("bubble-in").first.get_attribute("data-wamid")


async def test_an_old_button_can_still_be_tapped(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "pedido")
    await page.get_by_test_id("reply-button").first.click()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Confirmar")
    await page.get_by_test_id("reply-button").filter(has_text="Cambiar algo").click()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Cambiar algo")


async def test_a_double_click_on_a_button_is_one_answer(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "pedido")
    await page.get_by_test_id("reply-button").first.dblclick()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Confirmar")
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: hola")
    assert [words(message) for message in desk.shop.received] == ["pedido", "Confirmar", "hola"]


async def test_a_list_opens_its_options_and_sends_the_chosen_one(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "menú")
    question = page.get_by_test_id("bubble-in")
    for text in ("Abarrotes Doña Mari", "¿Qué se te ofrece?", "Abierto hasta las 9 p.m."):
        await expect(question).to_contain_text(text)

    opener = page.get_by_test_id("list-open")
    await opener.click()
    sheet = page.get_by_role("dialog", name="Ver menú")
    await expect(sheet.get_by_role("radio")).to_have_count(3)
    await expect(sheet.get_by_role("group", name="Pedidos").get_by_test_id("list-row")).to_have_count(2)
    await expect(sheet.get_by_test_id("list-send")).to_be_disabled()
    await sheet.get_by_test_id("list-row").filter(has_text="Ver catálogo").click()
    await sheet.get_by_test_id("list-send").click()

    await expect(sheet).to_have_count(0)
    await expect(opener).to_be_focused()
    await expect(page.get_by_test_id("bubble-out").last).to_contain_text("Ver catálogo")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Ver catálogo")
    assert desk.shop.received[-1]["interactive"]["list_reply"] == {
        "id": "catalog",
        "title": "Ver catálogo",
        "description": "Con precios de hoy",
    }


async def test_escape_closes_the_options_and_sends_nothing(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "menú")
    await page.get_by_test_id("list-open").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("list-sheet")).to_have_count(0)
    await expect(page.get_by_test_id("list-open")).to_be_focused()
    assert len(desk.shop.received) == 1


async def test_a_location_request_is_answered_with_an_example_place(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "dónde")
    await page.get_by_test_id("location-request").click()
    await page.get_by_test_id("location-place").first.click()

    mine = page.get_by_test_id("bubble-out").last
    await expect(mine).to_contain_text("Culiacán")
    await expect(mine.get_by_role("img", name="Mapa")).to_be_visible()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: location")
    answer = desk.shop.received[-1]
    assert answer["location"]["name"]
    assert answer["location"]["latitude"] == pytest.approx(24.8, abs=0.1)
    assert answer["context"]["id"] == await page.get_by_test_id("bubble-in").first.get_attribute("data-wamid")


async def test_typed_coordinates_are_checked_before_they_are_sent(desk: Desk) -> None:
    page = await desk.open()
    await page.get_by_test_id("attach").click()
    await page.get_by_test_id("attach-location").click()
    await page.get_by_test_id("location-latitude").fill("95")
    await page.get_by_test_id("location-longitude").fill("-96,91")
    await page.get_by_test_id("location-send").click()
    await expect(page.get_by_role("alert")).to_contain_text("latitud entre −90 y 90")
    await page.get_by_test_id("location-latitude").fill("19.54")
    await page.get_by_test_id("location-send").click()
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: location")
    assert desk.shop.received[-1]["location"] == {"latitude": 19.54, "longitude": -96.91}


async def test_every_attachment_reaches_the_shop(desk: Desk) -> None:
    page = await desk.open()
    for kind in ("image", "audio", "sticker", "document", "video"):
        await page.get_by_test_id("attach").click()
        await page.get_by_test_id(f"attach-{kind}").click()
        await expect(page.get_by_test_id("bubble-in").last).to_contain_text(f"Recibí: {kind}")
        assert desk.shop.received[-1][kind]["id"]
    await expect(page.get_by_test_id("bubble-out")).to_have_count(5)
    await expect(page.get_by_role("link", name="lista.pdf")).to_be_visible()


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


async def test_a_first_idea_can_be_tapped(desk: Desk) -> None:
    page = await desk.open()
    await page.get_by_test_id("idea").first.click()
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: Hola")
    await expect(page.get_by_test_id("idea")).to_have_count(0)


async def test_a_reaction_shows_under_the_message_and_reaches_the_shop(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "hola")
    answer = page.get_by_test_id("bubble-in")
    await answer.hover()
    await answer.get_by_test_id("react").click()
    await answer.get_by_role("button", name="Reaccionar con 👍").click()
    await expect(answer.get_by_test_id("reactions")).to_have_text("👍")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: reaction")
    wamid = await answer.first.get_attribute("data-wamid")
    assert desk.shop.received[-1]["reaction"] == {"message_id": wamid, "emoji": "👍"}


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


async def test_an_emoji_is_written_where_the_cursor_is(desk: Desk) -> None:
    page = await desk.open(width=360, height=740)
    await page.get_by_test_id("composer").fill("jitomate ")
    await page.get_by_test_id("emoji").click()
    await page.get_by_role("button", name="🍅").click()
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("bubble-out")).to_contain_text("jitomate 🍅")


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
