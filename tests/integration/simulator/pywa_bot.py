"""A shop run with PyWa: its own client and its own webhook, beside a running simulator."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from pywa_async import WhatsApp
from simulated_shop import SECRET, VERIFY_TOKEN, Receiver, Shop, open_shop
from tests.fakes.clock import FakeClock


@dataclass(slots=True)
class Heard:
    """What PyWa handed to its handlers."""

    updates: list[Any] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, _client: WhatsApp, update: Any) -> None:
        async with self._arrived:
            self.updates.append(update)
            self._arrived.notify_all()

    async def first(self, wanted: Callable[[Any], bool]) -> Any:
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: any(wanted(update) for update in self.updates))
        return next(update for update in self.updates if wanted(update))

    async def kind(self, name: str) -> Any:
        return await self.first(lambda update: type(update).__name__ == name)

    async def message(self, kind: str) -> Any:
        return await self.first(lambda update: type(update).__name__ == "Message" and update.type == kind)


@dataclass(frozen=True, slots=True)
class Bot:
    """A shop run with PyWa: its client, what its webhook heard, and the simulator it talks to."""

    client: WhatsApp
    heard: Heard
    shop: Shop

    async def sent(self, wamid: str) -> dict[str, Any]:
        """What the simulator accepted under this id."""
        messages = (await self.shop.ask("/sim/messages"))["messages"]
        return next(message for message in messages if message["wamid"] == wamid)["body"]


@asynccontextmanager
async def open_bot() -> AsyncIterator[Bot]:
    clock = FakeClock(datetime.now(UTC))  # PyWa reads the real clock
    heard, app = Heard(), FastAPI()
    async with httpx.AsyncClient() as session, serving(app) as url:
        client = WhatsApp(
            phone_id="1001",
            token="grocer-token",
            session=session,
            server=app,
            webhook_endpoint="/webhook",
            verify_token=VERIFY_TOKEN,
            app_secret=SECRET,
            waba_id="9001",
            app_id=1,
        )
        _listen(client, heard)
        async with open_shop(Receiver(f"{url}/webhook"), clock) as shop:
            session.base_url = f"{shop.running.url}/v25.0"
            yield Bot(client, heard, shop)


class Server(uvicorn.Server):
    """Says when it listens, and leaves the signals alone."""

    capture_signals = staticmethod(nullcontext)

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, ws="none"))
        self.ready = asyncio.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    server = Server(app)
    running = asyncio.create_task(server.serve())
    await server.ready.wait()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await running


def _listen(client: WhatsApp, heard: Heard) -> None:
    for add in (
        client.on_message,
        client.on_callback_button,
        client.on_callback_selection,
        client.on_message_status,
        client.on_flow_completion,
        client.on_phone_number_change,
        client.on_template_status_update,
        client.on_edited_message,
        client.on_deleted_message,
        client.on_account_update,
    ):
        add(heard.take)
