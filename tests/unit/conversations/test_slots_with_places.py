"""Slots with a limited number of places, and the times people write: they land on what is offered."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.shop_view import BOTH_ADDRESSES, ZONE, ZONES, grocer, known_customer
from tests.unit.conversations.chat import Chat

from marchante.companies.hours import Closure, OpenInterval, WeeklyHours
from marchante.conversations.inputs import PlacementRefused
from marchante.conversations.promising import promise
from marchante.conversations.table import StateName

DAY = (OpenInterval(time(9), time(19)),)
WEEK = WeeklyHours(mon=DAY, tue=DAY, wed=DAY, thu=DAY, fri=DAY, sat=DAY)
CUSTOMER = known_customer(addresses=BOTH_ADDRESSES)


def today(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, tzinfo=ZONE)


def shop(*booked: tuple[datetime, int], **settings: object) -> Chat:
    """Open from 9 to 19, two orders a slot; it is Thursday, a quarter past ten."""
    changed = msgspec.structs.replace(grocer().settings, hours=WEEK, slot_capacity=2, **settings)
    return Chat(grocer(CUSTOMER, settings=changed, booked=booked))


def test_the_next_slot_with_a_place_left_is_promised():
    assert "🕔 hoy de 11 a.m. a 1 p.m." in shop((today(11), 1)).says("1 kg de papa").told
    assert "🕔 hoy de 1 a 3 p.m." in shop((today(11), 1), (today(11, 30), 1)).says("1 kg de papa").told


def test_a_full_slot_is_not_offered():
    chat = shop((today(15), 2)).says("1 kg de papa").taps("Cambiar algo", "Horario de entrega")
    assert chat.titles[1:5] == ["Hoy · 11 a.m.", "Hoy · 1 p.m.", "Hoy · 5 p.m.", "Vie 27 · 9 a.m."]


def test_a_time_asked_for_whose_slot_is_full_is_moved_and_said():
    chat = shop((today(15), 2)).says("1 kg de papa para hoy a las 4")
    assert "🕔 hoy de 5 a 7 p.m." in chat.told
    assert "Ese horario ya se llenó" in chat.told


@pytest.mark.parametrize(
    ("said", "window"),
    [
        ("para mañana en la tarde", "mañana viernes de 1 a 3 p.m."),
        ("para el sábado a las 11", "el sábado 28 de 11 a.m. a 1 p.m."),
        ("para mañana antes de las 2", "mañana viernes de 9 a 11 a.m."),
        ("para mañana a las 5 y media", "mañana viernes de 5 a 7 p.m."),
        ("para el sábado", "el sábado 28 de 9 a 11 a.m."),
    ],
)
def test_what_is_written_lands_on_a_slot_without_a_word(said: str, window: str):
    chat = shop().says(f"1 kg de papa {said}")
    assert f"🕔 {window} ·" in chat.told
    assert "⚠️" not in chat.told


@pytest.mark.parametrize(
    ("said", "window", "why"),
    [
        ("para el domingo", "el lunes 30 de 9 a 11 a.m.", "Ese día no abrimos"),
        ("para hoy en la noche", "hoy de 5 a 7 p.m.", "está cerrado"),
        ("para hoy a las 10 y media", "hoy de 11 a.m. a 1 p.m.", "ya no alcanzamos"),
    ],
)
def test_what_cannot_be_lands_on_the_nearest_slot_and_says_why(said: str, window: str, why: str):
    chat = shop().says(f"1 kg de papa {said}")
    assert f"🕔 {window} ·" in chat.told
    assert why in chat.told


def test_from_the_cut_off_on_nothing_is_promised_for_today():
    chat = shop(same_day_cutoff=time(10)).says("1 kg de papa para hoy a las 5")
    assert "🕔 mañana viernes de 9 a 11 a.m." in chat.told
    assert "ya no alcanzamos" in chat.told


@pytest.mark.parametrize("said", ["lo antes posible", "Ahorita", "en cuanto puedas porfa"])
def test_as_soon_as_possible_may_be_typed_in_any_state(said: str):
    chat = shop().says("1 kg de papa para mañana a las 5", said)
    assert "🕔 hoy de 11 a.m. a 1 p.m." in chat.told


def test_holidays_and_closures_have_no_slots():
    friday = datetime(2026, 11, 27, tzinfo=ZONE).date()
    chat = shop(closures=(Closure(friday, friday, "inventario"),)).says("1 kg de papa para mañana a las 11")
    assert "🕔 el sábado 28 de 9 a 11 a.m." in chat.told
    christmas = shop(holidays_closed=True)
    christmas.view = replace(christmas.view, now=datetime(2026, 12, 24, 20, tzinfo=ZONE))
    assert "🕔 el sábado 26 de 9 a 11 a.m." in christmas.says("1 kg de papa").told


def test_a_zone_is_delivered_to_in_its_own_hours():
    mornings = WeeklyHours(fri=(OpenInterval(time(9), time(11)),))
    chat = shop()
    chat.view = replace(chat.view, zones=(replace(ZONES[0], hours=mornings),))
    chat.says("3 kg de papa")
    assert "🕔 mañana viernes de 9 a 11 a.m." in chat.told
    assert "🕔 hoy de 11 a.m. a 1 p.m." in chat.says("paso por él").told


def test_a_slot_that_filled_up_between_summary_and_confirmation_is_a_new_summary():
    chat = shop().says("1 kg de papa")
    chat.view = replace(chat.view, booked=((today(11), 2),))
    chat.taps("Confirmar")
    assert chat.orders == []
    assert "El horario que te mostré ya no alcanza" in chat.told
    assert "🕔 hoy de 1 a 3 p.m." in chat.told
    assert chat.taps("Confirmar").orders[0].requested_from == today(13)


def test_the_last_place_lost_at_the_moment_of_confirming_is_a_new_summary():
    chat = shop().says("1 kg de papa").taps("Confirmar")
    chat.view = replace(chat.view, booked=((today(11), 2),))
    chat.hears(PlacementRefused((), chat.view.now, slot_full=True))
    assert chat.state == StateName.SUMMARY
    assert "Ese horario se acaba de llenar" in chat.told
    assert "🕔 hoy de 1 a 3 p.m." in chat.told
    assert chat.titles == ["Confirmar", "Cambiar algo", "Cancelar"]


def test_an_order_that_is_changed_keeps_its_own_place_in_a_full_slot():
    chat = shop().says("1 kg de papa").taps("Confirmar")
    start, end = chat.orders[0].requested_from, chat.orders[0].requested_until
    kept = replace(chat.view.last_orders[0], requested_from=start, requested_until=end)
    chat.view = replace(chat.view, last_orders=(kept,), booked=((today(11), 2),))
    chat.says("quiero cambiar mi pedido", "agrégale 2 manojos de cilantro")
    assert "🕔 hoy de 11 a.m. a 1 p.m." in chat.told
    assert "ya se llenó" not in chat.told


@given(
    st.lists(st.tuples(st.integers(0, 23), st.integers(1, 3)), max_size=12),
    st.none() | st.tuples(st.integers(0, 9), st.integers(0, 23)),
    st.integers(0, 9),
)
def test_whatever_is_booked_and_asked_for_the_promise_is_an_open_slot_with_a_place_left(
    bookings: list[tuple[int, int]], asked: tuple[int, int] | None, length: int
):
    chat = shop(*((today(9) + timedelta(hours=6 * step), count) for step, count in bookings))
    start = today(0) + timedelta(days=asked[0], hours=asked[1]) if asked else None
    end = start + timedelta(hours=length) if start and length else None
    draft = msgspec.structs.replace(chat.session.draft, requested_from=start, requested_until=end)
    promised = promise(msgspec.structs.replace(chat.session, draft=draft), chat.view)
    open_slots = chat.view.settings.slots(ZONE, chat.view.now, days=30)
    slot = next(each for each in open_slots if (each.starts_at, each.ends_at) == (promised.start, promised.end))
    assert sum(count for moment, count in chat.view.booked if slot.starts_at <= moment < slot.ends_at) < 2
    if start and promised.moved is None:
        assert slot.starts_at.date() == start.date()


def test_the_order_says_how_many_its_slot_holds():
    order = shop().says("1 kg de papa").taps("Confirmar").orders[0]
    assert (order.requested_from, order.requested_until, order.slot_capacity) == (today(11), today(13), 2)
