"""What happens to an order after it was confirmed: changed, weighed, substituted, cancelled; never by halves."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.builders.catalog import add_product, stock_of
from tests.builders.orders import add_customer, draft, line
from tests.builders.snapshots import rows_of
from tests.fakes.statements import somebody_waits_for_a_lock

from marchante.foundation.kernel.errors import Conflict, Invalid
from marchante.orders import changes
from marchante.orders.change_rules import content_of
from marchante.orders.domain import Actor, OrderChanged, OrderSoldOut, OrderStatus, ProposalKept, ProposalMade
from marchante.orders.repository import find_by_id
from marchante.orders.service import change_status, place

CHUY = Actor("staff", "Don Chuy")
TEN_PERCENT = Decimal(10)


@pytest.fixture
async def order(database, lupita, clock):
    """2 kg of tomatoes of 10, one kilo of potatoes that are not counted, delivered for $15: $87."""
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        jitomate = await add_product(connection, "jitomate", stock=Decimal(10))
        papa = await add_product(connection, "papa")
        await add_product(connection, "limon", stock=Decimal(3))
        event = await place(
            connection,
            customer,
            "1001",
            draft(
                line(jitomate, "2"),
                line(papa),
                fulfilment="delivery",
                delivery_fee=Decimal("15.00"),
                delivery_address="Av. Xalapa 12",
            ),
            clock.now(),
        )
    return event.order


@pytest.fixture
def shop(database, lupita):
    return lambda: database.company(lupita.schema)


async def product(connection, sku):
    return await connection.fetchval("SELECT id FROM products WHERE sku = $1", sku)


async def kept(connection, order_id):
    """Total, payment and what the items add up to: the three are one amount."""
    row = await connection.fetchrow(
        """SELECT o.total_amount, p.amount, o.delivery_fee + (SELECT sum(total_price) FROM order_items i
                  WHERE i.order_id = o.id) AS added FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.id = $1""",
        order_id,
    )
    assert row["total_amount"] == row["amount"] == row["added"]
    return row["total_amount"]


async def test_a_change_moves_lines_total_stock_payment_and_delivery_together(shop, agua, database, clock, order):
    other = await rows_of(database, agua.schema)
    async with shop() as connection:
        limon = await product(connection, "limon")
        lines = (replace(order.lines[0], quantity=Decimal("0.5")), line(limon, "1", "30.00"))
        wanted = replace(content_of(order, lines), delivery_address="Calle Nueva 5")
        event = await changes.change(connection, order.id, 1, wanted, "pending", clock.now())
        assert isinstance(event, OrderChanged)
        assert (event.order.version, event.order.accepted_total) == (2, Decimal("57.00"))
        assert await kept(connection, order.id) == Decimal("57.00")
        assert await stock_of(connection, order.lines[0].product_id) == Decimal("9.500")
        assert await stock_of(connection, limon) == Decimal("2.000")
        assert await connection.fetchval("SELECT address FROM deliveries") == "Calle Nueva 5"
        told = await connection.fetchrow(
            "SELECT action, actor_kind, detail FROM order_history ORDER BY id DESC LIMIT 1"
        )
        assert (told["action"], told["actor_kind"]) == ("changed", "customer")
        assert told["detail"]["total"] == {"before": "87.00", "after": "57.00"}
    assert await rows_of(database, agua.schema) == other


async def test_fetched_instead_of_brought_has_no_delivery_any_more_and_back_again(shop, clock, order):
    async with shop() as connection:
        fetched = replace(content_of(order), fulfilment="pickup", delivery_fee=Decimal(0), delivery_address=None)
        await changes.change(connection, order.id, 1, fetched, "pending", clock.now())
        assert await connection.fetchval("SELECT count(*) FROM deliveries") == 0
        await changes.change(connection, order.id, 2, content_of(order), "pending", clock.now())
        assert await connection.fetchval("SELECT status FROM deliveries") == "pending"
        assert await kept(connection, order.id) == Decimal("87.00")


async def test_a_change_for_which_there_is_not_enough_changes_nothing(shop, lupita, database, clock, order):
    before = await rows_of(database, lupita.schema)
    async with shop() as connection:
        limon = await product(connection, "limon")
        greedy = content_of(order, (line(limon, "3.5"),))
        event = await changes.change(connection, order.id, 1, greedy, "pending", clock.now())
        assert event == OrderSoldOut((limon,))
    assert await rows_of(database, lupita.schema) == before


@pytest.mark.parametrize(
    "version, status, until, code",
    [
        (7, None, "pending", "stale_order"),
        (1, "processing", "pending", "too_late_to_change"),
        (1, "shipped", "processing", "too_late_to_change"),
        (1, "cancelled", "processing", "too_late_to_change"),
    ],
)
async def test_an_old_button_or_a_late_one_changes_nothing(shop, clock, order, version, status, until, code):
    async with shop() as connection:
        for step in [] if status is None else ["processing", "shipped"] if status == "shipped" else [status]:
            await change_status(connection, order.id, OrderStatus(step), "staff", "Don Chuy", clock.now())
    async with shop() as connection:
        before = await find_by_id(connection, order.id)
    for attempt in (
        lambda connection: changes.change(connection, order.id, version, content_of(order), until, clock.now()),
        lambda connection: changes.cancel(connection, order.id, version, until, clock.now()),
    ):
        with pytest.raises(Conflict) as refused:
            async with shop() as connection:
                await attempt(connection)
        assert refused.value.code == code
    async with shop() as connection:
        assert await find_by_id(connection, order.id) == before


async def test_the_customer_cancels_and_everything_held_goes_back(shop, clock, order):
    async with shop() as connection:
        more = content_of(order, (replace(order.lines[0], quantity=Decimal(4)),))
        await changes.change(connection, order.id, 1, more, "pending", clock.now())
        event = await changes.cancel(connection, order.id, 2, "pending", clock.now())
        assert event.order.status is OrderStatus.CANCELLED
        assert await stock_of(connection, order.lines[0].product_id) == Decimal(10)
        assert await connection.fetchval("SELECT status FROM payments") == "failed"
        told = await connection.fetchval("SELECT actor_kind FROM order_history ORDER BY id DESC LIMIT 1")
        assert told == "customer"


async def test_what_was_not_counted_when_ordered_is_not_given_back(shop, clock, order):
    papa = order.lines[1].product_id
    async with shop() as connection:
        await connection.execute("UPDATE products SET stock = 5 WHERE id = $1", papa)
        less = content_of(order, order.lines[:1])
        await changes.change(connection, order.id, 1, less, "pending", clock.now())
        assert await stock_of(connection, papa) == Decimal(5)


async def test_a_weight_within_the_tolerance_is_the_order_from_now_on(shop, clock, order):
    async with shop() as connection:
        event = await changes.weigh(connection, order.id, {0: Decimal("2.3")}, TEN_PERCENT, CHUY, clock.now())
        assert isinstance(event, OrderChanged)
        assert await kept(connection, order.id) == Decimal("94.20")
        assert event.order.accepted_total == Decimal("87.00")
        # Measured again against what was agreed to: small steps do not add up unseen.
        event = await changes.weigh(connection, order.id, {0: Decimal("2.5")}, TEN_PERCENT, CHUY, clock.now())
        assert isinstance(event, ProposalMade)
        assert await kept(connection, order.id) == Decimal("94.20")


async def test_a_weight_beyond_the_tolerance_is_asked_and_owed_once_accepted(shop, clock, order):
    async with shop() as connection:
        made = await changes.weigh(connection, order.id, {0: Decimal(3)}, TEN_PERCENT, CHUY, clock.now())
        assert isinstance(made, ProposalMade)
        assert await find_by_id(connection, order.id) == made.order
        with pytest.raises(Conflict) as refused:
            await changes.answer(connection, order.id, 1, "accept", Actor("customer"), clock.now())
        assert refused.value.code == "stale_order"
        accepted = await changes.answer(connection, order.id, 2, "accept", Actor("customer"), clock.now())
        assert isinstance(accepted, OrderChanged)
        assert await kept(connection, order.id) == accepted.order.accepted_total == Decimal("111.00")
        assert await stock_of(connection, order.lines[0].product_id) == Decimal(7)


async def test_what_lies_on_the_scale_is_there_whatever_the_count_says(shop, clock, order):
    async with shop() as connection:
        await connection.execute("UPDATE products SET stock = 0.1")
        await changes.weigh(connection, order.id, {0: Decimal("2.3")}, TEN_PERCENT, CHUY, clock.now())
        assert await stock_of(connection, order.lines[0].product_id) == Decimal(0)
        await change_status(connection, order.id, OrderStatus.CANCELLED, "staff", "", clock.now())
        assert await stock_of(connection, order.lines[0].product_id) == Decimal("2.1")


async def test_an_order_waits_for_the_answer_before_it_leaves(shop, clock, order):
    async with shop() as connection:
        await changes.weigh(connection, order.id, {0: Decimal(3)}, TEN_PERCENT, CHUY, clock.now())
        await change_status(connection, order.id, OrderStatus.PROCESSING, "staff", "", clock.now())
    with pytest.raises(Conflict) as refused:
        async with shop() as connection:
            await change_status(connection, order.id, OrderStatus.SHIPPED, "staff", "", clock.now())
    assert refused.value.code == "answer_pending"


@pytest.mark.parametrize("given, total", [("accept", "99.00"), ("remove", "39.00")])
async def test_another_product_instead_of_a_sold_out_one(shop, clock, order, given, total):
    async with shop() as connection:
        limon = await product(connection, "limon")
        made = await changes.substitute(connection, order.id, 0, line(limon, "2", "30.00"), CHUY, clock.now())
        # The shelf said 8 and the order held 2: there is none, and nobody else is sold any.
        assert await stock_of(connection, order.lines[0].product_id) == Decimal(0)
        event = await changes.answer(connection, order.id, made.order.version, given, Actor("customer"), clock.now())
        assert isinstance(event, OrderChanged)
        assert await kept(connection, order.id) == Decimal(total)
        assert await stock_of(connection, order.lines[0].product_id) == Decimal(0)
        assert await stock_of(connection, limon) == Decimal(1 if given == "accept" else 3)


async def test_neither_the_other_product_nor_doing_without_leaves_the_order_to_the_shop(shop, clock, order):
    async with shop() as connection:
        limon = await product(connection, "limon")
        made = await changes.substitute(connection, order.id, 0, line(limon, "2"), CHUY, clock.now())
        event = await changes.answer(connection, order.id, made.order.version, "keep", Actor("customer"), clock.now())
        assert isinstance(event, ProposalKept)
        again = await find_by_id(connection, order.id)
        assert (again.proposal, again.lines, again.version) == (None, order.lines, 3)


async def test_doing_without_the_last_line_cancels_the_order(shop, clock, order):
    async with shop() as connection:
        limon = await product(connection, "limon")
        await changes.change(connection, order.id, 1, content_of(order, order.lines[:1]), "pending", clock.now())
        made = await changes.substitute(connection, order.id, 0, line(limon, "2"), CHUY, clock.now())
        event = await changes.answer(connection, order.id, made.order.version, "remove", Actor("customer"), clock.now())
        assert event.order.status is OrderStatus.CANCELLED


async def test_only_lines_that_exist_and_are_weighed_can_be_weighed(shop, clock, order):
    for number, code in ((5, "bad_line"), (-1, "bad_line")):
        with pytest.raises(Invalid) as refused:
            async with shop() as connection:
                await changes.weigh(connection, order.id, {number: Decimal(1)}, TEN_PERCENT, CHUY, clock.now())
        assert refused.value.code == code


async def test_of_a_change_and_a_cancellation_at_once_the_second_sees_the_first(shop, database, clock, order):
    async def cancels():
        async with shop() as connection:
            return await changes.cancel(connection, order.id, 1, "pending", clock.now())

    async with shop() as connection:
        less = content_of(order, order.lines[:1])
        await changes.change(connection, order.id, 1, less, "pending", clock.now())
        second = asyncio.create_task(cancels())
        await somebody_waits_for_a_lock(database)
    with pytest.raises(Conflict) as refused:
        await second
    assert refused.value.code == "stale_order"
