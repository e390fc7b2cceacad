"""Two bots talking to each other cost money: this one falls silent, and only for them."""

from dataclasses import replace

from tests.builders.shop_view import grocer
from tests.unit.conversations.chat import Chat

from marchante.conversations.effects import RaiseAlert

AUTOMATIC = "Gracias por comunicarse con Ferretería Paty. En breve le atendemos."


def alerts(chat: Chat) -> list[str]:
    return [effect.code for effect in chat.effects if isinstance(effect, RaiseAlert)]


def loop() -> Chat:
    return Chat(grocer()).says(AUTOMATIC, AUTOMATIC, AUTOMATIC)


def test_the_same_text_three_times_in_a_minute_silences_the_bot_and_raises_one_alert():
    chat = Chat(grocer()).says(AUTOMATIC, AUTOMATIC)
    assert chat.sent == 1  # to thanks for thanks nothing is said
    chat.says(AUTOMATIC)
    assert chat.answers == []
    assert alerts(chat) == ["conversation_loop"]
    for _ in range(5):
        chat.says(AUTOMATIC)
        assert chat.answers == []
        assert alerts(chat) == []


def test_the_same_text_more_than_a_minute_apart_is_answered():
    chat = Chat(grocer())
    for _ in range(4):
        chat.waits(minutes=2).says("catálogo")
        assert len(chat.answers) == 1


def test_an_order_of_the_same_thing_again_and_again_is_an_order():
    chat = Chat(grocer()).says("pedir").taps("Verduras").says("1 kg de papa", "1 kg de papa", "1 kg de papa")
    assert chat.cart() == {"Papa blanca": 3}
    assert len(chat.answers) == 1


def test_twenty_messages_without_getting_anywhere_silence_the_bot():
    chat = Chat(grocer())
    words = ["hola", "buenas tardes", "¿a cómo la papa?", "¿a cómo el ejote?", "¿a qué hora abren?"]
    raised: list[str] = []
    for turn in range(40):
        chat.says(words[turn % len(words)])
        raised += alerts(chat)
    assert chat.sent == 20
    assert raised == ["conversation_loop"]


def test_a_customer_who_gets_somewhere_is_never_silenced():
    chat = Chat(grocer())
    for turn in range(60):
        chat.says("catálogo").taps("Verduras" if turn % 2 else "Frutas")
        assert len(chat.answers) == 1


def test_a_tap_wakes_the_bot():
    chat = Chat(grocer()).says("hola")
    entry = chat.button("Hacer un pedido")
    chat.says(AUTOMATIC, AUTOMATIC, AUTOMATIC)
    assert chat.answers == []
    assert chat.taps_old(entry, "Hacer un pedido").answers


def test_an_order_wakes_the_bot():
    chat = loop().says("2 kg de papa")
    assert chat.cart() == {"Papa blanca": 2}
    assert len(chat.answers) == 1


def test_a_word_of_the_bots_own_wakes_it():
    assert loop().says("menú").answers


def test_small_talk_does_not_wake_it():
    assert loop().says("Su mensaje es importante para nosotros").answers == []


def test_ten_quiet_minutes_wake_it():
    assert loop().waits(minutes=11).says("hola").answers


def test_a_silenced_bot_still_lets_a_person_be_asked_for():
    chat = loop().says("asesor")
    assert chat.view.handoff == "requested"


def test_silence_ends_with_the_conversation_of_a_person():
    chat = loop()
    chat.view = replace(chat.view, handoff="active")
    assert chat.says("hola").answers == []
