"""Every message costs money: what an order may take, counted on three shops."""

from collections.abc import Callable

import pytest
from tests.builders.shop_view import dry_cleaner, grocer, known_customer, new_customer, water_shop
from tests.unit.conversations.chat import Chat

from marchante.channels.whatsapp.messages import LocationRequest
from marchante.conversations.view import ShopView
from marchante.customers.domain import Customer

Shop = Callable[[Customer], ShopView]
BY_MENUS = pytest.mark.parametrize(
    ("shop", "category", "product"),
    [
        (grocer, "Frutas", "Manzana roja"),
        (water_shop, "Garrafón", "Recarga garrafón 20 L"),
        (dry_cleaner, "Ropa de calle", "Traje 2 piezas"),
    ],
)


@BY_MENUS
def test_an_order_by_menus_takes_a_known_customer_five_messages(shop: Shop, category: str, product: str):
    chat = Chat(shop(known_customer()))
    chat.says("hola").taps("Hacer un pedido", category, product, "Confirmar")
    assert len(chat.orders) == 1
    assert chat.sent == 5


@BY_MENUS
def test_an_order_by_menus_takes_a_new_customer_six_messages(shop: Shop, category: str, product: str):
    chat = Chat(shop(new_customer()))
    chat.says("hola").taps("Hacer un pedido", category, product)
    assert isinstance(chat.answers[0], LocationRequest)
    chat.shares(name="Casa de Beto").taps("Confirmar")
    assert len(chat.orders) == 1
    assert chat.sent == 6


@pytest.mark.parametrize(
    ("shop", "order"),
    [
        (grocer, "buenas, 2 kg de jitomate, uno de papa y 3 aguacates para la casa porfa"),
        (water_shop, "2 garrafones porfa"),
        (dry_cleaner, "un traje y 2 pantalones"),
    ],
)
def test_an_order_written_by_a_returning_customer_takes_two_messages(shop: Shop, order: str):
    chat = Chat(shop(known_customer())).says(order)
    assert chat.titles == ["Confirmar", "Cambiar algo", "Cancelar"]
    chat.taps("Confirmar")
    assert len(chat.orders) == 1
    assert chat.sent == 2


def test_each_further_product_tapped_in_an_open_list_adds_one_message():
    chat = Chat(grocer()).says("hola").taps("Hacer un pedido", "Frutas")
    another = chat.button("Plátano tabasco")
    chat.taps("Manzana roja")
    before = chat.sent
    chat.taps_old(another, "Plátano tabasco")
    assert chat.sent - before == 1
    assert chat.cart() == {"Manzana roja": 1, "Plátano tabasco": 1}


def test_each_further_product_written_adds_one_message():
    chat = Chat(grocer()).says("2 kg de papa")
    chat.says("y 2 manojos de cilantro")
    assert chat.sent == 2
    assert len(chat.cart()) == 2


def test_the_privacy_notice_rides_in_the_first_message():
    chat = Chat(grocer(new_customer())).says("hola")
    assert chat.sent == 1
    assert "Usamos tus datos" in chat.told
    chat.says("menú")
    assert "Usamos tus datos" not in chat.told


def test_a_burst_gets_one_answer():
    chat = Chat(grocer(new_customer()))
    chat.says("hola\n2 kg de papa\ny un kilo de jitomate\nes para recoger\ngracias")
    assert len(chat.answers) == 1
    assert set(chat.cart()) == {"Papa blanca", "Jitomate saladette"}
