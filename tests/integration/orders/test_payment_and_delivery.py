"""An order's payment and delivery are there from the start and move with it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders.catalog import add_product
from tests.builders.orders import add_customer, draft, line
from tests.builders.snapshots import rows_of
from tests.fakes.statements import counted

from marchante.foundation.kernel.errors import Conflict, Invalid, NotFound
from marchante.orders import repository, reviews
from marchante.orders.domain import LineOption, OrderStatus, Review, may_become
from marchante.orders.payments import payment_of, settle
from marchante.orders.service import change_status, place

SLOT = (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
DELIVERY = {
    "fulfilment": "delivery",
    "delivery_fee": Decimal("15.00"),
    "delivery_address": "Av. Xalapa 12",
    "requested_from": SLOT[0],
    "requested_until": SLOT[1],
}


async def ordered(connection, clock, key="s1:1", **more):
    customer = await add_customer(connection)
    product = await add_product(connection, f"jitomate-{key}")
    return (await place(connection, customer, "1001", draft(line(product, "2"), key=key, **more), clock.now())).order


async def moved(connection, clock, order, *steps):
    for to in steps:
        await change_status(connection, order.id, OrderStatus(to), "staff", "Ana", clock.advance(minutes=5))
    return await repository.find_by_id(connection, order.id)


async def delivery_of(connection, order):
    return tuple(
        await connection.fetchrow(
            "SELECT status, address, scheduled_from, scheduled_until, delivered_at FROM deliveries WHERE order_id = $1",
            order.id,
        )
    )


async def test_a_new_order_owes_its_total_and_waits_to_be_brought(database, lupita, agua, clock):
    other = await rows_of(database, agua.schema)
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock, pays_with=Decimal("100.00"), **DELIVERY)
        payment = await payment_of(connection, order.id)
        assert (payment.amount, payment.method, payment.status) == (Decimal("63.00"), "cash", "pending")
        assert (payment.change_due, payment.paid_at) == (Decimal("37.00"), None)
        assert await delivery_of(connection, order) == ("pending", "Av. Xalapa 12", *SLOT, None)
        assert (order.requested_from, order.requested_until, order.payment_status) == (*SLOT, "pending")
        assert await repository.find(connection, order.folio) == order
    assert await rows_of(database, agua.schema) == other


async def test_an_order_to_be_fetched_has_no_delivery(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock)
        await moved(connection, clock, order, "processing", "ready_for_pickup", "delivered")
        assert await connection.fetchval("SELECT count(*) FROM deliveries") == 0
        assert (await payment_of(connection, order.id)).status == "completed"


@pytest.mark.parametrize(("method", "paid"), [("cash", True), ("card_at_door", True), ("transfer", False)])
async def test_what_is_paid_at_the_door_is_paid_when_it_is_delivered(database, lupita, clock, method, paid):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock, payment_method=method, **DELIVERY)
        await moved(connection, clock, order, "processing", "shipped")
        assert (await delivery_of(connection, order))[0] == "shipped"
        assert (await payment_of(connection, order.id)).status == "pending"
        now = await moved(connection, clock, order, "delivered")
        payment = await payment_of(connection, order.id)
        assert payment.status == now.payment_status == ("completed" if paid else "pending")
        assert payment.paid_at == (clock.now() if paid else None)
        assert await delivery_of(connection, order) == ("delivered", "Av. Xalapa 12", *SLOT, clock.now())
        details = [row["detail"] for row in await connection.fetch("SELECT detail FROM order_history ORDER BY id")]
        assert details[1:] == [
            {},
            {"delivery": "shipped"},
            {"delivery": "delivered"} | ({"payment": "completed"} if paid else {}),
        ]


async def test_a_cancelled_order_is_not_brought_and_what_was_not_paid_has_failed(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock, **DELIVERY)
        assert (await moved(connection, clock, order, "cancelled")).payment_status == "failed"
        assert (await delivery_of(connection, order))[0] == "cancelled"


async def test_money_received_before_a_cancellation_stays_received_until_it_is_given_back(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock, payment_method="transfer", **DELIVERY)
        await settle(connection, order.id, "completed", "staff", "Ana", clock.now(), reference="SPEI 81")
        assert (await moved(connection, clock, order, "cancelled")).payment_status == "completed"
        refunded = await settle(connection, order.id, "refunded", "staff", "Ana", clock.now())
        assert (refunded.status, refunded.reference, refunded.paid_at is not None) == ("refunded", "SPEI 81", True)
        assert await payment_of(connection, order.id) == refunded
        told = await connection.fetch("SELECT action, actor, detail FROM order_history ORDER BY id")
        assert [tuple(row) for row in told][1:] == [
            ("payment_completed", "Ana", {"method": "transfer", "reference": "SPEI 81"}),
            ("status_changed", "Ana", {"delivery": "cancelled"}),
            ("payment_refunded", "Ana", {"method": "transfer", "reference": "SPEI 81"}),
        ]


async def test_the_kind_of_card_is_written_once_it_is_known(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock, payment_method="card_at_door", **DELIVERY)
        paid = await settle(connection, order.id, "completed", "staff", "Ana", clock.now(), method="debit_card")
        assert paid.method == "debit_card"
        assert await payment_of(connection, order.id) == paid
        assert (await repository.find_by_id(connection, order.id)).payment_method == "card_at_door"


async def test_a_payment_does_not_jump(database, lupita, agua, clock):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock)
        with pytest.raises(Conflict) as refused:
            await settle(connection, order.id, "refunded", "staff", "Ana", clock.now())
        assert refused.value.code == "bad_payment_change"
        assert refused.value.data["allowed"] == ["completed", "failed"]
        assert (await payment_of(connection, order.id)).status == "pending"
        assert await connection.fetchval("SELECT count(*) FROM order_history") == 1
    async with database.company(agua.schema) as connection:
        with pytest.raises(NotFound):
            await settle(connection, order.id, "completed", "staff", "Ana", clock.now())


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.sampled_from([*(status.value for status in OrderStatus), "paid", "refunded"]), max_size=8),
    method=st.sampled_from(["cash", "card_at_door", "transfer"]),
    fulfilment=st.sampled_from(["delivery", "pickup"]),
)
async def test_whatever_happens_order_payment_and_delivery_agree(database, lupita, clock, steps, method, fulfilment):
    async with database.company(lupita.schema) as connection:
        key = f"k{await connection.fetchval('SELECT count(*) FROM orders')}"
        extra = DELIVERY if fulfilment == "delivery" else {}
        order = await ordered(connection, clock, key=key, payment_method=method, **extra)
        happened = 1
        for step in steps:
            now = await repository.find_by_id(connection, order.id)
            if step in {"paid", "refunded"}:
                to = "completed" if step == "paid" else "refunded"
                try:
                    await settle(connection, order.id, to, "staff", "Ana", clock.now())
                    happened += 1
                except Conflict:
                    pass
            elif may_become(now.status, OrderStatus(step), fulfilment):
                await moved(connection, clock, order, step)
                happened += 1
        end = await repository.find_by_id(connection, order.id)
        payment = await payment_of(connection, order.id)
        assert payment.amount == end.total_amount
        assert payment.status == end.payment_status
        assert (payment.paid_at is not None) == (
            payment.status in {"completed", "refunded"}
        ) or payment.status == "failed"
        if end.status is OrderStatus.DELIVERED and method != "transfer":
            assert payment.status in {"completed", "refunded"}
        if end.status is OrderStatus.CANCELLED:
            assert payment.status != "pending"
        deliveries = await connection.fetch("SELECT status FROM deliveries WHERE order_id = $1", order.id)
        expected = end.status.value if end.status.value in {"shipped", "delivered", "cancelled"} else "pending"
        assert [row["status"] for row in deliveries] == ([expected] if fulfilment == "delivery" else [])
        assert await connection.fetchval("SELECT count(*) FROM order_history WHERE order_id = $1", order.id) == happened


async def test_moving_an_order_costs_no_more_statements_than_before(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock, **DELIVERY)
        await moved(connection, clock, order, "processing")
        async with counted(connection) as statements:
            await change_status(connection, order.id, OrderStatus.SHIPPED, "staff", "Ana", clock.now())
        assert len(statements) == 4


async def test_extras_are_kept_as_they_were_chosen(database, lupita, clock):
    options = (LineOption("Guiso", "Rajas"), LineOption("Extras", 'Con "queso"', Decimal("12.50")))
    async with database.company(lupita.schema) as connection:
        customer, product = await add_customer(connection), await add_product(connection, "gordita")
        lines = (line(product, "2", "32.50", options=options), line(product, "1", "20.00"))
        order = (await place(connection, customer, "1001", draft(*lines), clock.now())).order
        assert order.total_amount == Decimal("85.00")
        assert (await repository.find_by_id(connection, order.id)).lines == lines


async def test_an_order_is_reviewed_once_and_the_last_word_counts(database, lupita, agua, clock):
    async with database.company(lupita.schema) as connection:
        order = await ordered(connection, clock)
        customer, product = order.customer_id, order.lines[0].product_id
        first = await reviews.leave(connection, Review(customer, 3, order_id=order.id), clock.now())
        again = await reviews.leave(connection, Review(customer, 5, " ¡Todo fresco! ", order_id=order.id), clock.now())
        assert first == again
        await reviews.leave(connection, Review(customer, 4, order_id=order.id, product_id=product), clock.now())
        await reviews.leave(connection, Review(customer, 1), clock.now())
        assert await reviews.latest(connection) == [
            Review(customer, 1),
            Review(customer, 4, order_id=order.id, product_id=product),
            Review(customer, 5, "¡Todo fresco!", order_id=order.id),
        ]
        for rating in (0, 6):
            with pytest.raises(Invalid) as refused:
                await reviews.leave(connection, Review(customer, rating), clock.now())
            assert refused.value.code == "bad_rating"
    async with database.company(agua.schema) as connection:
        assert await reviews.latest(connection) == []
