"""The customer writes of an order already placed: changes it, cancels it, asks for it, complains, or says thank you."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from tests.builders.shop_view import (
    HOME,
    NOW,
    WORK,
    grocer,
    known_customer,
    placed_order,
    product,
    with_order,
    with_question,
    with_sold_out,
)
from tests.unit.conversations.chat import Chat

from marchante.conversations.effects import AmendOrder, AskForPerson, CancelPlaced, RaiseAlert, TellLate
from marchante.conversations.inputs import TimerFired
from marchante.conversations.order_actions import AcceptProposal, CancelOrder, ChangeOrder
from marchante.conversations.table import StateName
from marchante.orders.domain import OrderStatus

ON_ITS_WAY = {"status": OrderStatus.SHIPPED, "status_name": "En camino"}
DELIVERED = {"status": OrderStatus.DELIVERED, "status_name": "Entregado", "updated_at": NOW}


def ordered(**changes) -> Chat:
    """Two kilos of tomatoes are being prepared: $63."""
    return Chat(with_order(grocer(known_customer(addresses=(HOME, WORK))), **changes))


def amended(chat: Chat) -> AmendOrder:
    [effect] = chat.asked_for(AmendOrder)
    return effect


@pytest.mark.parametrize(
    "text, lines",
    [
        ("agrégale un kilo de limón a mi pedido", {"Jitomate saladette": 2, "Limón con semilla": 1}),
        ("también un kilo de papa", {"Jitomate saladette": 2, "Papa blanca": 1}),
        ("me faltó el aguacate", {"Jitomate saladette": 2, "Aguacate hass": 1}),
        ("que sean 3 kilos de jitomate", {"Jitomate saladette": 3}),
    ],
)
def test_words_change_a_placed_order_after_one_look(text, lines):
    chat = ordered().says(text)
    assert "Tu pedido *A-0041* quedaría así" in chat.told
    assert chat.titles == ["Guardar cambios", "Cambiar algo más", "Dejarlo como estaba"]
    chat.taps("Guardar cambios")
    assert {line.product_name: line.quantity for line in amended(chat).draft.lines} == lines
    assert (amended(chat).order_id, amended(chat).version) == (9, 1)
    assert "cambié tu pedido *A-0041*" in chat.told
    assert chat.sent == 2
    assert chat.orders == []


@pytest.mark.parametrize(
    "text, told",
    [
        ("que sean 3 kilos", "3 kg Jitomate"),
        ("en vez de jitomate mándame papa", "kg Papa blanca"),
        ("mejor paso por él", "Pasas a recoger"),
        ("pago con 500", "pagas con $500.00"),
        ("pago con tarjeta mejor", "tarjeta al recibir"),
        ("mi dirección cambió, es calle Juárez 5", "calle Juárez 5"),
    ],
)
def test_how_it_is_brought_paid_and_how_much_of_it_is_changed_in_words_too(text, told):
    chat = ordered().says(text)
    assert told in chat.told
    assert chat.titles[0] == "Guardar cambios"


@pytest.mark.parametrize("text", ["quiero cambiar mi pedido", "modificar mi pedido", "¿todavía puedo agregar algo?"])
def test_who_does_not_say_what_to_change_is_asked(text):
    assert ordered().says(text).state == StateName.CHOOSE_CHANGE


@pytest.mark.parametrize("text", ["¿me lo pueden traer más tarde?", "no estoy en casa, tráiganlo más tarde"])
def test_later_is_asked_for_when(text):
    assert ordered().says(text).state == StateName.CHOOSE_SLOT


def test_give_me_means_the_order_only_just_after_it_was_placed():
    assert ordered().says("ponme 2 kilos de papa").session.editing is None
    assert ordered(created_at=NOW).says("ponme 2 kilos de papa").session.editing is not None


def test_what_changes_nothing_leaves_no_order_open():
    chat = ordered().says("me equivoqué, ay no")
    assert (chat.cart(), chat.session.editing) == ({}, None)


@pytest.mark.parametrize("text", ["agrégale un kilo de papa", "cancela mi pedido", "¿ya mero?"])
def test_an_order_nobody_closed_days_ago_is_not_meant(text):
    chat = ordered().waits(days=3).says(text)
    assert chat.session.editing is None
    assert chat.state not in {StateName.CANCEL_ORDER, StateName.ORDER_STATUS}


def test_what_was_ordered_keeps_its_price_and_delivery_what_is_new_has_todays():
    chat = ordered()
    line = replace(chat.view.last_orders[0].lines[0], unit_price=Decimal("20.00"))
    order = replace(chat.view.last_orders[0], lines=(line,), delivery_fee=Decimal("5.00"))
    chat.view = replace(chat.view, last_orders=(order,))
    chat.says("agrégale un kilo de papa a mi pedido").taps("Guardar cambios")
    prices = [line.unit_price for line in amended(chat).draft.lines]
    assert prices == [Decimal("20.00"), product(chat.view, "Papa blanca").price]
    assert amended(chat).draft.delivery_fee == Decimal("5.00")


def test_saving_without_a_change_writes_nothing():
    chat = ordered().says("¿cómo va mi pedido?").taps("Cambiar mi pedido", "Volver al resumen", "Guardar cambios")
    assert chat.asked_for(AmendOrder) == []
    assert "como estaba" in chat.told
    assert chat.cart() == {}


@pytest.mark.parametrize(
    "text, told",
    [
        ("agrégale un kilo de papa a mi pedido", "la diferencia de $25.00 la pagas al recibir"),
        ("que sea 1 kilo de jitomate", "te devolvemos $24.00"),
    ],
)
def test_of_an_order_already_paid_the_difference_is_said(text, told):
    chat = ordered(payment_status="completed").says(text).taps("Guardar cambios")
    assert told in chat.told


def test_to_another_address_the_delivery_costs_what_it_costs_there():
    chat = ordered(delivery_fee=Decimal("5.00")).says("mejor tráelo a calle Juárez 5 col Centro").says("sí")
    assert amended(chat).draft.delivery_address == "calle Juárez 5 col Centro"
    assert amended(chat).draft.delivery_fee == chat.view.settings.delivery_fee


@pytest.mark.parametrize("text, state", [("cambia la dirección", "choose_address"), ("cambia la hora", "choose_slot")])
def test_what_is_to_be_changed_without_saying_to_what_is_asked(text, state):
    assert ordered().says(text).state == state


def test_another_hour():
    chat = ordered().says("cámbialo a las 6").taps("Guardar cambios")
    assert amended(chat).draft.requested_from.astimezone(chat.view.zone).hour == 18


def test_a_product_that_ran_out_stays_in_the_order_that_has_it():
    chat = ordered()
    chat.view = replace(chat.view, sold_out=frozenset({chat.view.catalog.products[0].id}))
    chat.says("agrégale un kilo de papa a mi pedido")
    assert "2 kg Jitomate" in chat.told


@pytest.mark.parametrize("text", ["que sea 1 kilo de jitomate", "quita un kilo de jitomate"])
def test_of_a_product_that_ran_out_the_order_may_still_have_less(text):
    chat = ordered()
    chat.view = replace(chat.view, sold_out=frozenset({chat.view.catalog.products[0].id}))
    assert "1 kg Jitomate" in chat.says(text).told
    by_button = chat.says("cancelar").says("quiero cambiar mi pedido").taps("Cambiar cantidad", "1 kg")
    assert by_button.cart() == {"Jitomate saladette": 1}


def test_leaving_it_as_it_was_changes_nothing_and_empties_the_cart():
    for leave in ("Dejarlo como estaba", "cancelar"):
        chat = ordered().says("agrégale un kilo de papa a mi pedido")
        chat = chat.says(leave) if leave == "cancelar" else chat.taps(leave)
        assert "dejé tu pedido *A-0041* como estaba" in chat.told
        assert (chat.cart(), chat.session.editing, chat.effects[:0]) == ({}, None, [])
        assert chat.asked_for(AmendOrder) == chat.asked_for(CancelPlaced) == []


def test_a_new_order_beside_the_placed_one_is_a_new_order():
    chat = ordered().says("2 kg de papa")
    assert chat.session.editing is None
    chat.taps("Confirmar")
    assert len(chat.orders) == 1


def test_from_the_status_it_is_changed_and_cancelled_by_button():
    chat = ordered().says("¿cómo va mi pedido?")
    assert chat.titles == ["Cambiar mi pedido", "Cancelar mi pedido", "Hablar con un asesor"]
    chat.taps("Cambiar mi pedido")
    assert chat.state == StateName.CHOOSE_CHANGE
    chat = ordered().says("¿cómo va mi pedido?").taps("Cancelar mi pedido", "Sí, cancelarlo")
    assert chat.asked_for(CancelPlaced) == [CancelPlaced(9, 1)]
    assert "cancelé tu pedido *A-0041*" in chat.told


@pytest.mark.parametrize("text", ["ya no lo quiero", "cancela mi pedido", "mejor ya no"])
def test_cancelling_is_asked_once(text):
    chat = ordered().says(text)
    assert chat.state == StateName.CANCEL_ORDER
    assert chat.asked_for(CancelPlaced) == []
    assert ordered().says(text, "no").asked_for(CancelPlaced) == []
    assert ordered().says(text, "sí").asked_for(CancelPlaced) == [CancelPlaced(9, 1)]


def test_taking_out_the_last_product_is_cancelling():
    chat = ordered().says("quita el jitomate")
    assert chat.state == StateName.CANCEL_ORDER
    assert "¿Cancelo tu pedido *A-0041*?" in chat.told


@pytest.mark.parametrize("text", ["cancela mi pedido", "agrégale un kilo de limón a mi pedido", "quita el jitomate"])
def test_what_has_left_is_for_a_person(text):
    chat = ordered(**ON_ITS_WAY).says(text)
    assert "ya está *en camino*" in chat.told
    assert "Hablar con un asesor" in chat.titles
    assert chat.cart() == {}


def test_the_company_says_until_when():
    chat = ordered()
    chat.view = replace(chat.view, settings=msgspec.structs.replace(chat.view.settings, changes_until="pending"))
    assert "no puedo cambiarlo" in chat.says("cancela mi pedido").told


@pytest.mark.parametrize("action", [ChangeOrder(9, 1), CancelOrder(9, 1), ChangeOrder(404, 1), AcceptProposal(9, 1)])
def test_an_old_button_changes_no_newer_order(action):
    chat = ordered(version=2).taps_old(action)
    assert len(chat.answers) == 1
    assert chat.asked_for(AmendOrder) == chat.asked_for(CancelPlaced) == []
    assert chat.cart() == {}


def test_a_change_the_shop_was_quicker_with_is_shown_as_it_is_now():
    chat = ordered().says("agrégale un kilo de papa a mi pedido")
    moved = replace(chat.view.last_orders[0], version=2)
    chat.view = replace(chat.view, last_orders=(moved,))
    chat.taps("Guardar cambios")
    assert "cambió mientras tanto" in chat.told
    assert chat.state == StateName.ORDER_STATUS


def test_what_does_not_suffice_leaves_the_order_as_it_was():
    chat = ordered().says("agrégale un kilo de papa a mi pedido")
    chat.refuses = frozenset({product(chat.view, "Papa blanca").id})
    chat.taps("Guardar cambios")
    assert "Ya no nos alcanza: Papa blanca" in chat.told
    assert "sigue como estaba" in chat.told


@pytest.mark.parametrize(
    "text",
    [
        "¿ya mero?",
        "¿ya viene?",
        "¿cuánto falta?",
        "¿a qué hora llega?",
        "no ha llegado",
        "¿cuánto va a ser?",
        "cuánto te debo",
    ],
)
def test_questions_about_an_order_under_way_get_its_status(text):
    chat = ordered(**ON_ITS_WAY).says(text)
    assert "Pedido *A-0041*" in chat.told
    assert "Ya va en camino" in chat.told
    assert "$63.00" in chat.told
    assert len(chat.answers) == 1


def test_that_it_arrived_is_good_to_hear():
    chat = ordered(**ON_ITS_WAY).says("ya llegó")
    assert "¡Qué bueno que ya llegó!" in chat.told
    assert chat.titles == []


@pytest.mark.parametrize(
    "text", ["me faltó la leche", "no ha llegado", "me llegó podrido el jitomate", "no me trajeron el jitomate"]
)
def test_a_complaint_after_delivery_is_apologised_for_and_handed_over_with_its_order(text):
    chat = ordered(**DELIVERED).says(text)
    assert "Lamento mucho lo que pasó" in chat.told
    [asked] = chat.asked_for(AskForPerson)
    assert asked.reason == f"complaint about A-0041 (delivered): {text}"


def test_long_after_delivery_a_missing_product_is_an_order():
    chat = ordered(**DELIVERED).waits(days=5).says("me faltó el aguacate")
    assert chat.asked_for(AskForPerson) == []


def test_thanks_are_answered_once_and_without_a_menu():
    chat = ordered().says("gracias")
    assert len(chat.answers) == 1
    assert chat.titles == []
    assert chat.says("muchas gracias").answers == []
    assert len(chat.waits(hours=2).says("gracias").answers) == 1


@pytest.mark.parametrize("text", ["ok", "va", "👍", "ok gracias"])
def test_a_nod_while_an_order_is_under_way_opens_no_menu(text):
    chat = ordered().says(text)
    assert len(chat.answers) == 1
    assert chat.titles == []


def test_other_weights_are_accepted_by_word_or_button_once_shown():
    chat = Chat(with_question(grocer())).says("hola")
    assert "(antes 2 kg · $48.00)" in chat.told
    assert "*Total $87.00* (antes $63.00)" in chat.told
    assert chat.titles == ["Aceptar", "Quitar eso", "Hablar"]
    assert "queda en $87.00" in chat.says("sí").told
    assert chat.view.last_orders[0].total_amount == Decimal("87.00")


def test_a_yes_to_a_question_not_shown_yet_shows_it_first():
    chat = Chat(with_question(grocer())).says("sí")
    assert "*Total $87.00*" in chat.told
    assert chat.view.last_orders[0].proposal is not None


def test_talking_about_the_weights_asks_for_a_person_with_the_order():
    chat = Chat(with_question(grocer())).says("hola").taps("Hablar")
    [asked] = chat.asked_for(AskForPerson)
    assert "A-0041" in asked.reason


def test_another_product_is_accepted_refused_or_left_out():
    chat = Chat(with_sold_out(grocer())).says("hola")
    assert "se nos acabó: Jitomate saladette" in chat.told
    assert chat.titles == ["Sí, acepto", "No, otra cosa", "Quitar eso"]
    assert "queda en $65.00" in chat.taps("Sí, acepto").told
    chat = Chat(with_sold_out(grocer())).says("hola").taps("No, otra cosa")
    assert "te proponga otra cosa" in chat.told
    chat = Chat(with_sold_out(grocer())).says("hola").taps("Quitar eso")
    assert chat.view.last_orders[0].status is OrderStatus.CANCELLED


def test_of_what_was_paid_the_money_is_given_back():
    chat = Chat(with_sold_out(grocer(), payment_status="completed")).says("hola")
    assert "Quitar y reembolsar" in chat.titles


def test_who_does_not_answer_about_a_sold_out_product_goes_without_it():
    chat = Chat(with_sold_out(grocer()))
    chat.hears(TimerFired("answer_due", chat.view.now, 9))
    assert chat.view.last_orders[0].status is OrderStatus.CANCELLED


def test_who_does_not_answer_about_the_weights_is_for_a_person():
    chat = Chat(with_question(grocer()))
    chat.hears(TimerFired("answer_due", chat.view.now, 9))
    assert [each.code for each in chat.asked_for(RaiseAlert)] == ["order_unanswered"]
    assert chat.answers == []


def test_an_order_that_is_late_is_said_before_it_is_asked():
    chat = ordered()
    chat.hears(TimerFired("order_late", chat.view.now, 9))
    assert "va un poco atrasado" in chat.told
    for silent in (ordered(**ON_ITS_WAY), ordered(**DELIVERED)):
        silent.hears(TimerFired("order_late", silent.view.now, 9))
        assert (silent.answers, silent.asked_for(TellLate)) == ([], [])


def test_a_shop_that_never_moves_its_orders_on_does_not_call_them_late():
    chat = ordered()
    chat.view = replace(chat.view, settings=msgspec.structs.replace(chat.view.settings, tells_late=False))
    chat.hears(TimerFired("order_late", chat.view.now, 9))
    assert chat.asked_for(TellLate) == []


def test_while_something_is_asked_about_it_that_comes_before_another_change():
    chat = Chat(with_question(grocer())).says("agrégale un kilo de limón a mi pedido")
    assert chat.state == StateName.ORDER_QUESTION
    assert chat.cart() == {}


def test_an_order_with_something_the_catalog_lost_is_changed_by_a_person():
    chat = ordered()
    gone = replace(placed_order(chat.view).lines[0], product_id=987_654)
    chat.view = replace(chat.view, last_orders=(replace(chat.view.last_orders[0], lines=(gone,)),))
    chat.says("agrégale un kilo de papa a mi pedido")
    [asked] = chat.asked_for(AskForPerson)
    assert asked.reason.startswith("change A-0041")


def test_thanks_amid_a_change_say_that_it_is_not_saved_not_that_the_order_is_not_confirmed():
    chat = ordered().says("agrégale un kilo de papa a mi pedido", "gracias")
    assert "todavía no están guardados" in chat.told
    assert "Guardar cambios" in chat.titles
