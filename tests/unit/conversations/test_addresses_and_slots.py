"""The customer's own addresses, by name; and the next slots to choose from."""

from dataclasses import replace
from datetime import datetime, time

import msgspec
import pytest
from tests.builders.shop_view import HOME, WORK, ZONE, grocer, known_customer, new_customer
from tests.unit.conversations.chat import Chat

from marchante.channels.whatsapp.messages import ListMenu
from marchante.companies.hours import OpenInterval, WeeklyHours
from marchante.conversations.effects import ForgetAddress, MakeDefault, NameAddress, SaveAddress
from marchante.conversations.replies.es.slots import slot_title
from marchante.conversations.table import StateName

DAY = (OpenInterval(time(9), time(19)),)
WEEK = WeeklyHours(mon=DAY, tue=DAY, wed=DAY, thu=DAY, fri=DAY, sat=DAY)
BOTH = known_customer(addresses=(HOME, WORK))


def with_hours() -> Chat:
    """A shop open from 9 to 19; it is Thursday, a quarter past ten."""
    return Chat(grocer(BOTH, settings=msgspec.structs.replace(grocer().settings, hours=WEEK)))


# Names.


def test_a_new_address_gets_its_name_with_the_order():
    chat = Chat(grocer(new_customer(notice_given=True))).says("1 kg de papa", "calle Zaragoza 5, Centro")
    chat.says("Guárdala como la casa de mi mamá")
    assert "📍 Casa de mi mamá: calle Zaragoza 5, Centro" in chat.told
    chat.taps("Confirmar")
    [saved] = chat.asked_for(SaveAddress)
    assert isinstance(saved, SaveAddress)
    assert (saved.typed, saved.name) == ("calle Zaragoza 5, Centro", "Casa de mi mamá")
    assert (saved.parts.street, saved.parts.number) == ("calle Zaragoza", "5")
    assert chat.says("1 kg de papa para la casa de mi mamá").state == StateName.SUMMARY


def test_the_address_of_the_order_just_placed_can_be_named():
    chat = Chat(grocer(new_customer(notice_given=True))).says("1 kg de papa", "calle Zaragoza 5, Centro")
    chat.taps("Confirmar").says("guardar como oficina")
    [named] = chat.asked_for(NameAddress)
    assert isinstance(named, NameAddress)
    assert named.name == "Oficina"
    assert [each.name for each in chat.view.customer.addresses] == ["Oficina"]


def test_a_name_belongs_to_one_address():
    chat = Chat(grocer(BOTH)).says("mis direcciones").taps("Trabajo").says("guardar como Casa")
    assert [(each.id, each.name) for each in chat.view.customer.addresses] == [(HOME.id, None), (WORK.id, "Casa")]


def test_without_any_address_there_is_nothing_to_name():
    chat = Chat(grocer(new_customer(notice_given=True))).says("guardar como casa")
    assert "Todavía no tengo una dirección tuya que guardar" in chat.told
    assert len(chat.answers) == 1


def test_another_address_than_the_usual_one_takes_no_name_of_the_last():
    chat = Chat(grocer(new_customer(notice_given=True))).says("1 kg de papa", "calle Zaragoza 5, Centro")
    chat.says("guardar como casa", "mejor a avenida Juárez 100, colonia Centro")
    assert "Casa:" not in chat.told


# The book.


def test_the_usual_address_is_changed_by_a_tap():
    chat = Chat(grocer(BOTH)).says("mis direcciones").taps("Trabajo", "Usar siempre")
    assert chat.asked_for(MakeDefault) == [MakeDefault(WORK.id)]
    chat.says("1 kg de papa")
    assert "📍 Trabajo:" in chat.told


@pytest.mark.parametrize("said", ["usar trabajo siempre", "que el trabajo sea mi dirección principal"])
def test_the_usual_address_is_changed_by_words(said: str):
    assert Chat(grocer(BOTH)).says(said).asked_for(MakeDefault) == [MakeDefault(WORK.id)]


@pytest.mark.parametrize("said", ["borra la dirección del trabajo", "elimina mi dirección trabajo"])
def test_an_address_is_forgotten_and_the_order_goes_to_the_other(said: str):
    chat = Chat(grocer(BOTH)).says("1 kg de papa a mi trabajo")
    assert "📍 Trabajo:" in chat.told
    chat.says(said)
    assert chat.asked_for(ForgetAddress) == [ForgetAddress(WORK.id)]
    assert "Borré la dirección «Trabajo»" in chat.told
    assert "📍 Casa:" in chat.told
    assert len(chat.answers) == 1


def test_the_usual_address_forgotten_the_newest_takes_its_place():
    chat = Chat(grocer(BOTH)).says("mis direcciones").taps("Casa", "Borrar")
    assert [(each.id, each.is_default) for each in chat.view.customer.addresses] == [(WORK.id, True)]


def test_a_button_of_an_address_that_is_gone_does_nothing():
    chat = Chat(grocer(BOTH)).says("mis direcciones").taps("Trabajo")
    forget = chat.button("Borrar")
    chat.taps_old(forget).taps_old(forget)
    assert chat.asked_for(ForgetAddress) == []
    assert chat.state == StateName.ADDRESS_BOOK


def test_the_addresses_can_be_managed_while_ordering():
    chat = Chat(grocer(BOTH)).says("1 kg de papa").taps("Cambiar algo", "Cambiar dirección")
    assert chat.titles == [
        "Casa",
        "Trabajo",
        "Otra dirección",
        "Pasar a recoger",
        "Mis direcciones",
        "Volver al resumen",
    ]
    chat.taps("Mis direcciones", "Seguir con mi pedido")
    assert chat.state == StateName.SUMMARY


# Slots.


def test_the_next_six_slots_are_offered_and_one_is_kept_with_the_order():
    chat = with_hours().says("1 kg de papa").taps("Cambiar algo", "Horario de entrega")
    message = chat.answers[0]
    assert isinstance(message, ListMenu)
    assert chat.titles == [
        "Lo antes posible",
        "Hoy · 11 a.m.",
        "Hoy · 1 p.m.",
        "Hoy · 3 p.m.",
        "Hoy · 5 p.m.",
        "Vie 27 · 9 a.m.",
        "Vie 27 · 11 a.m.",
        "Volver al resumen",
    ]
    chat.taps("Hoy · 5 p.m.")
    assert "🕔 hoy de 5 a 7 p.m." in chat.told
    order = chat.taps("Confirmar").orders[0]
    assert order.requested_from == datetime(2026, 11, 26, 17, tzinfo=ZONE)
    assert order.requested_until == datetime(2026, 11, 26, 19, tzinfo=ZONE)


def test_as_soon_as_possible_is_the_next_slot_again():
    chat = with_hours().says("1 kg de papa", "otro horario").taps("Hoy · 5 p.m.")
    chat.says("cambiar horario").taps("Lo antes posible")
    assert "🕔 hoy de 11 a.m. a 1 p.m." in chat.told


def test_a_slot_that_passed_while_the_list_was_open_is_asked_again():
    chat = with_hours().says("1 kg de papa", "otro horario")
    slot = chat.button("Hoy · 11 a.m.")
    chat.view = replace(chat.view, now=datetime(2026, 11, 26, 15, 30, tzinfo=ZONE))
    chat.taps_old(slot)
    assert chat.state == StateName.CHOOSE_SLOT
    assert "Ese horario ya no alcanza" in chat.told


def test_without_hours_the_time_is_written():
    chat = Chat(grocer(BOTH)).says("1 kg de papa").taps("Cambiar algo")
    assert "Horario de entrega" not in chat.titles
    chat.says("otro horario")
    assert "Escríbelo" in chat.told


@pytest.mark.parametrize("hour", range(24))
def test_every_slot_has_a_title_that_fits(hour: int):
    start = datetime(2026, 12, 30, hour, 30, tzinfo=ZONE)
    assert len(slot_title(start, start.replace(day=28))) <= 24
