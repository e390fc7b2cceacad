"""What customers and people of a shop may do to orders, for Hypothesis to choose from."""

from decimal import Decimal

from hypothesis import strategies as st

from marchante.orders.domain import OrderStatus
from tests.builders.model_shop import Act, Bag, Cancel, Change, Count, Give, Move, Pay, Place, Substitute, Weigh

PRODUCTS = (0, 1, 2)
QUANTITIES = st.integers(1, 6).map(lambda halves: Decimal(halves) / 2)
BAGS: st.SearchStrategy[Bag] = st.lists(
    st.tuples(st.sampled_from(PRODUCTS), QUANTITIES), min_size=1, max_size=3, unique_by=lambda each: each[0]
).map(tuple)
AGES = st.sampled_from([0, 0, 0, 1])
ANSWERS = st.sampled_from(["accept", "remove", "keep"])


def acts(orders: int) -> st.SearchStrategy[Act]:
    """Any one thing, of any of so many orders."""
    count = st.builds(
        Count,
        st.sampled_from(PRODUCTS),
        st.none() | st.integers(0, 8).map(Decimal),
        st.sampled_from([Decimal("10.00"), Decimal("24.00"), Decimal("7.55")]),
    )
    if not orders:
        return st.builds(Place, BAGS) | count
    order, place = st.integers(0, orders - 1), st.integers(0, 3)
    return st.one_of(
        st.builds(Place, BAGS),
        st.builds(Change, order, AGES, BAGS),
        st.builds(Change, order, AGES, BAGS),
        st.builds(Cancel, order, AGES),
        st.builds(Move, order, st.sampled_from(OrderStatus)),
        st.builds(Move, order, st.sampled_from([OrderStatus.PROCESSING, OrderStatus.READY_FOR_PICKUP])),
        st.builds(Weigh, order, place, QUANTITIES | st.sampled_from([Decimal("1.05"), Decimal("0.95")])),
        st.builds(Substitute, order, place, st.sampled_from(PRODUCTS), QUANTITIES),
        st.builds(Give, order, AGES, ANSWERS),
        st.builds(Give, order, AGES, ANSWERS),
        st.builds(Pay, order, st.sampled_from(["completed", "failed", "refunded"])),
        count,
    )
