"""A walk through every state of every flow: whatever comes, there is one useful answer and a way on."""

import pytest
from tests.unit.conversations.chat import Chat
from tests.unit.conversations.places_to_be import REACHED

from marchante.channels.whatsapp.messages import payload
from marchante.conversations.dispatch import STATES
from marchante.conversations.effects import ChooseMarketing
from marchante.conversations.prompts import choices
from marchante.conversations.table import EVERYWHERE, SILENT, StateName

EVERY_STATE = pytest.mark.parametrize("name", list(StateName))
NAMES = {StateName.GIVE_PATERNAL, StateName.GIVE_MATERNAL, StateName.GIVE_FIRST_NAME}
# Whatever is written there is the answer.
TAKES_ANY_TEXT = {
    *(StateName.GIVE_NOTE, StateName.GIVE_ADDRESS, StateName.SURVEY_COMMENT, *NAMES, StateName.RECHECK_COVERAGE),
    *(StateName.COVERAGE_WHERE, StateName.COVERAGE_CHECK),
    *(StateName.REQUIRE_REGISTRATION, StateName.GIVE_STREET, StateName.GIVE_COLONY, StateName.GIVE_POSTAL_CODE),
    StateName.GIVE_REFERENCES,
}
TALKATIVE = [name for name in StateName if name not in SILENT]
EVERY_TALKATIVE_STATE = pytest.mark.parametrize("name", TALKATIVE)
GLOBAL_WORDS = ["menú", "MENU", "cancelar", "Cancelar", "atrás", "atras", "regresar", "ayuda", "asesor", "persona"]
KINDS = ["sticker", "voice", "image", "video", "document", "contacts", "order", "poll_creation"]


@EVERY_STATE
def test_every_state_can_be_reached(name: StateName):
    assert REACHED[name]().state == name


@EVERY_STATE
def test_every_state_has_an_exit(name: StateName):
    state = STATES[name]
    assert set(state.exits) - {name}


@EVERY_TALKATIVE_STATE
@pytest.mark.parametrize("word", GLOBAL_WORDS)
def test_every_state_answers_the_global_words_with_one_message(name: StateName, word: str):
    chat = REACHED[name]().says(word)
    assert len(chat.answers) == 1
    assert "no te entendí" not in chat.told


@EVERY_STATE
@pytest.mark.parametrize(("word", "wanted"), [("BAJA", False), ("ya no me manden promociones", False), ("alta", True)])
def test_what_is_said_of_promotions_is_kept_in_every_state_and_moves_nothing(name: StateName, word: str, wanted: bool):
    chat = REACHED[name]()
    before = chat.cart()
    chat.effects.clear()
    chat.says(word)
    assert [each.wanted for each in chat.effects if isinstance(each, ChooseMarketing)] == [wanted]
    assert chat.cart() == before


@EVERY_TALKATIVE_STATE
def test_menu_leads_to_the_menu_and_keeps_the_cart(name: StateName):
    chat = REACHED[name]()
    before = chat.cart()
    chat.says("menú")
    assert chat.state == StateName.MENU
    assert chat.titles[:4] == ["Ver catálogo", "Hacer un pedido", "Estado de pedido", "Hablar con un asesor"]
    assert chat.cart() == before


@EVERY_TALKATIVE_STATE
def test_cancel_leaves_nothing_in_the_cart(name: StateName):
    chat = REACHED[name]().says("cancelar")
    assert chat.cart() == {}
    # Of an order already placed it is asked first.
    assert chat.state == (StateName.CANCEL_ORDER if name is StateName.ORDER_QUESTION else StateName.MENU)


@EVERY_TALKATIVE_STATE
def test_a_person_can_be_asked_for_anywhere(name: StateName):
    chat = REACHED[name]().says("quiero hablar con un asesor, por favor")
    assert chat.view.handoff == "requested"


@EVERY_TALKATIVE_STATE
@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_read_gets_one_answer_and_the_question_again(name: StateName, kind: str):
    if STATES[name].flow == "invoicing" and kind in {"image", "document"}:
        return  # it is the constancia
    chat = REACHED[name]()
    asked = [title for title, _ in choices(chat.answers[-1])]
    chat.sends(kind)
    assert len(chat.answers) == 1
    assert chat.state == name
    assert chat.titles == asked or name is StateName.GOODBYE


@EVERY_TALKATIVE_STATE
@pytest.mark.parametrize("nonsense", ["wxyz qqq", "?", "🤷", "....", "kkk " * 300, "*_~`", "0", "-5", "99999999"])
def test_nonsense_gets_one_valid_answer(name: StateName, nonsense: str):
    chat = REACHED[name]().says(nonsense)
    assert len(chat.answers) == 1
    assert payload(chat.answers[0])


@EVERY_TALKATIVE_STATE
def test_three_answers_not_understood_lead_to_a_person(name: StateName):
    chat = REACHED[name]()
    if name in TAKES_ANY_TEXT:
        chat.says("menú")
    for nonsense in ("wxyz qqq", "zzz kkk", "qqq jjj"):
        if chat.view.handoff is None:
            chat.says(nonsense)
            assert len(chat.answers) == 1
    assert chat.view.handoff == "requested"


# Whatever is written in GIVE_NOTE is the note, and a word alone may be a name.
@pytest.mark.parametrize("name", [name for name in TALKATIVE if name not in {StateName.GIVE_NOTE, *NAMES}])
def test_the_name_of_a_product_finds_it_anywhere(name: StateName):
    chat = REACHED[name]().says("ejotes")
    assert "Ejote" in chat.cart() or "Ejote" in chat.told


@EVERY_TALKATIVE_STATE
def test_buttons_lead_only_where_the_table_says(name: StateName):
    first = REACHED[name]()
    for title, action in choices(first.answers[-1]) if first.answers else ():
        chat = REACHED[name]().taps_old(action, title)
        allowed = {*STATES[name].exits, name} if name is not StateName.GOODBYE else set(EVERYWHERE)
        assert StateName(chat.state) in allowed, f"{title} leads from {name} to {chat.state}"
        assert len(chat.answers) == 1


@pytest.mark.parametrize("name", sorted(SILENT))
def test_beside_a_person_the_bot_is_silent(name: StateName):
    chat = REACHED[name]()
    for word in ("hola", "2 kg de papa", "ayuda", "atrás"):
        chat.says(word)
        assert chat.answers == []
    for kind in KINDS:
        chat.sends(kind)
        assert chat.answers == []


def test_a_chat_counts_what_it_sends():
    assert Chat(REACHED[StateName.MENU]().view).says("hola").sent == 1
