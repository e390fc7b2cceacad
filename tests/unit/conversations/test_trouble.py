"""What cannot be read, is not understood, or is only politeness."""

import pytest
from tests.builders.shop_view import grocer, water_shop
from tests.unit.conversations.chat import Chat

from marchante.conversations.effects import AskForPerson, ChooseMarketing
from marchante.conversations.inputs import ArrivedLate
from marchante.conversations.table import StateName

NONSENSE = ("wxyz qqq", "zzz kkk", "qqq jjj")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("audio", "notas de voz"),
        ("voice", "notas de voz"),
        ("image", "No puedo ver fotos"),
        ("video", "No puedo ver videos"),
        ("sticker", "sticker"),
        ("document", "No puedo abrir archivos"),
        ("contacts", "un contacto"),
        ("order", "un carrito"),
        ("poll_creation", "ese tipo de mensaje"),
    ],
)
def test_each_kind_that_cannot_be_read_gets_its_own_answer(kind: str, answer: str):
    chat = Chat(grocer()).sends(kind)
    assert answer in chat.told
    assert len(chat.answers) == 1
    assert chat.titles


@pytest.mark.parametrize("kind", ["reaction", "edit", "revoke", "system"])
def test_what_nobody_expects_an_answer_to_gets_none(kind: str):
    assert Chat(grocer()).sends(kind).answers == []


def test_a_photo_during_an_order_keeps_the_order_on_the_screen():
    chat = Chat(grocer()).says("2 kg de papa").sends("image")
    assert chat.titles == ["Confirmar", "Cambiar algo", "Cancelar"]


def test_after_two_answers_not_understood_come_options_after_three_a_person():
    chat = Chat(grocer()).says(NONSENSE[0])
    assert "no te entendí" in chat.told
    chat.says(NONSENSE[1])
    assert chat.state == StateName.OPTIONS
    assert "Hablar con un asesor" in chat.titles
    chat.says(NONSENSE[2])
    assert [effect.reason for effect in chat.effects if isinstance(effect, AskForPerson)] == ["not understood: qqq jjj"]


def test_being_understood_in_between_starts_the_count_again():
    chat = Chat(grocer()).says(NONSENSE[0], NONSENSE[1], "catálogo", NONSENSE[2])
    assert chat.view.handoff is None
    assert "no te entendí" in chat.told


def test_back_from_help_returns_to_what_was_asked():
    chat = Chat(grocer()).says("2 kg de papa", "ayuda", "atrás")
    assert chat.state == StateName.SUMMARY


def test_back_walks_up_to_the_menu():
    chat = Chat(grocer()).says("catálogo").taps("Verduras")
    assert chat.says("atrás").state == StateName.BROWSE_CATEGORIES
    assert chat.says("atrás").state == StateName.MENU
    assert chat.says("atrás").state == StateName.MENU


def test_thanks_is_answered_without_a_menu():
    chat = Chat(water_shop()).says("gracias")
    assert chat.told == "¡Con gusto! 😊 Aquí estamos para lo que necesite."
    assert chat.titles == []


def test_goodbye_is_answered_without_a_menu():
    chat = Chat(grocer()).says("adiós")
    assert chat.titles == []
    assert chat.state == StateName.GOODBYE


@pytest.mark.parametrize("words", ["ya no me manden promociones", "BAJA", "stop", "Quiero darme de baja, por favor"])
def test_no_more_promotions_is_promised_in_one_sentence_and_kept(words):
    chat = Chat(grocer()).says(words)
    assert "ya no te mandaremos promociones" in chat.told
    assert chat.effects.count(ChooseMarketing(wanted=False)) == 1
    assert chat.titles == []


def test_promotions_are_wanted_again_with_one_word():
    chat = Chat(grocer()).says("baja").says("ALTA")
    assert "Te avisaremos de nuestras promociones" in chat.told
    assert chat.effects.count(ChooseMarketing(wanted=True)) == 1


@pytest.mark.parametrize("word", ["baja", "alta"])
def test_what_is_said_of_promotions_counts_also_late_and_beside_a_person(word):
    late = Chat(grocer()).hears(ArrivedLate(word, grocer().now))
    beside = Chat(grocer()).says("asesor").says(word)
    for chat in (late, beside):
        assert chat.effects.count(ChooseMarketing(wanted=word == "alta")) == 1
    assert beside.state == StateName.WITH_PERSON
