"""A real simulator, a shop that answers from a script through the Graph API, and the phone page open in Chromium."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from tests.acceptance.browser import Complaints

from marchante.simulator.config import SimulatedCustomer, SimulatedNumber, SimulatorConfig, StatusDelays
from marchante.simulator.server import RunningSimulator, serve_simulator

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
    contexts: list[BrowserContext] = field(default_factory=list)

    async def open(self, query: str = "", width: int = 1280, height: int = 900) -> Page:
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="es-MX",
            timezone_id="America/Mexico_City",
            reduced_motion="reduce",
        )
        self.contexts.append(context)
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


@asynccontextmanager
async def desk_with_a_shop(browser: Browser) -> AsyncIterator[Desk]:
    """A simulator with two shops that answer as `corner_shop`; in the end nothing may have complained."""
    shop = Shop(corner_shop)
    async with webhook_of(shop) as webhook_url, serve_simulator(config_for(webhook_url)) as simulator:
        shop.graph_url = simulator.url
        desk = Desk(simulator, shop, browser, Complaints())
        yield desk
        for context in desk.contexts:
            await context.close()
    assert shop.problems == []
    assert desk.complaints.heard == []


async def write(phone: Locator, text: str) -> None:
    await phone.get_by_test_id("composer").fill(text)
    await phone.get_by_test_id("composer").press("Enter")
