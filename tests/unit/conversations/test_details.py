"""One product with its photo, what is sold out or of another day, and the whole catalog as a file."""

from dataclasses import replace

import pytest
from tests.builders.shop_view import grocer, kitchen, new_customer, product, water_shop
from tests.unit.conversations.chat import Chat

from marchante.catalog.domain import Catalog
from marchante.channels.whatsapp.messages import Document, Image, ReplyButtons
from marchante.conversations.table import StateName


def test_details_are_one_message_with_the_photo_above_and_buttons_below():
    chat = Chat(kitchen()).says("hola").taps("Ver catálogo", "Antojitos", "Ver detalles y foto", "Elote")
    assert len(chat.answers) == 1
    message = chat.answers[0]
    assert isinstance(message, ReplyButtons)
    assert message.header == Image(media_id="media:cocina/products/elote.jpg")
    assert message.body.startswith("*Elote*\nTierno\n$35.00 c/u\nExtras: con queso (+$8.00) o doble tortilla (+$5.50)")
    assert chat.titles == ["Agregar", "Seguir viendo", "Menú"]
    chat.taps("Agregar")
    assert chat.cart() == {"Elote": 1}
    assert chat.state == StateName.SUMMARY


@pytest.mark.parametrize(
    "said",
    ["ver elote", "foto del elote", "Info del elote", "¿tienes foto del elote?", "mándame fotos de los elotes porfa"],
)
def test_a_product_can_be_asked_to_be_seen_by_its_name(said: str):
    chat = Chat(kitchen()).says(said)
    assert chat.state == StateName.PRODUCT_DETAILS
    assert chat.cart() == {}
    assert "*Elote*" in chat.told


def test_several_that_may_be_meant_are_offered():
    chat = Chat(grocer()).says("foto de la coca")
    assert chat.state == StateName.CHOOSE_DETAILS
    assert chat.titles == ["Coca-Cola 600 ml", "Coca-Cola 2.5 L", "Seguir viendo"]
    chat.taps("Coca-Cola 2.5 L")
    assert "*Coca-Cola 2.5 L*" in chat.told


def test_a_product_without_a_photo_is_shown_in_words():
    chat = Chat(grocer()).says("ver lechuga")
    message = chat.answers[0]
    assert isinstance(message, ReplyButtons)
    assert message.header is None


def test_a_quantity_typed_below_the_details_is_ordered():
    chat = Chat(grocer()).says("ver lechuga", "3")
    assert chat.cart() == {"Lechuga orejona": 3}


def test_keep_looking_goes_back_to_the_category():
    chat = Chat(kitchen()).says("ver elote").taps("Seguir viendo")
    assert chat.state == StateName.BROWSE_PRODUCTS
    assert "Quesadilla" in chat.titles


def test_the_name_typed_in_the_list_of_details_shows_it():
    chat = Chat(kitchen()).says("catálogo").taps("Antojitos", "Ver detalles y foto").says("Quesadilla")
    assert chat.state == StateName.PRODUCT_DETAILS
    assert "Guiso: tinga, hongos, chicharrón prensado o rajas" in chat.told


def test_what_is_sold_out_is_shown_and_cannot_be_added():
    view = grocer()
    chat = Chat(grocer(sold_out=frozenset({product(view, "Papa").id}))).says("ver papa")
    assert "se nos acabó" in chat.told
    assert "Agregar" not in chat.titles


def test_asked_for_what_is_sold_out_the_rest_of_its_category_is_offered():
    view = grocer()
    chat = Chat(grocer(sold_out=frozenset({product(view, "Manzana").id}))).says("1 kg de manzana")
    assert "se nos acabó: Manzana roja" in chat.told
    assert chat.state == StateName.BROWSE_PRODUCTS
    assert "Plátano tabasco" in chat.titles
    assert chat.cart() == {}


def test_what_is_sold_on_other_days_says_on_which():
    chat = Chat(kitchen()).says("un pozole")
    assert "Pozole: solo sábados." in chat.told
    assert chat.cart() == {}
    chat.says("ver pozole")
    assert "solo sábados" in chat.told
    saturday = Chat(kitchen()).waits(days=2).says("un pozole")
    assert saturday.cart() == {"Pozole": 1}


def test_the_whole_catalog_comes_as_one_file():
    chat = Chat(grocer()).says("hola").taps("Ver catálogo", "Catálogo completo (PDF)")
    assert len(chat.answers) == 1
    file = chat.answers[0]
    assert isinstance(file, Document)
    assert file.media_id == "media:verduras/catalog/current.pdf"
    assert file.filename == "Catálogo Verduras Don Chuy.pdf"
    chat.says("2 kg de papa")
    assert chat.cart() == {"Papa blanca": 2}


@pytest.mark.parametrize("said", ["pdf", "mándame el catálogo", "catálogo completo", "¿me pasas el catálogo?"])
def test_the_file_can_be_asked_for_in_words(said: str):
    assert isinstance(Chat(water_shop()).says(said).answers[0], Document)


def test_the_first_greeting_rides_below_the_file():
    chat = Chat(grocer(new_customer())).says("pdf")
    assert len(chat.answers) == 1
    file = chat.answers[0]
    assert isinstance(file, Document)
    assert file.caption is not None
    assert "Usamos tus datos" in file.caption


def test_a_photo_of_nowhere_is_left_out():
    view = kitchen()
    products = tuple(replace(each, image_url="elote.jpg") for each in view.catalog.products)
    chat = Chat(replace(view, catalog=Catalog(2, view.catalog.categories, products))).says("ver elote")
    message = chat.answers[0]
    assert isinstance(message, ReplyButtons)
    assert message.header is None
