"""A shop's side of WhatsApp for tests: a webhook that listens, and calls to a running simulator."""

import asyncio
import hashlib
import hmac
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
from aiohttp import web
from tests.fakes.clock import FakeClock

from marchante.simulator.config import RetryPolicy, SimulatedCustomer, SimulatedNumber, SimulatorConfig, StatusDelays
from marchante.simulator.server import RunningSimulator, serve_simulator

SECRET = "app secret"
VERIFY_TOKEN = "verify me"
LUPITA = SimulatedCustomer("5215512345678", "Lupita Peña 🥑", "MX.100")
CHEMA = SimulatedCustomer("523312345678", "Chema")
GROCER = SimulatedNumber("1001", "9001", "+52 228 100 0001", "Abarrotes Lupita", ("grocer-token",))
WATER = SimulatedNumber("2001", "9002", "+52 667 200 0001", "Agua Clara", ("water-token",))


@dataclass(frozen=True, slots=True)
class ReceivedWebhook:
    body: bytes
    headers: dict[str, str]

    @property
    def payload(self) -> Any:
        return json.loads(self.body)

    @property
    def change(self) -> Any:
        return self.payload["entry"][0]["changes"][0]

    @property
    def value(self) -> Any:
        return self.change["value"]

    @property
    def signed(self) -> bool:
        expected = "sha256=" + hmac.new(SECRET.encode(), self.body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(self.headers["X-Hub-Signature-256"], expected)


@dataclass(slots=True)
class Receiver:
    """The webhook. `answers` are the HTTP statuses of the next posts; then 200."""

    url: str = ""
    webhooks: list[ReceivedWebhook] = field(default_factory=list)
    answers: deque[int] = field(default_factory=deque)
    verify_token: str = VERIFY_TOKEN
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        webhook = ReceivedWebhook(await request.read(), dict(request.headers))
        async with self._arrived:
            self.webhooks.append(webhook)
            self._arrived.notify_all()
        return web.Response(status=self.answers.popleft() if self.answers else 200)

    async def verify(self, request: web.Request) -> web.Response:
        if request.query["hub.verify_token"] != self.verify_token:
            return web.Response(status=403)
        return web.Response(text=request.query["hub.challenge"])

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds, looking after each webhook."""
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(condition)

    async def received(self, count: int) -> list[ReceivedWebhook]:
        await self.until(lambda: len(self.webhooks) >= count)
        return self.webhooks

    def messages(self) -> list[Any]:
        return [message for webhook in self.webhooks for message in webhook.value.get("messages", [])]

    def statuses(self) -> list[Any]:
        return [status for webhook in self.webhooks for status in webhook.value.get("statuses", [])]

    async def status(self, wamid: str, status: str) -> Any:
        """The first status webhook of this kind for a message."""

        def found() -> list[Any]:
            return [item for item in self.statuses() if (item["id"], item["status"]) == (wamid, status)]

        await self.until(lambda: bool(found()))
        return found()[0]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/webhook", receiver.take)
    app.router.add_get("/webhook", receiver.verify)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"{site.name}/webhook"
    try:
        yield receiver
    finally:
        await runner.cleanup()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any

    @property
    def code(self) -> int:
        return int(self.body["error"]["code"])

    @property
    def wamid(self) -> str:
        return str(self.body["messages"][0]["id"])


@dataclass(frozen=True, slots=True)
class Shop:
    """A running simulator, the webhook it talks to and the clock it lives by."""

    running: RunningSimulator
    http: aiohttp.ClientSession
    receiver: Receiver
    clock: FakeClock

    async def call(self, method: str, path: str, *, token: str | None = "grocer-token", **options: Any) -> Answer:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with self.http.request(method, self.running.url + path, headers=headers, **options) as answer:
            if answer.content_type == "application/json":
                return Answer(answer.status, await answer.json())
            return Answer(answer.status, await answer.read())

    async def send(self, to: str = "+5215512345678", text: str = "Hola", **frame: Any) -> Answer:
        message = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}, **frame}
        return await self.call("POST", "/v25.0/1001/messages", json=message)

    async def customer_writes(self, text: str = "buenas", *, wa_id: str = LUPITA.wa_id, **more: Any) -> str:
        return await self.customer_does({"type": "text", "text": text, **more}, wa_id=wa_id)

    async def customer_does(self, written: dict[str, Any], *, wa_id: str = LUPITA.wa_id) -> str:
        answer = await self.call("POST", f"/phone/api/chats/{wa_id}/1001/messages", json=written)
        assert answer.status == 200, answer.body
        return str(answer.body["wamid"])

    async def order_fault(self, kind: str, **options: Any) -> None:
        answer = await self.call("POST", "/sim/faults", json={"kind": kind, **options})
        assert answer.status == 200, answer.body

    async def ask(self, path: str) -> Any:
        answer = await self.call("GET", path, token=None)
        assert answer.status == 200, answer.body
        return answer.body


def configuration(webhook_url: str, **changes: Any) -> SimulatorConfig:
    """Everything at once: no waits between statuses, retries after a hundredth of a second."""
    config = SimulatorConfig(
        webhook_url=webhook_url,
        app_secret=SECRET,
        verify_token=VERIFY_TOKEN,
        numbers=(GROCER, WATER),
        customers=(LUPITA, CHEMA),
        delays=StatusDelays(sent=0, delivered=0),
        retry=RetryPolicy(base_seconds=0.01, maximum_seconds=0.02),
    )
    return replace(config, **changes)


@asynccontextmanager
async def open_shop(receiver: Receiver, clock: FakeClock, **changes: Any) -> AsyncIterator[Shop]:
    config = configuration(**{"webhook_url": receiver.url, **changes})
    async with serve_simulator(config, clock=clock.now) as running, aiohttp.ClientSession() as http:
        yield Shop(running, http, receiver, clock)
