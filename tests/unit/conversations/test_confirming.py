"""One confirmation is one order, of exactly what was shown; old buttons change nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.builders.shop_view import SESSION_ID, grocer, product
from tests.unit.conversations.chat import Chat

from marchante.catalog.domain import Catalog
from marchante.conversations.actions import AddProduct, Confirm
from marchante.conversations.effects import CancelTimer, PlaceOrder, SetTimer
from marchante.conversations.inputs import Said, Tapped
from marchante.conversations.table import StateName
from marchante.conversations.view import ShopView


def repriced(view: ShopView, name: str, price: str) -> ShopView:
    products = tuple(
        replace(each, price=Decimal(price)) if each.name == name else each for each in view.catalog.products
    )
    return replace(view, catalog=Catalog(2, view.catalog.categories, products))


def test_the_confirmation_names_the_folio_and_the_total():
    chat = Chat(grocer()).says("2 kg de papa").taps("Confirmar")
    assert chat.told.startswith("✅ ¡Listo, Lupita! Pedido *A-0042* registrado · Total $65.00.")
    assert chat.orders[0].total == Decimal(65)
    assert chat.state == StateName.MENU
    assert chat.cart() == {}


@pytest.mark.parametrize("yes", ["sí", "si", "SI!", "confirmar", "Confirmo", "va", "ok gracias", "👍", "claro que sí"])
def test_a_yes_in_words_confirms(yes: str):
    assert len(Chat(grocer()).says("2 kg de papa", yes).orders) == 1


def test_the_confirmation_key_names_session_and_cart_version():
    chat = Chat(grocer()).says("2 kg de papa")
    version = chat.session.cart_version
    chat.taps("Confirmar")
    assert chat.orders[0].confirmation_key == f"{SESSION_ID}:{version}"
    assert chat.session.cart_version > version


def test_a_double_tap_is_one_order_and_one_answer():
    chat = Chat(grocer()).says("2 kg de papa")
    confirm = chat.button("Confirmar")
    tap = Tapped(confirm.encode(), "Confirmar", chat.view.now)
    chat.hears(tap, tap)
    assert len(chat.orders) == 1
    assert len(chat.answers) == 1
    assert chat.taps_old(confirm).answers == []


def test_a_second_tap_later_says_it_is_confirmed_already():
    chat = Chat(grocer()).says("2 kg de papa")
    confirm = chat.button("Confirmar")
    chat.taps("Confirmar").waits(minutes=5).taps_old(confirm)
    assert "ya quedó confirmado" in chat.told
    assert len(chat.orders) == 1


def test_confirming_and_thanking_in_one_burst_is_answered_in_order_in_one_message():
    chat = Chat(grocer()).says("2 kg de papa")
    chat.hears(Tapped(chat.button("Confirmar").encode(), "Confirmar", chat.view.now), Said("gracias", chat.view.now))
    assert len(chat.answers) == 1
    assert chat.told.index("A-0042") < chat.told.index("Con gusto")


def test_an_old_confirm_button_does_not_confirm_a_changed_cart():
    chat = Chat(grocer()).says("2 kg de papa")
    old = chat.button("Confirmar")
    chat.says("y 1 kg de jitomate").taps_old(old)
    assert chat.orders == []
    assert "mensaje anterior" in chat.told
    assert "1 kg Jitomate saladette" in chat.told
    assert chat.titles == ["Confirmar", "Cambiar algo", "Cancelar"]


@pytest.mark.parametrize("title", ["Confirmar", "Cambiar algo", "Cancelar"])
def test_the_buttons_of_an_old_order_do_nothing_to_a_new_one(title: str):
    chat = Chat(grocer()).says("2 kg de papa")
    old = chat.button(title)
    chat.taps("Confirmar").says("1 kg de jitomate").waits(minutes=3).taps_old(old, title)
    assert chat.cart() == {"Jitomate saladette": 1}
    assert len(chat.orders) == 1


def test_a_product_of_an_old_list_is_offered_not_put_into_a_new_order():
    chat = Chat(grocer()).says("catálogo").taps("Frutas")
    old = chat.button("Manzana roja")
    chat.taps("Plátano tabasco", "Confirmar").says("1 kg de papa").taps_old(old, "Manzana roja")
    assert chat.cart() == {"Papa blanca": 1}
    assert "Manzana roja" in chat.told
    assert chat.taps("Agregar al pedido").cart() == {"Papa blanca": 1, "Manzana roja": 1}


def test_a_total_that_changed_since_it_was_shown_is_shown_again():
    chat = Chat(grocer()).says("2 kg de papa")
    chat.view = repriced(chat.view, "Papa blanca", "30")
    chat.taps("Confirmar")
    assert chat.orders == []
    assert "El total cambió de $65.00 a $75.00" in chat.told
    chat.taps("Confirmar")
    assert chat.orders[0].total == Decimal(75)


def test_a_yes_in_words_is_to_the_total_that_was_shown():
    chat = Chat(grocer()).says("2 kg de papa")
    chat.view = repriced(chat.view, "Papa blanca", "30")
    assert chat.says("sí").orders == []
    assert "El total cambió" in chat.told


def test_an_older_summary_of_the_same_cart_does_not_confirm_a_newer_price():
    chat = Chat(grocer()).says("2 kg de papa")
    old = chat.button("Confirmar")
    chat.view = repriced(chat.view, "Papa blanca", "30")
    chat.sends("sticker").taps_old(old)
    assert chat.orders == []
    assert "El total cambió de $65.00 a $75.00" in chat.told


def test_what_ran_out_before_confirming_is_taken_out_and_said():
    chat = Chat(grocer()).says("2 kg de papa y 1 kg de jitomate")
    chat.view = replace(chat.view, sold_out=frozenset({product(chat.view, "Papa").id}))
    chat.taps("Confirmar")
    assert chat.orders == []
    assert "ya no está disponible y lo quité:\n• Papa blanca" in chat.told
    assert chat.cart() == {"Jitomate saladette": 1}
    chat.taps("Confirmar")
    assert [line.product_name for line in chat.orders[0].lines] == ["Jitomate saladette"]


def test_what_runs_out_while_the_order_is_placed_brings_the_rest_back():
    chat = Chat(grocer()).says("2 kg de papa y 1 kg de jitomate")
    chat.refuses = frozenset({product(chat.view, "Papa").id})
    chat.taps("Confirmar")
    assert chat.orders == []
    assert len(chat.answers) == 1
    assert "Se nos acaba de terminar: Papa blanca" in chat.told
    assert chat.cart() == {"Jitomate saladette": 1}
    chat.taps("Confirmar")
    assert len(chat.orders) == 1


def test_when_everything_ran_out_the_catalog_is_offered():
    chat = Chat(grocer()).says("2 kg de papa")
    chat.refuses = frozenset({product(chat.view, "Papa").id})
    chat.taps("Confirmar")
    assert chat.state == StateName.BROWSE_CATEGORIES
    assert chat.cart() == {}


def test_cancelling_says_that_nothing_was_registered():
    chat = Chat(grocer()).says("2 kg de papa").taps("Cancelar")
    assert "no se registró nada" in chat.told
    assert chat.cart() == {}


def test_a_placed_order_is_not_cancelled_by_a_word():
    chat = Chat(grocer()).says("2 kg de papa").taps("Confirmar").says("cancelar")
    assert "¿Cancelo tu pedido *A-0042*?" in chat.told
    assert len(chat.orders) == 1


def test_thanks_before_confirming_reminds_that_it_is_not_confirmed():
    chat = Chat(grocer()).says("2 kg de papa", "gracias")
    assert "todavía no está confirmado" in chat.told
    assert "Confirmar" in chat.titles


def test_thanks_after_confirming_is_a_short_text():
    chat = Chat(grocer()).says("2 kg de papa").taps("Confirmar").says("muchas gracias")
    assert chat.titles == []
    assert "¡Con gusto!" in chat.told


def test_forged_buttons_confirm_nothing():
    chat = Chat(grocer())
    for action in (Confirm(0, Decimal(0)), Confirm(0, Decimal(1)), AddProduct(999, 0)):
        chat.taps_old(action)
        assert not chat.asked_for(PlaceOrder)
    chat.says("hola").hears(Tapped("confirm:x:y", "Confirmar", chat.view.now))
    assert chat.orders == []


def test_an_order_begun_sets_its_timers_and_an_order_placed_cancels_them():
    chat = Chat(grocer()).says("2 kg de papa")
    assert {effect.kind for effect in chat.effects if isinstance(effect, SetTimer)} == {"reminder", "expiry"}
    chat.says("3 kg")
    assert not chat.asked_for(SetTimer)
    chat.taps("Confirmar")
    assert {effect.kind for effect in chat.effects if isinstance(effect, CancelTimer)} == {"reminder", "expiry"}
