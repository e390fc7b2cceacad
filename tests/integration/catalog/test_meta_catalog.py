"""The Meta catalog of a shop holds what the shop sells: written, changed and taken away through the Graph API."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import pytest
from tests.fakes.clock import FakeClock

from marchante.catalog.meta.keeping import MetaCatalogKeeper
from marchante.catalog.meta.service import MetaCatalogFailed, MetaCatalogSync, NoMetaCatalog
from marchante.channels.whatsapp.catalog_gateway import GraphCatalog
from marchante.channels.whatsapp.transport import graph_session
from marchante.companies.domain import Company
from marchante.companies.service import Companies
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.media.signing import MediaLinks
from marchante.outbox.tokens import Tokens
from marchante.simulator.config import SimulatedNumber, SimulatorConfig
from marchante.simulator.core import Simulator
from marchante.simulator.server import serve_simulator

CATALOG_ID = "600000001"
PHOTO = "https://fotos.example.mx"


@dataclass(frozen=True)
class Meta:
    sync: MetaCatalogSync
    simulator: Simulator
    company: Company
    database: Database

    @property
    def items(self) -> dict[str, dict[str, Any]]:
        return self.simulator.catalogs.items.get(CATALOG_ID, {})

    async def sells(self, sku: str, name: str, **columns: Any) -> None:
        values = {
            "price": 20,
            "unit": "piece",
            "image_url": f"{PHOTO}/{sku}.jpg",
            "active": True,
            "stock": None,
        } | columns
        async with self.database.company(self.company.schema) as connection:
            await connection.execute(
                """INSERT INTO products (sku, name, price, unit, step, image_url, active, stock)
                   VALUES ($1, $2, $3, $4, 1, $5, $6, $7)
                   ON CONFLICT (sku) DO UPDATE SET price = excluded.price, active = excluded.active,
                       stock = excluded.stock, image_url = excluded.image_url""",
                sku, name, values["price"], values["unit"], values["image_url"], values["active"], values["stock"],
            )  # fmt: skip


@pytest.fixture
async def at_meta(
    database: Database, companies: Companies, vault: Vault, clock: FakeClock
) -> AsyncIterator[Callable[..., Any]]:
    def names_it(settings: Any) -> Any:
        return msgspec.structs.replace(settings, meta_catalog_id=CATALOG_ID)

    await companies.change_settings("abarrotes_lupita", names_it, "meta catalog", "test")
    company = await companies.get("abarrotes_lupita")
    number = SimulatedNumber("1001", "9001", "+52 228 100 0001", "Abarrotes Lupita", ("token",))
    config = SimulatorConfig("http://127.0.0.1:9/webhook", "secret", "verify", (number,))
    async with serve_simulator(config, clock=clock.now) as running, graph_session() as session:
        running.simulator.standings.of("1001").catalog_id = CATALOG_ID
        graph = GraphCatalog(session, running.url, "v25.0")

        def make(public_url: str = "https://tienda.example.mx", token: str = "token") -> Meta:
            links = MediaLinks(["a key for tests only"], clock)
            sync = MetaCatalogSync(database, graph, Tokens(vault, token), links, clock, public_url)
            return Meta(sync, running.simulator, company, database)

        yield make


@pytest.fixture
def meta(at_meta: Callable[..., Meta]) -> Meta:
    return at_meta()


async def test_every_product_is_written_as_it_is_sold(meta: Meta) -> None:
    await meta.sells("JIT-1", "Jitomate saladette", price="24.50", unit="kg")
    await meta.sells("COC-6", "Coca-Cola 600 ml", stock=0)
    report = await meta.sync.sync(meta.company)

    assert (report.written, report.deleted, report.refused) == (2, 0, {})
    assert meta.items["JIT-1"] == {
        "title": "Jitomate saladette",
        "description": "por kilo",
        "availability": "in stock",
        "condition": "new",
        "price": "24.50 MXN",
        "link": "https://tienda.example.mx/c/abarrotes_lupita",
        "image_link": f"{PHOTO}/JIT-1.jpg",
        "brand": "Abarrotes Lupita",
    }
    assert meta.items["COC-6"]["availability"] == "out of stock"


async def test_what_is_no_longer_sold_is_taken_away_and_a_new_price_is_written(meta: Meta) -> None:
    for sku in ("A", "B"):
        await meta.sells(sku, f"Producto {sku}")
    await meta.sync.sync(meta.company)
    await meta.sells("A", "Producto A", price=25)
    await meta.sells("B", "Producto B", active=False)
    report = await meta.sync.sync(meta.company)

    assert (report.written, report.deleted) == (1, 1)
    assert {sku: item["price"] for sku, item in meta.items.items()} == {"A": "25.00 MXN"}


async def test_beer_never_reaches_metas_catalog(meta: Meta) -> None:
    await meta.sells("CER", "Cerveza")
    async with meta.database.company(meta.company.schema) as connection:
        await connection.execute("UPDATE products SET whatsapp_sellable = false WHERE sku = 'CER'")
    await meta.sync.sync(meta.company)

    assert meta.items == {}


async def test_a_photo_we_keep_is_shown_from_our_own_address(at_meta: Callable[..., Meta]) -> None:
    meta = at_meta()
    await meta.sells("PAP", "Papa", image_url="media:abarrotes_lupita/products/0123456789abcdef0123456789abcdef.png")
    await meta.sells("SIN", "Sin foto", image_url=None)
    report = await meta.sync.sync(meta.company)

    assert meta.items["PAP"]["image_link"].startswith("https://tienda.example.mx/media/abarrotes_lupita/products/")
    assert report.without_picture == ("SIN",)
    hidden = await at_meta(public_url="").sync.sync(meta.company)
    assert set(hidden.without_picture) == {"PAP", "SIN"}
    assert meta.items == {}, "nothing is shown whose picture nobody can fetch"


async def test_what_meta_refuses_is_told_by_product_and_costs_none_of_the_others(meta: Meta) -> None:
    await meta.sells("A", "A")
    await meta.sells("B", "B")
    meta.simulator.catalogs.items[CATALOG_ID] = {f"OLD-{place}": {} for place in range(1_500)}
    del meta.simulator.catalogs.items[CATALOG_ID]["OLD-7"]
    report = await meta.sync.sync(meta.company)

    assert (report.written, report.deleted) == (2, 1_499)
    assert set(meta.items) == {"A", "B"}


async def test_the_keeper_tells_meta_of_every_change_and_of_nothing_else(
    meta: Meta, companies: Companies, clock: FakeClock
) -> None:
    keeper = MetaCatalogKeeper(meta.database, companies, meta.sync, clock)
    await meta.sells("A", "A")
    assert await keeper.look() == 1
    assert await keeper.look() == 0

    await meta.sells("A", "A", price=25)
    assert await keeper.look() == 1
    assert meta.items["A"]["price"] == "25.00 MXN"
    await meta.sells("A", "A", price=25, stock=0)
    assert await keeper.look() == 1
    assert meta.items["A"]["availability"] == "out of stock"
    clock.advance(days=1)
    assert await keeper.look() == 1, "other things may be sold on another day"


async def test_a_meta_that_refuses_is_an_alert_until_it_takes_it(
    meta: Meta, companies: Companies, clock: FakeClock
) -> None:
    keeper = MetaCatalogKeeper(meta.database, companies, meta.sync, clock)
    await meta.sells("A", "A")
    meta.simulator.standings.of("1001").catalog_id = "another"
    assert await keeper.look() == 0
    assert await open_alerts(meta.database) == ["meta_catalog_failed"]

    meta.simulator.standings.of("1001").catalog_id = CATALOG_ID
    await meta.sells("B", "B", image_url="https://fotos.example.mx/" + "b" * 20)
    assert await keeper.look() == 1
    assert await open_alerts(meta.database) == []


async def open_alerts(database: Database) -> list[str]:
    async with database.relay() as connection:
        return [
            row["code"] for row in await connection.fetch("SELECT code FROM relay.alerts WHERE resolved_at IS NULL")
        ]


async def test_without_a_catalog_or_with_a_wrong_token_nothing_is_pretended(
    at_meta: Callable[..., Meta], companies: Companies
) -> None:
    meta = at_meta(token="another")
    with pytest.raises(MetaCatalogFailed):
        await meta.sync.sync(meta.company)
    with pytest.raises(NoMetaCatalog):
        await at_meta().sync.sync(await companies.get("agua_clara"))


async def test_a_fault_in_looking_does_not_end_the_keeper_and_the_process_with_it(
    at_meta: Callable[..., Any], companies: Companies, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = MetaCatalogKeeper(at_meta().database, companies, at_meta().sync, clock)

    async def broken() -> int:
        await keeper.stop()
        raise ValueError("a bug in looking")

    monkeypatch.setattr(keeper, "look", broken)
    await keeper.run()


async def test_a_shop_without_a_number_or_a_page_is_told_so(at_meta: Callable[..., Any]) -> None:
    meta = at_meta(public_url="")
    with pytest.raises(MetaCatalogFailed):
        await meta.sync.sync(replace(meta.company, numbers=()))
