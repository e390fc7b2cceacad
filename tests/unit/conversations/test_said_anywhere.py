"""Whatever the bot has just asked, a customer may order, ask, correct, pay or thank: understood as what it is."""

from collections.abc import Callable

import pytest
from tests.builders.shop_view import grocer, kitchen, known_customer, new_customer, placed_order
from tests.unit.conversations.chat import Chat
from tests.unit.conversations.places_to_be import REACHED

from marchante.conversations.state import Session
from marchante.conversations.table import SILENT, StateName

# Where a person answers, the bot is silent; a comment of the survey is taken to the letter; two of the states are
# reached at a kitchen, which sells no vegetables.
ELSEWHERE = {*SILENT, StateName.SURVEY_COMMENT, StateName.CHOOSE_OPTION, StateName.PRODUCT_DETAILS}
ANYWHERE = [name for name in StateName if name not in ELSEWHERE]
ORDERING = [
    StateName.CHOOSE_QUANTITY,
    StateName.GIVE_ADDRESS,
    StateName.CHOOSE_ADDRESS,
    StateName.SUMMARY,
    StateName.CHOOSE_CHANGE,
    StateName.CHOOSE_LINE,
    StateName.CHOOSE_REMOVAL,
    StateName.CHOOSE_FULFILMENT,
    StateName.CHOOSE_PAYMENT,
    StateName.GIVE_NOTE,
    StateName.CHOOSE_SLOT,
    StateName.RESUME_ORDER,
]
IN_EVERY_STATE = pytest.mark.parametrize("name", ANYWHERE)
WHILE_ORDERING = pytest.mark.parametrize("name", ORDERING)


def answers(chat: Chat, text: str) -> str:
    """What the bot says to it, in the one message it may cost."""
    chat.says(text)
    assert len(chat.answers) == 1
    assert "no te entend" not in chat.told
    return chat.told


@IN_EVERY_STATE
@pytest.mark.parametrize(
    "text", ["2 kg de jitomate", "me mandas dos kilos de jitomate porfa", "y 2 kilos de jitomate más"]
)
def test_an_order_line_goes_into_the_cart(name: StateName, text: str):
    chat = REACHED[name]()
    before = chat.cart()
    told = answers(chat, text)
    assert chat.cart() == {**before, "Jitomate saladette": 2}
    assert "2 kg Jitomate saladette · $48.00" in told


@IN_EVERY_STATE
def test_a_question_about_the_hours_is_answered_and_the_state_stays(name: StateName):
    chat = REACHED[name]()
    state, cart = chat.state, chat.cart()
    assert "lunes a sábado de 8 a 8" in answers(chat, "¿y a qué hora abren?")
    assert chat.cart() == cart
    assert chat.state in {state, StateName.SUMMARY}


@IN_EVERY_STATE
def test_a_question_beside_an_order_is_answered_in_the_same_message(name: StateName):
    told = answers(REACHED[name](), "2 kg de jitomate, ¿y a qué hora abren?")
    assert "lunes a sábado de 8 a 8" in told
    assert "2 kg Jitomate saladette" in told


@IN_EVERY_STATE
def test_a_price_is_told_and_nothing_is_ordered(name: StateName):
    chat = REACHED[name]()
    cart = chat.cart()
    assert "Aguacate hass: $90.00 el kg" in answers(chat, "¿a cómo el aguacate?")
    assert chat.cart() == cart


@IN_EVERY_STATE
def test_the_order_is_cancelled(name: StateName):
    chat = REACHED[name]()
    answers(chat, "mejor cancela el pedido")
    assert chat.cart() == {}


@IN_EVERY_STATE
def test_thanks_are_answered_and_order_nothing(name: StateName):
    chat = REACHED[name]()
    cart = chat.cart()
    assert "¡Con gusto!" in answers(chat, "muchas gracias")
    assert chat.cart() == cart
    assert chat.session.draft.notes == ""


@pytest.mark.parametrize("name", [each for each in ANYWHERE if each is not StateName.GIVE_NOTE])
def test_a_complaint_calls_a_person(name: StateName):
    chat = REACHED[name]()
    answers(chat, "llegó todo podrido, pésimo servicio")
    assert chat.view.handoff == "requested"


@WHILE_ORDERING
def test_the_last_order_can_be_repeated(name: StateName):
    chat = REACHED[name]()
    chat.view = grocer(chat.view.customer, now=chat.view.now, last_orders=(placed_order(chat.view),))
    assert "2 kg Jitomate saladette" in answers(chat, "lo mismo de la otra vez")


@WHILE_ORDERING
def test_a_product_can_be_taken_out(name: StateName):
    chat = REACHED[name]()
    answers(chat, "quita la papa")
    assert "Papa blanca" not in chat.cart()


@WHILE_ORDERING
@pytest.mark.parametrize("text", ["que sean 3 de papa", "mejor 3 kilos de papa"])
def test_an_amount_can_be_corrected_by_name(name: StateName, text: str):
    chat = REACHED[name]()
    answers(chat, text)
    assert chat.cart()["Papa blanca"] == 3


def _cash(session: Session) -> bool:
    return session.draft.pays_with == 500 and session.draft.payment_method == "cash"


def _saturday_at_five(session: Session) -> bool:
    return session.draft.requested_from is not None and f"{session.draft.requested_from:%a %H}" == "Sat 17"


def _to_juarez(session: Session) -> bool:
    return (session.draft.address_text or "").startswith("calle Juárez 250, colonia Centro")


def _transfer(session: Session) -> bool:
    return session.draft.payment_method == "transfer"


@WHILE_ORDERING
@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("pago con uno de 500", _cash),
        ("te pago por transferencia", _transfer),
        ("para pasado mañana a las 5", _saturday_at_five),
        ("es en calle Juárez 250, colonia Centro, con don Chuy el de la esquina", _to_juarez),
    ],
)
def test_payment_time_and_address_fill_the_order_and_are_no_note(
    name: StateName, text: str, filled: Callable[[Session], bool]
):
    chat = REACHED[name]()
    if text.startswith("es en") and name is StateName.CHOOSE_FULFILMENT:
        chat.says("menú")
    answers(chat, text)
    assert filled(chat.session), chat.session.draft
    assert text not in chat.session.draft.notes


@pytest.mark.parametrize("text", ["quiero pedir para pasado mañana a las 5", "voy a pagar con uno de 500"])
def test_what_is_said_before_anything_is_ordered_is_kept(text: str):
    chat = Chat(grocer()).says("hola")
    assert "📝 Anotado para tu pedido:" in answers(chat, text)
    told = answers(chat, "2 kg de papa")
    assert "sábado 28" in told or "pagas con $500.00" in told


def test_whom_to_leave_it_with_is_noted_on_the_order():
    chat = Chat(grocer())
    told = answers(
        chat,
        "buenas me mandas 2k de jitomate, kilo y medio de papa y una coca de las grandes xfa, "
        "con don chuy el de la esquina",
    )
    assert "📝 con don chuy el de la esquina" in told
    assert chat.cart() == {"Jitomate saladette": 2, "Papa blanca": pytest.approx(1.5), "Coca-Cola 2.5 L": 1}
    assert chat.titles == ["Confirmar", "Cambiar algo", "Cancelar"]


def test_sin_los_takes_a_product_out_and_sin_alone_is_a_note():
    chat = Chat(grocer()).says("2 kg de papa y 1 kg de limón")
    chat.says("sin los limones")
    assert list(chat.cart()) == ["Papa blanca"]
    chat.says("sin tierra")
    assert [item.note for item in chat.session.cart] == ["sin tierra"]


def test_the_last_product_taken_out_is_said():
    chat = Chat(grocer()).says("2 kg de papa")
    told = answers(chat, "quita la papa")
    assert "Quité Papa blanca.\nTu pedido está vacío." in told


@pytest.mark.parametrize(
    "text", ["tocar fuerte a las 5, el timbre no sirve", "la papa que venga lavada", "sin bolsa porfa"]
)
def test_a_note_is_still_a_note_where_one_is_asked_for(text: str):
    chat = REACHED[StateName.GIVE_NOTE]().says(text)
    assert chat.session.draft.notes == text


def test_a_number_does_not_throw_an_order_away():
    chat = REACHED[StateName.RESUME_ORDER]()
    cart = chat.cart()
    chat.says("3")
    assert chat.cart() == cart


@pytest.mark.parametrize("amount", ["3", "dame 3", "que sean 3 kilos"])
def test_how_much_can_be_said_to_a_price(amount: str):
    chat = Chat(grocer(known_customer())).says("¿a cómo el aguacate?").says(amount)
    assert chat.cart() == {"Aguacate hass": 3}


def test_an_amount_and_more_products_in_one_text_are_both_taken():
    chat = Chat(grocer()).says("1 kg de papa").says("que sean 3, y también un kilo de limón")
    assert chat.cart() == {"Papa blanca": 3, "Limón con semilla": 1}


def test_where_and_when_said_while_something_is_asked_is_noted_aloud():
    chat = Chat(grocer()).says("1 kg de papa y 2 cocas")
    assert chat.state == StateName.CHOOSE_PRODUCT
    chat.says("mejor paso por él")
    assert "Anotado para tu pedido" in chat.told
    assert chat.state == StateName.CHOOSE_PRODUCT


@pytest.mark.parametrize(
    "text",
    [
        "¿a cómo el aguacate y a qué hora abren?",
        "¿A qué hora abren? ¿y cuánto cuesta el aguacate?",
        "a como el aguacate, y aceptan tarjeta",
        "¿hacen envíos a la Reforma y cuánto cuesta el aguacate?",
    ],
)
def test_two_questions_in_one_text_are_both_answered(text: str):
    told = answers(Chat(grocer(known_customer())), text)
    assert "Aguacate hass: $90.00 el kg" in told
    assert any(fact in told for fact in ("de 8 a 8", "con tarjeta al recibir", "el envío cuesta $15.00"))
    assert "No manejamos" not in told


def test_a_product_of_other_days_is_not_said_to_have_run_out():
    told = answers(Chat(kitchen()), "¿tienen pozole?")
    assert "📅 Pozole: solo sábados." in told
    assert "agotado" not in told


def test_an_option_that_was_chosen_is_no_note_too():
    chat = Chat(kitchen()).says("3 quesadillas, 2 de tinga y una de hongos, con queso")
    assert [item.note for item in chat.session.cart] == ["", ""]
    assert "1 Quesadilla (hongos, con queso) · $38.00" in chat.told


@pytest.mark.parametrize("yes", ["agréguelo", "sí, agrégalo", "pónmelo", "ponlo porfa"])
def test_yes_to_a_price_can_be_said_in_many_ways(yes: str):
    assert Chat(grocer()).says("¿a cómo el aguacate?").says(yes).cart() == {"Aguacate hass": 1}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("es en calle Juárez 250, Centro", "calle Juárez 250, Centro"),
        ("2 kg de papa para calle Juárez 250, Las Flores, mañana a las 5", "calle Juárez 250, Las Flores"),
        ("2 kg de papa a calle Juárez 250, Centro, pago con 200", "calle Juárez 250, Centro"),
        ("calle Juárez 250, Centro y un manojo de cilantro", "calle Juárez 250, Centro"),
    ],
)
def test_a_colonia_written_after_the_street_belongs_to_the_address(text: str, address: str):
    chat = Chat(grocer(known_customer())).says("1 kg de cebolla", text)
    assert chat.session.draft.address_text == address
    assert "No manejamos" not in chat.told


@pytest.mark.parametrize(
    "text",
    [
        "mi dirección es Av. Xalapa 12, Centro, y agrégame un kilo de cebolla",
        "Av. Xalapa 12, Centro y un kilo de cebolla",
        "un kilo de cebolla, es a Av. Xalapa 12, Centro",
    ],
)
def test_products_beside_the_address_that_was_asked_for_are_taken_too(text: str):
    chat = Chat(grocer(new_customer())).says("2 kg de papa", text)
    assert chat.cart() == {"Papa blanca": 2, "Cebolla blanca": 1}
    assert chat.session.draft.address_text == "Av. Xalapa 12, Centro"


@pytest.mark.parametrize("amount", ["3 por favor", "3 porfa", "3, gracias", "sí, 3"])
def test_an_amount_may_be_said_politely(amount: str):
    assert Chat(grocer()).says("2 kg de papa").says(amount).cart() == {"Papa blanca": 3}


def test_all_of_what_was_priced_can_be_taken():
    chat = Chat(grocer()).says("¿a cómo el jitomate y la papa?").says("ok")
    assert chat.state == StateName.PRICES
    assert chat.says("sí, ponme los dos").cart() == {"Jitomate saladette": 1, "Papa blanca": 1}


def test_a_share_of_each_that_was_priced_can_be_taken():
    chat = Chat(grocer()).says("¿a cómo el jitomate y la papa?").says("dame 2 kilos de cada uno porfa")
    assert chat.cart() == {"Jitomate saladette": 2, "Papa blanca": 2}


def test_a_question_is_no_part_of_a_note():
    chat = Chat(grocer()).says("2 kg de jitomate pero que estén maduros y a qué hora cierran")
    assert [item.note for item in chat.session.cart] == ["que estén maduros"]
    assert "lunes a sábado de 8 a 8" in chat.told
