"""Moving an order along, and taking it back."""

import asyncio
from decimal import Decimal

import pytest
from tests.builders.catalog import add_product, stock_of
from tests.builders.orders import add_customer, draft, line
from tests.builders.snapshots import rows_of
from tests.fakes.statements import somebody_waits_for_a_lock

from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.orders.domain import OrderStatus
from marchante.orders.service import change_status, place


@pytest.fixture
async def order(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        counted = await add_product(connection, "jitomate", stock=Decimal(10))
        free = await add_product(connection, "papa")
        event = await place(
            connection,
            customer,
            "1001",
            draft(line(counted, "2"), line(counted, "1.5", notes="verde"), line(free), fulfilment="delivery"),
            clock.now(),
        )
    return event.order


async def changed(database, company, order_id, to, clock, actor_kind="staff"):
    async with database.company(company.schema) as connection:
        return await change_status(connection, order_id, to, actor_kind, "Doña Lupita", clock.now())


async def test_each_step_is_written_with_who_and_when(database, lupita, agua, clock, order):
    other = await rows_of(database, agua.schema)
    for to in (OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        clock.advance(minutes=10)
        event = await changed(database, lupita, order.id, to, clock)
        assert event.order.status is to
    assert event.previous is OrderStatus.SHIPPED
    assert event.order.status_name == "Entregado"
    assert event.order.lines == order.lines
    async with database.company(lupita.schema) as connection:
        told = await connection.fetch(
            """SELECT h.action, f.code AS before, t.code AS after, h.actor_kind, h.actor FROM order_history h
               LEFT JOIN order_statuses f ON f.id = h.from_status_id JOIN order_statuses t ON t.id = h.to_status_id
               ORDER BY h.id"""
        )
        assert [tuple(row) for row in told] == [
            ("placed", None, "pending", "customer", ""),
            ("status_changed", "pending", "processing", "staff", "Doña Lupita"),
            ("status_changed", "processing", "shipped", "staff", "Doña Lupita"),
            ("status_changed", "shipped", "delivered", "staff", "Doña Lupita"),
        ]
        assert await connection.fetchval("SELECT updated_at FROM orders") == clock.now()
        assert await connection.fetchval("SELECT stock FROM products WHERE sku = 'jitomate'") == Decimal("6.5")
    assert await rows_of(database, agua.schema) == other


async def test_a_step_that_is_not_the_next_is_refused_and_changes_nothing(database, lupita, agua, clock, order):
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    for to in (OrderStatus.PENDING, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.READY_FOR_PICKUP):
        with pytest.raises(Conflict) as refused:
            await changed(database, lupita, order.id, to, clock)
        assert refused.value.code == "bad_status_change"
        assert refused.value.data["allowed"] == ["processing", "cancelled"]
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before


async def test_another_shops_order_cannot_be_changed(database, lupita, agua, clock, order):
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    with pytest.raises(NotFound) as refused:
        await changed(database, agua, order.id, OrderStatus.CANCELLED, clock)
    assert refused.value.code == "order_not_found"
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before


async def test_cancelling_gives_back_exactly_what_the_order_took(database, lupita, agua, clock, order):
    counted, free = order.lines[0].product_id, order.lines[2].product_id
    async with database.company(lupita.schema) as connection:
        assert await stock_of(connection, counted) == Decimal("6.5")
        # The shop begins to count a product after it was ordered: the order took none of it.
        await connection.execute("UPDATE products SET stock = 4 WHERE id = $1", free)
    await changed(database, lupita, order.id, OrderStatus.CANCELLED, clock)
    async with database.company(lupita.schema) as connection:
        assert await stock_of(connection, counted) == Decimal(10)
        assert await stock_of(connection, free) == Decimal(4)


async def test_a_product_that_is_not_counted_any_more_stays_uncounted(database, lupita, agua, clock, order):
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET stock = NULL")
    await changed(database, lupita, order.id, OrderStatus.CANCELLED, clock)
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM products WHERE stock IS NOT NULL") == 0


async def test_two_people_cancelling_at_once_give_the_stock_back_once(database, lupita, agua, clock, order):
    async with database.company(lupita.schema) as connection:
        await change_status(connection, order.id, OrderStatus.CANCELLED, "staff", "Doña Lupita", clock.now())
        second = asyncio.create_task(changed(database, lupita, order.id, OrderStatus.CANCELLED, clock))
        await somebody_waits_for_a_lock(database)
    with pytest.raises(Conflict):
        await second
    async with database.company(lupita.schema) as connection:
        assert await stock_of(connection, order.lines[0].product_id) == Decimal(10)
        assert await connection.fetchval("SELECT count(*) FROM order_history WHERE action = 'status_changed'") == 1
