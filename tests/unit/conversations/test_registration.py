"""Addresses: from a shared location, typed, field by field; confirmed, corrected, kept. No question more than needed."""

from dataclasses import replace

import msgspec
import pytest
from tests.builders.shop_view import BOTH_ADDRESSES, grocer, known_customer, new_customer, zoned
from tests.unit.conversations.chat import Chat

from marchante.channels.whatsapp.messages import LocationRequest
from marchante.conversations.effects import ChangeAddress, SaveAddress
from marchante.conversations.places import lacks_house
from marchante.conversations.table import StateName
from marchante.customers.domain import Address, AddressParts

FOUND = AddressParts("Calle Lucio", "40", "Centro", city="Xalapa", state="Ver.", zip_code="91000")
LINE = "Calle Lucio 40, Centro, Xalapa, Ver., C.P. 91000"


def beto() -> Chat:
    return Chat(grocer(new_customer(notice_given=True)))


def saved_by(chat: Chat) -> SaveAddress:
    [effect] = chat.asked_for(SaveAddress)
    assert isinstance(effect, SaveAddress)
    return effect


# From a shared location.


def test_the_address_found_for_a_location_is_confirmed_by_the_summary():
    chat = beto().says("1 kg de papa").shares(found=FOUND)
    assert chat.state == StateName.SUMMARY
    assert f"📍 {LINE}" in chat.told
    assert "La dirección la tomé de tu ubicación; si no es exacta, escríbela." in chat.told
    saved = saved_by(chat.taps("Confirmar"))
    assert (saved.typed, saved.parts, str(saved.latitude)) == (LINE, FOUND, "19.54321")


def test_an_order_by_menus_with_a_location_that_is_looked_up_takes_six_messages():
    chat = Chat(grocer(new_customer())).says("hola").taps("Hacer un pedido", "Frutas", "Manzana roja")
    chat.shares(found=FOUND).taps("Confirmar")
    assert len(chat.orders) == 1
    assert chat.sent == 6


def test_what_is_typed_beside_it_corrects_the_words_and_keeps_the_point():
    chat = beto().says("1 kg de papa").shares(found=FOUND).says("es calle Lucio 44, col. Centro")
    assert "📍 calle Lucio 44, col. Centro" in chat.told
    saved = saved_by(chat.taps("Confirmar"))
    assert (saved.typed, str(saved.latitude)) == ("calle Lucio 44, col. Centro", "19.54321")


def test_a_name_chosen_on_the_map_is_kept_and_asks_nothing():
    chat = beto().says("1 kg de papa").shares(name="Escuela Enríquez", found=FOUND)
    assert "📍 Escuela Enríquez" in chat.told
    assert "la tomé de tu ubicación" not in chat.told


def test_where_nothing_was_found_the_customer_is_asked_and_may_leave_it_so():
    chat = beto().says("1 kg de papa").shares(looked_up=True)
    assert chat.state == StateName.LOCATION_CHECK
    assert chat.titles == ["Así está bien", "Escribir dirección"]
    assert chat.taps("Así está bien").state == StateName.SUMMARY


@pytest.mark.parametrize("answer", ["calle Lucio 40, col. Centro", "Lucio 40 centro"])
def test_where_nothing_was_found_the_address_is_written_and_the_point_stays(answer: str):
    chat = beto().says("1 kg de papa").shares(looked_up=True).says(answer)
    assert chat.state == StateName.SUMMARY
    assert str(saved_by(chat.taps("Confirmar")).latitude) == "19.54321"


def test_where_nobody_is_asked_a_location_works_as_before():
    chat = beto().says("1 kg de papa").shares()
    assert chat.state == StateName.SUMMARY
    assert "Ubicación compartida (19.54321, -96.91234)" in chat.told


def test_a_location_without_an_order_is_shown_confirmed_and_kept():
    chat = beto().says("hola").shares(found=FOUND)
    assert chat.state == StateName.CONFIRM_PLACE
    assert f"estás en *{LINE}*" in chat.told
    assert chat.titles == ["Sí, ahí es", "Corregir", "Otra dirección"]
    chat.taps("Sí, ahí es")
    assert saved_by(chat).parts == FOUND
    assert "Guardé la dirección" in chat.told
    assert len(chat.answers) == 1
    assert f"📍 {LINE}" in chat.says("1 kg de papa").told


def test_a_colonia_made_of_a_point_is_a_guess_and_refuses_nobody():
    elsewhere = msgspec.structs.replace(FOUND, colony="Aguacatal")
    chat = Chat(zoned(new_customer(notice_given=True))).says("3 kg de papa").shares(found=elsewhere)
    assert chat.state == StateName.SUMMARY
    assert "Te confirmamos si llegamos" in chat.told
    inside = Chat(zoned(new_customer(notice_given=True))).says("3 kg de papa").shares(found=FOUND)
    assert "Envío · $20.00" in inside.told


# Field by field.


def test_field_by_field_only_what_is_missing_is_asked_and_the_summary_confirms():
    chat = beto().says("1 kg de papa", "paso a paso")
    assert chat.state == StateName.GIVE_STREET
    chat.says("Lucio 4, col. Obrera")
    assert chat.state == StateName.GIVE_POSTAL_CODE
    chat.says("91000 Xalapa", "entre Zamora y Allende")
    assert chat.state == StateName.SUMMARY
    saved = saved_by(chat.taps("Confirmar"))
    assert saved.parts == AddressParts("Lucio", "4", "Obrera", "Zamora y Allende", "Xalapa", zip_code="91000")
    assert saved.typed == "Lucio 4, entre Zamora y Allende, col. Obrera, Xalapa, C.P. 91000"


def test_what_is_not_known_can_be_left_out():
    chat = beto().says("1 kg de papa", "paso a paso", "Lucio 4", "no sé").taps("Saltar")
    assert chat.state == StateName.GIVE_REFERENCES
    chat.says("ninguna")
    assert chat.state == StateName.SUMMARY
    assert "📍 Lucio 4 ·" in chat.told


@pytest.mark.parametrize(
    "typed", ["colonia Centro", "es en la col. Centro", "calle Zaragoza", "calle Zaragoza, Centro"]
)
def test_an_address_without_a_house_is_asked_on_from_what_it_says(typed: str):
    chat = beto().says("1 kg de papa", typed)
    assert chat.state == StateName.GIVE_STREET if "calle" not in typed else StateName.GIVE_COLONY
    assert len(chat.answers) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "calle Zaragoza 5",
        "domicilio conocido, rancho El Olmo",
        "calle Zaragoza s/n",
        "calle Juárez esquina Lucio, Centro",
    ],
)
def test_an_address_one_can_find_is_asked_nothing_more(typed: str):
    assert not lacks_house(typed)
    assert beto().says("1 kg de papa", typed).state == StateName.SUMMARY


def test_a_street_without_a_number_is_taken_when_there_is_none():
    chat = beto().says("1 kg de papa", "colonia Centro", "Zaragoza")
    assert chat.state == StateName.GIVE_POSTAL_CODE
    chat.taps("Saltar", "Saltar")
    assert chat.state == StateName.SUMMARY
    assert "📍 Zaragoza, col. Centro" in chat.told


def test_a_product_typed_between_two_fields_is_an_order():
    chat = beto().says("1 kg de papa", "paso a paso", "2 kg de zanahoria")
    assert chat.cart() == {"Papa blanca": 1, "Zanahoria": 2}


def test_pick_up_said_between_two_fields_ends_them():
    assert "Pasas a recoger" in beto().says("1 kg de papa", "paso a paso", "mejor paso por él").told


# Correcting and keeping.


def test_any_field_of_a_found_address_is_corrected_by_a_tap():
    chat = beto().says("hola").shares(found=FOUND).taps("Corregir")
    assert chat.titles == ["Está bien", "Calle y número", "Colonia", "C.P. y ciudad", "Referencias"]
    chat.taps("Calle y número").says("Lucio 44")
    assert chat.state == StateName.CONFIRM_ADDRESS
    assert "Lucio 44, col. Centro" in chat.told
    saved = saved_by(chat.taps("Está bien"))
    assert (saved.parts.number, str(saved.latitude)) == ("44", "19.54321")


def test_a_field_may_stay_as_it_is():
    chat = beto().says("hola").shares(found=FOUND).taps("Corregir", "Colonia", "Dejar igual")
    assert chat.state == StateName.CONFIRM_ADDRESS


def test_the_address_of_the_order_in_hand_is_corrected_from_the_list_of_addresses():
    chat = Chat(grocer(known_customer(addresses=BOTH_ADDRESSES))).says(
        "1 kg de papa", "mejor a la calle Lucio 4, Obrera"
    )
    chat.taps("Cambiar algo", "Cambiar dirección", "Corregir dirección", "Referencias").says("portón verde")
    assert chat.state == StateName.SUMMARY
    assert "portón verde" in chat.told


def test_a_saved_address_is_corrected_and_stays_the_same_one():
    chat = Chat(grocer(known_customer(addresses=BOTH_ADDRESSES))).says("mis direcciones").taps("Casa", "Corregir")
    chat.taps("Referencias").says("portón verde").taps("Está bien")
    [effect] = chat.asked_for(ChangeAddress)
    assert isinstance(effect, ChangeAddress)
    assert (effect.address_id, effect.parts.observations) == (7, "portón verde")
    assert "Corregí la dirección" in chat.told
    assert chat.state == StateName.ADDRESS_BOOK
    assert [each.name for each in chat.view.customer.addresses] == ["Casa", "Trabajo"]
    assert "portón verde" in chat.says("1 kg de papa").told


def test_correcting_one_field_of_a_typed_address_loses_nothing_of_it():
    typed = Address(7, "Casa", "Av. Xalapa 12, int. 3, Centro, portón verde", is_default=True)
    chat = Chat(grocer(known_customer(addresses=(typed,)))).says("mis direcciones").taps("Casa", "Corregir")
    chat.taps("Calle y número").says("Av. Xalapa 14").taps("Está bien")
    [effect] = chat.asked_for(ChangeAddress)
    assert isinstance(effect, ChangeAddress)
    assert effect.typed == "Av. Xalapa 14, col. Centro, int. 3, portón verde"


def test_an_address_is_added_from_the_book():
    chat = Chat(grocer(known_customer(addresses=BOTH_ADDRESSES))).says("mis direcciones").taps("Agregar dirección")
    assert isinstance(chat.answers[0], LocationRequest)
    chat.says("calle Lucio 4, col. Obrera")
    assert saved_by(chat).parts.colony == "Obrera"
    assert "Guardé la dirección" in chat.told


# Where to before what.


def address_first() -> Chat:
    settings = msgspec.structs.replace(grocer().settings, address_first=True)
    return Chat(zoned(new_customer(), settings=settings))


def test_a_shop_may_ask_where_to_before_what_in_as_many_messages():
    chat = address_first().says("hola").taps("Hacer un pedido")
    assert chat.state == StateName.REQUIRE_REGISTRATION
    chat.says("calle Lucio 4, col. Las Ánimas")
    assert chat.state == StateName.BROWSE_CATEGORIES
    assert "¡Sí llegamos a *calle Lucio 4, col. Las Ánimas*" in chat.told
    chat.taps("Frutas", "Manzana roja")
    assert "Envío · $35.50" in chat.told
    chat.taps("Confirmar")
    assert saved_by(chat).typed == "calle Lucio 4, col. Las Ánimas"
    assert chat.sent == 6


def test_who_is_outside_learns_it_before_an_order_is_put_together():
    chat = address_first().says("hola").taps("Hacer un pedido").says("calle Lucio 4, col. Aguacatal")
    assert chat.state == StateName.RECHECK_COVERAGE
    assert "otra dirección" in chat.told
    assert chat.taps("Pasar a recoger").state == StateName.BROWSE_CATEGORIES


def test_who_is_known_is_not_asked():
    chat = address_first()
    chat.view = replace(chat.view, customer=known_customer())
    assert chat.says("hola").taps("Hacer un pedido").state == StateName.BROWSE_CATEGORIES
