"""What a customer asks for and cannot have is told as it is, and noted for the owner; so is what they choose."""

from dataclasses import replace

import pytest
from tests.builders.shop_view import grocer, known_customer, product
from tests.unit.conversations.chat import Chat

from marchante.catalog.asked.domain import AskedPhrase, Kind, phrase_key
from marchante.conversations.effects import NotePhrases


def noted(chat: Chat) -> list[tuple[Kind, str, int | None]]:
    """Kind, words and product of what the last turn wrote down."""
    phrases: list[AskedPhrase] = [
        each for effect in chat.effects if isinstance(effect, NotePhrases) for each in effect.phrases
    ]
    assert all(each.phrase == phrase_key(each.example) for each in phrases)
    return [(each.kind, each.example, each.product_id) for each in phrases]


@pytest.mark.parametrize(
    "text", ["1 kg de tortillas y 2 kg de papa", "1 kg de tortillas", "¿a cómo las tortillas?", "y tortillas?"]
)
def test_what_the_shop_does_not_carry_is_noted(text: str):
    chat = Chat(grocer()).says(text)
    assert noted(chat) == [("not_carried", "tortillas", None)]
    assert "No manejamos «tortillas»" in chat.told


def test_what_whatsapp_forbids_is_not_said_to_be_missing():
    chat = Chat(grocer()).says("un six de cerveza y 2 kg de papa")
    assert noted(chat) == [("not_sellable", "cerveza", None)]
    assert "Por WhatsApp no vendemos «cerveza»" in chat.told
    assert "No manejamos" not in chat.told


def test_what_the_shop_keeps_out_of_the_chat_is_not_said_to_be_missing():
    view = grocer()
    view = replace(view, catalog=replace(view.catalog, kept_out=("Navaja de barbero",)))
    chat = Chat(view).says("una navaja y 2 kg de papa")
    assert noted(chat) == [("not_sellable", "navaja", None)]
    assert "Por WhatsApp no vendemos «navaja»" in chat.told


@pytest.mark.parametrize("text", ["2 kg de papa", "¿a cómo la papa?"])
def test_a_sold_out_product_that_was_asked_for_is_noted(text: str):
    view = grocer()
    potato = product(view, "Papa blanca")
    chat = Chat(replace(view, sold_out=frozenset({potato.id}))).says(text)
    assert noted(chat) == [("sold_out", "papa blanca", potato.id)]


def test_words_of_which_everything_is_sold_out_are_noted():
    view = grocer()
    cokes = frozenset(each.id for each in view.catalog.products if each.name.startswith("Coca"))
    chat = Chat(replace(view, sold_out=cokes)).says("2 cocas y un kilo de papa")
    assert noted(chat) == [("sold_out", "cocas", None)]


@pytest.mark.parametrize("answer", ["la de 600", "la chica de 600"])
def test_what_is_chosen_after_asking_which_is_noted_as_a_name(answer: str):
    chat = Chat(grocer()).says("2 cocas")
    assert noted(chat) == []
    chat.says(answer)
    assert noted(chat) == [("alias", "cocas", product(chat.view, "Coca-Cola 600").id)]


def test_a_tap_on_one_of_them_is_noted_too():
    chat = Chat(grocer()).says("2 cocas").taps("Coca-Cola 2.5 L")
    assert noted(chat) == [("alias", "cocas", product(chat.view, "Coca-Cola 2.5").id)]


def test_what_was_clear_at_once_teaches_nothing():
    assert noted(Chat(grocer()).says("2 kg de papa y una coca de 600")) == []


def test_who_somebody_is_is_not_noted():
    chat = Chat(grocer(known_customer(name="Tortilla Pérez"))).says("1 kg de tortillas y 2 de papa")
    assert noted(chat) == [("not_carried", "tortillas", None)]
    chat.says("una tortilla")
    assert noted(chat) == []


def test_asking_for_what_the_shop_lacks_leaves_the_summary_on_the_screen():
    chat = Chat(grocer()).says("2 kg de papa").says("¿tienen tortillas?")
    assert "No manejamos «tortillas»" in chat.told
    assert chat.titles == ["Confirmar", "Cambiar algo", "Cancelar"]
