"""The first words, the menu and its four entries."""

import pytest
from tests.builders.shop_view import grocer, new_customer, placed_order, water_shop
from tests.unit.conversations.chat import Chat

from marchante.channels.whatsapp.messages import ListMenu
from marchante.conversations.effects import NoteGiven
from marchante.conversations.table import StateName

ENTRIES = ["Ver catálogo", "Hacer un pedido", "Estado de pedido", "Hablar con un asesor"]


def test_somebody_new_is_greeted_by_name_told_about_their_data_and_shown_the_menu_in_one_message():
    chat = Chat(grocer(new_customer())).says("hola")
    assert len(chat.answers) == 1
    assert isinstance(chat.answers[0], ListMenu)
    assert chat.told.startswith("¡Hola, Beto! 👋 Te damos la bienvenida a *Verduras Don Chuy*.")
    assert "solo para atender tus pedidos" in chat.told
    assert chat.titles == ENTRIES
    assert chat.asked_for(NoteGiven)


def test_a_customer_without_a_name_is_greeted_without_one():
    chat = Chat(grocer(new_customer(name=None))).says("hola")
    assert chat.told.startswith("¡Hola! 👋")


def test_a_name_cannot_format_the_greeting():
    chat = Chat(grocer(new_customer(name="*Beto*"))).says("hola")
    assert "*Beto*" not in chat.told


def test_a_known_customer_is_greeted_without_the_notice():
    chat = Chat(grocer()).says("buenas tardes")
    assert chat.told.startswith("¡Hola, Lupita! 👋")
    assert "datos" not in chat.told
    assert not chat.asked_for(NoteGiven)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["1", "ver catálogo", "catalogo", "Ver Catálogo", "qué venden?"], StateName.BROWSE_CATEGORIES),
        (
            ["2", "pedir", "hacer un pedido", "quiero hacer un pedido", "Quiero pedir por favor"],
            StateName.BROWSE_CATEGORIES,
        ),
        (
            ["3", "estado de pedido", "estado", "¿dónde está mi pedido?", "ya mero llega mi mandado?"],
            StateName.ORDER_STATUS,
        ),
        (["4", "hablar con un asesor", "asesor", "quiero hablar con una persona"], StateName.WITH_PERSON),
    ],
)
def test_each_entry_is_reached_by_its_number_and_by_words(words: list[str], state: StateName):
    for said in words:
        assert Chat(grocer()).says("hola", said).state == state, said


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Ver catálogo", "browse_categories"),
        ("Hacer un pedido", "browse_categories"),
        ("Estado de pedido", "order_status"),
        ("Hablar con un asesor", "with_person"),
    ],
)
def test_each_entry_is_reached_by_a_tap(title: str, state: str):
    assert Chat(grocer()).says("hola").taps(title).state == state


def test_an_order_may_be_the_very_first_words():
    chat = Chat(water_shop(new_customer())).says("2 garrafones")
    assert len(chat.answers) == 1
    assert "Le damos la bienvenida" in chat.told
    assert chat.cart() == {"Recarga garrafón 20 L": 2}
    assert chat.state == StateName.GIVE_ADDRESS


def test_the_menu_in_the_middle_of_an_order_offers_the_way_back_to_it():
    chat = Chat(grocer()).says("2 kg de papa", "menú")
    assert chat.titles == [*ENTRIES, "Seguir con mi pedido"]
    assert "1 producto, $65.00" in chat.told
    assert chat.taps("Seguir con mi pedido").state == StateName.SUMMARY


def test_status_tells_the_last_order_and_what_happens_next():
    view = grocer()
    chat = Chat(grocer(last_orders=(placed_order(view), placed_order(view, id=8, folio="A-0040")))).says("3")
    assert "*A-0041* (ayer a las 10:15 a.m.): *En preparación*" in chat.told
    assert "2 kg Jitomate saladette · $63.00" in chat.told
    assert "te avisamos cuando esté listo" in chat.told
    assert "A-0040" in chat.told


def test_status_without_orders_says_so_and_offers_to_order():
    chat = Chat(grocer()).says("estado de pedido")
    assert "Todavía no tienes pedidos" in chat.told
    assert "Hacer un pedido" in chat.titles
