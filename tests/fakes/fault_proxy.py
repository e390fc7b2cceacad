"""A TCP proxy that misbehaves when it is told to: between the product and Graph, or between it and the database."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto

_CHUNK = 64 * 1024


class Fault(Enum):
    """What happens to one exchange (from what the client sends to the answer)."""

    CUT_BEFORE = auto()
    """The connection is reset and nothing was passed on."""
    CUT_AFTER = auto()
    """What the client sent is passed on; the connection is reset when the answer arrives."""
    BLACK_HOLE = auto()
    """Nothing is passed on in either direction and nobody hears of it: no answer and no reset."""
    SILENCE_AFTER = auto()
    """What the client sent is passed on; the answer never arrives and the connection stays open."""


@dataclass(slots=True)
class FaultProxy:
    """Listens at `port`. `met` are the faults that happened so far.

    `faults` are met by the next exchanges, one each; `always`, when set, by all of them. `delay` seconds go by before
    anything the client sends is passed on.
    """

    host: str
    target_port: int
    port: int = 0
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    delay: float = 0.0
    met: list[Fault] = field(default_factory=list)
    _server: asyncio.Server | None = None
    _links: set["_Link"] = field(default_factory=set)

    async def start(self) -> None:
        """Listen, at the same port as before."""
        self._server = await asyncio.start_server(self._serve, self.host, self.port, limit=_CHUNK)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Reset every connection and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.cut()

    def cut(self) -> None:
        """Reset every connection."""
        for link in list(self._links):
            link.reset()

    def next_fault(self) -> Fault | None:
        fault = self.faults.popleft() if self.faults else self.always
        if fault is not None:
            self.met.append(fault)
        return fault

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            upstream = await asyncio.open_connection(self.host, self.target_port, limit=_CHUNK)
        except OSError:
            writer.transport.abort()
            return
        link = _Link(self, reader, writer, *upstream)
        self._links.add(link)
        try:
            await link.run()
        finally:
            self._links.discard(link)


@dataclass(slots=True, eq=False)
class _Link:
    """One connection of a client and the one behind it."""

    proxy: FaultProxy
    client: asyncio.StreamReader
    to_client: asyncio.StreamWriter
    upstream: asyncio.StreamReader
    to_upstream: asyncio.StreamWriter
    fault: Fault | None = None
    is_asking: bool = False

    def reset(self) -> None:
        self.to_client.transport.abort()
        self.to_upstream.transport.abort()

    async def run(self) -> None:
        directions = {asyncio.create_task(self._questions()), asyncio.create_task(self._answers())}
        try:
            await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for direction in directions:
                direction.cancel()
            await asyncio.gather(*directions, return_exceptions=True)
            for writer in (self.to_client, self.to_upstream):
                with suppress(OSError):
                    writer.close()

    async def _questions(self) -> None:
        with suppress(OSError):
            while data := await self.client.read(_CHUNK):
                if not self.is_asking:
                    self.is_asking, self.fault = True, self.proxy.next_fault()
                if self.proxy.delay:
                    await asyncio.sleep(self.proxy.delay)
                if self.fault is Fault.CUT_BEFORE:
                    self.reset()
                    return
                if self.fault is not Fault.BLACK_HOLE:
                    self.to_upstream.write(data)
                    await self.to_upstream.drain()

    async def _answers(self) -> None:
        with suppress(OSError):
            while data := await self.upstream.read(_CHUNK):
                if self.fault is Fault.CUT_AFTER:
                    self.reset()
                    return
                if self.fault not in {Fault.SILENCE_AFTER, Fault.BLACK_HOLE}:
                    self.is_asking = False
                    self.to_client.write(data)
                    await self.to_client.drain()


@asynccontextmanager
async def fault_proxy(target_port: int, host: str = "127.0.0.1") -> AsyncIterator[FaultProxy]:
    """A proxy in front of a local port."""
    proxy = FaultProxy(host, target_port)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()
