"""What read badly when the scripted weeks (docs/weeks) were read aloud."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.builders.shop_view import NOW, ZONE, grocer, new_customer, placed_order, product, zoned
from tests.unit.conversations.chat import Chat

from marchante.campaigns.domain import Campaign
from marchante.companies.domain import CompanySettings
from marchante.companies.hours import Closure
from marchante.companies.hours_text import read_hours
from marchante.conversations import notices, staff
from marchante.conversations.effects import CancelTimer, LeaveReview
from marchante.conversations.replies.es.staff import in_one_sentence
from marchante.conversations.table import StateName
from marchante.orders.change_rules import weighed
from marchante.orders.domain import Order, OrderChanged, OrderLine, OrderStatus

TODAY = NOW.astimezone(ZONE).date()


def regular(**changes: object) -> Chat:
    """Somebody whose last order was 2 kg of jitomate and a kilo of papa."""
    view = grocer()
    lines = tuple(
        OrderLine(each.id, each.sku, each.name, Decimal(quantity), each.unit, each.price or Decimal(0))
        for each, quantity in ((product(view, "Jitomate"), 2), (product(view, "Papa"), 1))
    )
    return Chat(replace(view, last_orders=(placed_order(view, lines=lines, **changes),)))


@pytest.mark.parametrize(
    ("text", "cart"),
    [
        ("quiero pedir lo de siempre pero con 3 kilos de jitomate", {"Jitomate saladette": 3, "Papa blanca": 1}),
        ("lo de siempre sin papa", {"Jitomate saladette": 2}),
        ("lo mismo de siempre y otro kilo de papa", {"Jitomate saladette": 2, "Papa blanca": 2}),
        ("lo de siempre", {"Jitomate saladette": 2, "Papa blanca": 1}),
    ],
)
def test_the_last_order_is_repeated_with_what_is_said_of_it(text: str, cart: dict[str, int]):
    chat = regular().says(text)
    assert chat.cart() == {name: Decimal(quantity) for name, quantity in cart.items()}
    assert chat.state == StateName.SUMMARY
    assert chat.told.count("Lo mismo que en tu pedido") == 1


def test_the_last_order_is_repeated_for_when_and_how_it_is_said_to_be_paid():
    chat = regular().says("lo de siempre pero mañana y pago con tarjeta")
    assert "tarjeta" in chat.told
    assert "mañana" in chat.told
    assert chat.cart() == {"Jitomate saladette": Decimal(2), "Papa blanca": Decimal(1)}


def test_how_a_product_must_be_is_noted_on_that_product():
    chat = Chat(grocer()).says("2 kg de jitomate y un kilo de papa que no esté muy grande para la casa porfa")
    assert [item.note for item in chat.session.cart] == ["", "que no esté muy grande"]
    assert chat.session.draft.notes == ""


def test_what_a_tap_put_in_is_said_while_an_address_is_asked_for():
    chat = Chat(grocer(new_customer())).says("hola").taps("Hacer un pedido", "Verduras", "Jitomate saladette")
    assert chat.state == StateName.GIVE_ADDRESS
    assert "Agregué 1 kg Jitomate saladette" in chat.told


def test_fetching_it_is_no_address():
    chat = Chat(grocer(new_customer())).says("2 kg de jitomate", "mejor paso por él mañana a las 10")
    assert chat.state == StateName.SUMMARY
    assert "Pasas a recoger" in chat.told
    assert "mañana" in chat.told


def test_card_and_invoice_may_be_said_in_one_text():
    chat = Chat(grocer()).says("2 kg de jitomate", "con tarjeta y me facturas por favor")
    assert "💳" in chat.told
    assert "🧾 con factura" in chat.told


@pytest.mark.parametrize("text", ["perdón, 2", "digo 2", "eran 2", "perdón 2 kilos"])
def test_a_number_typed_wrong_is_said_again(text: str):
    chat = Chat(grocer()).says("22 kg de jitomate", text)
    assert chat.cart() == {"Jitomate saladette": Decimal(2)}


def test_a_status_says_when_the_order_will_come_or_that_it_is_late():
    view = grocer()
    promised = {"requested_from": view.now + timedelta(hours=2), "requested_until": view.now + timedelta(hours=4)}
    chat = regular(status=OrderStatus.PROCESSING, **promised).says("¿como cuánto tardan?")
    assert "Lo estamos preparando; te lo llevamos hoy de 12:15 a 2:15 p.m." in chat.told
    late = regular(status=OrderStatus.PROCESSING, requested_until=view.now - timedelta(hours=1)).says(
        "ya es bien tarde"
    )
    assert "🙏 Perdón, va atrasado" in late.told


def test_beside_an_order_under_way_those_that_are_over_are_not_listed():
    view = grocer()
    over = placed_order(view, id=8, folio="A-0040", status=OrderStatus.DELIVERED, status_name="Entregado")
    chat = Chat(replace(view, last_orders=(placed_order(view), over))).says("¿ya mero?")
    assert "A-0041" in chat.told
    assert "A-0040" not in chat.told


def test_what_is_approximate_says_so_until_it_is_weighed():
    chat = Chat(grocer()).says("3 aguacates", "pago con 200")
    assert "Total aproximado" in chat.told
    assert "(cambio ≈ $" in chat.told
    chat.taps("Confirmar").says("¿cómo va mi pedido?")
    assert "3 Aguacate hass (≈ 600 g) · ≈ $" in chat.told
    chat.says("cancela mi pedido")
    assert "(≈ 600 g) · ≈ $" in chat.told


def test_the_scale_ends_what_is_approximate():
    order = Chat(grocer()).says("3 aguacates").taps("Confirmar").view.last_orders[0]
    assert order.is_approximate
    assert not replace(order, lines=weighed(order.lines, {0: Decimal("0.650")})).is_approximate


def test_opting_out_carries_no_promotion():
    chat = Chat(replace(grocer(), campaign=Campaign("Hoy 2x1 en queso"))).says("BAJA")
    assert "ya no te mandaremos promociones" in chat.told
    assert "2x1" not in chat.told


def test_why_until_tomorrow_is_a_question_about_the_hours():
    closed = (Closure(TODAY, TODAY, "inventario"),)
    settings = CompanySettings(hours=read_hours("mon-sat 08:00-20:00"), closures=closed)
    chat = Chat(grocer(settings=settings)).says("2 kg de jitomate", "¿por qué hasta mañana??")
    assert chat.told.count("Hoy no abrimos (inventario)") == 1
    assert "Con gusto" not in chat.told


def test_whoever_complained_is_not_asked_how_it_was():
    chat = regular(status=OrderStatus.DELIVERED, status_name="Entregado").says("me faltó la papa")
    assert chat.asked_for(CancelTimer) == [CancelTimer("survey")]


def test_a_survey_of_days_ago_is_not_asked_again():
    chat = regular(status=OrderStatus.DELIVERED, status_name="Entregado").says("gracias").survey()
    assert chat.says("¿a qué hora abren?").state == StateName.SURVEY_RATING
    chat.waits(days=3).says("¿a qué hora abren?")
    assert chat.state == StateName.MENU
    assert "¿Cómo te fue" not in chat.told


def test_after_the_stars_there_is_nothing_more_to_tap():
    chat = regular(status=OrderStatus.DELIVERED, status_name="Entregado").says("gracias").survey()
    chat.says("todo muy bien, gracias")
    assert chat.asked_for(LeaveReview) == [LeaveReview(chat.view.last_orders[0].id, rating=5)]
    assert "agregar un comentario" in chat.told
    assert chat.titles == []


def test_a_colonia_nobody_knows_stays_with_its_street_while_something_else_is_asked():
    chat = Chat(grocer(new_customer())).says("2 cocas y un kilo de papa")
    assert chat.state == StateName.CHOOSE_PRODUCT
    assert "Av. Álvaro Obregón 1520, Guadalupe" in chat.says("Av. Álvaro Obregón 1520, Guadalupe").told


def test_where_the_categories_follow_nobody_is_told_to_write_catalogo():
    chat = Chat(grocer()).says("2 kilos de arrachera")
    assert "No manejamos «arrachera»." in chat.told
    assert "Escribe *catálogo*" not in chat.told


def test_fetching_it_is_no_other_address_where_the_shop_does_not_go():
    chat = Chat(zoned(new_customer())).says("2 kg de jitomate", "Calle Pirineos 44, col. Juriquilla")
    assert chat.state == StateName.RECHECK_COVERAGE
    assert "Pasas a recoger" in chat.says("ah, entonces paso yo hoy a las 5").told


def test_an_order_as_late_as_the_customer_was_told_is_not_promised_again():
    view = grocer()
    late = regular(status=OrderStatus.PROCESSING, requested_until=view.now + timedelta(minutes=5)).says("¿ya mero?")
    assert "🙏 Perdón, va atrasado" in late.told


def test_what_a_number_set_is_said_while_an_address_is_asked_for():
    chat = Chat(grocer(new_customer())).says("1 kg de jitomate", "que sean 3")
    assert "📝 Anotado: 3 kg Jitomate saladette." in chat.told
    chat.says("ponle 2, y también un arroz")
    assert "Anotado: 2 kg" not in chat.told, "the lines say it"
    assert "2 kg Jitomate saladette · $48.00" in chat.told


def test_the_last_order_by_the_piece_is_as_many_pieces_again():
    view = grocer()
    avocado = product(view, "Aguacate")
    line = OrderLine(avocado.id, avocado.sku, avocado.name, Decimal("0.860"), "kg", Decimal(90), "3 piezas, maduros")
    chat = Chat(replace(view, last_orders=(placed_order(view, lines=(line,)),))).says("lo de siempre")
    assert "3 Aguacate hass (≈ 600 g)" in chat.told
    assert "↳ maduros" in chat.told


def changed(order: Order, total: int, **changes: object) -> str:
    now = replace(order, total_amount=Decimal(total), **changes)
    return "\n".join(notices.changed(OrderChanged(now, order, "customer"), grocer()).facts)


def test_a_change_of_the_time_is_repeated_when_it_is_saved():
    order = placed_order(grocer())
    later = {"requested_from": NOW + timedelta(hours=6), "requested_until": NOW + timedelta(hours=8)}
    assert "Total $63.00 · 🕔 hoy de 4:15 a 6:15 p.m." in changed(order, 63, **later)
    assert "🕔" not in changed(order, 80)


def test_the_notice_that_it_is_on_its_way_says_what_to_have_at_hand():
    order = placed_order(grocer(), status=OrderStatus.SHIPPED)
    settings = grocer().settings
    assert "💵 Son $63.00 en efectivo." in notices.status_words(order, settings)
    assert "va el cambio de $100.00: $37.00" in notices.status_words(replace(order, pays_with=Decimal(100)), settings)
    assert "💵" not in notices.status_words(replace(order, payment_method="card_at_door"), settings)


def test_an_amount_with_its_unit_is_of_the_one_line_sold_so():
    chat = Chat(grocer()).says("2 kg de jitomate y 11 manojos de cilantro", "perdón, 1 manojo")
    assert chat.cart() == {"Jitomate saladette": Decimal(2), "Cilantro": Decimal(1)}


@pytest.mark.parametrize(("text", "rating"), [("5 todo muy fresco", 5), ("4, muy amables", 4), ("2 llegó tarde", 2)])
def test_stars_and_a_comment_may_come_in_one_text(text: str, rating: int):
    chat = regular(status=OrderStatus.DELIVERED, status_name="Entregado").says("gracias").survey().says(text)
    left = chat.asked_for(LeaveReview)
    assert [review.rating for review in left if review.rating] == [rating]
    assert [review.comment for review in left if review.comment] == [text[1:].strip(" ,")]


def test_a_number_with_goods_beside_a_survey_is_an_order():
    chat = regular(status=OrderStatus.DELIVERED, status_name="Entregado").says("gracias").survey()
    assert chat.says("5 lechugas").cart() == {"Lechuga orejona": Decimal(5)}


def test_who_knows_the_menu_gets_the_hours_without_it():
    chat = Chat(grocer()).says("¿a qué hora abren?")
    assert "🕘 Nuestro horario" in chat.told
    assert "1. Ver catálogo" not in chat.told
    assert "1. Ver catálogo" in Chat(grocer(new_customer())).says("¿a qué hora abren?").told


def test_a_bill_named_in_a_question_is_taken():
    chat = Chat(grocer()).says("2 kg de jitomate", "¿traen cambio de 500?")
    assert "pagas con $500.00" in chat.told


def test_behind_a_sticker_after_an_order_there_is_no_menu():
    chat = Chat(grocer()).says("2 kg de jitomate").taps("Confirmar").sends("sticker")
    assert "sticker" in chat.told
    assert "Ver catálogo" not in chat.told


def test_the_hours_say_when_an_order_could_be_there():
    settings = CompanySettings(hours=read_hours("mon-sat 08:00-20:00"))
    chat = Chat(grocer(settings=settings)).says("¿todavía alcanzo hoy?")
    assert "🛵 Lo más pronto que llevamos: hoy de 12 a 2 p.m." in chat.told


@pytest.mark.parametrize("text", ["cancela mi pedido", "me faltó la papa", "cámbialo a las 5 de la tarde"])
def test_who_cancels_changes_or_complains_hears_no_promotion(text: str):
    chat = regular(status=OrderStatus.PENDING, created_at=NOW)
    chat.view = replace(chat.view, campaign=Campaign("Hoy 2x1 en queso"))
    assert "2x1" not in chat.says(text).told
    assert "2x1" in Chat(chat.view).says("2 kg de jitomate").told


def test_the_owner_too_reads_what_is_approximate():
    order = Chat(grocer()).says("3 aguacates").taps("Confirmar").view.last_orders[0]
    assert "*Total ≈ $69.00*" in staff.told(staff.NewOrder(order), grocer())


def test_the_reminder_says_that_its_total_has_the_delivery_and_is_approximate():
    chat = Chat(grocer()).says("3 aguacates").waits(hours=1).timer("reminder")
    assert "🛒 3 Aguacate hass (≈ 600 g) · Total ≈ $69.00 con envío" in chat.told


def test_what_was_not_weighed_is_still_approximate_on_its_way():
    order = replace(
        Chat(grocer()).says("3 aguacates").taps("Confirmar").view.last_orders[0], status=OrderStatus.SHIPPED
    )
    assert "💵 Son ≈ $69.00 en efectivo." in notices.status_words(order, grocer().settings)


def test_changes_told_by_template_are_one_sentence():
    assert in_one_sentence(["➕ 1 kg Limón", "⚠️ Ya estaba pagado: falta cobrar $34.00."]).endswith("cobrar $34.00")
