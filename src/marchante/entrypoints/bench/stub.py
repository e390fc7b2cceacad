"""Graph's stand-in, a process of its own: `python -m …bench.stub FD WEBHOOK_HOST WEBHOOK_PORT MILLISECONDS`.

Accepts every message after so many milliseconds, as Graph takes time to answer; tells the load generator whom it was
for; and, if asked, sends the statuses back as signed webhooks: sent, then delivered, then read. The first line of stdin
is the app secret; the end of stdin ends the process.
"""

import asyncio
import re
import socket
import sys
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import cast

import uvloop

from marchante.channels.whatsapp.signature import sign
from marchante.entrypoints.bench.http import Caller, HttpMessage, Messages, answer, request

FLUSH_STATUSES = 0.25
_MOST_STATUSES = 900
_OK = 200
_TO = re.compile(rb'"to": ?"\+?(\d+)"')
_CALLBACK = re.compile(rb'"biz_opaque_callback_data": ?"([^"]+)"')
_OFFER = re.compile(rb'"id": ?"(confirm:[^"]+)"')
_READ = re.compile(rb'"status": ?"read"')
_SUCCESS = answer(b'{"success":true}')
_NUMBER = answer(b'{"id":"900000000000001","verified_name":"Bench","throughput":{"level":"HIGH"}}')
_ACCEPTED = (
    b'{"messaging_product":"whatsapp","contacts":[{"input":"+%b","wa_id":"%b"}],'
    b'"messages":[{"id":"%b","message_status":"accepted"}]}'
)
_STATUS = '{"id":"%s","status":"%s","timestamp":"%d","recipient_id":"%s","biz_opaque_callback_data":"%s"%s}'
_PRICING = ',"pricing":{"billable":true,"pricing_model":"PMP","category":"service","type":"regular"}'
_CHANGE = (
    '{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"522281000001",'
    '"phone_number_id":"%s"},"statuses":[%s]},"field":"messages"}'
)
_BODY = '{"object":"whatsapp_business_account","entry":[{"id":"800000000000001","changes":[%s]}]}'


@dataclass(frozen=True, slots=True)
class Sent:
    number: str
    wamid: str
    wa_id: str
    callback: str


@dataclass(slots=True)
class Reports:
    """Statuses on their way back: each message goes through the three queues, one flush after the other."""

    sent: deque[Sent] = field(default_factory=deque)
    delivered: deque[Sent] = field(default_factory=deque)
    read: deque[Sent] = field(default_factory=deque)

    def next_body(self) -> bytes | None:
        """A webhook with everything that is due, at most 900 statuses; None when nothing is."""
        by_number: dict[str, list[str]] = defaultdict(list)
        now, room = time.time(), _MOST_STATUSES
        for status, queue, after in (
            ("read", self.read, None),
            ("delivered", self.delivered, self.read),
            ("sent", self.sent, self.delivered),
        ):
            for _ in range(min(len(queue), room)):
                message = queue.popleft()
                pricing = _PRICING if status == "delivered" else ""
                values = (message.wamid, status, now, message.wa_id, message.callback, pricing)
                by_number[message.number].append(_STATUS % values)
                room -= 1
                if after is not None:
                    after.append(message)
        if not by_number:
            return None
        return (_BODY % ",".join(_CHANGE % (number, ",".join(all_)) for number, all_ in by_number.items())).encode()


class Stub:
    def __init__(self, host: str, port: int, secret: str, delay: float) -> None:
        self.delay = delay
        self.reports = Reports()
        self._host = host
        self._port = port
        self._secret = secret
        self._listener: asyncio.WriteTransport | None = None
        self._with_statuses = False
        self._accepted = 0
        self._lines: list[bytes] = []

    def listen(self, transport: asyncio.WriteTransport, *, statuses: bool) -> None:
        """From now on this connection is told of every reply."""
        self._listener, self._with_statuses = transport, statuses

    def accept(self, number: str, body: bytes) -> bytes:
        """Take a message; returns the answer."""
        to = _TO.search(body)
        callback, offer = _CALLBACK.search(body), _OFFER.search(body)
        wa_id = to[1] if to else b"0"
        self._accepted += 1
        wamid = b"wamid.HBgNNTIxMjI4%016dVAgARGBJEQUFBQjE5NUQ5QTUyQjFFRQA=" % self._accepted
        self._tell(b"%b %.6f %b\n" % (wa_id, time.monotonic(), offer[1] if offer else b"-"))
        if self._with_statuses:
            known = callback[1].decode() if callback else ""
            self.reports.sent.append(Sent(number, wamid.decode(), wa_id.decode(), known))
        return answer(_ACCEPTED % (wa_id, wa_id, wamid))

    async def send_reports(self) -> None:
        """Post statuses for ever, again and again those the server did not take."""
        loop = asyncio.get_running_loop()
        caller: Caller | None = None
        while True:
            await asyncio.sleep(FLUSH_STATUSES)
            while (body := self.reports.next_body()) is not None:
                status = 0
                while status != _OK:
                    if caller is None or not caller.is_open:
                        _, caller = await loop.create_connection(Caller, self._host, self._port)
                    answered: asyncio.Future[int] = loop.create_future()
                    whole = request("/webhook", f"{self._host}:{self._port}", body, sign(self._secret, body))
                    caller.post(whole, answered.set_result)
                    status = await answered

    def _tell(self, line: bytes) -> None:
        if not self._lines:
            asyncio.get_running_loop().call_soon(self._flush)
        self._lines.append(line)

    def _flush(self) -> None:
        told, self._lines = b"".join(self._lines), []
        if self._listener is not None and not self._listener.is_closing():
            self._listener.write(told)


class Connection(asyncio.Protocol):
    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._messages = Messages()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        for message in self._messages.feed(data):
            self._take(message)

    def _take(self, message: HttpMessage) -> None:
        assert self._transport is not None
        target = message.target
        if target.startswith(b"/feed/"):
            self._stub.listen(self._transport, statuses=target == b"/feed/with-statuses")
        elif message.head.startswith(b"GET"):
            self._transport.write(_NUMBER)
        elif _READ.search(message.body):
            self._later(_SUCCESS)
        else:
            self._later(self._stub.accept(target.split(b"/")[2].decode(), message.body))

    def _later(self, whole: bytes) -> None:
        asyncio.get_running_loop().call_later(self._stub.delay, self._write, whole)

    def _write(self, whole: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(whole)


async def _main(fd: int, host: str, port: int, delay_ms: float) -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    stub = Stub(host, port, (await lines.readline()).decode().strip(), delay_ms / 1000)
    await loop.create_server(lambda: Connection(stub), sock=socket.socket(fileno=fd))
    reporting = asyncio.create_task(stub.send_reports())
    print("ready", flush=True)
    await lines.read()
    reporting.cancel()


if __name__ == "__main__":
    uvloop.run(_main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
