"""Everything about an order can be changed before it is confirmed, by tap or by typing."""

from decimal import Decimal

import pytest
from tests.builders.shop_view import HOME, WORK, grocer, known_customer, new_customer, water_shop
from tests.unit.conversations.chat import Chat

from marchante.conversations.table import StateName


def ordering(text: str = "1 kg de papa") -> Chat:
    return Chat(grocer(known_customer(addresses=(HOME, WORK)))).says(text)


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [
        ("2", "2"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("medio", "0.5"),
        ("½", "0.5"),
        ("1 1/2", "1.5"),
        ("3/4 kg", "0.75"),
        ("500 g", "0.5"),
        ("dos kilos y medio", "2.5"),
        ("que sean 3", "3"),
        ("mejor 4 kilos", "4"),
    ],
)
def test_a_typed_quantity_is_the_quantity_of_the_only_product(typed: str, quantity: str):
    assert ordering().says(typed).cart() == {"Papa blanca": Decimal(quantity)}


def test_a_typed_quantity_is_of_the_product_just_added():
    chat = ordering().says("y 1 manojo de cilantro", "3")
    assert chat.cart() == {"Papa blanca": 1, "Cilantro": 3}


def test_a_typed_quantity_of_several_products_asks_of_which_and_is_not_asked_again():
    chat = ordering("1 kg de papa y 1 kg de jitomate").says("3")
    assert chat.state == StateName.CHOOSE_LINE
    chat.taps("Jitomate saladette")
    assert chat.cart() == {"Papa blanca": 1, "Jitomate saladette": 3}
    assert chat.state == StateName.SUMMARY


def test_kilos_can_only_be_about_what_is_weighed():
    assert ordering("1 kg de papa y 2 manojos de cilantro").says("3 kilos").cart() == {"Papa blanca": 3, "Cilantro": 2}


def test_the_quantity_of_a_line_can_be_chosen():
    chat = ordering("1 kg de papa y 2 manojos de cilantro")
    chat.taps("Cambiar algo", "Cambiar cantidad", "Cilantro", "5 manojos")
    assert chat.cart() == {"Papa blanca": 1, "Cilantro": 5}


def test_a_product_can_be_removed():
    chat = ordering("1 kg de papa y 2 manojos de cilantro").taps("Cambiar algo", "Quitar un producto", "Papa blanca")
    assert chat.cart() == {"Cilantro": 2}
    assert "Quité Papa blanca" in chat.told


def test_removing_the_last_product_leads_back_to_the_catalog():
    chat = ordering().taps("Cambiar algo", "Quitar un producto", "Papa blanca")
    assert chat.state == StateName.BROWSE_CATEGORIES
    assert "vacío" in chat.told


def test_a_cart_of_many_lines_has_pages_to_choose_from():
    chat = ordering("1 kg de papa")
    for category in ("Verduras", "Abarrotes"):
        chat.says("agregar").taps(category)
        for title in [each for each in chat.titles if each not in {"Ver más ▸", "Ver detalles y foto"}]:
            chat.says("agregar").taps(category, title)
    chat.taps("Cambiar algo", "Quitar un producto")
    assert len(chat.titles) <= 10
    chat.taps("Ver más ▸")
    assert "◂ Anteriores" in chat.titles


def test_pick_up_costs_no_delivery():
    chat = ordering().taps("Cambiar algo", "Entrega o recoger", "Pasar a recoger")
    assert "*Total $25.00*" in chat.told
    assert "Pasas a recoger: Mercado Hidalgo local 14" in chat.told
    chat.taps("Confirmar")
    order = chat.orders[0]
    assert (order.fulfilment, order.delivery_fee, order.delivery_address) == ("pickup", 0, None)


@pytest.mark.parametrize("typed", ["para recoger", "mejor paso por él", "recoger"])
def test_pick_up_can_be_typed(typed: str):
    assert "Pasas a recoger" in ordering().says(typed).told


def test_a_shop_that_only_delivers_says_so():
    chat = Chat(water_shop(known_customer())).says("2 garrafones", "para recoger")
    assert "solo entregamos a domicilio" in chat.told
    assert chat.state == StateName.SUMMARY


def test_another_saved_address_can_be_chosen():
    chat = ordering().taps("Cambiar algo", "Cambiar dirección", "Trabajo")
    assert "📍 Trabajo: Calle Juárez 250, Centro" in chat.told
    assert chat.taps("Confirmar").orders[0].address_id == WORK.id


def test_another_address_can_be_typed_and_is_kept_for_next_time():
    chat = (
        ordering().taps("Cambiar algo", "Cambiar dirección", "Otra dirección").says("Calle 5 de Mayo 12, col. Jardines")
    )
    assert "📍 Calle 5 de Mayo 12, col. Jardines" in chat.told
    chat.taps("Confirmar")
    assert chat.orders[0].delivery_address == "Calle 5 de Mayo 12, col. Jardines"
    assert chat.view.customer.addresses[-1].line == "Calle 5 de Mayo 12, col. Jardines"


def test_a_new_customer_types_an_address():
    chat = Chat(grocer(new_customer())).says("1 kg de papa").says("Av. Juárez 15, col. Centro")
    assert chat.state == StateName.SUMMARY
    assert "📍 Av. Juárez 15, col. Centro" in chat.told


def test_a_shared_location_is_an_address():
    chat = Chat(grocer(new_customer())).says("1 kg de papa").shares()
    assert "Ubicación compartida (19.54321, -96.91234)" in chat.told
    chat.taps("Confirmar")
    assert chat.orders[0].delivery_address is not None


def test_a_location_shared_before_anything_is_ordered_serves_the_next_order():
    chat = Chat(grocer(new_customer())).shares(name="Casa de Beto")
    assert "usaré esa ubicación" in chat.told
    assert "📍 Casa de Beto" in chat.says("1 kg de papa").told


def test_an_address_too_short_to_find_is_asked_again():
    chat = Chat(grocer(new_customer())).says("1 kg de papa", "por ahí cerca")
    assert chat.state == StateName.GIVE_ADDRESS
    assert "calle, número y colonia" in chat.told


def test_the_bill_one_pays_with_shows_the_change():
    chat = ordering().taps("Cambiar algo", "Forma de pago", "Efectivo, con $100.00")
    assert "pagas con $100.00 (cambio $60.00)" in chat.told
    assert chat.says("pago con 500").told.count("cambio $460.00") == 1
    assert chat.taps("Confirmar").orders[0].pays_with == 500


def test_a_bill_that_does_not_suffice_is_said():
    chat = ordering().says("pago con 20")
    assert "$20.00 no alcanza" in chat.told
    assert chat.session.draft.pays_with is None


@pytest.mark.parametrize(
    ("title", "method"), [("Tarjeta al recibir", "card_at_door"), ("Transferencia", "transfer"), ("Efectivo", "cash")]
)
def test_every_way_to_pay_can_be_chosen(title: str, method: str):
    chat = ordering().taps("Cambiar algo", "Forma de pago", title, "Confirmar")
    assert chat.orders[0].payment_method == method


def test_a_note_about_the_only_product_stands_on_its_line():
    chat = ordering().says("sin tierra por favor")
    assert "1 kg Papa blanca · $25.00\n   ↳ sin tierra por favor" in chat.told
    assert chat.taps("Confirmar").orders[0].lines[0].notes == "sin tierra por favor"


def test_a_note_for_the_whole_order_is_asked_for_and_shown():
    chat = ordering().taps("Cambiar algo", "Agregar una nota").says("tocar fuerte, el timbre no sirve")
    assert "📝 tocar fuerte, el timbre no sirve" in chat.told
    assert chat.taps("Confirmar").orders[0].notes == "tocar fuerte, el timbre no sirve"


def test_a_note_cannot_format_the_summary():
    assert "*Total $0.00*" not in ordering().says("nota: *Total $0.00*").told


@pytest.mark.parametrize(
    "typed", ["cambiar dirección", "forma de pago", "quitar un producto", "agregar más", "tarjeta"]
)
def test_what_the_list_of_changes_offers_can_be_typed_at_once(typed: str):
    chat = ordering().says(typed)
    assert "no te entendí" not in chat.told
    assert len(chat.answers) == 1


def test_below_the_minimum_for_delivery_one_cannot_confirm():
    settings = grocer().settings
    poor = type(settings)(minimum_order=Decimal(100), delivery_fee=Decimal(15))
    chat = Chat(grocer(settings=poor)).says("1 kg de papa")
    assert "El pedido mínimo a domicilio es de $100.00; te faltan $75.00" in chat.told
    assert "Confirmar" not in chat.titles
    assert chat.says("sí").orders == []
    chat.says("4 kilos")
    assert "Confirmar" in chat.titles
