"""A local HTTP server in the place of Graph: answers what a test scripts, keeps what it received."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

HANG_UP = "hang up"
HANG_UP_IN_THE_MIDDLE = "hang up in the middle of the answer"
NEVER_ANSWER = "never answer"


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class StubGraph:
    """`script` holds what to do with the next requests: a web.Response, or one of the constants above; after it, every
    caller is hung up on. `arrived` is set by the first request; setting `released` ends those never answered.
    """

    url: str = ""
    received: list[Received] = field(default_factory=list)
    script: deque[web.Response | str] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def answers(self, body: Any, status: int = 200) -> None:
        self.script.append(web.json_response(body, status=status))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.received.append(Received(request.method, request.path, dict(request.query), dict(request.headers), body))
        self.arrived.set()
        step = self.script.popleft() if self.script else HANG_UP
        if isinstance(step, web.Response):
            return step
        if step == NEVER_ANSWER:
            await self.released.wait()
        if step == HANG_UP_IN_THE_MIDDLE:
            await _half_an_answer(request)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()


async def _half_an_answer(request: web.Request) -> None:
    half = web.StreamResponse(headers={"Content-Length": "1000"})
    await half.prepare(request)
    await half.write(b'{"messages":[{"id":"wamid.')


@asynccontextmanager
async def stub_graph() -> AsyncIterator[StubGraph]:
    stub = StubGraph()
    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{anything:.*}", stub.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    stub.url = str(site.name)
    try:
        yield stub
    finally:
        stub.released.set()
        await runner.cleanup()
