"""When the shop is open, what it promises, and what happens while it is closed."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

import msgspec
from tests.builders.shop_view import ZONE, grocer, product
from tests.unit.conversations.chat import Chat

from marchante.companies.hours import OpenInterval, WeeklyHours
from marchante.conversations.effects import AskForPerson, SetTimer
from marchante.conversations.view import ShopView
from marchante.understanding import CatalogIndex, Context, ItemOp, Understood, WhenHint

DAY = (OpenInterval(time(9), time(19)),)
WEEK = WeeklyHours(mon=DAY, tue=DAY, wed=DAY, thu=DAY, fri=DAY, sat=DAY)


def open_shop(hour: int = 10, minute: int = 15, day: int = 26) -> ShopView:
    """A shop open from 9 to 19, on a Thursday, closed on Sundays."""
    settings = msgspec.structs.replace(grocer().settings, hours=WEEK)
    return grocer(settings=settings, now=datetime(2026, 11, day, hour, minute, tzinfo=ZONE))


def asking(day: int, start: time | None = None, end: time | None = None):
    """Reads every text as a kilo of potatoes on that day of November."""
    sku = product(grocer(), "Papa").sku
    hint = WhenHint("entonces", datetime(2026, 11, day, tzinfo=ZONE).date(), start, end)

    def reader(text: str, index: CatalogIndex, context: Context) -> Understood:
        return Understood("order", items=(ItemOp(sku, quantity=Decimal(1)),), when=hint)

    return reader


def test_the_next_slot_is_promised_shown_and_kept_with_the_order():
    chat = Chat(open_shop()).says("1 kg de papa")
    assert "🕔 hoy de 11 a.m. a 1 p.m." in chat.told
    order = chat.taps("Confirmar").orders[0]
    assert order.requested_from == datetime(2026, 11, 26, 11, tzinfo=ZONE)
    assert order.requested_until == datetime(2026, 11, 26, 13, tzinfo=ZONE)


def test_a_closed_shop_says_when_it_opens_and_takes_the_order_for_then():
    chat = Chat(open_shop(hour=22)).says("1 kg de papa")
    assert "Ahora está cerrado; abrimos mañana viernes a las 9 a.m." in chat.told
    assert "🕔 mañana viernes de 9 a 11 a.m." in chat.told
    assert len(chat.taps("Confirmar").orders) == 1


def test_a_slot_that_passed_is_shown_again_before_confirming():
    chat = Chat(open_shop()).says("1 kg de papa")
    chat.view = replace(chat.view, now=datetime(2026, 11, 26, 12, 30, tzinfo=ZONE))
    chat.taps("Confirmar")
    assert chat.orders == []
    assert "El horario que te mostré ya no alcanza" in chat.told
    assert "🕔 hoy de 1 a 3 p.m." in chat.told
    assert len(chat.taps("Confirmar").orders) == 1


def test_a_time_asked_for_is_kept():
    chat = Chat(open_shop(), asking(27, time(17), time(19))).says("1 kg de papa para mañana de 5 a 7")
    assert "🕔 mañana viernes de 5 a 7 p.m." in chat.told


def test_a_time_at_which_the_shop_is_closed_is_moved_and_said():
    chat = Chat(open_shop(), asking(29, time(10))).says("1 kg de papa para el domingo a las 10")
    assert "🕔 el lunes 30 de 9 a 11 a.m." in chat.told
    assert "Ese día no abrimos" in chat.told


def test_a_day_without_an_hour_takes_the_first_slot_of_it_or_of_the_next_open_day():
    assert "🕔 el sábado 28 de 9 a 11 a.m. ·" in Chat(open_shop(), asking(28)).says("1 kg de papa para el sábado").told
    assert "🕔 el lunes 30" in Chat(open_shop(), asking(29)).says("1 kg de papa para el domingo").told


def test_whether_the_shop_is_open_is_told_with_its_hours():
    reader = lambda *_: Understood("hours_query")  # noqa: E731
    assert "cerramos hoy a las 7 p.m." in Chat(open_shop(), reader).says("¿hasta qué hora están?").told
    assert "abrimos mañana viernes a las 9 a.m." in Chat(open_shop(hour=22), reader).says("¿están abiertos?").told


def test_a_person_asked_for_while_it_is_closed_is_promised_for_the_opening():
    chat = Chat(open_shop(hour=22)).says("asesor")
    assert "te contestan mañana viernes a las 9 a.m." in chat.told
    assert chat.asked_for(AskForPerson)


def test_nobody_is_expected_to_answer_while_it_is_closed():
    chat = Chat(open_shop(hour=22)).says("asesor")
    opening = datetime(2026, 11, 27, 9, tzinfo=ZONE)
    assert SetTimer("handoff_unanswered", opening + timedelta(minutes=30)) in chat.effects


def test_a_shop_that_has_not_told_its_hours_promises_nothing():
    assert "🕔" not in Chat(grocer()).says("1 kg de papa").told
