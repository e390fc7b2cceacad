"""Customers and the shop act on the same orders at the same time, on PostgreSQL with two companies: what comes of it is
what comes of one after the other in the model, with the same books, payments and history; the other company has nothing of it.
"""

import asyncio
from collections.abc import Coroutine
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.builders.catalog import add_product
from tests.builders.endurance import LONG
from tests.builders.model_shop import (
    NOW,
    TOLERANCE,
    Act,
    Cancel,
    Change,
    Count,
    Give,
    ModelShop,
    Move,
    Pay,
    Place,
    Substitute,
    Weigh,
)
from tests.builders.orders import add_customer
from tests.builders.shop_acts import acts
from tests.builders.snapshots import rows_of

from marchante.companies.domain import Company
from marchante.companies.service import Companies
from marchante.foundation.database.connection import Connection, Database, open_pool
from marchante.foundation.kernel.errors import AppError
from marchante.foundation.kernel.secrets import Vault
from marchante.orders import changes, payments
from marchante.orders.change_rules import content_of
from marchante.orders.domain import Actor, OrderDraft
from marchante.orders.repository import find_by_id
from marchante.orders.service import change_status, place

T = TypeVar("T")
STOCK: dict[int, Decimal | None] = {0: Decimal(5), 1: Decimal(3), 2: None}
STAFF = Actor("staff", "Don Chuy")
CUSTOMER = Actor("customer")


class BothSidesAtOnce(RuleBasedStateMachine):
    loop: ClassVar[asyncio.AbstractEventLoop]
    database: ClassVar[Database]
    company: ClassVar[Company]
    other: ClassVar[Company]

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def begin(self) -> None:
        self.orders: list[int] = []
        self.model = ModelShop(self.run(self._new_shop()), dict(STOCK), dict.fromkeys(STOCK, Decimal("10.00")))
        self.others = self.run(rows_of(self.database, self.other.schema))

    async def _new_shop(self) -> dict[int, int]:
        async with self.database.company(self.company.schema) as connection:
            await connection.execute(
                "TRUNCATE order_history, order_items, payments, deliveries, orders, products, customers CASCADE"
            )
            self.customer = await add_customer(connection)
            return {
                number: await add_product(connection, f"P{number}", name=f"P{number}", price=Decimal(10), stock=stock)
                for number, stock in STOCK.items()
            }

    @rule(data=st.data())
    def one_acts(self, data: st.DataObject) -> None:
        act = data.draw(acts(len(self.model.orders)))
        looked = [order.version for order in self.model.orders]
        came = self.run(self._does(act, looked))
        self.model, expected = self.model.after(act)
        assert came == expected
        assert self.run(self._books()) == books(self.model)

    @rule(data=st.data())
    def two_act_at_once(self, data: st.DataObject) -> None:
        """Both looked before either acted. Placing is left out: which of two is the first order would be chance."""
        choice = acts(len(self.model.orders)).filter(lambda act: not isinstance(act, Place | Count))
        if not self.model.orders:
            return
        first, second = data.draw(choice), data.draw(choice)
        looked = [order.version for order in self.model.orders]

        async def at_once() -> tuple[str, str]:
            one, two = await asyncio.gather(self._does(first, looked), self._does(second, looked))
            return one, two

        came, kept = self.run(at_once()), self.run(self._books())
        outcomes = [self._one_after_the_other(first, second), self._one_after_the_other(second, first)]
        outcomes[1] = (outcomes[1][0], outcomes[1][1][::-1])
        fitting = [model for model, said in outcomes if (said, books(model)) == (came, kept)]
        assert fitting, f"{came} is neither {outcomes[0][1]} nor {outcomes[1][1]}, or the books differ"
        self.model = fitting[0]

    def _one_after_the_other(self, first: Act, second: Act) -> tuple[ModelShop, tuple[str, str]]:
        looked = [order.version for order in self.model.orders]
        middle, one = self.model.after(first)
        if isinstance(second, Change | Cancel | Give) and middle.orders[second.order].version != looked[second.order]:
            return middle, (one, "stale_order")
        after, two = middle.after(second)
        return after, (one, two)

    async def _does(self, act: Act, looked: list[int]) -> str:
        """What came of it: the event, or the code of the refusal, which has changed nothing."""
        try:
            async with self.database.company(self.company.schema) as connection:
                event = await self._act(connection, act, looked)
        except AppError as error:
            return error.code
        return event if isinstance(event, str) else type(event).__name__

    async def _act(self, connection: Connection, act: Act, looked: list[int]) -> object:
        match act:
            case Place(bag):
                lines = tuple(self.model.line(product, quantity) for product, quantity in bag)
                event = await place(
                    connection, self.customer, "1001", OrderDraft(f"k:{len(self.orders)}", lines, "pickup"), NOW
                )
                if hasattr(event, "order"):
                    self.orders.append(event.order.id)
                return event
            case Count(product, stock, price):
                await connection.execute(
                    "UPDATE products SET stock = $2, price = $3 WHERE id = $1", self.model.ids[product], stock, price
                )
                return "counted"
            case Pay(order, to):
                await payments.settle(connection, self.orders[order], to, "staff", "Don Chuy", NOW)
                return "paid"
            case Move(order, to):
                return await change_status(connection, self.orders[order], to, "staff", "Don Chuy", NOW)
            case Weigh(order, line, weight):
                return await changes.weigh(connection, self.orders[order], {line: weight}, TOLERANCE, STAFF, NOW)
            case Substitute(order, line, product, quantity):
                instead = self.model.line(product, quantity)
                return await changes.substitute(connection, self.orders[order], line, instead, STAFF, NOW)
            case Change(order, age, bag):
                id_, version = self.orders[order], looked[order] - age
                lines = tuple(self.model.line(product, quantity) for product, quantity in bag)
                known = await find_by_id(connection, id_)
                draft = content_of(known, lines)
                return await changes.change(connection, id_, version, draft, "processing", NOW)
            case Cancel(order, age):
                return await changes.cancel(connection, self.orders[order], looked[order] - age, "processing", NOW)
            case Give(order, age, answer):
                id_, version = self.orders[order], looked[order] - age
                return await changes.answer(connection, id_, version, answer, CUSTOMER, NOW)

    async def _books(self) -> tuple[list[Any], list[Any]]:
        async with self.database.company(self.company.schema) as connection:
            stock = await connection.fetch("SELECT stock FROM products ORDER BY id")
            rows = await connection.fetch(
                """SELECT o.id, s.code, o.version, o.total_amount, o.accepted_total, o.proposal ->> 'kind' AS asked,
                          o.reserved, p.amount, p.status,
                          (SELECT count(*) FROM order_history h WHERE h.order_id = o.id) AS history,
                          ARRAY(SELECT ROW(i.product_id, i.quantity) FROM order_items i WHERE i.order_id = o.id
                                ORDER BY i.position) AS lines
                   FROM orders o JOIN order_statuses s ON s.id = o.status_id JOIN payments p ON p.order_id = o.id
                   ORDER BY o.id"""
            )
        orders = [
            (
                (row["code"], row["version"], row["total_amount"], row["accepted_total"], row["asked"]),
                sorted((int(product), Decimal(quantity)) for product, quantity in row["reserved"].items()),
                (row["amount"], row["status"], row["history"]),
                [tuple(line) for line in row["lines"]],
            )
            for row in rows
        ]
        return [row["stock"] for row in stock], orders

    def teardown(self) -> None:
        if hasattr(self, "others"):
            assert self.run(rows_of(self.database, self.other.schema)) == self.others


def books(model: ModelShop) -> tuple[list[Any], list[Any]]:
    orders = [
        (
            (
                order.status.value,
                order.version,
                order.total_amount,
                order.accepted_total,
                order.proposal.kind if order.proposal else None,
            ),
            sorted(held.items()),
            (order.total_amount, paid, history),
            [(line.product_id, line.quantity) for line in order.lines],
        )
        for order, held, paid, history in zip(model.orders, model.held, model.payments, model.history, strict=True)
    ]
    return list(model.stock.values()), orders


@pytest.mark.chaos
def test_whoever_acts_at_once_the_books_are_those_of_one_after_the_other(database_dsn: str, vault: Vault) -> None:
    loop = asyncio.new_event_loop()
    pool = loop.run_until_complete(open_pool(database_dsn, size=4))
    BothSidesAtOnce.loop, BothSidesAtOnce.database = loop, Database(pool)
    companies = list(loop.run_until_complete(Companies(BothSidesAtOnce.database, vault).list()))
    BothSidesAtOnce.company, BothSidesAtOnce.other = companies[0], companies[1]
    try:
        run_state_machine_as_test(
            BothSidesAtOnce,
            settings=settings(
                max_examples=500 if LONG else 30,
                stateful_step_count=25,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        loop.run_until_complete(pool.close())
        loop.close()
