"""What a turn costs the database: a counted number of statements, so that it cannot grow unnoticed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from tests.builders.webhooks import button, message, row
from tests.fakes.clock import FakeClock
from tests.integration.conversations.conftest import Chat, open_chat

from marchante.catalog.snapshots import CatalogCache
from marchante.companies.domain import Company
from marchante.companies.hours import AROUND_THE_CLOCK
from marchante.companies.service import Companies
from marchante.conversations import claims
from marchante.conversations.turn import Turns
from marchante.coverage.domain import Colonias, NewZone
from marchante.coverage.files import BranchZone
from marchante.coverage.service import Coverage
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.kernel.secrets import Vault

USUAL = 8


@dataclass
class Meter:
    """A chat whose turns run over one connection that writes down every statement."""

    chat: Chat
    one: Database
    turns: Turns
    seen: list[str]

    async def says(self, text: str) -> list[str]:
        chat = self.chat
        return await self._costs(message(chat.number, chat.phone, chat.wamid(), text, at=chat.clock.now()))

    async def taps(self, title: str) -> list[str]:
        chat = self.chat
        kind, id_ = chat.find(title)
        build = button if kind == "button" else row
        return await self._costs(build(chat.number, chat.phone, chat.wamid(), id_, title, at=chat.clock.now()))

    async def _costs(self, change: Any) -> list[str]:
        """The statements of the turn that answers this, from its BEGIN to its COMMIT."""
        before = len(await self.chat.outbox())
        await self.chat.post(change)
        async with self.chat.database.pool.acquire() as connection:
            [claim] = await claims.begin_attempts(connection, self.chat.clock.advance(seconds=1), 10)
        self.seen.clear()
        assert await self.turns.take(claim) is not None
        async with self.one.pool.acquire() as connection:
            cost = list(self.seen)
            assert await connection.fetchval("SELECT 1") == 1  # query loggers are called by the loop
        self.chat.heard.extend((await self.chat.outbox())[before:])
        return cost


@pytest.fixture
async def meter(
    database_dsn: str, database: Database, vault: Vault, clock: FakeClock, lupita: Company
) -> AsyncIterator[Meter]:
    chat = await open_chat(database, vault, clock, lupita, "1001", "abarrotes.json")
    pool = await open_pool(database_dsn, size=1)
    seen: list[str] = []
    async with pool.acquire() as connection:
        connection.add_query_logger(lambda query: seen.append(query.query))
    one = Database(pool)
    meter = Meter(chat, one, Turns(one, CatalogCache(), clock), seen)
    await meter.says("hola")  # whoever writes for the first time becomes a customer, and the catalog is read
    yield meter
    await pool.close()


async def test_a_menu_tap_costs_at_most_eight_statements(meter: Meter) -> None:
    cost = await meter.taps("Hacer un pedido")
    assert len(cost) <= USUAL, cost


async def test_a_product_tap_costs_at_most_eight_statements(meter: Meter) -> None:
    await meter.taps("Hacer un pedido")
    await meter.taps("Bebidas")
    cost = await meter.taps("Coca-Cola 600 ml")
    assert len(cost) <= USUAL, cost


async def test_free_text_of_a_customer_with_orders_costs_at_most_eight_statements(meter: Meter) -> None:
    await meter.says("2 cocas de 600, paso por ellas")
    await meter.taps("Confirmar")
    cost = await meter.says("buenas, 3 kilos de huevo blanco y 2 leches lala")
    assert len(cost) <= USUAL, cost


async def test_a_whole_order_costs_a_fixed_number_of_statements_whatever_its_lines(meter: Meter) -> None:
    for _ in range(2):  # the driver asks for the types of a connection once
        await meter.says("2 cocas de 600, paso por ellas")
        short = await meter.taps("Confirmar")
    await meter.says(
        "2 cocas de 600, 1 kilo de huevo blanco, 3 leches lala entera, 1 arroz, 2 frijol negro y un aceite 1-2-3"
    )
    long = await meter.taps("Confirmar")
    [order] = await meter.chat.rows("SELECT count(*) AS lines FROM order_items WHERE order_id = 3")
    assert order["lines"] >= 5
    assert len(long) == len(short) <= 16, long


async def test_zones_and_slots_with_places_cost_a_turn_nothing_and_an_order_two_statements(
    meter: Meter, vault: Vault, lupita: Company
) -> None:
    for _ in range(2):
        await meter.says("2 cocas de 600, paso por ellas")
        before = await meter.taps("Confirmar")
    companies = Companies(meter.chat.database, vault)
    counted = {"hours": AROUND_THE_CLOCK, "slot_capacity": 9}
    await companies.change_settings(lupita.slug, lambda now: msgspec.structs.replace(now, **counted), "slots")
    zone = BranchZone(NewZone("Centro", Colonias(("Centro",)), Decimal(20)))
    await Coverage(meter.chat.database, companies, meter.chat.clock).add(lupita.slug, [zone])
    await meter.says("hola")  # the zones are read once
    assert len(await meter.says("2 cocas de 600, paso por ellas")) <= USUAL
    assert len(await meter.taps("Confirmar")) == len(before) + 2


async def test_what_the_shop_lacks_and_what_was_chosen_are_noted_within_eight_statements(meter: Meter) -> None:
    await meter.says("2 cocas de 600, paso por ellas")
    await meter.taps("Confirmar")
    lacking = await meter.says("3 cocas y un kilo de aguacate")
    chosen = await meter.taps("Coca-Cola 2.5 L")
    assert [row["kind"] for row in await meter.chat.rows("SELECT kind FROM asked_phrases ORDER BY id")] == [
        "not_carried",
        "alias",
    ]
    assert len(lacking) <= USUAL, lacking
    assert len(chosen) <= USUAL, chosen
