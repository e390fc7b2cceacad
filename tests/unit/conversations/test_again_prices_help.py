"""Repeating an order, asking prices, help and farewell."""

from dataclasses import replace
from decimal import Decimal

from tests.builders.shop_view import grocer, placed_order, product
from tests.unit.conversations.chat import Chat

from marchante.conversations.table import StateName
from marchante.orders.domain import OrderStatus


def customer_with_order(**changes: object) -> Chat:
    view = grocer()
    return Chat(replace(view, last_orders=(placed_order(view, **changes),)))


def test_the_last_order_is_one_tap_away_and_confirmed_with_the_next():
    chat = customer_with_order(payment_method="transfer").says("hola")
    assert chat.titles[-1] == "Repetir mi pedido"
    chat.taps("Repetir mi pedido")
    assert chat.state == StateName.SUMMARY
    assert "transferencia" in chat.told
    chat.taps("Confirmar")
    assert chat.sent == 3
    assert chat.orders[0].payment_method == "transfer"


def test_an_order_repeated_can_be_changed_before_it_is_confirmed():
    chat = customer_with_order().says("hola").taps("Repetir mi pedido").says("y 1 kg de papa", "que sean 3 de jitomate")
    assert chat.cart() == {"Jitomate saladette": Decimal(3), "Papa blanca": Decimal(1)}


def test_the_summary_of_the_last_order_has_todays_prices_and_says_what_they_were():
    chat = customer_with_order(total_amount=Decimal(60)).says("¿qué pedí la última vez?")
    assert chat.state == StateName.REPEAT_ORDER
    assert "Hoy serían $63.00 con envío (entonces $60.00)" in chat.told
    assert chat.taps("Repetir pedido").state == StateName.SUMMARY


def test_an_order_begun_is_not_mixed_with_the_last_one_unasked():
    chat = customer_with_order().says("1 kg de papa", "lo mismo de siempre")
    assert chat.state == StateName.REPEAT_ORDER
    assert chat.cart() == {"Papa blanca": Decimal(1)}
    assert chat.says("no").state == StateName.SUMMARY
    chat.says("lo mismo de siempre").taps("Repetir pedido")
    assert chat.cart() == {"Papa blanca": Decimal(1), "Jitomate saladette": Decimal(2)}


def test_a_cancelled_order_is_not_the_one_repeated():
    view = grocer()
    cancelled = placed_order(view, id=10, folio="A-0042", status=OrderStatus.CANCELLED, lines=())
    chat = Chat(replace(view, last_orders=(cancelled, placed_order(view)))).says("lo mismo de siempre")
    assert "A-0041" in chat.told


def test_what_is_gone_is_said():
    view = grocer()
    gone = product(view, "Jitomate").id
    chat = Chat(replace(view, last_orders=(placed_order(view),), sold_out=frozenset({gone}))).says("mi último pedido")
    assert "Jitomate" in chat.told
    assert chat.cart() == {}


def test_a_product_named_in_the_price_menu_is_priced_not_ordered():
    chat = Chat(grocer()).says("¿me das precios?")
    assert chat.state == StateName.PRICE_MENU
    assert "Verduras" in chat.titles
    chat.says("jitomate")
    assert chat.state == StateName.PRICES
    assert "$24.00" in chat.told
    assert chat.cart() == {}


def test_the_help_answers_what_was_chosen_and_leads_back():
    chat = Chat(grocer()).says("ayuda")
    assert chat.titles[:4] == ["Ver catálogo", "Hacer un pedido", "Estado de pedido", "Hablar con un asesor"]
    chat.taps("Horario y entrega")
    assert chat.state == StateName.HELP_ANSWER
    assert "lunes a sábado de 8 a 8" in chat.told
    assert chat.taps("Ayuda").taps("Mis datos").state == StateName.MY_DETAILS
    assert Chat(grocer()).says("ayuda").taps("Forma de pago").told.startswith("💵")


def test_a_farewell_ends_the_chat_without_a_question():
    chat = Chat(grocer()).says("hola", "adiós")
    assert chat.state == StateName.GOODBYE
    assert chat.titles == []
