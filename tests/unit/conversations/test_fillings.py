"""Fillings that must be chosen, extras that may be typed, and what they cost."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from tests.builders.shop_view import RAJAS, kitchen, new_customer, placed_order, product
from tests.unit.conversations.chat import Chat

from marchante.catalog.domain import Catalog
from marchante.catalog.options import OptionGroup
from marchante.conversations.cart import lines
from marchante.conversations.flows.repeat_order import repeat
from marchante.conversations.prompts import choices
from marchante.conversations.scene import Scene
from marchante.conversations.table import StateName
from marchante.conversations.view import ShopView
from marchante.foundation.kernel.money import ZERO
from marchante.orders.domain import LineOption
from marchante.understanding import understand


def names(chat: Chat) -> dict[str, Decimal]:
    return {line.name: line.item.quantity for line in lines(chat.session, chat.view)}


def without_option(view: ShopView, name: str) -> ShopView:
    """The shop after an import that no longer has the option."""

    def kept(groups: tuple[OptionGroup, ...]) -> tuple[OptionGroup, ...]:
        return tuple(
            replace(group, options=tuple(each for each in group.options if each.name != name)) for group in groups
        )

    products = tuple(replace(each, groups=kept(each.groups)) for each in view.catalog.products)
    return replace(view, catalog=Catalog(2, view.catalog.categories, products))


def test_a_product_with_a_required_group_asks_for_it_in_one_list():
    chat = Chat(kitchen()).says("hola").taps("Hacer un pedido", "Antojitos", "Quesadilla")
    assert chat.state == StateName.CHOOSE_OPTION
    assert len(chat.answers) == 1
    assert chat.titles == ["Tinga", "Hongos", "Chicharrón prensado", "Rajas"]
    chat.taps("Hongos")
    assert chat.state == StateName.SUMMARY
    assert "1 Quesadilla (hongos) · $30.00" in chat.told


def test_an_order_by_menus_with_a_filling_takes_one_message_more_than_without():
    chat = Chat(kitchen()).says("hola").taps("Hacer un pedido", "Antojitos", "Quesadilla", "Tinga", "Confirmar")
    assert len(chat.orders) == 1
    assert chat.sent == 6


def test_what_is_named_in_the_phrase_is_chosen_and_costs_its_extra():
    chat = Chat(kitchen()).says("2 quesadillas de tinga con queso sin cebolla")
    assert chat.state == StateName.SUMMARY
    assert "2 Quesadilla (tinga, con queso) · $76.00" in chat.told
    assert chat.session.cart[0].note == "sin cebolla"
    chat.taps("Confirmar")
    assert chat.sent == 2
    line = chat.orders[0].lines[0]
    assert (line.product_name, line.unit_price, line.total) == ("Quesadilla (tinga, con queso)", 38, 76)
    assert line.options == (LineOption("Guiso", "Tinga"), LineOption("Extras", "Con queso", Decimal(8)))
    assert chat.orders[0].total == sum((each.total for each in chat.orders[0].lines), ZERO) + 20


@pytest.mark.parametrize(
    ("said", "ordered"),
    [
        ("2 quesadillas de tinga y una de hongos", {"Quesadilla (tinga)": 2, "Quesadilla (hongos)": 1}),
        ("3 quesadillas, 2 de tinga y una de hongos", {"Quesadilla (tinga)": 2, "Quesadilla (hongos)": 1}),
        ("dos quesadillas, una de tinga y otra de hongos", {"Quesadilla (tinga)": 1, "Quesadilla (hongos)": 1}),
        ("una quesadilla de chicharrón prensado y un agua", {"Quesadilla (chicharrón prensado)": 1, "Agua": 1}),
        ("una gordita de tinga y hongos", {"Gordita (tinga, hongos)": 1}),
        ("2 quesadillas de hongos, con doble tortilla", {"Quesadilla (hongos, doble tortilla)": 2}),
    ],
)
def test_fillings_part_the_lines(said: str, ordered: dict[str, int]):
    chat = Chat(kitchen()).says(said)
    assert chat.state == StateName.SUMMARY
    found = {name.removesuffix(" de jamaica 1 L"): quantity for name, quantity in names(chat).items()}
    assert found == ordered


def test_without_cheese_is_a_note_and_no_extra():
    chat = Chat(kitchen()).says("una quesadilla de tinga").says("sin queso")
    assert names(chat) == {"Quesadilla (tinga)": 1}
    assert chat.session.cart[0].note == "sin queso"


def test_an_extra_typed_afterwards_goes_to_the_product_just_put_in():
    chat = Chat(kitchen()).says("una quesadilla de tinga")
    assert "con queso (+$8.00)" in chat.told
    chat.says("con queso")
    assert names(chat) == {"Quesadilla (tinga, con queso)": 1}
    assert "con queso (+$8.00)" not in chat.told
    assert len(chat.answers) == 1


def test_a_filling_can_be_typed_and_a_new_one_takes_its_place():
    chat = Chat(kitchen()).says("una quesadilla", "de tinga porfa")
    assert names(chat) == {"Quesadilla (tinga)": 1}
    chat.says("mejor de hongos")
    assert names(chat) == {"Quesadilla (hongos)": 1}


def test_several_may_be_chosen_one_after_the_other_until_there_are_enough():
    chat = Chat(kitchen()).says("una gordita")
    assert "Listo" not in chat.titles
    chat.taps("Tinga")
    assert chat.state == StateName.CHOOSE_OPTION
    assert chat.titles == ["Hongos", "Chicharrón prensado", "Rajas", "Listo"]
    chat.taps("Hongos")
    assert chat.state == StateName.SUMMARY
    assert names(chat) == {"Gordita (tinga, hongos)": 1}


@pytest.mark.parametrize("enough", ["Listo", "solo eso", "nomás"])
def test_less_than_the_most_is_enough_when_the_customer_says_so(enough: str):
    chat = Chat(kitchen()).says("una gordita").taps("Tinga").says(enough)
    assert chat.state == StateName.SUMMARY
    assert names(chat) == {"Gordita (tinga)": 1}


def test_a_product_without_its_filling_is_never_confirmed():
    chat = Chat(kitchen()).says("una quesadilla y un refresco")
    assert chat.state == StateName.CHOOSE_OPTION
    chat.says("sí")
    assert chat.orders == []
    chat.says("menú").taps("Hacer un pedido").says("confirmar")
    assert chat.orders == []
    assert chat.state == StateName.CHOOSE_OPTION


def test_back_leaves_out_what_was_not_chosen_for():
    chat = Chat(kitchen()).says("una quesadilla y un refresco", "atrás")
    assert chat.state == StateName.SUMMARY
    assert names(chat) == {"Refresco de lata": 1}


def test_lines_with_the_same_options_become_one():
    chat = Chat(kitchen()).says("una quesadilla de tinga", "una quesadilla").taps("Tinga")
    assert names(chat) == {"Quesadilla (tinga)": 2}


def test_one_of_several_lines_of_a_product_can_be_changed_or_taken_out():
    chat = Chat(kitchen()).says("una quesadilla de tinga y una quesadilla de hongos")
    chat.taps("Cambiar algo", "Cambiar cantidad")
    first = next(action for title, action in choices(chat.answers[-1]) if title == "Quesadilla")
    chat.taps_old(first, "Quesadilla").says("4")
    assert names(chat) == {"Quesadilla (tinga)": 4, "Quesadilla (hongos)": 1}
    chat.says("quita la quesadilla de tinga")
    assert names(chat) == {"Quesadilla (hongos)": 1}


def test_a_filling_that_is_used_up_is_not_offered():
    chat = Chat(kitchen(sold_out=frozenset({RAJAS}))).says("una quesadilla")
    assert chat.titles == ["Tinga", "Hongos", "Chicharrón prensado"]


def test_an_extra_that_is_gone_is_said_and_not_charged():
    chat = Chat(kitchen()).says("una quesadilla de tinga con queso")
    confirm = chat.button("Confirmar")
    chat.view = without_option(chat.view, "Con queso")
    chat.taps_old(confirm, "Confirmar")
    assert chat.orders == []
    assert "Quesadilla (con queso)" in chat.told
    assert names(chat) == {"Quesadilla (tinga)": 1}


def test_the_same_again_has_the_same_fillings():
    view = kitchen()
    quesadilla = product(view, "Quesadilla")
    last = placed_order(view)
    options = (LineOption("Guiso", "Tinga"), LineOption("Extras", "Con queso", Decimal(8)))
    line = replace(last.lines[0], product_id=quesadilla.id, options=options)
    view = replace(view, last_orders=(replace(last, lines=(line,)),))
    chat = Chat(view).says("lo mismo de siempre")
    assert names(chat) == {"Quesadilla (tinga, con queso)": 2}
    assert repeat(Scene(chat.session, view, view.now, understand)).session.cart[0].options


def test_a_new_customer_is_asked_for_the_filling_before_the_address():
    chat = Chat(kitchen(new_customer(notice_given=True))).says("una quesadilla")
    assert chat.state == StateName.CHOOSE_OPTION
    chat.taps("Tinga")
    assert chat.state == StateName.GIVE_ADDRESS


def test_a_session_saved_before_there_were_options_is_still_read():
    chat = Chat(kitchen()).says("un refresco")
    saved = msgspec.json.decode(msgspec.json.encode(chat.session))
    assert "options" not in saved["cart"][0]


@pytest.mark.parametrize("said", ["quita el queso", "sin queso", "mejor sin queso", "quítale el queso"])
def test_an_extra_is_taken_out_again(said: str):
    chat = Chat(kitchen()).says("una quesadilla de tinga con queso", said)
    assert names(chat) == {"Quesadilla (tinga)": 1}
    assert chat.session.cart[0].note == ""


@pytest.mark.parametrize(
    ("said", "ordered"),
    [
        ("y otra de hongos con queso", {"Quesadilla (tinga)": 1, "Quesadilla (hongos, con queso)": 1}),
        ("2 de hongos", {"Quesadilla (tinga)": 1, "Quesadilla (hongos)": 2}),
        ("otra de tinga", {"Quesadilla (tinga)": 2}),
    ],
)
def test_another_with_its_filling_is_one_more_line(said: str, ordered: dict[str, int]):
    assert names(Chat(kitchen()).says("una quesadilla de tinga", said)) == ordered


def test_the_fillings_of_several_are_said_when_asked():
    chat = Chat(kitchen()).says("3 quesadillas", "2 de tinga y una de hongos")
    assert names(chat) == {"Quesadilla (tinga)": 2, "Quesadilla (hongos)": 1}
    assert chat.state == StateName.SUMMARY


@pytest.mark.parametrize("text", ["de tinga y un elote con queso", "tinga, y un elote con queso"])
def test_the_answer_may_be_followed_by_more_of_the_order(text: str):
    chat = Chat(kitchen()).says("una quesadilla", text)
    assert [item.options for item in chat.session.cart] == [(("Guiso", "Tinga"),), (("Extras", "Con queso"),)]
    assert chat.state == StateName.SUMMARY
