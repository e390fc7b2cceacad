"""A slot with a limited number of places: who confirms first has one, and nobody is told a place that is taken."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.builders.catalog import add_product, stock_of
from tests.builders.orders import add_customer, draft, line
from tests.fakes.clock import FakeClock

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.orders.domain import OrderDraft, OrderPlaced, OrderSlotFull, OrderStatus
from marchante.orders.service import change_status, place

START = datetime(2026, 11, 27, 17, tzinfo=UTC)


def in_slot(product: int, key: str, capacity: int | None = 3, **more: Any) -> OrderDraft:
    times = {"requested_from": START, "requested_until": START + timedelta(hours=2)}
    return draft(line(product), key=key, slot_capacity=capacity, **(times | more))


async def test_however_many_confirm_at_once_no_slot_holds_more_than_it_has_places(
    database: Database, lupita: Company, agua: Company, clock: FakeClock
) -> None:
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        jitomate = await add_product(connection, "jitomate", stock=20)

    async def confirms(key: str) -> object:
        async with database.company(lupita.schema) as connection:
            return await place(connection, customer, "1001", in_slot(jitomate, key), clock.now())

    events = await asyncio.gather(*(confirms(f"k{number}") for number in range(8)))
    assert sum(isinstance(event, OrderPlaced) for event in events) == 3
    assert sum(event == OrderSlotFull(START) for event in events) == 5
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM orders") == 3
        assert await stock_of(connection, jitomate) == 17


async def test_the_same_confirmation_again_is_the_same_order_also_when_its_slot_is_full(
    database: Database, lupita: Company, agua: Company, clock: FakeClock
) -> None:
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        papa = await add_product(connection, "papa")
        first = await place(connection, customer, "1001", in_slot(papa, "one", 1), clock.now())
        assert isinstance(first, OrderPlaced)
        assert await place(connection, customer, "1001", in_slot(papa, "one", 1), clock.now()) == first
        other = await place(connection, customer, "1001", in_slot(papa, "two", 1), clock.now())
        assert other == OrderSlotFull(START)


async def test_a_cancelled_order_gives_its_place_back_and_other_slots_are_others(
    database: Database, lupita: Company, agua: Company, clock: FakeClock
) -> None:
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        papa = await add_product(connection, "papa")
        first = await place(connection, customer, "1001", in_slot(papa, "one", 1), clock.now())
        assert isinstance(first, OrderPlaced)
        later = {"requested_from": START + timedelta(hours=2), "requested_until": START + timedelta(hours=4)}
        beside = await place(connection, customer, "1001", in_slot(papa, "two", 1, **later), clock.now())
        assert isinstance(beside, OrderPlaced)
        await change_status(connection, first.order.id, OrderStatus.CANCELLED, "staff", "Chuy", clock.now())
        again = await place(connection, customer, "1001", in_slot(papa, "three", 1), clock.now())
        assert isinstance(again, OrderPlaced)


async def test_a_full_slot_of_one_company_is_nothing_to_another(
    database: Database, lupita: Company, agua: Company, clock: FakeClock
) -> None:
    for company in (lupita, agua):
        async with database.company(company.schema) as connection:
            customer = await add_customer(connection)
            product = await add_product(connection, "producto")
            event = await place(connection, customer, "1001", in_slot(product, "same", 1), clock.now())
            assert isinstance(event, OrderPlaced)
