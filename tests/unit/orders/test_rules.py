"""What an order costs and what it may become."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.orders import draft, line

from marchante.orders.domain import NEXT_STATUSES, OrderStatus, may_become

QUANTITIES = st.decimals(min_value="0.001", max_value="9999", places=3)
PRICES = st.decimals(min_value="0", max_value="99999", places=2)


@given(st.lists(st.tuples(QUANTITIES, PRICES), min_size=1, max_size=30), PRICES)
def test_each_line_is_rounded_half_up_and_then_added(lines, fee):
    order = draft(*(line(1, str(quantity), str(price)) for quantity, price in lines), delivery_fee=fee)
    cents = sum(int((quantity * price * 100).quantize(Decimal(1), ROUND_HALF_UP)) for quantity, price in lines)
    assert order.subtotal == Decimal(cents) / 100
    assert order.total == Decimal(cents) / 100 + fee
    assert order.total.as_tuple().exponent == -2


def test_half_a_cent_goes_up():
    assert draft(line(1, "0.5", "0.25"), line(2, "0.5", "0.25")).total == Decimal("0.26")


@pytest.mark.parametrize(
    ("current", "to", "fulfilment", "allowed"),
    [
        ("pending", "processing", "delivery", True),
        ("processing", "shipped", "delivery", True),
        ("processing", "shipped", "pickup", False),
        ("processing", "ready_for_pickup", "pickup", True),
        ("processing", "ready_for_pickup", "delivery", False),
        ("shipped", "delivered", "delivery", True),
        ("pending", "delivered", "delivery", False),
        ("delivered", "cancelled", "delivery", False),
        ("cancelled", "pending", "pickup", False),
    ],
)
def test_an_order_moves_forward_by_the_way_it_reaches_the_customer(current, to, fulfilment, allowed):
    assert may_become(OrderStatus(current), OrderStatus(to), fulfilment) is allowed


@pytest.mark.parametrize("fulfilment", ["delivery", "pickup"])
def test_every_order_can_reach_its_end(fulfilment):
    reached, frontier = set(), {OrderStatus.PENDING}
    while frontier:
        reached |= frontier
        frontier = {to for at in frontier for to in OrderStatus if may_become(at, to, fulfilment)} - reached
    assert {OrderStatus.DELIVERED, OrderStatus.CANCELLED} <= reached
    assert all(not NEXT_STATUSES[end] for end in (OrderStatus.DELIVERED, OrderStatus.CANCELLED))
