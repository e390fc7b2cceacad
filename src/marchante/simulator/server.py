"""Running the simulator inside a process that already has an event loop."""

import asyncio
import contextlib
import itertools
import socket
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from marchante.simulator.app import create_simulator
from marchante.simulator.config import Clock, SimulatorConfig, system_clock
from marchante.simulator.core import Simulator

_TICK = 0.1


@dataclass(frozen=True, slots=True)
class RunningSimulator:
    """A simulator that answers at `url`."""

    url: str
    app: FastAPI
    simulator: Simulator


class _CuttableProtocol(H11Protocol):
    """Lends each request its transport, so that a fault can reset the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class GuestServer(uvicorn.Server):
    """A server that leaves the signals to the process it runs in and says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._leaving = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def leave(self) -> None:
        self.should_exit = True
        self._leaving.set()

    async def main_loop(self) -> None:
        """Ticks as uvicorn does, but is not asleep when it is told to end: tests start and stop hundreds."""
        ticks = itertools.count()
        while not await self.on_tick(next(ticks)):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._leaving.wait(), _TICK)


@contextlib.asynccontextmanager
async def serve_simulator(
    config: SimulatorConfig, host: str = "127.0.0.1", port: int = 0, clock: Clock = system_clock
) -> AsyncIterator[RunningSimulator]:
    """Run a simulator in the running loop until the block ends. Port 0 takes a free one; see `url`.

    Raises OSError when the port is taken.
    """
    app = create_simulator(config, clock)
    simulator: Simulator = app.state.simulator
    # asyncio turns Nagle's delay off only on sockets that name their protocol: without it an answer takes 40 ms more.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        url = f"http://{host}:{listener.getsockname()[1]}"
        if not config.public_url:
            simulator.public_url = url
        server = GuestServer(
            uvicorn.Config(
                app,
                http=_CuttableProtocol,
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await _ready(server, serving)
            yield RunningSimulator(url, app, simulator)
        finally:
            simulator.streams.close()
            server.leave()
            await serving


async def _ready(server: GuestServer, serving: asyncio.Task[None]) -> None:
    """Wait until the server answers; raise what stopped it if it cannot start."""
    waiting = asyncio.create_task(server.ready.wait())
    await asyncio.wait({waiting, serving}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if serving.done():
        serving.result()
        raise RuntimeError("the simulator stopped while it started")
