"""Customers who do anything at any time: sums stay right, one confirmation is one order, nobody is ever stuck."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.builders.endurance import LONG
from tests.builders.shop_view import (
    HOME,
    WORK,
    dry_cleaner,
    grocer,
    kitchen,
    known_customer,
    new_customer,
    water_shop,
    zoned,
)
from tests.unit.conversations.chat import Chat

from marchante.catalog.domain import Catalog
from marchante.channels.whatsapp.messages import payload
from marchante.companies.hours import OpenInterval, WeeklyHours
from marchante.conversations import drafting, engine, merging
from marchante.conversations.actions import Action, Confirm
from marchante.conversations.amounts import MOST
from marchante.conversations.cart import lines
from marchante.conversations.dispatch import STATES
from marchante.conversations.effects import Reply
from marchante.conversations.inputs import ArrivedLate, PlacementRefused, Said
from marchante.conversations.promising import free_slots
from marchante.conversations.prompts import choices
from marchante.conversations.table import StateName
from marchante.conversations.view import ShopView
from marchante.customers.domain import AddressParts, Customer
from marchante.foundation.kernel.money import ZERO, line_total
from marchante.orders.domain import OrderDraft

pytestmark = pytest.mark.chaos
DAY = (OpenInterval(time(9), time(19)),)
FOUND = AddressParts("Calle Lucio", "40", "Centro", city="Xalapa", zip_code="91000")


def counted(customer: Customer, **changes: bool) -> ShopView:
    """A shop with zones, open every day, with one order a slot."""
    settings_ = msgspec.structs.replace(grocer().settings, hours=WeeklyHours(*[DAY] * 7), slot_capacity=1, **changes)
    return zoned(customer, settings=settings_)


SHOPS: list[Callable[[], ShopView]] = [
    lambda: grocer(known_customer(addresses=(HOME, WORK))),
    lambda: grocer(new_customer()),
    lambda: water_shop(new_customer(name=None)),
    lambda: dry_cleaner(known_customer()),
    lambda: kitchen(known_customer()),
    lambda: counted(new_customer()),
    lambda: counted(known_customer(addresses=(HOME, WORK)), address_first=True),
]
TEXTS = [
    "hola",
    "menú",
    "cancelar",
    "atrás",
    "ayuda",
    "catálogo",
    "pedir",
    "2",
    "1.5",
    "medio",
    "0",
    "999999",
    "$50",
    "3 kilos",
    "sí",
    "no",
    "gracias",
    "adiós",
    "quita la papa",
    "agrégale 2 manojos de cilantro",
    "50 pesos de queso",
    "unos bolillos",
    "¿a cómo el aguacate?",
    "lo de siempre",
    "para recoger",
    "a domicilio",
    "Av. Juárez 15, col. Centro",
    "para mañana a las 5 de la tarde",
    "pago con 500",
    "con tarjeta",
    "sin cebolla",
    "la grande",
    "ninguno",
    "cambiar dirección",
    "wxyz qqq",
    "una gordita",
    "con queso",
    "de tinga",
    "solo eso",
    "quita la quesadilla",
    "un pozole",
    "ver elote",
    "foto de la coca",
    "pdf",
    "mis direcciones",
    "guardar como casa",
    "borra la dirección del trabajo",
    "otro horario",
    "paso a paso",
    "calle Lucio 4, col. Aguacatal",
    "calle Lucio 4, col. Las Ánimas",
    "colonia Centro",
    "Macuiltépetl",
    "¿llegan a la col. Centro?",
    "¿llevan a domicilio?",
    "para hoy a las 4",
    "*_~` ¿?",
    "hola\n1 kg de jitomate\nes para recoger\ngracias",
]
ORDERS = [
    "2 kg de papa y 3 aguacates",
    "2 cocas y medio kilo de arroz",
    "2 garrafones y una bolsa de hielo",
    "un traje y 20 kg de ropa",
    "2 quesadillas de tinga con queso y una de hongos",
    "una quesadilla, una gordita de rajas y 2 refrescos",
]
KINDS = ["sticker", "voice", "image", "reaction", "poll_creation"]


class RandomCustomer(RuleBasedStateMachine):
    chat: Chat
    seen: list[Action]

    @initialize(shop=st.sampled_from(SHOPS))
    def writes_to(self, shop: Callable[[], ShopView]) -> None:
        self.chat = Chat(shop())
        self.seen = []
        self.agreed: list[Decimal] = []

    def hears(self, act: Callable[[], object]) -> None:
        """One turn, and what must hold for every one of them."""
        before, booked = len(self.chat.orders), self.chat.view.booked
        act()
        self.seen += [action for _, action in choices(self.chat.answers[-1])] if self.chat.answers else []
        assert len(self.chat.orders) - before <= 1
        for order in self.chat.orders[before:]:
            self.is_deliverable(order, booked)
        for message in self.chat.answers:
            assert payload(message)
        if len(self.chat.answers) > 1:
            replies = [effect for effect in self.chat.effects if isinstance(effect, Reply)]
            assert sum(len(fact) for fact in merging.merge(replies).facts) > 600

    def is_deliverable(self, order: OrderDraft, booked: tuple[tuple[datetime, int], ...]) -> None:
        """To where the shop goes or may go, for what it costs there, in a slot with a place left."""
        view = self.chat.view
        if view.zones and order.fulfilment == "delivery":
            fees = {zone.delivery_fee for zone in view.zones}
            assert order.delivery_fee in (fees if order.coverage == "inside" else {view.settings.delivery_fee})
        if view.settings.slot_capacity:
            start, end = order.requested_from, order.requested_until
            assert start is not None
            assert end is not None
            assert not [moment for moment, _ in booked if start <= moment < end]

    @rule(text=st.sampled_from(TEXTS))
    def says(self, text: str) -> None:
        self.hears(lambda: self.chat.says(text))

    @rule(text=st.text(max_size=60))
    def says_anything(self, text: str) -> None:
        self.hears(lambda: self.chat.says(text))

    @rule(text=st.sampled_from(ORDERS))
    def orders(self, text: str) -> None:
        self.hears(lambda: self.chat.says(text))

    @precondition(lambda self: "Confirmar" in self.chat.titles)
    @rule(in_words=st.booleans())
    def confirms(self, in_words: bool) -> None:
        self.hears(lambda: self.chat.says("sí") if in_words else self.chat.taps("Confirmar"))

    @precondition(lambda self: "Cambiar algo" in self.chat.titles)
    @rule(place=st.integers(min_value=0, max_value=9))
    def changes_something(self, place: int) -> None:
        self.hears(lambda: self.chat.taps("Cambiar algo"))
        self.hears(lambda: self.chat.taps(self.chat.titles[place % len(self.chat.titles)]))

    @precondition(lambda self: self.chat.titles)
    @rule(place=st.integers(min_value=0, max_value=9))
    def taps(self, place: int) -> None:
        titles = self.chat.titles
        self.hears(lambda: self.chat.taps(titles[place % len(titles)]))

    @precondition(lambda self: self.seen)
    @rule(place=st.integers(min_value=0, max_value=999))
    def taps_something_old(self, place: int) -> None:
        action = self.seen[place % len(self.seen)]
        orders, total = len(self.chat.orders), None
        if isinstance(action, Confirm):
            total = action.total
        self.hears(lambda: self.chat.taps_old(action))
        if len(self.chat.orders) > orders:
            assert self.chat.orders[-1].total == total

    @rule(kind=st.sampled_from(KINDS))
    def sends(self, kind: str) -> None:
        self.hears(lambda: self.chat.sends(kind))

    @rule(found=st.sampled_from([None, FOUND]), looked_up=st.booleans())
    def shares_a_location(self, found: AddressParts | None, looked_up: bool) -> None:
        self.hears(lambda: self.chat.shares(found=found, looked_up=looked_up))

    @precondition(lambda self: self.chat.view.settings.slot_capacity)
    @rule()
    def somebody_else_takes_the_next_slot(self) -> None:
        view = self.chat.view
        taken = next(free_slots(self.chat.session, view))
        self.chat.view = replace(view, booked=(*view.booked, (taken.starts_at, 1)))

    @rule(text=st.sampled_from(TEXTS))
    def is_heard_late(self, text: str) -> None:
        self.hears(lambda: self.chat.hears(ArrivedLate(text, self.chat.view.now)))

    @rule(minutes=st.sampled_from([1, 15, 31, 300, 1500]))
    def waits(self, minutes: int) -> None:
        self.chat.waits(minutes=minutes)

    @rule(kind=st.sampled_from(["reminder", "expiry", "handoff_unanswered", "handoff_return"]))
    def is_left_alone_until_a_timer_fires(self, kind: str) -> None:
        self.hears(lambda: self.chat.timer(kind))

    @precondition(lambda self: self.chat.session.cart)
    @rule(used_up=st.booleans())
    def finds_something_sold_out(self, used_up: bool) -> None:
        first = self.chat.session.cart[0].product_id
        if used_up:
            self.chat.view = replace(self.chat.view, sold_out=self.chat.view.sold_out | {first})
        else:
            self.chat.refuses = frozenset({first})

    @rule(times=st.sampled_from(["1.1", "0.9"]))
    def finds_other_prices(self, times: str) -> None:
        catalog = self.chat.view.catalog
        products = tuple(
            replace(each, price=((each.price or ZERO) * Decimal(times)).quantize(Decimal("0.01")))
            for each in catalog.products
        )
        self.chat.view = replace(self.chat.view, catalog=Catalog(catalog.version + 1, catalog.categories, products))

    @rule()
    def is_helped_by_a_person(self) -> None:
        handoff = {None: None, "requested": "active", "active": None}[self.chat.view.handoff]
        self.chat.view = replace(self.chat.view, handoff=handoff)

    @rule()
    def hears_that_something_ran_out(self) -> None:
        sold_out = tuple(item.product_id for item in self.chat.session.cart[:1])
        self.hears(lambda: self.chat.hears(PlacementRefused(sold_out, self.chat.view.now)))

    @invariant()
    def the_cart_holds_each_product_once_in_a_possible_quantity(self) -> None:
        if not hasattr(self, "chat"):
            return
        cart = self.chat.session.cart
        assert len({(item.product_id, item.options) for item in cart}) == len(cart)
        assert all(0 < item.quantity <= MOST for item in cart)

    @invariant()
    def the_total_is_the_sum_of_the_lines_and_the_delivery(self) -> None:
        if not hasattr(self, "chat"):
            return
        session, view = self.chat.session, self.chat.view
        summed = sum((line_total(line.unit_price, line.item.quantity) for line in lines(session, view)), ZERO)
        assert drafting.total(session, view) == summed + drafting.delivery_fee(session, view)

    @invariant()
    def every_order_is_whole_and_confirmed_once(self) -> None:
        if not hasattr(self, "chat"):
            return
        orders = self.chat.orders
        assert len({order.confirmation_key for order in orders}) == len(orders)
        for order in orders:
            assert order.lines
            assert order.total == sum((line.total for line in order.lines), ZERO) + order.delivery_fee
            assert order.fulfilment == "pickup" or order.delivery_address

    @invariant()
    def nobody_is_stuck(self) -> None:
        if not hasattr(self, "chat"):
            return
        session, view = self.chat.session, self.chat.view
        assert session.state in STATES
        step = engine.run(session, (Said("menú", view.now),), view)
        answers = merging.messages([effect for effect in step.effects if isinstance(effect, Reply)])
        if view.handoff == "active":
            assert answers == ()
        else:
            assert len(answers) == 1 or step.session.muted
            assert step.session.state == StateName.MENU or step.session.muted


RandomCustomer.TestCase.settings = settings(max_examples=1000 if LONG else 30, stateful_step_count=40, deadline=None)
TestRandomCustomers = RandomCustomer.TestCase
