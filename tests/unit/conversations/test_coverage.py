"""Where the shop delivers: asked about, and checked with every order. Unknown is never a refusal."""

from decimal import Decimal

import pytest
from tests.builders.shop_view import HOME, grocer, known_customer, new_customer, zoned
from tests.unit.conversations.chat import Chat

from marchante.channels.whatsapp.messages import LocationRequest
from marchante.conversations.asked_places import place_in_question
from marchante.conversations.effects import NoteDemand
from marchante.conversations.table import StateName
from marchante.coverage.domain import Radius, Zone
from marchante.coverage.geometry import Position
from marchante.customers.domain import Address

BETO = new_customer(notice_given=True)
AROUND = Zone(1, "Cerca", Radius(Position(Decimal("19.5438"), Decimal("-96.9102")), 2_000), Decimal(12), Decimal(0))


def chat() -> Chat:
    return Chat(zoned(BETO))


# With an order.


def test_fee_and_minimum_are_those_of_the_zone_to_the_cent():
    there = chat().says("1 kg de papa", "calle Lucio 4, Las Ánimas")
    assert "Envío · $35.50 — *Total $60.50*" in there.told
    order = there.taps("Confirmar").orders[0]
    assert (order.delivery_fee, order.total, order.coverage) == (Decimal("35.50"), Decimal("60.50"), "inside")


def test_the_minimum_of_the_zone_must_be_reached():
    short = chat().says("1 kg de papa", "calle Lucio 4, col. Centro")
    assert "El pedido mínimo a domicilio es de $60.00; te faltan $35.00" in short.told
    assert short.titles == ["Agregar más", "Cambiar algo", "Cancelar"]


def test_an_order_being_changed_is_told_the_minimum_of_its_zone_too():
    placed = chat().says("2 kg de papa y 1 kg de jitomate", "calle Lucio 4, col. Centro").taps("Confirmar")
    placed.says("quita la papa de mi pedido")
    assert "El pedido mínimo a domicilio es de $60.00" in placed.told


def test_outside_it_says_so_keeps_the_order_offers_pick_up_and_notes_the_demand():
    outside = chat().says("1 kg de papa", "calle Lucio 4, col. Aguacatal")
    assert outside.state == StateName.RECHECK_COVERAGE
    assert "no llegamos a *calle Lucio 4, col. Aguacatal*" in outside.told
    assert outside.titles == ["Pasar a recoger", "Otra dirección", "Hablar con un asesor"]
    [noted] = outside.asked_for(NoteDemand)
    assert isinstance(noted, NoteDemand)
    assert noted.wish.where.colony == "Aguacatal"
    outside.taps("Pasar a recoger")
    assert "Pasas a recoger" in outside.told
    assert outside.taps("Confirmar").orders[0].total == Decimal(25)


def test_another_address_is_checked_again():
    again = chat().says("1 kg de papa", "calle Lucio 4, col. Aguacatal")
    again.says("mejor a calle Lucio 40, col. Las Ánimas")
    assert again.state == StateName.SUMMARY
    assert "$35.50" in again.told


def test_a_place_nobody_can_judge_is_taken_and_said_to_be_confirmed():
    unknown = chat().says("1 kg de papa", "calle Zaragoza 5")
    assert "Te confirmamos si llegamos a esa dirección" in unknown.told
    assert "Envío · $15.00" in unknown.told
    assert unknown.taps("Confirmar").orders[0].coverage == "unknown"


def test_a_shared_place_is_checked_on_the_map():
    near = Chat(zoned(BETO, (AROUND,))).says("1 kg de papa").shares("19.5500", "-96.9102")
    assert "Envío · $12.00" in near.told
    far = Chat(zoned(BETO, (AROUND,))).says("1 kg de papa").shares("19.6500", "-96.9102")
    assert far.state == StateName.RECHECK_COVERAGE


def test_a_saved_address_outside_is_not_delivered_to_in_silence():
    away = Address(9, "Casa", "calle Lucio 4, col. Aguacatal", is_default=True)
    order = Chat(zoned(known_customer(addresses=(away,)))).says("1 kg de papa")
    assert order.state == StateName.RECHECK_COVERAGE
    assert len(order.answers) == 1


def test_a_zone_taken_away_between_summary_and_confirmation_is_told_first():
    order = Chat(zoned(known_customer(addresses=(HOME,)))).says("3 kg de papa")
    assert "Envío · $20.00" in order.told
    order.view = zoned(known_customer(addresses=(HOME,)), (AROUND,))
    order.taps("Confirmar")
    assert order.orders == []
    assert "El total cambió de $95.00 a $90.00" in order.told


def test_a_shop_without_zones_works_as_before():
    order = Chat(grocer(BETO)).says("1 kg de papa", "calle Lucio 4, col. Aguacatal")
    assert "Envío · $15.00 — *Total $40.00*" in order.told
    assert "Te confirmamos" not in order.told
    assert order.taps("Confirmar").orders[0].coverage is None


# Asked about.


@pytest.mark.parametrize(
    "question", ["¿llegan a la colonia Las Ánimas?", "entregan en las animas", "¿Sí reparten hasta Las Ánimas?"]
)
def test_a_question_that_names_the_place_is_answered_at_once(question: str):
    told = chat().says(question)
    assert "¡Sí llegamos a" in told.told
    assert "$35.50" in told.told
    assert told.titles == ["Hacer un pedido", "Otro lugar", "Menú"]
    assert told.sent == 1


def test_a_question_about_a_place_outside_is_noted_and_pick_up_offered():
    told = chat().says("¿llegan a la col. Aguacatal?")
    assert "no llegamos a" in told.told
    assert told.titles == ["Pasar a recoger", "Otro lugar", "Menú"]
    assert len(told.asked_for(NoteDemand)) == 1
    told.taps("Pasar a recoger").says("1 kg de papa")
    assert "Pasas a recoger" in told.told


def test_without_a_place_the_question_is_where_and_a_bare_name_answers_it():
    asked = chat().says("¿llevan a domicilio?")
    assert isinstance(asked.answers[0], LocationRequest)
    assert "Llevamos a Centro, Progreso Macuiltépetl y Las Ánimas" in asked.told
    asked.says("Las animas")
    assert asked.state == StateName.COVERAGE_RESULT
    assert "¡Sí llegamos" in asked.told


def test_a_shared_place_answers_the_question_too():
    asked = Chat(zoned(BETO, (AROUND,))).says("¿llevan a domicilio?").shares("19.5500", "-96.9102")
    assert asked.state == StateName.COVERAGE_RESULT
    assert "$12.00" in asked.told


def test_the_colonia_nearly_called_so_is_asked_about():
    asked = chat().says("¿llegan a Macuiltépetl?")
    assert asked.state == StateName.COVERAGE_CHECK
    assert asked.titles == ["Progreso Macuiltépetl", "Ninguno de estos"]
    assert "¡Sí llegamos a *Progreso Macuiltépetl*" in asked.taps("Progreso Macuiltépetl").told


def test_none_of_them_stays_unknown_and_is_no_refusal():
    told = chat().says("¿llegan a Macuiltépetl?").taps("Ninguno de estos")
    assert "no estoy seguro; te lo confirmamos con tu pedido. El envío sería de $15.00." in told.told
    assert told.titles[0] == "Hacer un pedido"


def test_a_known_customer_is_answered_for_their_own_address():
    told = Chat(zoned(known_customer(addresses=(HOME,)))).says("¿sí llegan a mi casa?")
    assert "¡Sí llegamos a *Av. Xalapa 12, Centro*" in told.told


def test_a_question_in_the_middle_of_an_order_leads_back_to_it():
    asked = Chat(zoned(known_customer(addresses=(HOME,)))).says("3 kg de papa", "¿llegan a la col. Las Ánimas?")
    assert "¡Sí llegamos" in asked.told
    assert asked.state == StateName.SUMMARY
    assert len(asked.answers) == 1


def test_an_order_typed_where_a_place_is_asked_for_is_an_order():
    order = chat().says("¿llevan a domicilio?", "2 kg de papa")
    assert order.cart() == {"Papa blanca": 2}


@pytest.mark.parametrize("text", ["¿llevan a domicilio?", "¿sí llegan a mi casa?", "¿cuánto cobran de envío?"])
def test_no_place_is_read_where_none_is_named(text: str):
    assert place_in_question(text) is None


def test_a_colonia_said_apart_from_the_street_belongs_to_the_address():
    order = chat().says("3 kg de papa para Las Animas, calle Lucio 4")
    assert "📍 calle Lucio 4, col. Las Ánimas" in order.told
    assert "Envío · $35.50" in order.told


def test_a_question_that_goes_on_from_another_is_no_address():
    asked = chat().says("1 kg de papa", "calle Lucio 4, col. Aguacatal", "¿y a la col. Centro?")
    assert "¡Sí llegamos a *la col. Centro*" in asked.told
    assert asked.session.draft.address_text == "calle Lucio 4, col. Aguacatal"
    assert len(asked.answers) == 1


def test_a_place_is_told_without_the_word_that_leads_to_it():
    assert "no llegamos a *Coatepec*" in chat().says("¿llevan a domicilio?", "en Coatepec").told


def test_where_zones_are_drawn_on_the_map_a_location_settles_a_typed_address_and_keeps_its_words():
    typed = Chat(zoned(BETO, (AROUND,))).says("1 kg de papa", "calle Lucio 4, Centro")
    assert "si mandas tu ubicación, te lo digo ahora" in typed.told
    near = typed.shares("19.5500", "-96.9102")
    assert "📍 calle Lucio 4, Centro" in near.told
    assert "Envío · $12.00" in near.told
    far = Chat(zoned(BETO, (AROUND,))).says("1 kg de papa", "calle Lucio 4, Centro").shares("19.6500", "-96.9102")
    assert far.state == StateName.RECHECK_COVERAGE
    assert far.taps("Otra dirección").shares("19.5500", "-96.9102").state == StateName.SUMMARY
    assert "Ubicación compartida" in far.told
