"""The product's own gateway against the simulator: two independent readings of Meta's limits must agree."""

import ast
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from simulated_shop import Shop

import marchante.simulator
from marchante.channels.whatsapp import messages as m
from marchante.channels.whatsapp.gateway import GraphGateway, open_gateway
from marchante.channels.whatsapp.media_gateway import GraphMedia
from marchante.channels.whatsapp.ports import (
    Accepted,
    Acknowledged,
    Downloaded,
    Fetched,
    InDoubt,
    MediaInfo,
    Refused,
    Uploaded,
)
from marchante.channels.whatsapp.transport import graph_session

TOKEN = "grocer-token"
LUPITA = m.Recipient("5215512345678")
PICTURE = "https://ejemplo.mx/foto.png"
TEN_ROWS = tuple(m.Row(f"{n}".ljust(200, "x"), f"{n}".ljust(24, "x"), "x" * 72) for n in range(10))

AT_THEIR_LIMITS: list[m.OutboundMessage] = [
    m.Text("á" * 4096, preview_url=True),
    m.ReplyButtons(
        "x" * 1024, tuple(m.Button(f"{n}".ljust(256, "x"), f"{n}".ljust(20, "x")) for n in range(3)), "x" * 60, "x" * 60
    ),
    m.ReplyButtons("x", (m.Button("1", "Sí"),), header=m.Image(link=PICTURE)),
    m.ReplyButtons("x", (m.Button("1", "Sí"),), header=m.Document(link=PICTURE, filename="a.pdf")),
    m.ListMenu("x" * 1024, "x" * 20, (m.Section("", TEN_ROWS),), "x" * 60, "x" * 60),
    m.ListMenu("x", "Ver", tuple(m.Section("x" * 24, (row,)) for row in TEN_ROWS)),
    m.LocationRequest("x" * 1024),
    m.ContactRequest("x" * 1024),
    m.CallToAction("x" * 1024, "x" * 20, "https://" + "x" * 1992, m.Video(link=PICTURE), "x" * 60),
    m.Location(Decimal("19.5"), Decimal("-96.9"), "Casa", "Av. Xalapa 12"),
    m.Image(link=PICTURE, caption="x" * 1024),
    m.Video(link=PICTURE, caption="x" * 1024),
    m.Document(link=PICTURE, caption="x" * 1024, filename="catálogo.pdf"),
    m.Audio(link=PICTURE, voice=True),
    m.Sticker(link=PICTURE),
    m.Contacts((m.Contact("Doña Mary", (m.ContactPhone("+522281112233", "522281112233"),)),)),
    m.ReactionTo("wamid.1", "👍"),
    m.ReactionTo("wamid.1", ""),
    m.ProductMessage("c", "p"),
    m.ProductList(
        "x" * 60, "x" * 1024, "c", tuple(m.ProductSection("x" * 24, tuple("abc")) for _ in range(10)), "x" * 60
    ),
    m.CatalogMessage("x" * 1024, "p", "x" * 60),
    m.FlowMessage("x" * 1024, "x" * 20, "token", flow_id="1", screen="INICIO", data={"nombre": "Lupita"}),
    m.FlowMessage("x", "Abrir", "token", flow_name="registro", draft=True, header="x" * 60, footer="x" * 60),
    m.Template(
        "pedido_en_camino",
        "es_MX",
        (
            m.TemplateComponent("header", (m.AttachmentParameter(m.Image(link=PICTURE)),)),
            m.TemplateComponent(
                "body",
                (
                    m.TextParameter("Lupita", "nombre"),
                    m.CurrencyParameter("$142.00", Decimal("142.00")),
                    m.DateTimeParameter("hoy de 5 a 7"),
                ),
            ),
            m.TemplateComponent("button", (m.PayloadParameter("x" * 1024),), "quick_reply", 0),
            m.TemplateComponent("button", (m.ActionParameter({"flow_token": "1"}),), "flow", 1),
        ),
    ),
]


@pytest.fixture
async def gateway(shop: Shop) -> AsyncIterator[GraphGateway]:
    async with open_gateway(shop.running.url, "v25.0", 5) as opened:
        yield opened


@pytest.mark.parametrize("message", AT_THEIR_LIMITS, ids=lambda message: type(message).__name__)
async def test_what_the_product_allows_itself_meta_takes(
    shop: Shop, gateway: GraphGateway, message: m.OutboundMessage
) -> None:
    outcome = await gateway.send("1001", TOKEN, m.to_wire(message, LUPITA, "x" * 512, "wamid.1"))

    assert isinstance(outcome, Accepted), outcome
    assert (outcome.wa_id, outcome.user_id) == ("5215512345678", "MX.100")
    assert (await shop.ask("/sim/refusals"))["refusals"] == []


async def test_the_gateway_understands_a_refusal(shop: Shop, gateway: GraphGateway) -> None:
    await shop.order_fault("error", code=131056, times=1)
    outcome = await gateway.send("1001", TOKEN, m.to_wire(m.Text("Hola"), LUPITA))

    assert isinstance(outcome, Refused)
    assert outcome.failure.code == 131056


@pytest.mark.parametrize("kind", ["close_after_accept", "close_before_accept"])
async def test_a_cut_connection_leaves_the_gateway_in_doubt(shop: Shop, gateway: GraphGateway, kind: str) -> None:
    await shop.order_fault(kind, times=1)

    assert isinstance(await gateway.send("1001", TOKEN, m.to_wire(m.Text("Hola"), LUPITA)), InDoubt)


async def test_the_gateway_marks_as_read_and_asks_about_a_number(shop: Shop, gateway: GraphGateway) -> None:
    wamid = await shop.customer_writes()

    assert isinstance(await gateway.mark_read("1001", TOKEN, wamid, typing=True), Acknowledged)
    info = await gateway.number_info("1001", TOKEN, ["throughput", "platform_type"])
    assert isinstance(info, Fetched)
    assert info.fields["throughput"] == {"level": "STANDARD"}


async def test_files_travel_both_ways(shop: Shop) -> None:
    async with graph_session(2) as session:
        media = GraphMedia(session, shop.running.url, "v25.0")
        uploaded = await media.upload("1001", TOKEN, b"%PDF-1.4", "application/pdf", "catálogo.pdf")
        assert isinstance(uploaded, Uploaded)
        info = await media.media_info(uploaded.media_id, TOKEN, "1001")
        assert isinstance(info, MediaInfo)
        found = await media.download(info.url, TOKEN, 100)

    assert isinstance(found, Downloaded)
    assert found.content == b"%PDF-1.4"
    assert info.size == 8


def test_the_simulator_shares_no_code_with_the_product() -> None:
    for file in Path(marchante.simulator.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [module]
            for name in names:
                assert not name.startswith("marchante.") or name.startswith("marchante.simulator"), (file.name, name)
