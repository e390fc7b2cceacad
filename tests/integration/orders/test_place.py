"""Placing an order: once, all of it, and only in the shop it was made in."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders.catalog import add_category, add_product, stock_of
from tests.builders.orders import add_customer, draft, line
from tests.builders.snapshots import rows_of
from tests.fakes.statements import counted

from marchante.foundation.kernel.errors import Invalid
from marchante.orders import repository
from marchante.orders.domain import OrderPlaced, OrderSoldOut, OrderStatus
from marchante.orders.service import place


async def placed(database, company, customer_id, order, clock):
    async with database.company(company.schema) as connection:
        return await place(connection, customer_id, "1001", order, clock.now(), actor="Lupita")


@pytest.fixture
async def customer(database, lupita):
    async with database.company(lupita.schema) as connection:
        return await add_customer(connection)


async def test_a_confirmed_order_is_written_with_items_and_history(database, lupita, agua, clock, customer):
    other = await rows_of(database, agua.schema)
    async with database.company(lupita.schema) as connection:
        jitomate = await add_product(connection, "jitomate", stock=Decimal("10.000"))
        papa = await add_product(connection, "papa")
        address = await connection.fetchval(
            "INSERT INTO customer_addresses (customer_id, typed) VALUES ($1, 'Av. Xalapa 12') RETURNING id", customer
        )
    order = draft(
        line(jitomate, "2", "24.00", notes="maduros"),
        line(papa, "0.333", "25.01"),
        fulfilment="delivery",
        delivery_fee=Decimal("15.00"),
        delivery_address="Av. Xalapa 12",
        address_id=address,
        requested_from=datetime(2026, 11, 23, 23, 0, tzinfo=UTC),
        requested_until=datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
        pays_with=Decimal("200.00"),
        notes="sin bolsa",
    )
    event = await placed(database, lupita, customer, order, clock)
    assert isinstance(event, OrderPlaced)
    assert event.order.folio == "A-0001"
    assert event.order.total_amount == Decimal("71.33")
    assert event.order.status_name == "Recibido"
    async with database.company(lupita.schema) as connection:
        assert await repository.find(connection, "A-0001") == event.order
        assert await stock_of(connection, jitomate) == Decimal("8.000")
        row = await connection.fetchrow(
            """SELECT subtotal, delivery_fee, total_amount, address_id, requested_from, pays_with, phone_number_id,
                      created_at, confirmation_key FROM orders"""
        )
        assert tuple(row) == (
            Decimal("56.33"),
            Decimal("15.00"),
            Decimal("71.33"),
            address,
            order.requested_from,
            Decimal("200.00"),
            "1001",
            clock.now(),
            "s1:1",
        )
        items = await connection.fetch(
            "SELECT product_id, sku, quantity, unit, unit_price, total_price, notes FROM order_items ORDER BY position"
        )
        assert [tuple(item) for item in items] == [
            (jitomate, f"SKU-{jitomate}", Decimal(2), "kg", Decimal("24.00"), Decimal("48.00"), "maduros"),
            (papa, f"SKU-{papa}", Decimal("0.333"), "kg", Decimal("25.01"), Decimal("8.33"), ""),
        ]
        told = await connection.fetchrow(
            "SELECT action, actor_kind, actor, happened_at, to_status_id FROM order_history"
        )
        assert tuple(told) == ("placed", "customer", "Lupita", clock.now(), 1)
    assert await rows_of(database, agua.schema) == other


async def test_placing_takes_two_statements(database, lupita, agua, clock, customer):
    async with database.company(lupita.schema) as connection:
        jitomate = await add_product(connection, "jitomate", stock=Decimal(10))
        # The first order over a connection also makes the driver learn the types.
        await place(connection, customer, "1001", draft(line(jitomate), key="first"), clock.now())
        async with counted(connection) as statements:
            await place(connection, customer, "1001", draft(line(jitomate), key="second"), clock.now())
        assert len(statements) == 2


async def test_the_same_confirmation_is_the_same_order_and_takes_nothing_more(database, lupita, agua, clock, customer):
    async with database.company(lupita.schema) as connection:
        jitomate = await add_product(connection, "jitomate", stock=Decimal(3))
    first = await placed(database, lupita, customer, draft(line(jitomate, "2")), clock)
    before = await rows_of(database, lupita.schema)
    again = await placed(database, lupita, customer, draft(line(jitomate, "2")), clock)
    assert again == first
    assert await rows_of(database, lupita.schema) == before


async def test_the_same_confirmation_at_once_from_several_workers_is_one_order(database, lupita, agua, clock, customer):
    async with database.company(lupita.schema) as connection:
        jitomate = await add_product(connection, "jitomate", stock=Decimal(10))
        papa = await add_product(connection, "papa")
    for key, product in (("a", jitomate), ("b", papa)):
        events = await asyncio.gather(
            *(placed(database, lupita, customer, draft(line(product, "2"), key=key), clock) for _ in range(6))
        )
        assert len({event.order.folio for event in events}) == 1
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM orders") == 2
        assert await connection.fetchval("SELECT count(*) FROM order_items") == 2
        assert await stock_of(connection, jitomate) == Decimal(8)


async def test_when_one_product_does_not_suffice_nothing_is_taken_and_nothing_written(
    database, lupita, agua, clock, customer
):
    async with database.company(lupita.schema) as connection:
        jitomate = await add_product(connection, "jitomate", stock=Decimal(10))
        papa = await add_product(connection, "papa", stock=Decimal("1.5"))
        hidden = await add_product(connection, "cerveza", whatsapp_sellable=False)
        gone = await add_product(connection, "tomatillo", active=False)
        closed = await add_category(connection, "Temporada", active=False)
        seasonal = await add_product(connection, "ponche", category_id=closed)
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    for product, quantity in ((papa, "1.501"), (hidden, "1"), (gone, "1"), (seasonal, "1"), (999_999, "1")):
        event = await placed(database, lupita, customer, draft(line(jitomate), line(product, quantity)), clock)
        assert event == OrderSoldOut((product,))
    two_lines = draft(line(jitomate), line(papa, "1"), line(papa, "0.6", notes="chica"))
    assert await placed(database, lupita, customer, two_lines, clock) == OrderSoldOut((papa,))
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before
    assert (await placed(database, lupita, customer, draft(line(papa, "1.5")), clock)).order.folio == "A-0001"


async def test_a_product_of_another_shop_cannot_be_ordered(database, lupita, agua, clock, customer):
    async with database.company(agua.schema) as connection:
        for number in range(3):
            garrafon = await add_product(connection, f"garrafon-{number}", stock=Decimal(5))
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    assert await placed(database, lupita, customer, draft(line(garrafon)), clock) == OrderSoldOut((garrafon,))
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "empty_order"),
        ([("0", "1.00")], "bad_quantity"),
        ([("-1", "1.00")], "bad_quantity"),
        ([("0.0004", "1.00")], "bad_quantity"),
        ([("NaN", "1.00")], "bad_quantity"),
        ([("Infinity", "1.00")], "bad_quantity"),
        ([("10000000", "1.00")], "bad_quantity"),
        ([("9999999", "99999")], "order_too_large"),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused_and_changes_nothing(
    database, lupita, agua, clock, customer, lines, code
):
    async with database.company(lupita.schema) as connection:
        product = await add_product(connection, "jitomate")
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    order = draft(*(line(product, quantity, price) for quantity, price in lines))
    with pytest.raises(Invalid) as refused:
        await placed(database, lupita, customer, order, clock)
    assert refused.value.code == code
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before


async def test_each_shop_counts_its_own_folios(database, lupita, agua, clock):
    for company in (lupita, agua):
        async with database.company(company.schema) as connection:
            customer, product = await add_customer(connection), await add_product(connection, "hielo")
        for number in (1, 2):
            event = await placed(database, company, customer, draft(line(product), key=f"k{number}"), clock)
            assert event.order.folio == f"A-{number:04d}"


BASKETS = st.lists(
    st.dictionaries(st.integers(0, 3), st.decimals("0.25", "4", places=2), min_size=1), min_size=2, max_size=8
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(baskets=BASKETS, stock=st.integers(1, 12))
async def test_stock_is_never_oversold_however_many_order_at_once(
    database, lupita, agua, clock, customer, baskets, stock
):
    async with database.company(lupita.schema) as connection:
        tag = await connection.fetchval("SELECT count(*) FROM products")
        products = [await add_product(connection, f"p{tag}-{n}", stock=Decimal(stock)) for n in range(4)]
    orders = [
        draft(*(line(products[n], str(quantity)) for n, quantity in basket.items()), key=f"{tag}-{number}")
        for number, basket in enumerate(baskets)
    ]
    events = await asyncio.gather(*(placed(database, lupita, customer, order, clock) for order in orders))
    sold = {product: Decimal(0) for product in products}
    for event, order in zip(events, orders, strict=True):
        if isinstance(event, OrderPlaced):
            for item in order.lines:
                sold[item.product_id] += item.quantity
    async with database.company(lupita.schema) as connection:
        left = {product: await stock_of(connection, product) for product in products}
    assert all(amount >= 0 for amount in left.values())
    assert {product: stock - amount for product, amount in left.items()} == sold
    for event, order in zip(events, orders, strict=True):
        if isinstance(event, OrderSoldOut):
            needed = {item.product_id: item.quantity for item in order.lines}
            assert any(left[product] < needed[product] for product in event.product_ids)


async def test_the_last_orders_come_newest_first_and_only_this_customers(database, lupita, agua, clock, customer):
    async with database.company(lupita.schema) as connection:
        somebody = await add_customer(connection, "Otra")
        product = await add_product(connection, "jitomate")
        for number in range(4):
            await place(
                connection, customer, "1001", draft(line(product), key=f"mine {number}"), clock.advance(minutes=1)
            )
        await place(connection, somebody, "1001", draft(line(product), key="theirs"), clock.now())
        last = await repository.last_orders(connection, customer, 3)
        assert [order.folio for order in last] == ["A-0004", "A-0003", "A-0002"]
        assert last[0].lines == (line(product),)
        assert last[0].status is OrderStatus.PENDING
        assert await repository.last_orders(connection, 999, 3) == ()
        assert await repository.find(connection, "Z-0001") is None
    async with database.company(agua.schema) as connection:
        assert await repository.last_orders(connection, customer, 3) == ()
        assert await repository.find(connection, "A-0001") is None
