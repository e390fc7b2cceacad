"""The load generator, a process of its own: `python -m …bench.load HOST PORT STUB_PORT CUSTOMERS COMPANIES`.

Reads the app secret, then one `Load` per line, on stdin; writes one `LoadResult` per line; ends with stdin.
A customer never has two messages under way, so that each message is one turn and one reply.
"""

import asyncio
import contextlib
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field

import msgspec
import uvloop

from marchante.channels.whatsapp.signature import sign
from marchante.entrypoints.bench.figures import Load, LoadResult, Spread
from marchante.entrypoints.bench.http import Caller, request
from marchante.entrypoints.bench.people import ROUND, TAP, TEXT, Person, Words, next_words, step, webhook

CONNECTIONS = 64
_TICK = 0.002
_DRAIN = 20.0
_OK = 200


@dataclass(frozen=True, slots=True)
class Target:
    host: str
    port: int
    stub_port: int
    secret: str


class Crowd:
    """The customers: who may write next, how often they did, and the confirm button each has before them."""

    def __init__(self, size: int, companies: int) -> None:
        self.size = size
        self.offered: dict[str, str] = {}
        self.written = 0
        self._visits = [0] * size
        # By the step of the round each is at: taking from them in turn keeps the mix even at every moment.
        self._idle: tuple[deque[Person], ...] = tuple(deque() for _ in range(ROUND))
        for place in range(size):
            self.rest(Person(place, companies))

    def rest(self, person: Person) -> None:
        """A customer may write again."""
        self._idle[step(person, self._visits[person.place])].append(person)

    def next(self) -> tuple[Person, Words] | None:
        """Who writes now, and what; None when everybody waits for an answer."""
        for turn in range(self.written, self.written + ROUND):
            if idle := self._idle[turn % ROUND]:
                person = idle.popleft()
                words = next_words(person, self._visits[person.place], self.offered.get(person.wa_id))
                self._visits[person.place] += 1
                self.written += 1
                return person, words
        return None


@dataclass(slots=True)
class Message:
    person: Person
    kind: str
    begun: float
    accepted: bool = False
    replied: bool = False


@dataclass(slots=True)
class Tally:
    """Times in seconds."""

    kinds: list[str] = field(default_factory=list)
    webhook: list[float] = field(default_factory=list)
    replies: dict[str, list[float]] = field(default_factory=lambda: {TAP: [], TEXT: []})
    by_second: Counter[int] = field(default_factory=Counter)
    refused: int = 0
    replied: int = 0
    extra_replies: int = 0


class Round:
    """One run over open connections."""

    def __init__(self, target: Target, crowd: Crowd, callers: list[Caller], load: Load) -> None:
        self._target = target
        self._crowd = crowd
        self._load = load
        self._free = deque(callers)
        self._due: deque[float] = deque()
        self._under_way: dict[str, Message] = {}
        self._tally = Tally()
        self._quiet = asyncio.Event()
        self._begun = time.monotonic()
        self._replied_in_lead_in = 0
        self._ending = False

    async def run(self) -> LoadResult:
        """Write for as long as asked, then wait for the replies that are still to come."""
        cpu, begun = time.process_time(), self._begun
        if self._load.rate is None:
            await self._closed_loop()
        else:
            await self._open_loop(self._load.rate, begun)
        seconds = time.monotonic() - begun - self._load.lead_in
        in_time, unsent = self._tally.replied - self._replied_in_lead_in, len(self._due)
        self._ending = True
        self._due.clear()
        drained = await self._drain()
        tally = self._tally
        return LoadResult(
            seconds=round(seconds, 2),
            sent=len(tally.kinds),
            texts=tally.kinds.count(TEXT),
            refused=tally.refused,
            replied=tally.replied,
            extra_replies=tally.extra_replies,
            unanswered=len(self._under_way),
            unsent=unsent,
            answered_in_time=in_time,
            drain_seconds=round(drained, 2),
            webhook=Spread.of(tally.webhook),
            tap_reply=Spread.of(tally.replies[TAP]),
            text_reply=Spread.of(tally.replies[TEXT]),
            by_second=[tally.by_second[second] for second in range(max(tally.by_second, default=-1) + 1)],
            cpu_seconds=round(time.process_time() - cpu, 3),
        )

    def heard(self, line: bytes) -> None:
        """A line of the stub: who got a reply, when (monotonic seconds), and the confirm button in it or `-`."""
        wa_id, at, offer = line.decode().split(" ", 2)
        if offer == "-":
            self._crowd.offered.pop(wa_id, None)
        else:
            self._crowd.offered[wa_id] = offer
        message = self._under_way.get(wa_id)
        if message is None or message.replied:
            self._tally.extra_replies += 1
            return
        message.replied = True
        self._tally.replied += 1
        self._tally.by_second[int(float(at) - self._begun)] += 1
        self._tally.replies[message.kind].append(float(at) - message.begun)
        self._settle(message)

    async def _closed_loop(self) -> None:
        self._due.extend([0.0] * min(self._load.window, self._crowd.size))
        self._pump()
        await asyncio.sleep(self._load.lead_in)
        self._replied_in_lead_in = self._tally.replied
        await asyncio.sleep(self._load.seconds)

    async def _open_loop(self, rate: float, begun: float) -> None:
        due = 0
        while (elapsed := time.monotonic() - begun) < self._load.seconds:
            while due <= elapsed * rate:
                self._due.append(begun + due / rate)
                due += 1
            self._pump()
            await asyncio.sleep(_TICK)

    async def _drain(self) -> float:
        begun = time.monotonic()
        if self._under_way:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._quiet.wait(), _DRAIN)
        return time.monotonic() - begun

    def _pump(self) -> None:
        while self._due and self._free and (chosen := self._crowd.next()) is not None:
            self._write(*chosen, self._free.popleft(), self._due.popleft())

    def _write(self, person: Person, words: Words, caller: Caller, due: float) -> None:
        """`due` is when the message should have left: a wait for a free connection counts as waiting."""
        target = self._target
        body = webhook(person, words, f"wamid.HBgNNTIxMjI4{self._crowd.written:016d}VAgASGBQzQTdCMEY0RTlBRkY4NDAA")
        message = Message(person, words.kind, due or time.monotonic())
        self._under_way[person.wa_id] = message
        self._tally.kinds.append(words.kind)
        host = f"{target.host}:{target.port}"
        caller.post(
            request("/webhook", host, body, sign(target.secret, body)),
            lambda status: self._answered(caller, message, status),
        )

    def _answered(self, caller: Caller, message: Message, status: int) -> None:
        if caller.is_open:
            self._free.append(caller)
        if status == _OK:
            self._tally.webhook.append(time.monotonic() - message.begun)
            message.accepted = True
            self._settle(message)
        else:
            self._tally.refused += 1
            message.accepted = message.replied = True
            self._settle(message)

    def _settle(self, message: Message) -> None:
        """A message is done when its webhook is answered and its reply is out; its customer may write again."""
        if not (message.accepted and message.replied):
            self._pump()
            return
        del self._under_way[message.person.wa_id]
        self._crowd.rest(message.person)
        if self._ending and not self._under_way:
            self._quiet.set()
        if not self._ending and self._load.rate is None:
            self._due.append(0.0)
        self._pump()


class Feed(asyncio.Protocol):
    """What the stub tells, line by line, after the head of its answer."""

    def __init__(self) -> None:
        self.round: Round | None = None
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if self.round is not None:
                self.round.heard(line)


async def _feed(target: Target, *, statuses: bool) -> tuple[asyncio.WriteTransport, Feed]:
    loop = asyncio.get_running_loop()
    transport, feed = await loop.create_connection(Feed, target.host, target.stub_port)
    transport.write(b"GET /feed/%b HTTP/1.1\r\n\r\n" % (b"with-statuses" if statuses else b"without-statuses"))
    return transport, feed


async def _one_round(target: Target, crowd: Crowd, load: Load) -> LoadResult:
    loop = asyncio.get_running_loop()
    transport, feed = await _feed(target, statuses=load.statuses)
    callers = [(await loop.create_connection(Caller, target.host, target.port))[1] for _ in range(CONNECTIONS)]
    feed.round = Round(target, crowd, callers, load)
    try:
        return await feed.round.run()
    finally:
        transport.close()
        for caller in callers:
            caller.close()


async def _main(host: str, port: int, stub_port: int, customers: int, companies: int) -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    target = Target(host, port, stub_port, (await lines.readline()).decode().strip())
    crowd = Crowd(customers, companies)
    while line := await lines.readline():
        result = await _one_round(target, crowd, msgspec.json.decode(line, type=Load))
        print(msgspec.json.encode(result).decode(), flush=True)


if __name__ == "__main__":
    uvloop.run(_main(sys.argv[1], *(int(value) for value in sys.argv[2:6])))
