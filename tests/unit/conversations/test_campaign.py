"""What the shop announces rides on the first answer of a visit."""

from dataclasses import replace
from typing import Any

from tests.builders.shop_view import grocer, known_customer, new_customer, placed_order
from tests.unit.conversations.chat import Chat

from marchante.campaigns.domain import Campaign, active_campaign
from marchante.channels.whatsapp.messages import ListMenu, ReplyButtons
from marchante.companies.domain import CompanySettings
from marchante.conversations.table import StateName
from marchante.orders.domain import OrderStatus

ANNOUNCED = Campaign("2x1 en papa, solo hoy")


def chat(**changes: Any) -> Chat:
    return Chat(grocer(campaign=ANNOUNCED, **changes))


def test_it_stands_in_the_greeting_with_all_four_entries():
    greeted = chat().says("hola")
    assert len(greeted.answers) == 1
    assert isinstance(greeted.answers[0], ListMenu)
    assert greeted.told.startswith("¡Hola, Lupita! 👋\n📣 2x1 en papa, solo hoy")


def test_somebody_new_hears_it_once_after_the_notice_and_never_in_a_message_of_its_own():
    greeted = Chat(grocer(new_customer(), campaign=ANNOUNCED)).says("hola")
    assert "📣" in greeted.told
    assert "solo para atender tus pedidos" in greeted.told
    assert len(greeted.answers) == 1
    assert "📣" not in greeted.says("menú").told
    assert "📣" in greeted.waits(hours=7).says("hola").told


def test_it_rides_on_an_order_written_at_once():
    ordered = chat().says("2 kg de papa")
    assert len(ordered.answers) == 1
    assert ordered.state == StateName.SUMMARY
    assert "📣" in ordered.told
    assert len(ordered.taps("Confirmar").answers) == 1
    assert "📣" not in ordered.told


def test_a_picture_stands_above_buttons_that_lead_on():
    greeted = Chat(grocer(campaign=Campaign("2x1 en papa", "https://example.com/papa.jpg"))).says("hola")
    [message] = greeted.answers
    assert isinstance(message, ReplyButtons)
    assert message.header is not None
    assert "📣 2x1 en papa" in message.body
    assert greeted.taps("Menú").state == StateName.MENU
    assert "📣" not in greeted.told


def test_a_picture_that_cannot_be_sent_costs_nobody_the_greeting():
    greeted = Chat(grocer(campaign=Campaign("2x1 en papa", "papa.jpg"))).says("hola")
    assert "📣 2x1 en papa" in greeted.told
    assert greeted.titles[0] == "Ver catálogo"


def test_who_wants_no_promotions_hears_none():
    assert "📣" not in Chat(grocer(known_customer(marketing_stopped=True), campaign=ANNOUNCED)).says("hola").told


def test_where_it_does_not_fit_it_is_left_out_and_comes_next_time():
    view = grocer(campaign=Campaign("papa " * 60), settings=CompanySettings(address="Mercado Hidalgo " * 18))
    order = "\n".join([*(f"1 {product.name}" for product in view.catalog.products[:20]), "para recoger"])
    whole = Chat(replace(view, campaign=None)).says(order)
    assert 1024 - 300 < len(whole.told) < 1024
    ordered = Chat(view).says(order)
    assert len(ordered.answers) == 1
    assert "📣" not in ordered.told
    assert "📣" in ordered.says("menú").told


def test_without_words_there_is_no_campaign():
    assert active_campaign(" ", "https://example.com/papa.jpg") is None
    assert active_campaign("2x1", "") == Campaign("2x1")


def test_what_a_timer_says_announces_nothing():
    view = grocer(last_orders=(placed_order(grocer(), status=OrderStatus.DELIVERED),))
    asked = Chat(view).says("hola").waits(hours=8)
    asked.view = replace(asked.view, campaign=ANNOUNCED)
    assert asked.survey().state == StateName.SURVEY_RATING
    assert "📣" not in asked.told


def test_beside_a_person_nothing_is_announced():
    view = grocer(last_orders=(placed_order(grocer()),))
    waiting = Chat(view).says("asesor")
    waiting.view = grocer(campaign=ANNOUNCED, handoff="active")
    assert waiting.says("hola").answers == []
