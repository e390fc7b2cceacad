"""The real gateway against a local HTTP server: what leaves, and how every ending is told apart."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from tests.fakes.graph_server import HANG_UP, HANG_UP_IN_THE_MIDDLE, NEVER_ANSWER, StubGraph, stub_graph

from marchante.channels.whatsapp import transport
from marchante.channels.whatsapp.errors import Action
from marchante.channels.whatsapp.gateway import GraphGateway, open_gateway
from marchante.channels.whatsapp.messages import Recipient, Text, to_wire
from marchante.channels.whatsapp.ports import Accepted, InDoubt, NeverSent, Refused, Unreachable

FRAME = to_wire(Text("¿Dos kilos? 🍅"), Recipient("5215500000001"), callback_data="out:7")
ACCEPTED = {"messaging_product": "whatsapp", "contacts": [{"input": "+5215500000001", "wa_id": "525500000001"}]}


@pytest.fixture
async def stub() -> AsyncIterator[StubGraph]:
    async with stub_graph() as server:
        yield server


@pytest.fixture
async def gateway(stub: StubGraph) -> AsyncIterator[GraphGateway]:
    async with open_gateway(stub.url + "/", "v25.0") as opened:
        yield opened


async def impatient(stub: StubGraph, seconds: float = 0.2) -> GraphGateway:
    return GraphGateway(transport.graph_session(total_seconds=seconds), stub.url, "v25.0")


async def test_a_message_is_posted_to_its_number_with_its_token(stub, gateway):
    stub.answers(ACCEPTED | {"messages": [{"id": "wamid.1"}]})
    assert await gateway.send("1001", "secret-token", FRAME) == Accepted("wamid.1", "525500000001")
    (request,) = stub.received
    assert (request.method, request.path, request.query) == ("POST", "/v25.0/1001/messages", {})
    assert request.headers["Authorization"] == "Bearer secret-token"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["User-Agent"] == "marchante"
    assert json.loads(request.body) == FRAME


async def test_a_held_template_says_so(stub, gateway):
    stub.answers(ACCEPTED | {"messages": [{"id": "wamid.1", "message_status": "held_for_quality_assessment"}]})
    accepted = await gateway.send("1001", "token", FRAME)
    assert accepted.message_status == "held_for_quality_assessment"


async def test_a_number_cannot_lead_out_of_its_place_in_the_address(stub, gateway):
    stub.answers({}, status=404)
    await gateway.send("../me?x=", "token", FRAME)
    assert stub.received[0].path.startswith("/v25.0/")
    assert stub.received[0].path.endswith("/messages")
    assert stub.received[0].query == {}


@pytest.mark.parametrize(
    "body", [b"<html>ok</html>", b"", b"[]", b"{}", b'{"messages":[]}', b'{"messages":[{"id":7.5}]}', b"null"]
)
async def test_an_answer_nobody_can_read_leaves_the_message_in_doubt(stub, gateway, body):
    stub.script.append(web.Response(body=body))
    assert await gateway.send("1001", "token", FRAME) == InDoubt("unreadable_answer")


async def test_an_error_inside_a_200_is_a_refusal(stub, gateway):
    stub.answers({"error": {"code": 131047, "message": "x"}})
    refused = await gateway.send("1001", "token", FRAME)
    assert refused.failure.action is Action.NEEDS_TEMPLATE


async def test_a_page_of_a_proxy_is_a_refusal_to_retry(stub, gateway):
    stub.script.append(web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html"))
    refused = await gateway.send("1001", "token", FRAME)
    assert isinstance(refused, Refused)
    assert (refused.failure.http_status, refused.failure.action) == (502, Action.RETRY)


async def test_a_proxy_that_gave_up_waiting_leaves_the_message_in_doubt(stub, gateway):
    stub.script.append(web.Response(status=504, text="timeout"))
    assert await gateway.send("1001", "token", FRAME) == InDoubt("gateway_timeout")


async def test_a_redirect_is_not_followed_with_the_token(stub, gateway):
    stub.script.append(web.Response(status=302, headers={"Location": stub.url + "/elsewhere"}))
    refused = await gateway.send("1001", "token", FRAME)
    assert isinstance(refused, Refused)
    assert len(stub.received) == 1


@pytest.mark.parametrize("ending", [HANG_UP, HANG_UP_IN_THE_MIDDLE])
async def test_a_connection_cut_after_the_request_leaves_the_message_in_doubt(stub, gateway, ending):
    stub.script.append(ending)
    assert isinstance(await gateway.send("1001", "token", FRAME), InDoubt)
    assert len(stub.received) == 1


async def test_no_answer_in_time_leaves_the_message_in_doubt(stub):
    stub.script.append(NEVER_ANSWER)
    gateway = await impatient(stub)
    assert await gateway.send("1001", "token", FRAME) == InDoubt("timeout")
    await gateway._session.close()


async def test_an_answer_without_end_is_not_read_to_its_end(stub, gateway):
    stub.script.append(web.Response(body=b" " * 2_000_000))
    assert await gateway.send("1001", "token", FRAME) == InDoubt("too_large")


async def test_nothing_left_when_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with open_gateway(f"http://127.0.0.1:{port}", "v25.0") as gateway:
        assert await gateway.send("1001", "token", FRAME) == NeverSent("connect_refused")


async def test_nothing_left_when_the_name_is_unknown():
    async with open_gateway("http://graph.invalid", "v25.0") as gateway:
        assert await gateway.send("1001", "token", FRAME) == NeverSent("dns")


async def test_nothing_left_while_waiting_for_a_free_connection(stub, monkeypatch):
    monkeypatch.setattr(transport, "CONNECT_SECONDS", 0.1)
    stub.script.append(NEVER_ANSWER)
    async with transport.graph_session(connections=1, total_seconds=5) as session:
        gateway = GraphGateway(session, stub.url, "v25.0")
        first = asyncio.create_task(gateway.send("1001", "token", FRAME))
        await stub.arrived.wait()
        assert await gateway.send("1001", "token", FRAME) == NeverSent("connect_timeout")
        stub.released.set()
        assert isinstance(await first, InDoubt)
    assert len(stub.received) == 1


@pytest.mark.parametrize("token", ["token\r\nX-Evil: 1", "", "tokén", "to ken"])
async def test_a_token_that_cannot_be_a_header_sends_nothing(stub, gateway, token):
    assert await gateway.send("1001", token, FRAME) == NeverSent("invalid_token")
    assert stub.received == []


async def test_connections_are_used_again(stub, gateway):
    for n in range(3):
        stub.answers(ACCEPTED | {"messages": [{"id": f"wamid.{n}"}]})
        assert isinstance(await gateway.send("1001", "token", FRAME), Accepted)
    connections = gateway._session.connector._conns
    assert sum(len(idle) for idle in connections.values()) == 1


async def test_a_read_receipt_shows_typing(stub, gateway):
    stub.answers({"success": True})
    await gateway.mark_read("1001", "token", "wamid.1", typing=True)
    assert json.loads(stub.received[0].body) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.1",
        "typing_indicator": {"type": "text"},
    }


async def test_a_number_is_asked_for_exactly_what_is_needed(stub, gateway):
    stub.answers({"id": "1001", "platform_type": "CLOUD_API"})
    found = await gateway.number_info("1001", "token", ["id", "platform_type"])
    assert found.fields == {"id": "1001", "platform_type": "CLOUD_API"}
    assert (stub.received[0].method, stub.received[0].path) == ("GET", "/v25.0/1001")
    assert stub.received[0].query == {"fields": "id,platform_type"}


@pytest.mark.parametrize("ending", [HANG_UP, web.Response(text="<html>")])
async def test_a_question_without_a_readable_answer_can_be_asked_again(stub, gateway, ending):
    stub.script.append(ending)
    assert isinstance(await gateway.number_info("1001", "token", ["id"]), Unreachable)


async def test_neither_token_nor_words_of_a_customer_are_logged(stub, gateway, caplog):
    caplog.set_level(logging.DEBUG)
    stub.script.append(HANG_UP)
    await gateway.send("1001", "secret-token", FRAME)
    stub.answers({"error": {"code": 100, "message": "x"}}, status=400)
    await gateway.send("1001", "secret-token", FRAME)
    assert "secret-token" not in caplog.text
    assert "Dos kilos" not in caplog.text
