"""What a customer is told about an order already placed: little, and only what matters."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.builders.shop_view import SESSION_ID, ZONE, grocer, placed_order, water_shop

from marchante.conversations import engine, merging, notices
from marchante.orders.domain import OrderPlaced, OrderStatus, OrderStatusChanged

SESSION = engine.new_session(SESSION_ID)


def words(event: OrderPlaced | OrderStatusChanged) -> str:
    found = merging.messages([notices.worded(event, grocer())])
    return "\n".join(getattr(message, "body", "") for message in found)


def test_the_confirmation_says_when_the_order_comes():
    start, end = datetime(2026, 11, 27, 17, tzinfo=ZONE), datetime(2026, 11, 27, 19, tzinfo=ZONE)
    order = replace(placed_order(grocer()), requested_from=start, requested_until=end)
    assert "Te lo llevamos mañana viernes de 5 a 7 p.m." in words(OrderPlaced(order))
    pickup = replace(order, fulfilment="pickup")
    assert "Estará mañana viernes de 5 a 7 p.m." in words(OrderPlaced(pickup))


def test_the_confirmation_without_a_promised_time_promises_a_notice():
    assert "Te avisamos cuando vaya en camino" in words(OrderPlaced(placed_order(grocer())))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (OrderStatus.SHIPPED, "Pedido *A-0041*: Ya va en camino"),
        (OrderStatus.READY_FOR_PICKUP, "Pedido *A-0041*: Ya puedes pasar por él"),
        (OrderStatus.CANCELLED, "Pedido *A-0041*: Quedó cancelado"),
    ],
)
def test_what_one_waits_for_is_told(status: OrderStatus, told: str):
    order = replace(placed_order(grocer()), status=status)
    assert told in words(OrderStatusChanged(order, OrderStatus.PROCESSING, "staff"))


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.DELIVERED])
def test_what_one_sees_anyway_is_not_paid_for(status: OrderStatus):
    order = replace(placed_order(grocer()), status=status)
    assert words(OrderStatusChanged(order, OrderStatus.PENDING, "staff")) == ""


def test_notices_speak_as_the_shop_does():
    order = replace(placed_order(water_shop()), status=OrderStatus.READY_FOR_PICKUP)
    reply = notices.worded(OrderStatusChanged(order, OrderStatus.PROCESSING, "staff"), water_shop())
    assert "Ya puede pasar por él" in reply.facts[0]
