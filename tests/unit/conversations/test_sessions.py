"""What is remembered: resuming, reminding, expiring, and sessions older releases left."""

import json
from datetime import timedelta

import msgspec
import pytest
from tests.builders.shop_view import SESSION_ID, grocer
from tests.unit.conversations.chat import Chat

from marchante.conversations import engine, merging
from marchante.conversations.effects import Reply, SetTimer
from marchante.conversations.inputs import ArrivedLate, Said
from marchante.conversations.state import FLOW_VERSION, restored
from marchante.conversations.table import StateName


def test_a_session_survives_being_stored_as_json():
    chat = Chat(grocer()).says("3 aguacates y 2 cocas para mañana a las 5 de la tarde")
    saved = json.loads(msgspec.json.encode(chat.session))
    assert restored(saved) == chat.session


def test_somebody_who_greets_after_half_an_hour_is_asked_whether_to_go_on():
    chat = Chat(grocer()).says("2 kg de papa").waits(minutes=31).says("hola")
    assert "¿Seguimos con tu pedido?" in chat.told
    assert "2 kg Papa blanca · Total $65.00 con envío" in chat.told
    assert chat.taps("Seguir con mi pedido").state == StateName.SUMMARY


def test_an_order_resumed_after_five_hours_is_still_there():
    chat = Chat(grocer()).says("2 kg de papa").waits(hours=5).says("ya regresé")
    assert "¿Seguimos con tu pedido?" in chat.told
    chat.says("sí")
    assert chat.taps("Confirmar").orders[0].total == 65


def test_a_clear_continuation_after_hours_needs_no_question():
    chat = Chat(grocer()).says("2 kg de papa").waits(hours=5).says("y 1 kg de jitomate")
    assert chat.state == StateName.SUMMARY
    assert len(chat.cart()) == 2


def test_starting_over_empties_the_cart():
    chat = Chat(grocer()).says("2 kg de papa").waits(hours=5).says("hola").taps("Empezar de nuevo")
    assert chat.cart() == {}
    assert chat.state == StateName.BROWSE_CATEGORIES


def test_the_reminder_comes_once():
    chat = Chat(grocer()).says("2 kg de papa")
    assert chat.timers["reminder"] == chat.view.now + timedelta(minutes=30)
    chat.waits(minutes=30).timer("reminder")
    assert "¿Seguimos con tu pedido?" in chat.told
    assert len(chat.answers) == 1
    chat.waits(minutes=30).timer("reminder")
    assert chat.answers == []


def test_a_reminder_that_fires_while_one_is_still_writing_waits_until_it_is_quiet():
    chat = Chat(grocer()).says("2 kg de papa").waits(minutes=25).says("y 1 kg de jitomate")
    heard = chat.view.now
    chat.waits(minutes=5).timer("reminder")
    assert chat.answers == []
    assert chat.effects == [SetTimer("reminder", heard + timedelta(minutes=30))]


def test_nobody_is_reminded_of_an_order_placed_or_while_a_person_answers():
    placed = Chat(grocer()).says("2 kg de papa").taps("Confirmar").waits(hours=1).timer("reminder")
    assert placed.answers == []
    waiting = Chat(grocer()).says("2 kg de papa", "asesor").waits(hours=1).timer("reminder")
    assert waiting.answers == []


def test_nothing_is_sent_once_whatsapps_day_is_over():
    chat = Chat(grocer()).says("2 kg de papa").waits(hours=24).timer("reminder")
    assert chat.answers == []


def test_an_order_expires_in_silence():
    chat = Chat(grocer()).says("2 kg de papa").waits(hours=24).timer("expiry")
    assert chat.answers == []
    assert chat.cart() == {}


def test_an_expiry_that_fires_early_is_set_again():
    chat = Chat(grocer()).says("2 kg de papa").waits(hours=20).says("y 1 kg de jitomate")
    heard = chat.view.now
    chat.waits(hours=4).timer("expiry")
    assert len(chat.cart()) == 2
    assert chat.effects == [SetTimer("expiry", heard + timedelta(hours=24))]


def test_an_order_past_its_time_is_gone_even_if_the_timer_is_late():
    chat = Chat(grocer()).says("2 kg de papa")
    confirm = chat.button("Confirmar")
    chat.waits(hours=25).taps_old(confirm)
    assert chat.orders == []
    assert chat.cart() == {}
    assert "pedido anterior" in chat.told


@pytest.mark.parametrize("changes", [{"state": "choose_delivery_slot"}, {"flow_version": FLOW_VERSION + 1}])
def test_a_session_of_another_release_resumes_at_the_menu_with_the_cart_kept(changes: dict[str, object]):
    chat = Chat(grocer()).says("2 kg de papa", "cambiar algo")
    session = msgspec.structs.replace(chat.session, **changes)
    step = engine.run(session, (Said("wxyz", chat.view.now),), chat.view)
    assert step.session.cart == session.cart
    assert step.session.state == StateName.MENU
    assert step.session.flow_version == FLOW_VERSION


def test_an_unknown_state_with_a_new_session_answers_like_the_menu():
    session = msgspec.structs.replace(engine.new_session(SESSION_ID), state="suspended")
    view = grocer()
    step = engine.run(session, (Said("2", view.now),), view)
    assert step.session.state == StateName.BROWSE_CATEGORIES


def test_what_arrived_late_is_apologised_for_and_asked_again_before_it_is_acted_on():
    chat = Chat(grocer())
    chat.hears(ArrivedLate("2 kg de papa", chat.view.now - timedelta(minutes=20)))
    assert "Disculpa la demora" in chat.told
    assert "Escribiste: «2 kg de papa»\n¿Sigue en pie?" in chat.told
    assert chat.cart() == {}
    chat.taps("Sí, por favor")
    assert chat.cart() == {"Papa blanca": 2}
    assert chat.state == StateName.SUMMARY


def test_a_yes_in_words_lets_the_late_message_count():
    chat = Chat(grocer())
    assert chat.hears(ArrivedLate("2 kg de papa", chat.view.now)).says("sí").cart() == {"Papa blanca": 2}


def test_what_arrived_late_may_no_longer_stand():
    chat = Chat(grocer())
    chat.hears(ArrivedLate("2 kg de papa", chat.view.now)).taps("Ya no, gracias")
    assert chat.cart() == {}
    assert chat.state == StateName.MENU


def test_a_late_confirmation_does_not_place_an_order_unasked():
    chat = Chat(grocer()).says("2 kg de papa").waits(minutes=20)
    chat.hears(ArrivedLate("Confirmar", chat.view.now))
    assert chat.orders == []
    chat.taps("Sí, por favor")
    assert len(chat.orders) == 1


def test_messages_beside_a_late_one_are_asked_about_together():
    chat = Chat(grocer())
    now = chat.view.now
    chat.hears(ArrivedLate("2 kg de papa", now), ArrivedLate("y 1 kg de jitomate", now))
    assert len(chat.answers) == 1
    assert chat.told.count("Disculpa la demora") == 1
    chat.taps("Sí, por favor")
    assert chat.cart() == {"Papa blanca": 2, "Jitomate saladette": 1}


def test_a_step_is_pure():
    chat = Chat(grocer()).says("2 kg de papa")
    heard = (Said("y 3 aguacates", chat.view.now),)
    first = engine.run(chat.session, heard, chat.view)
    assert engine.run(chat.session, heard, chat.view) == first
    assert merging.messages([effect for effect in first.effects if isinstance(effect, Reply)])
