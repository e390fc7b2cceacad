"""Templates over HTTP: what leaves, and what is read of the answers."""

import json

import pytest
from tests.fakes.graph_server import NEVER_ANSWER, stub_graph

from marchante.channels.whatsapp.ports import Acknowledged, Refused, RemoteTemplate, Unreachable
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.channels.whatsapp.template_gateway import GraphTemplates
from marchante.channels.whatsapp.transport import graph_session
from marchante.simulator.config import SimulatedNumber, SimulatorConfig
from marchante.simulator.server import serve_simulator

READY = TemplateDefinition("pedido_listo", "El pedido {{folio}} ya está listo.", (("folio", "A-0042"),), footer="Adiós")
LISTED = {"id": 17, "name": "otra", "language": "es_MX", "status": "APPROVED", "category": "UTILITY"}


@pytest.fixture
async def stub():
    async with stub_graph() as server:
        yield server


@pytest.fixture
async def templates(stub):
    async with graph_session(2, total_seconds=0.3) as session:
        yield GraphTemplates(session, stub.url, "v25.0")


async def test_every_page_is_read(stub, templates):
    said = [{"type": "BODY", "text": "Hola"}, {"type": "FOOTER", "text": "Adiós"}]
    paging = {"cursors": {"after": "XYZ"}, "next": "https://graph.facebook.com/next"}
    stub.answers({"data": [LISTED, {"id": None}, "odd"], "paging": paging})
    stub.answers({"data": [LISTED | {"id": "18", "status": "rejected", "rejected_reason": "SCAM", "components": said}]})
    assert await templates.list_templates("9001", "token") == [
        RemoteTemplate("17", "otra", "es_MX", "APPROVED", "UTILITY", ""),
        RemoteTemplate("18", "otra", "es_MX", "REJECTED", "UTILITY", "Hola", "Adiós", "SCAM"),
    ]
    first, second = stub.received
    assert first.path == second.path == "/v25.0/9001/message_templates"
    assert "components" in first.query["fields"]
    assert ("after" in first.query, second.query["after"]) == (False, "XYZ")


async def test_a_template_is_created_as_meta_takes_it(stub, templates):
    stub.answers({"id": "21", "status": "PENDING", "category": "MARKETING"})
    created = await templates.create_template("9001", "token", READY)
    assert isinstance(created, RemoteTemplate)
    assert (created.id, created.status, created.category) == ("21", "PENDING", "MARKETING")
    [request] = stub.received
    assert (request.method, request.path) == ("POST", "/v25.0/9001/message_templates")
    assert json.loads(request.body) == READY.as_created()


async def test_a_template_is_edited_by_its_id(stub, templates):
    stub.answers({"success": True})
    assert await templates.edit_template("21", "token", READY) == Acknowledged()
    [request] = stub.received
    assert (request.path, json.loads(request.body)) == ("/v25.0/21", {"components": READY.components()})


async def test_refusals_and_silence_are_told_apart(stub, templates):
    stub.answers({"error": {"code": 2388040, "message": "too many"}}, status=400)
    refused = await templates.create_template("9001", "token", READY)
    assert isinstance(refused, Refused)
    assert refused.failure.code == 2388040
    stub.script.append(NEVER_ANSWER)
    assert isinstance(await templates.list_templates("9001", "token"), Unreachable)


async def test_the_simulator_takes_and_lists_what_we_create():
    numbers = (SimulatedNumber("1001", "9001", "+52 228 100 0001", "Abarrotes Lupita", ("token",)),)
    config = SimulatorConfig("http://127.0.0.1:9/webhook", "secret", "verify", numbers)
    async with serve_simulator(config) as simulator, graph_session(2) as session:
        templates = GraphTemplates(session, simulator.url, "v25.0")
        created = await templates.create_template("9001", "token", READY)
        assert isinstance(created, RemoteTemplate)
        [listed] = await templates.list_templates("9001", "token")
    assert (listed.id, listed.status, listed.body, listed.footer) == (created.id, "APPROVED", READY.body, READY.footer)
