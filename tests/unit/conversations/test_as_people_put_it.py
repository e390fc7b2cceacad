"""Answers as people put them, found by playing the dry cleaner's, the hardware shop's and the grocer's customers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.builders.shop_view import catalog, grocer, known_customer, new_customer
from tests.unit.conversations.chat import Chat

from marchante.conversations.state import CartItem
from marchante.conversations.table import StateName
from marchante.coverage.domain import Colonias, Zone

_SHOP = catalog(
    (
        ("Lavandería", "Lavado y planchado camisa", "38", "service", "1", ("camisa",)),
        ("Planchado", "Planchado camisa", "20", "service", "1", ("camisa",)),
        ("Blancos", "Edredón matrimonial", "130", "service", "1", ()),
        ("Blancos", "Edredón king size", "170", "service", "1", ()),
        ("Lavandería", "Ropa por kilo express", "42", "kg", "1", ("ropa",)),
        ("Tintorería", "Saco", "90", "service", "1", ()),
        ("Bebidas", "Coca-Cola 600 ml", "21", "bottle", "1", ("coca chica",)),
        ("Bebidas", "Coca-Cola 2.5 L", "45", "bottle", "1", ("coca de dos y medio",)),
        ("Bebidas", "Coca-Cola 3 L", "52", "bottle", "1", ("coca de tres",)),
        ("Eléctrico", "Cable calibre 12 (metro)", "17", "unit", "1", ()),
        ("Construcción", "Varilla 3/8 de 12 m", "172", "piece", "1", ()),
        ("Dulces", "Gansito Marinela 50 g", "21", "piece", "1", ()),
    ),
    "MIX",
)


def shop() -> Chat:
    return Chat(replace(grocer(new_customer()), catalog=_SHOP))


def ordered(chat: Chat) -> list[tuple[str, Decimal]]:
    return [(_name(item), item.quantity) for item in chat.session.cart]


def _name(item: CartItem) -> str:
    product = _SHOP.product(item.product_id)
    return product.name if product else ""


def test_the_beginning_of_one_name_is_no_list_of_two() -> None:
    chat = shop().says("2 camisas", "lavado y planchado")
    assert ordered(chat) == [("Lavado y planchado camisa", Decimal(2))]


def test_an_answer_may_name_what_the_list_left_out() -> None:
    chat = shop().says("2 cocas")
    assert "Coca-Cola 600 ml" not in chat.titles
    assert ordered(chat.says("600")) == [("Coca-Cola 600 ml", Decimal(2))]


def test_the_3_of_sodas_is_a_size_before_it_is_a_row() -> None:
    assert ordered(shop().says("una coca", "la 3")) == [("Coca-Cola 3 L", Decimal(1))]


def test_a_yes_to_which_of_these_asks_again_and_loses_nothing() -> None:
    chat = shop().says("2 cocas", "sí")
    assert chat.state == StateName.CHOOSE_PRODUCT
    assert chat.session.question.unclear[0].quantity == 2


def test_which_is_cheaper_is_answered_with_the_prices() -> None:
    chat = shop().says("una coca", "¿cuál sale más barata?")
    assert "Coca-Cola 2.5 L: $45.00" in chat.told
    assert chat.state == StateName.CHOOSE_PRODUCT


@pytest.mark.parametrize("asked", ["un saco", "una coca"])
def test_taking_out_what_is_not_in_the_order_puts_nothing_in(asked: str) -> None:
    chat = shop().says(asked)
    before = ordered(chat)
    assert ordered(chat.says("quita el edredón")) == before
    assert all("edredón" not in each.phrase for each in chat.session.question.unclear)


def test_taking_out_one_of_two_likely_ones_asks_which() -> None:
    chat = shop().says("un edredón matrimonial y un edredón king", "quita el edredón")
    assert chat.state == StateName.CHOOSE_REMOVAL


def test_a_number_in_common_makes_no_product_of_a_word() -> None:
    chat = shop().says("hola", "recarga telcel de 50")
    assert "Gansito" not in chat.told + " ".join(chat.titles)


def test_what_was_guessed_is_asked_once_and_left_when_people_go_on() -> None:
    chat = shop().says("hola", "express")
    assert chat.state == StateName.CHOOSE_PRODUCT
    assert "No encontré" in chat.told
    assert ordered(chat.says("un saco")) == [("Saco", Decimal(1))]
    assert chat.session.question.unclear == ()


@pytest.mark.parametrize("said", ["va, ese", "dame ese", "sí, ese mero"])
def test_that_one_takes_the_product_whose_price_was_told(said: str) -> None:
    chat = shop().says("¿cuánto cuesta el edredón king?", said)
    assert ordered(chat) == [("Edredón king size", Decimal(1))]


@pytest.mark.parametrize(
    "said", ["recojo en tienda", "mejor paso a dejarlo yo", "paso por ellas", "lo recojo yo", "voy por él"]
)
def test_ways_to_say_that_one_comes_for_it(said: str) -> None:
    assert shop().says("un saco", said).session.draft.fulfilment == "pickup"


def test_a_note_is_no_address() -> None:
    chat = shop().says("2 lavado y planchado camisa", "sin almidón porfa y con gancho")
    assert chat.state == StateName.GIVE_ADDRESS
    assert chat.session.draft.address_text is None
    assert chat.session.cart[0].note == "sin almidón porfa y con gancho"
    assert "Anotado" in chat.told


def test_a_postal_code_alone_is_not_where_somebody_lives() -> None:
    assert shop().says("un saco", "cp 06000").state != StateName.SUMMARY


def test_asked_when_it_comes_before_it_is_confirmed_the_order_is_shown() -> None:
    chat = Chat(replace(grocer(known_customer()), catalog=_SHOP)).says("un saco", "¿y mi pedido?")
    assert "todavía no está confirmado" in chat.told
    assert "Confirmar" in chat.titles


@pytest.mark.parametrize("said", ["la 2", "opción 2", "el 2"])
def test_a_row_may_be_named_with_an_article(said: str) -> None:
    chat = shop().says("hola", "2", "blancos", said)
    assert ordered(chat) == [("Edredón king size", Decimal(1))]


def test_another_category_may_be_named_while_one_is_open() -> None:
    chat = shop().says("hola", "2", "bebidas", "Blancos")
    assert "Edredón matrimonial" in chat.titles
    assert chat.says("quiero ver otra categoría").state == StateName.BROWSE_CATEGORIES


def test_two_of_something_counted_stay_pieces() -> None:
    chat = Chat(grocer(new_customer())).says("un aguacate", "dos")
    assert [(item.quantity, item.pieces) for item in chat.session.cart] == [(Decimal("0.4"), Decimal(2))]


def zoned() -> Chat:
    norte = Zone(1, "Norte", Colonias(("Rafael Lucio",)), Decimal(25), Decimal(0))
    centro = Zone(2, "Centro", Colonias(("Centro",)), Decimal(15), Decimal(0))
    return Chat(replace(grocer(new_customer()), catalog=_SHOP, zones=(norte, centro)))


def test_the_colonia_may_be_said_before_the_street() -> None:
    chat = zoned().says("un saco", "col. rafael lucio calle pino suarez num 8")
    assert "Envío · $25.00" in chat.told


def test_an_address_may_be_corrected_in_the_summary_without_the_word_calle() -> None:
    chat = zoned().says("un saco", "Calle Pino Suárez 8, Rafael Lucio", "Regina 15 centro")
    assert chat.session.draft.address_text == "Regina 15 centro"
    assert "Envío · $15.00" in chat.told


def test_the_town_said_before_the_street_is_not_lost() -> None:
    chat = zoned().says("hola", "en Coatepec calle 5 num 3")
    assert chat.session.draft.address_text == "calle 5 num 3, Coatepec"


@pytest.mark.parametrize("asked", ["¿pasan por la ropa a mi casa?", "¿ustedes recogen la ropa?"])
def test_asking_whether_they_come_for_the_clothes_orders_nothing(asked: str) -> None:
    chat = shop().says("un saco", asked)
    assert ordered(chat) == [("Saco", Decimal(1))]
    assert "a domicilio" in chat.told


def test_asking_for_the_least_order_is_no_question_about_a_product() -> None:
    assert "a domicilio" in shop().says("un saco", "¿cuánto es el mínimo?").told


def test_an_invoice_asked_for_before_the_address_is_acknowledged() -> None:
    assert "va con factura" in shop().says("un saco", "¿me das factura?").told


def test_clothes_they_forgot_are_a_complaint_not_an_order() -> None:
    assert shop().says("se les olvidó mi ropa").state == StateName.WITH_PERSON


def test_a_pick_up_said_beside_the_order_is_no_product() -> None:
    chat = shop().says("un saco, recojo")
    assert chat.session.draft.fulfilment == "pickup"
    assert "recojo" not in chat.told


def test_a_verb_before_the_street_is_no_part_of_the_address() -> None:
    chat = shop().says("un saco", "mejor me lo traes a javier mina 900 oblatos")
    assert chat.session.draft.address_text == "javier mina 900 oblatos"
    assert shop().says("un saco", "a domicilio, gante 45 centro").session.draft.address_text == "gante 45 centro"


def test_the_postal_code_of_an_invoice_takes_the_place_of_no_address() -> None:
    chat = shop().says("una coca", "calle gante 12, oblatos", "GODE561231GR8, Carla Gómez, 612, cp 44100")
    assert chat.session.draft.address_text == "calle gante 12, oblatos"


@pytest.mark.parametrize("asked", ["¿cuánto llevo?", "¿cuánto sería en total?"])
def test_what_it_comes_to_is_told_before_the_address_is_known(asked: str) -> None:
    chat = shop().says("2 edredones matrimoniales", asked)
    assert "$260.00" in chat.told
    assert chat.state == StateName.GIVE_ADDRESS


def test_when_it_comes_may_be_asked_before_it_is_confirmed() -> None:
    assert "todavía no está confirmado" in shop().says("un saco", "¿cuánto tarda?").told


def test_a_number_with_the_answer_is_how_much_of_it() -> None:
    chat = shop().says("hola", "del 12", "10 metros")
    assert ordered(chat) == [("Cable calibre 12 (metro)", Decimal(10))]


def test_different_signs_are_no_repetition() -> None:
    chat = shop().says("👍", "???", ".")
    assert chat.answers != []
    assert ordered(chat.says("un saco")) == [("Saco", Decimal(1))]


@pytest.mark.parametrize("asked", ["¿de hoy a mañana se puede entregar?", "a ver cuánto sería con 10"])
def test_a_question_as_long_as_an_address_is_none(asked: str) -> None:
    chat = shop().says("un saco", asked)
    assert chat.session.draft.address_text is None
    assert chat.state != StateName.SUMMARY


def test_a_dozen_is_counted_not_weighed() -> None:
    chat = Chat(grocer(new_customer())).says("un kilo de aguacate", "mejor una docena")
    assert [(item.quantity, item.pieces) for item in chat.session.cart] == [(Decimal("2.4"), Decimal(12))]


def test_two_and_a_half_is_said_in_both_genders() -> None:
    chat = Chat(grocer(new_customer())).says("un kilo de papa", "mejor dos y media")
    assert [item.quantity for item in chat.session.cart] == [Decimal("2.5")]


def test_another_address_may_be_asked_for_with_a_second_thought() -> None:
    chat = Chat(grocer(known_customer())).says("un kilo de papa", "mejor a otra dirección")
    assert chat.state in {StateName.CHOOSE_ADDRESS, StateName.GIVE_ADDRESS}


@pytest.mark.parametrize(
    "asked", ["¿dónde están?", "¿dónde están ubicados?", "¿cuál es su dirección?", "¿en dónde queda la tienda?"]
)
def test_where_the_shop_is_can_be_asked_in_any_state(asked: str) -> None:
    for chat in (shop().says("hola"), shop().says("un saco"), shop().says("2 cocas")):
        state = chat.state
        assert "Mercado Hidalgo local 14" in chat.says(asked).told
        assert chat.state == state


def test_who_announces_a_location_is_waited_for() -> None:
    chat = shop().says("un saco", "te mando ubicación")
    assert chat.state == StateName.GIVE_ADDRESS
    assert chat.session.misunderstood == 0


def test_an_hour_is_of_the_day_said_before() -> None:
    chat = shop().says("un saco, para mañana", "como a las 6 de la tarde")
    wanted = chat.session.draft.requested_from
    assert wanted is not None
    local = wanted.astimezone(chat.view.zone)
    assert (local.date() - chat.view.now.astimezone(chat.view.zone).date()).days == 1
    assert local.hour == 18


@pytest.mark.parametrize("said", ["quiero otro igual", "otro más", "dame otro"])
def test_one_more_of_the_same_may_be_asked_for_while_the_address_is(said: str) -> None:
    assert ordered(shop().says("un saco", said)) == [("Saco", Decimal(2))]


def test_an_address_after_a_domicilio_is_read_beside_the_goods_and_goods_are_not() -> None:
    chat = shop().says("un saco; a domicilio, Isabel la Católica 81 Centro, pago con tarjeta")
    assert chat.session.draft.address_text == "Isabel la Católica 81 Centro"
    assert "No manejamos" not in chat.told
    chat = shop().says("a domicilio, quiero 1 saco")
    assert ordered(chat) == [("Saco", Decimal(1))]
    assert chat.session.draft.address_text is None
