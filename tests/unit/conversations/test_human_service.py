"""A person answers: the bot hands over, is silent, and comes back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.builders.shop_view import grocer, placed_order
from tests.unit.conversations.chat import Chat

from marchante.conversations.effects import AskForPerson, CancelTimer, CloseHandoff, SaveAddress, SetTimer
from marchante.conversations.inputs import Captured, CapturedLine, Said
from marchante.conversations.table import StateName


def test_asking_for_a_person_queues_the_customer_and_sets_the_time_to_answer():
    chat = Chat(grocer()).says("asesor")
    assert chat.asked_for(AskForPerson) == [AskForPerson("requested")]
    due = chat.view.now + timedelta(minutes=30)
    assert SetTimer("handoff_unanswered", due) in chat.effects
    assert "ya avisé a una persona" in chat.told


def test_the_rest_of_a_burst_after_asking_for_a_person_is_left_to_the_person():
    chat = Chat(grocer())
    now = chat.view.now
    chat.hears(Said("asesor", now), Said("2 kg de papa", now), Said("hola?", now))
    assert len(chat.answers) == 1
    assert chat.cart() == {}


@pytest.mark.parametrize("word", ["menú", "cancelar"])
def test_the_bot_comes_back_when_asked_while_nobody_has_answered(word: str):
    chat = Chat(grocer()).says("asesor", word)
    assert CloseHandoff("customer") in chat.effects
    assert CancelTimer("handoff_unanswered") in chat.effects
    assert chat.state == StateName.MENU
    assert len(chat.answers) == 1


@pytest.mark.parametrize("word", ["menú", "cancelar", "hola", "2 kg de papa"])
def test_once_a_person_answers_nothing_the_customer_writes_wakes_the_bot(word: str):
    chat = Chat(grocer()).says("asesor")
    chat.view = replace(chat.view, handoff="active")
    chat.says(word)
    assert chat.answers == []
    assert chat.effects == []


def test_a_person_who_took_over_unasked_silences_the_bot_too():
    chat = Chat(grocer(handoff="active")).says("hola")
    assert chat.answers == []
    assert chat.state == StateName.AGENT_INTERACTION


def test_after_the_person_gave_the_bot_back_it_answers_again_with_the_cart_kept():
    chat = Chat(grocer()).says("2 kg de papa", "asesor")
    chat.view = replace(chat.view, handoff=None)
    chat.says("menú")
    assert chat.cart() == {"Papa blanca": 2}
    assert "Seguir con mi pedido" in chat.titles


def test_when_nobody_answers_in_time_the_bot_apologises_and_helps():
    chat = Chat(grocer()).says("asesor").waits(minutes=30).timer("handoff_unanswered")
    assert "ahora nadie puede contestarte" in chat.told
    assert "Hacer un pedido" in chat.titles
    assert CloseHandoff("timeout") in chat.effects
    assert chat.view.handoff is None


def test_the_time_to_answer_means_nothing_once_a_person_answered():
    chat = Chat(grocer(handoff="active")).timer("handoff_unanswered")
    assert chat.answers == []
    assert chat.effects == []


def test_hours_after_the_last_human_word_the_bot_is_back_without_a_message():
    chat = Chat(grocer(handoff="active")).timer("handoff_return")
    assert chat.answers == []
    assert chat.effects == [CloseHandoff("timeout")]
    assert chat.says("hola").answers


def test_a_complaint_goes_to_a_person_with_what_was_written():
    chat = Chat(grocer(last_orders=(placed_order(grocer()),))).says("los jitomates llegaron todos podridos")
    reasons = [effect.reason for effect in chat.effects if isinstance(effect, AskForPerson)]
    assert reasons == ["complaint about A-0041 (processing): los jitomates llegaron todos podridos"]
    assert "Lamento mucho" in chat.told


def test_the_customer_may_wait_with_a_cart_and_go_on_later():
    chat = Chat(grocer()).says("2 kg de papa", "asesor", "menú").taps("Seguir con mi pedido", "Confirmar")
    assert len(chat.orders) == 1


def noted(*lines: tuple[str, str], address: str = "", pickup: bool = False, note: str = "") -> Chat:
    """A person answers, and hands the chat back with what they noted."""
    chat = Chat(grocer(handoff="active"))
    captured = tuple(CapturedLine(sku, Decimal(quantity)) for sku, quantity in lines)
    return chat.hears(Captured(captured, address, pickup, note, chat.view.now))


def test_what_a_person_noted_is_confirmed_by_the_customer_with_one_tap():
    chat = noted(("VER-002", "1.5"), address="Calle Juárez 5, Centro", note="tocar fuerte")
    assert chat.state == StateName.FINAL_ORDER
    assert "Esto quedamos contigo:" in chat.told
    assert "1½ kg Papa blanca" in chat.told
    assert "Calle Juárez 5, Centro" in chat.told
    assert "tocar fuerte" in chat.told
    assert len(chat.answers) == 1
    assert CloseHandoff("captured") in chat.effects
    chat.taps("Confirmar")
    [order] = chat.orders
    assert (order.delivery_address, order.notes) == ("Calle Juárez 5, Centro", "tocar fuerte")


def test_what_a_person_noted_can_still_be_changed():
    chat = noted(("VER-002", "1.5"), pickup=True).says("quita la papa y ponme 2 kg de jitomate")
    assert chat.cart() == {"Jitomate saladette": 2}
    assert chat.state == StateName.SUMMARY


def test_what_is_not_to_be_had_of_it_is_said():
    chat = noted(("VER-002", "1"), ("NADA-1", "1"), pickup=True)
    assert "NADA-1" in chat.told
    assert chat.cart() == {"Papa blanca": 1}


def test_an_address_a_person_noted_is_confirmed_and_kept():
    chat = noted(address="Calle Juárez 5, Centro")
    assert chat.state == StateName.FINAL_ADDRESS
    assert chat.titles == ["Sí, es ahí", "Corregir", "Hablar"]
    for right in (chat.taps("Sí, es ahí"), noted(address="Calle Juárez 5, Centro").says("sí")):
        assert [effect.typed for effect in right.asked_for(SaveAddress)] == ["Calle Juárez 5, Centro"]
        assert right.state == StateName.MENU


def test_an_address_a_person_noted_wrong_is_written_again():
    assert noted(address="Calle Juárez 5, Centro").taps("Corregir").state == StateName.GIVE_ADDRESS


def test_who_is_not_understood_three_times_is_transferred():
    chat = Chat(grocer()).says("wxyz qqq", "zzz kkk", "qqq jjj")
    assert chat.state == StateName.HUMAN_TRANSFER
    chat.view = replace(chat.view, handoff=None)
    assert chat.says("hola").state == StateName.MENU
