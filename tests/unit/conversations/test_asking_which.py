"""While it is asked which product was meant, other things said are understood as what they are."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.builders.shop_view import catalog, grocer, known_customer, new_customer
from tests.unit.conversations.chat import Chat

from marchante.channels.whatsapp.messages import ListMenu
from marchante.conversations.effects import NotePhrases
from marchante.conversations.table import StateName


def asked_which_coca() -> Chat:
    chat = Chat(grocer(new_customer())).says("un kilo de papa y 2 cocas")
    assert chat.session.state == StateName.CHOOSE_PRODUCT
    return chat


def quantities(chat: Chat) -> list[Decimal]:
    return [item.quantity for item in chat.session.cart]


def test_an_address_that_holds_a_word_of_a_product_is_an_address() -> None:
    chat = asked_which_coca().says("Calle Botella 12, colonia Centro")
    assert chat.session.draft.address_text == "Calle Botella 12, colonia Centro"
    assert quantities(chat) == [Decimal(1)]
    assert chat.session.state == StateName.CHOOSE_PRODUCT


def test_taking_the_unclear_thing_back_ends_the_question() -> None:
    chat = asked_which_coca().says("quita las cocas")
    assert chat.session.question.unclear == ()
    assert quantities(chat) == [Decimal(1)]


_ROWS = (
    ("Verduras", "Jitomate bola", "30", "kg", "0.25", ()),
    ("Verduras", "Jitomate cherry", "60", "kg", "0.25", ()),
    ("Verduras", "Papa blanca", "25", "kg", "0.25", ()),
    ("Refrescos", "Coca-Cola 600 ml", "18", "bottle", "1", ()),
    ("Refrescos", "Coca-Cola 2.5 L", "38", "bottle", "1", ()),
)


def asked_about_two() -> Chat:
    view = grocer(known_customer())
    chat = Chat(replace(view, catalog=catalog(_ROWS, "DOS"))).says("2 kg de jitomate, 3 cocas y un kilo de papa")
    assert len(chat.session.question.unclear) == 2
    return chat


def test_everything_unclear_is_asked_in_one_message_each_with_its_part_of_the_list() -> None:
    chat = asked_about_two()
    assert "Tengo varios de «jitomate» y de «cocas»" in chat.told
    assert "1 kg Papa blanca" in chat.told
    [asked] = chat.answers
    assert isinstance(asked, ListMenu)
    assert [(section.title, len(section.rows)) for section in asked.sections] == [
        ("jitomate", 2),
        ("cocas", 2),
        ("Otra opción", 1),
    ]


@pytest.mark.parametrize(
    "answer",
    ["el bola y la de 600", "la de 600 y el bola", "bola, 600", "bola\ncoca de 600"],
)
def test_all_of_it_can_be_answered_in_one_message(answer: str) -> None:
    chat = asked_about_two().says(answer)
    assert chat.state == StateName.SUMMARY
    assert chat.cart() == {"Papa blanca": 1, "Jitomate bola": 2, "Coca-Cola 600 ml": 3}
    assert chat.sent == 2


@pytest.mark.parametrize(("answer", "left"), [("el cherry", "cocas"), ("la grande", "jitomate")])
def test_what_was_not_answered_is_asked_again(answer: str, left: str) -> None:
    chat = asked_about_two().says(answer)
    assert [each.phrase for each in chat.session.question.unclear] == [left]
    assert f"Tengo varios de «{left}». ¿Cuál quieres?" in chat.told


def test_a_tap_answers_its_phrase_wherever_it_stands() -> None:
    chat = asked_about_two().taps("Coca-Cola 2.5 L", "Jitomate cherry")
    assert chat.cart() == {"Papa blanca": 1, "Coca-Cola 2.5 L": 3, "Jitomate cherry": 2}


def test_none_of_them_leaves_the_rest_of_the_order() -> None:
    chat = asked_about_two().taps("Ninguno de estos")
    assert chat.cart() == {"Papa blanca": 1}
    assert chat.state == StateName.SUMMARY


def test_an_answer_that_fits_both_is_not_guessed() -> None:
    chat = asked_about_two().says("la de siempre no, la otra")
    assert len(chat.session.question.unclear) == 2
    assert chat.cart() == {"Papa blanca": 1}


def test_what_is_ordered_beside_the_answer_is_taken_too() -> None:
    chat = Chat(grocer()).says("2 cocas").says("la de 600 y 2 kg de papa")
    assert chat.cart() == {"Coca-Cola 600 ml": 2, "Papa blanca": 2}


def test_a_size_is_an_answer_though_it_is_a_number() -> None:
    assert Chat(grocer()).says("2 cocas").says("600").cart() == {"Coca-Cola 600 ml": 2}


def test_another_amount_is_kept_until_it_is_known_of_which() -> None:
    chat = Chat(grocer()).says("2 cocas").says("mejor que sean 3")
    assert chat.state == StateName.CHOOSE_PRODUCT
    assert chat.taps("Coca-Cola 600 ml").cart() == {"Coca-Cola 600 ml": 3}


SMALL, LARGE = "Coca-Cola 600 ml", "Coca-Cola 2.5 L"


@pytest.mark.parametrize(
    ("answer", "picked"),
    [
        ("2 de 600 y una de 2.5", {SMALL: 2, LARGE: 1}),
        ("una de cada una", {SMALL: 1, LARGE: 1}),
        ("las dos", {SMALL: 1, LARGE: 1}),
        ("quiero 3 de la chica", {SMALL: 3}),
        ("1 de 600", {SMALL: 1}),
        ("la primera", {SMALL: 2}),
        ("la última", {LARGE: 2}),
        ("la más barata", {SMALL: 2}),
        ("la más cara porfa", {LARGE: 2}),
        ("la que sea", {SMALL: 2}),
        ("ya no las quiero", {}),
        ("mejor ya no", {}),
    ],
)
def test_an_answer_is_taken_as_people_give_it(answer: str, picked: dict[str, int]) -> None:
    chat = Chat(grocer()).says("un kilo de cebolla y 2 cocas").says(answer)
    assert chat.cart() == {"Cebolla blanca": 1, **picked}
    assert chat.state == StateName.SUMMARY


@pytest.mark.parametrize("answer", ["cualquiera", "la más barata", "una de cada una"])
def test_who_leaves_it_to_the_shop_teaches_no_name(answer: str) -> None:
    chat = Chat(grocer()).says("2 cocas").says(answer)
    assert not chat.asked_for(NotePhrases)


def test_something_else_the_shop_lacks_leaves_the_question_open() -> None:
    chat = Chat(grocer()).says("un kilo de cebolla y 2 cocas").says("mejor un litro de leche")
    assert "No manejamos «leche»" in chat.told
    assert chat.state == StateName.CHOOSE_PRODUCT


def test_a_price_asked_meanwhile_does_not_lose_the_question() -> None:
    chat = Chat(grocer()).says("un kilo de cebolla y 2 cocas").says("¿a cómo el aguacate?")
    assert "Aguacate hass: $90.00 el kg" in chat.told
    assert "Tengo varios de «cocas»" in chat.told
    assert chat.says("la de 600").cart() == {"Cebolla blanca": 1, "Coca-Cola 600 ml": 2}


def test_the_same_thing_said_twice_is_asked_once_and_added_up() -> None:
    chat = Chat(grocer()).says("2 cocas y otras 3 cocas para mi suegra")
    assert len(chat.session.question.unclear) == 1
    assert chat.says("las chicas").cart() == {SMALL: 5}


def test_an_amount_corrected_in_the_same_text_is_not_added_up() -> None:
    chat = Chat(grocer()).says("2 cocas, no, mejor 3 cocas").says("las chicas")
    assert chat.cart() == {SMALL: 3}


@pytest.mark.parametrize("elsewhere", ["menú", "catálogo", "quiero hacer un pedido"])
def test_who_goes_elsewhere_is_told_what_was_left_out(elsewhere: str) -> None:
    chat = Chat(grocer()).says("un kilo de cebolla y 2 cocas").says(elsewhere)
    assert "Dejé fuera «cocas»" in chat.told
    assert chat.cart() == {"Cebolla blanca": 1}


def test_what_the_shop_lacks_does_not_end_the_question() -> None:
    chat = Chat(grocer()).says("2 cocas").says("y 1 kg de tortillas")
    assert "No manejamos «tortillas»" in chat.told
    assert chat.says("la de 600").cart() == {SMALL: 2}


def test_the_question_goes_on_when_the_rest_of_the_order_is_taken_back() -> None:
    chat = Chat(grocer()).says("un kilo de cebolla y 2 cocas").says("quita la cebolla")
    assert "Quité Cebolla blanca." in chat.told
    assert "así queda" not in chat.told
    assert chat.state == StateName.CHOOSE_PRODUCT


def test_more_of_what_is_being_asked_about_is_added_to_it() -> None:
    chat = Chat(grocer()).says("2 cocas").says("y otras 3 cocas")
    assert [(each.phrase, each.quantity) for each in chat.session.question.unclear] == [("cocas", 5)]


def test_another_amount_of_what_is_being_asked_about_takes_the_place_of_the_first() -> None:
    chat = Chat(grocer()).says("2 cocas").says("no, mejor 3 cocas")
    assert [(each.phrase, each.quantity) for each in chat.session.question.unclear] == [("cocas", 3)]
    assert "📝 Anotado: 3." in chat.told
