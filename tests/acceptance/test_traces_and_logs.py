"""Every message can be followed through the log by one id, and no line of the log tells who wrote what."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlparse

import aiohttp
import asyncpg
import pytest
from tests.acceptance.phones import Phone
from tests.acceptance.server_process import ServerProcess, server_process
from tests.acceptance.stage import KEY, NUMBERS, TOKEN, VERIFY_TOKEN, copied_database
from tests.builders.webhooks import SECRET

from marchante.simulator.config import SimulatedCustomer, SimulatorConfig
from marchante.simulator.faults import Match
from marchante.simulator.server import serve_simulator

LUPE = SimulatedCustomer("5212287779911", "Guadalupe Rojas Xicoténcatl", user_id="MX.998877665544332211")
STREET = "Privada del Secreto 33, colonia Oculta"
WORDS = ("tortilla de maíz", "Xicoténcatl", "Guadalupe", "Secreto", "Oculta", "veladoras", "19.5438", "-96.9102")


@dataclass(frozen=True)
class Session:
    """A whole day of one customer with a shop, the log of the server that answered, and what it left when it was told
    to stop in the middle of a call: messages not sent, numbers still owned.
    """

    lines: list[dict[str, Any]]
    text: str
    dsn: str
    open: int
    owned: int


async def chats(phone: Phone) -> None:
    """Everything a customer can do in one sitting."""
    await phone.says("hola")
    await phone.taps("Hacer un pedido")
    await phone.says("un kilo de tortilla de maíz")
    await phone.says(STREET)
    await phone.taps("Confirmar")
    before = len(phone.entries)
    phone.write("location", location={"latitude": 19.5438, "longitude": -96.9102, "name": "Privada del Secreto"})
    await phone.hears(lambda: phone.entries[before:])
    before = len(phone.entries)
    phone.write("sticker", sticker={"id": "1", "mime_type": "image/webp", "sha256": "x", "animated": False})
    await phone.hears(lambda: phone.entries[before:])
    # Graph refuses one message for ever, one for a while, and one ends in doubt.
    faults = phone.simulator.sending.faults
    faults.add("error", Match(), times=1, after=0, options={"code": 131000, "status": 500})
    await phone.says("¿tienen veladoras?")
    faults.add("close_after_accept", Match(), times=1, after=0, options={})
    await phone.says("¿cómo va mi pedido?")
    await phone.says("quiero hablar con un asesor sobre las veladoras")
    faults.add("error", Match(), times=1, after=0, options={"code": 131009, "status": 400})
    phone.text("menú")
    while not any(refusal.error["code"] == 131009 for refusal in phone.simulator.refusals):  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def stops_while_it_calls(server: ServerProcess, phone: Phone, watcher: asyncpg.Connection) -> None:
    faults = phone.simulator.sending.faults
    faults.add("delay", Match(), times=1, after=0, options={"seconds": 0.7, "before_accept": True})
    phone.text("ayuda")
    while not await watcher.fetchval("SELECT count(*) FROM relay.outbox WHERE status = 'sending'"):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    assert await server.end() == 0


_LEFT = """
    SELECT (SELECT count(*) FROM relay.outbox WHERE status IN ('queued', 'sending', 'in_doubt')) AS open,
           (SELECT count(*) FROM relay.numbers WHERE lease_owner IS NOT NULL) AS owned
"""


@pytest.fixture(scope="module")
async def session(postgres_dsn: str, stocked: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Session]:
    log = tmp_path_factory.mktemp("logs") / "server.log"
    async with copied_database(postgres_dsn, stocked) as dsn:
        server = ServerProcess({}, log)
        config = SimulatorConfig(f"{server.url}/webhook", SECRET, VERIFY_TOKEN, NUMBERS)
        async with serve_simulator(config) as simulator:
            server.environment = {
                "MARCHANTE_ENV": "production",
                "DATABASE_URL": dsn,
                "SECRET_KEY": KEY,
                "WHATSAPP_TOKEN": TOKEN,
                "WHATSAPP_APP_SECRET": SECRET,
                "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
                "WHATSAPP_API_URL": simulator.url,
                "MARCHANTE_DATA_DIR": str(log.parent),
            }
            async with server_process(server):
                await chats(Phone(simulator.simulator, LUPE, NUMBERS[0]))
                async with aiohttp.ClientSession() as http:
                    for body in (b"{", b'{"from": "' + LUPE.wa_id.encode() + b'"}'):
                        async with http.post(f"{server.url}/webhook?token={TOKEN}", data=body) as answer:
                            assert answer.status in {400, 401}
                watcher = await asyncpg.connect(dsn)
                await stops_while_it_calls(server, Phone(simulator.simulator, LUPE, NUMBERS[0]), watcher)
                left = await watcher.fetchrow(_LEFT)
                await watcher.close()
        text = log.read_text(encoding="utf-8")
        yield Session([json.loads(line) for line in text.splitlines()], text, dsn, **dict(left))


def events(session: Session, name: str) -> list[dict[str, Any]]:
    return [line for line in session.lines if line["event"] == name]


async def test_one_trace_id_leads_from_the_webhook_to_the_call_of_graph(session: Session) -> None:
    received = {line["trace_id"] for line in events(session, "http.request") if line["status"] == 200}
    stored = {line["trace_id"] for line in events(session, "inbox.stored") if line["messages"]}
    turns = {line["trace_id"] for line in events(session, "turn.done") if line["queued"]}
    sent = {line["trace_id"] for line in events(session, "outbox.sent")}
    assert len(sent) >= 8
    assert sent <= turns <= stored <= received


async def test_every_line_of_the_log_is_json_and_none_holds_a_phone_a_word_of_a_customer_or_a_secret(
    session: Session,
) -> None:
    assert len(session.lines) > 40
    assert all({"timestamp", "level", "event"} <= line.keys() for line in session.lines)
    password = urlparse(session.dsn).password or TOKEN
    never = [*phone_of(LUPE), *WORDS, TOKEN, SECRET, VERIFY_TOKEN, KEY, password]
    assert [word for word in never if word.lower() in session.text.lower()] == []


def phone_of(customer: SimulatedCustomer) -> list[str]:
    """A phone and its user id, also as message ids hide the phone: in base64, at any of its three offsets."""
    shifted = (base64.b64encode(bytes(shift) + customer.wa_id.encode()).decode() for shift in (0, 1, 2))
    return [customer.wa_id[-10:], str(customer.user_id), *(text[8:-6] for text in shifted)]


async def test_a_server_told_to_stop_ends_the_call_under_way_and_gives_its_numbers_up(session: Session) -> None:
    assert (session.open, session.owned) == (0, 0)
