"""Customers and the shop act on orders in any order Hypothesis can think of; the books are right after each step."""

from decimal import Decimal

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.builders.endurance import LONG
from tests.builders.model_shop import Act, Count, ModelShop, Substitute
from tests.builders.shop_acts import acts

from marchante.foundation.kernel.money import ZERO
from marchante.orders.domain import OrderStatus, may_become

pytestmark = pytest.mark.chaos


def goods(shop: ModelShop) -> dict[int, Decimal]:
    """Of each product that is counted: on the shelf and held by orders."""
    return {
        number: stock + sum((held.get(shop.ids[number], ZERO) for held in shop.held), ZERO)
        for number, stock in shop.stock.items()
        if stock is not None
    }


class BothSides(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        stock: dict[int, Decimal | None] = {0: Decimal(5), 1: Decimal(3), 2: None}
        self.shop = ModelShop({0: 100, 1: 101, 2: 102}, stock, dict.fromkeys(stock, Decimal("10.00")))

    @rule(data=st.data())
    def somebody_acts(self, data: st.DataObject) -> None:
        act: Act = data.draw(acts(len(self.shop.orders)))
        before, (self.shop, came) = self.shop, self.shop.after(act)
        if came in REFUSALS:
            assert self.shop == before, "what is refused changes nothing"
        if not isinstance(act, Count | Substitute):
            assert goods(self.shop) == goods(before), "goods only move between shelf and orders"
        for old, new in zip(before.orders, self.shop.orders, strict=False):
            assert new.version >= old.version
            assert new.status is old.status or may_become(old.status, new.status, new.fulfilment)
            if (new.lines, new.proposal) != (old.lines, old.proposal) and new.status is not OrderStatus.CANCELLED:
                assert new.version == old.version + 1, "an older button must not act on it"

    @invariant()
    def the_shelf_is_never_below_nothing(self) -> None:
        assert all(stock is None or stock >= 0 for stock in self.shop.stock.values())

    @invariant()
    def an_order_costs_what_its_lines_cost_and_has_some(self) -> None:
        for order in self.shop.orders:
            assert order.lines
            assert order.total_amount == sum((line.total for line in order.lines), ZERO) + order.delivery_fee

    @invariant()
    def an_order_holds_no_more_than_it_has_and_nothing_once_cancelled(self) -> None:
        for order, held in zip(self.shop.orders, self.shop.held, strict=True):
            ordered: dict[int, Decimal] = {}
            for line in order.lines:
                ordered[line.product_id] = ordered.get(line.product_id, ZERO) + line.quantity
            assert all(0 < quantity <= ordered.get(product, ZERO) for product, quantity in held.items())
            assert order.status is not OrderStatus.CANCELLED or held == {}

    @invariant()
    def nothing_is_asked_about_an_order_that_left(self) -> None:
        for order in self.shop.orders:
            assert order.proposal is None or order.status in {OrderStatus.PENDING, OrderStatus.PROCESSING}


REFUSALS = frozenset(
    {
        "OrderSoldOut",
        "stale_order",
        "too_late_to_change",
        "bad_line",
        "bad_status_change",
        "answer_pending",
        "bad_payment_change",
    }
)
TestBothSides = BothSides.TestCase
# Without shrinking: what fails is printed as it is, and nobody waits minutes for it.
TestBothSides.settings = settings(
    max_examples=1000 if LONG else 20, stateful_step_count=25, deadline=None, phases=[Phase.reuse, Phase.generate]
)
