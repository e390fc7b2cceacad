"""Orders written as people write them."""

from decimal import Decimal

import pytest
from tests.builders.shop_view import HOME, WORK, grocer, known_customer, new_customer, placed_order, product
from tests.unit.conversations.chat import Chat

from marchante.conversations.table import StateName
from marchante.understanding import Ambiguous, CatalogIndex, Context, ItemOp, PaymentHint, Understood, WhenHint


def reading(**read: object):
    """An understanding that always reads the same."""
    understood = Understood(**{"intent": "order"} | read)  # type: ignore[arg-type]

    def reader(text: str, index: CatalogIndex, context: Context) -> Understood:
        return understood

    return reader


def sku(name: str) -> str:
    return product(grocer(), name).sku


def test_a_written_order_is_summed_up_at_once():
    chat = Chat(grocer()).says("buenas, 2 kg de jitomate, uno de papa y 3 aguacates para la casa porfa")
    assert chat.told == (
        "¡Hola, Lupita! Esto entendí:\n"
        "2 kg Jitomate saladette · $48.00\n"
        "1 kg Papa blanca · $25.00\n"
        "3 Aguacate hass (≈ 600 g) · ≈ $54.00\n"
        "Envío · $15.00 — *Total aproximado $142.00*\n"
        "📍 Casa: Av. Xalapa 12, Centro · 💵 efectivo\n\n"
        "¿Confirmamos?"
    )


def test_what_we_lack_is_said_and_the_rest_is_taken():
    chat = Chat(grocer()).says("1 kg de papa y unos bolillos")
    assert "No manejamos «bolillos»" in chat.told
    assert chat.cart() == {"Papa blanca": 1}
    assert chat.state == StateName.SUMMARY


def test_only_unknown_products_lead_to_the_catalog():
    chat = Chat(grocer(), reading(unknown=("bolillos",))).says("bolillos")
    assert "No manejamos «bolillos»" in chat.told
    assert chat.state == StateName.BROWSE_CATEGORIES


def test_an_unclear_product_is_asked_with_its_candidates_and_keeps_its_quantity():
    chat = Chat(grocer()).says("1 kg de papa y 2 cocas")
    assert len(chat.answers) == 1
    assert "Tengo varios de «cocas»" in chat.told
    assert "1 kg Papa blanca · $25.00" in chat.told
    assert chat.titles == ["Coca-Cola 600 ml", "Coca-Cola 2.5 L", "Ninguno de estos"]
    chat.taps("Coca-Cola 2.5 L")
    assert chat.cart() == {"Papa blanca": 1, "Coca-Cola 2.5 L": 2}
    assert chat.state == StateName.SUMMARY


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2", "Coca-Cola 2.5 L"), ("coca-cola 600 ml", "Coca-Cola 600 ml"), ("la de 600", "Coca-Cola 600 ml")],
)
def test_the_answer_to_an_unclear_product_may_be_typed(typed: str, meant: str):
    assert Chat(grocer()).says("3 cocas", typed).cart() == {meant: 3}


def test_several_unclear_phrases_are_asked_one_after_the_other():
    cocas = (sku("Coca-Cola 600"), sku("Coca-Cola 2.5"))
    ambiguous = (Ambiguous("cocas", cocas, quantity=Decimal(2)), Ambiguous("arroz", (sku("Arroz"),)))
    chat = Chat(grocer(), reading(ambiguous=ambiguous)).says("cocas y arroz")
    assert "«cocas»" in chat.told
    chat.taps("Coca-Cola 600 ml")
    assert "¿Cuántas bolsas" in chat.told
    chat.taps("3 bolsas")
    assert chat.cart() == {"Coca-Cola 600 ml": 2, "Arroz 1 kg": 3}
    assert chat.state == StateName.SUMMARY


def test_none_of_the_candidates_skips_the_question():
    chat = Chat(grocer()).says("1 kg de papa y 2 cocas").taps("Ninguno de estos")
    assert chat.cart() == {"Papa blanca": 1}
    assert chat.state == StateName.SUMMARY
    assert Chat(grocer()).says("2 cocas", "ninguna").state == StateName.BROWSE_CATEGORIES


def test_money_buys_what_it_can_to_the_gram():
    chat = Chat(grocer(), reading(items=(ItemOp(sku("Queso"), amount_mxn=Decimal(50)),))).says("50 de queso")
    assert chat.cart() == {"Queso Oaxaca": Decimal("0.312")}


def test_money_buys_whole_pieces_of_what_is_not_weighed():
    items = (ItemOp(sku("Atún"), amount_mxn=Decimal(50)),)
    assert Chat(grocer(), reading(items=items)).says("50 de atún").cart() == {"Atún en agua 140 g": 2}


def test_money_that_buys_nothing_is_said():
    items = (ItemOp(sku("Atún"), amount_mxn=Decimal(10)),)
    chat = Chat(grocer(), reading(items=items)).says("10 de atún")
    assert chat.cart() == {}
    assert "$10.00 no alcanza para Atún en agua 140 g: cuesta $21.50 la lata" in chat.told


def test_pieces_of_something_weighed_get_their_usual_weight_and_the_shop_is_told():
    chat = Chat(grocer()).says("3 aguacates")
    assert chat.cart() == {"Aguacate hass": Decimal("0.600")}
    chat.taps("Confirmar")
    assert chat.orders[0].lines[0].notes == "3 piezas"
    assert "Total aproximado $69.00" in chat.told


def test_pieces_of_unknown_weight_are_asked_for_in_kilos_and_noted():
    items = (ItemOp(sku("Queso"), pieces=Decimal(2)),)
    chat = Chat(grocer(), reading(items=items)).says("2 quesos")
    assert "anoté que son 2 piezas" in chat.told
    assert chat.state == StateName.CHOOSE_QUANTITY
    chat.taps("½ kg", "Confirmar")
    assert chat.orders[0].lines[0].quantity == Decimal("0.5")
    assert chat.orders[0].lines[0].notes == "2 piezas"


def test_less_than_the_smallest_sold_is_rounded_up_and_said():
    chat = Chat(grocer()).says("100 g de papa")
    assert chat.cart() == {"Papa blanca": Decimal("0.25")}
    assert "lo menos que vendemos es ¼ kg" in chat.told


def test_more_than_anybody_buys_is_for_a_person():
    chat = Chat(grocer()).says("5000 kg de papa")
    assert chat.cart() == {}
    assert "escribe *asesor*" in chat.told


def test_a_text_that_points_at_the_order_changes_it():
    chat = Chat(grocer()).says("2 kg de jitomate y 1 kg de papa", "quita la papa")
    assert chat.cart() == {"Jitomate saladette": 2}
    chat.says("agrégale 2 manojos de cilantro")
    assert chat.cart() == {"Jitomate saladette": 2, "Cilantro": 2}


def test_taking_out_part_of_a_line_leaves_the_rest():
    items = (ItemOp(sku("Papa"), "remove", quantity=Decimal(1)),)
    chat = Chat(grocer()).says("3 kg de papa")
    chat.reader = reading(intent="change_cart", items=items)
    assert chat.says("quítale uno").cart() == {"Papa blanca": 2}


def test_a_swap_takes_as_much_as_was_taken_out():
    chat = Chat(grocer()).says("3 kg de papa")
    items = (ItemOp(sku("Papa"), "remove"), ItemOp(sku("Cebolla"), "add"))
    chat.reader = reading(intent="change_cart", items=items)
    assert chat.says("mejor cebolla en vez de papa").cart() == {"Cebolla blanca": 3}


def test_taking_out_what_is_not_there_is_said():
    chat = Chat(grocer()).says("1 kg de papa")
    chat.reader = reading(intent="change_cart", items=(ItemOp(sku("Cilantro"), "remove"),))
    assert "No llevas Cilantro" in chat.says("quita el cilantro").told


def test_time_payment_and_notes_are_taken_from_the_text():
    items = (ItemOp(sku("Papa"), quantity=Decimal(1), note="bien lavada"),)
    read = reading(
        items=items,
        when=WhenHint("mañana de 5 a 7", start=None, end=None),
        payment=PaymentHint("card"),
        notes=("bien lavada",),
        delivery="pickup",
    )
    chat = Chat(grocer(), read).says("1 kg de papa bien lavada, paso mañana, con tarjeta")
    assert "↳ bien lavada" in chat.told
    assert "💳 tarjeta al recibir" in chat.told
    assert "🏪 Pasas a recoger: Mercado Hidalgo local 14" in chat.told


def test_an_address_by_its_name_is_the_saved_one():
    chat = Chat(grocer(known_customer(addresses=(HOME, WORK)))).says("1 kg de papa para el trabajo")
    assert "📍 Trabajo: Calle Juárez 250, Centro" in chat.told


def test_a_question_beside_an_order_is_answered_in_the_same_message():
    chat = Chat(grocer()).says("1 kg de papa, ¿a qué hora cierran?")
    assert len(chat.answers) == 1
    assert "lunes a sábado de 8 a 8" in chat.told
    assert chat.cart() == {"Papa blanca": 1}


def test_the_usual_repeats_the_last_order_at_todays_prices():
    chat = Chat(grocer(last_orders=(placed_order(grocer()),))).says("lo de siempre")
    assert "Lo mismo que en tu pedido *A-0041*" in chat.told
    assert chat.cart() == {"Jitomate saladette": 2}
    assert chat.state == StateName.SUMMARY


def test_the_usual_without_an_order_leads_to_the_catalog():
    chat = Chat(grocer(new_customer())).says("lo de siempre")
    assert "Todavía no tengo un pedido tuyo" in chat.told
    assert chat.state == StateName.BROWSE_CATEGORIES


def test_prices_are_told_and_a_yes_adds_the_product():
    chat = Chat(grocer()).says("¿a cómo el aguacate?")
    assert "Aguacate hass: $90.00 el kg" in chat.told
    assert chat.says("sí").cart() == {"Aguacate hass": 1}


@pytest.mark.parametrize(
    ("intent", "answer"),
    [
        ("hours_query", "Nuestro horario: lunes a sábado de 8 a 8"),
        ("coverage_query", "Sí llevamos a domicilio; el envío cuesta $15.00"),
        ("payment_query", "en efectivo, con tarjeta al recibir o por transferencia"),
    ],
)
def test_questions_about_the_shop_are_answered_beside_the_present_question(intent: str, answer: str):
    chat = Chat(grocer()).says("1 kg de papa")
    chat.reader = reading(intent=intent)
    chat.says("una pregunta")
    assert answer in chat.told
    assert chat.state == StateName.SUMMARY
    assert len(chat.answers) == 1


def test_a_door_completes_the_address_already_known():
    items = (ItemOp(sku("Papa"), quantity=Decimal(1)),)
    chat = Chat(grocer(), reading(items=items, address="es el depto 302")).says("1 kg de papa, es el depto 302")
    assert "📍 Casa: Av. Xalapa 12, Centro" in chat.told
    assert "📝 el depto 302" in chat.told


def test_an_address_written_in_the_order_is_where_it_goes():
    items = (ItemOp(sku("Papa"), quantity=Decimal(1)),)
    chat = Chat(grocer(), reading(items=items, address="Calle Hidalgo 33 int 4, Centro"))
    assert "📍 Calle Hidalgo 33 int 4, Centro" in chat.says("1 kg de papa a Calle Hidalgo 33 int 4, Centro").told


@pytest.mark.parametrize("yes", ["ok", "va", "👍", "perfecto"])
def test_a_yes_after_the_confirmation_is_only_politeness(yes: str):
    chat = Chat(grocer()).says("1 kg de papa").taps("Confirmar").says(yes)
    assert len(chat.orders) == 1
    assert chat.titles == []
    assert "no te entendí" not in chat.told


@pytest.mark.parametrize(
    "said",
    [
        "2 kg de jitomate y un kilo de limón, a Av. Xalapa 12 col. Centro",
        "Av. Xalapa 12 col. Centro, y 2 kg de jitomate",
    ],
)
def test_products_written_beside_the_address_asked_for_are_taken_too(said: str):
    chat = Chat(grocer(customer=new_customer())).says("1 kg de papa")
    assert chat.state == StateName.GIVE_ADDRESS
    chat.says(said)
    assert chat.cart()["Jitomate saladette"] == 2
    assert chat.session.draft.address_text.startswith("Av. Xalapa 12")
    assert chat.state == StateName.SUMMARY


def test_a_fruit_in_the_name_of_a_street_is_not_ordered():
    chat = Chat(grocer(customer=new_customer())).says("1 kg de papa").says("calle Limón 22, colonia Aguacates")
    assert chat.cart() == {"Papa blanca": 1}


def test_who_meant_none_of_the_product_whose_quantity_is_asked_says_so_with_a_tap():
    half = Ambiguous("media lata de atún", (sku("Coca-Cola 600 ml"),))
    chat = Chat(grocer(), reading(ambiguous=(half,))).says("media lata de atún")
    assert chat.state == StateName.CHOOSE_QUANTITY
    chat.taps("Ninguno de estos")
    assert chat.cart() == {}
    assert chat.state == StateName.BROWSE_CATEGORIES
