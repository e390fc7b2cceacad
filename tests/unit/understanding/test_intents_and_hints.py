"""What is said beside the goods: intents, days and hours, payment, places."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.unit.understanding.shops import BAKERY, GREENGROCER, GROCER

from marchante.understanding import Context, search, understand

MONDAY = Context(now=datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Mexico_City")))


@pytest.mark.parametrize(
    "text, intent",
    [
        ("buenas tardes!!", "greeting"),
        ("Holaaa", "greeting"),
        ("mil gracias 🙏", "thanks"),
        ("👍", "confirm"),
        ("sip así está bien", "confirm"),
        ("no gracias", "deny"),
        ("menú", "menu"),
        ("qué productos manejan?", "catalog"),
        ("a cómo el bolillo?", "price_query"),
        ("hasta qué hora abren hoy?", "hours_query"),
        ("aceptan tarjeta?", "payment_query"),
        ("hacen entregas en la colonia Centro?", "coverage_query"),
        ("calle 5 de Mayo #23, portón negro", "address"),
        ("ya viene mi pedido? llevo una hora esperando", "order_status"),
        ("las conchas que me mandaron venían duras", "complaint"),
        ("cancela mi pedido por favor", "cancel"),
        ("ya no me manden promociones", "opt_out"),
        ("lo mismo de la vez pasada", "repeat_order"),
        ("quiero hablar con una persona", "advisor"),
        ("no entiendo, cómo le hago para pedir?", "help"),
        ("hasta mañana, saludos", "goodbye"),
        ("oiga y cómo sigue su mamá?", "other"),
        ("grasias vesina", "thanks"),
        ("hay que dejar anticipo?", "payment_query"),
        ("cómo se prepara el bolillo?", "other"),
        ("", "other"),
    ],
)
def test_the_intent_of_a_message_without_an_order(text: str, intent: str) -> None:
    understood = understand(text, BAKERY)

    assert understood.intent == intent
    assert not understood.items


@pytest.mark.parametrize(
    "text", ["cuánto me cobras por 3 bolillos", "si hay bolillo?", "le queda bolillo o ya se acabó"]
)
def test_asking_the_price_of_an_amount_or_whether_there_is_any_orders_nothing(text: str) -> None:
    assert understand(text, BAKERY).intent == "price_query"
    assert understand(text, BAKERY).items == ()


@pytest.mark.parametrize("text", ["te pago con tarjeta", "mañana a las 5"])
def test_terms_that_are_told_are_no_question(text: str) -> None:
    assert understand(text, BAKERY).intent not in {"payment_query", "hours_query"}


@pytest.mark.parametrize(
    "text, day, start, end",
    [
        ("2 bolillos para mañana", date(2026, 11, 24), None, None),
        ("2 bolillos pasado mañana a las 5", date(2026, 11, 25), time(17), None),
        ("2 bolillos el viernes en la tarde", date(2026, 11, 27), time(13), time(19)),
        ("2 bolillos antes de la una", None, None, time(13)),
        ("2 bolillos entre las 4 y las 6", None, time(16), time(18)),
        ("2 bolillos a las 9 de la mañana", None, time(9), None),
        ("2 bolillos el 24 de diciembre a las 10:30", date(2026, 12, 24), time(10, 30), None),
    ],
)
def test_days_and_hours_are_read_against_the_messages_own_time(
    text: str, day: date | None, start: time | None, end: time | None
) -> None:
    understood = understand(text, BAKERY, MONDAY)

    assert understood.when is not None
    assert (understood.when.day, understood.when.start, understood.when.end) == (day, start, end)
    assert [(item.sku, item.quantity) for item in understood.items] == [("Bolillo", Decimal(2))]


@pytest.mark.parametrize(
    "text, method, pays_with",
    [
        ("2 bolillos, pago con uno de 500", "cash", Decimal(500)),
        ("2 bolillos y cambio de 200", "cash", Decimal(200)),
        ("2 bolillos, te deposito", "transfer", None),
        ("2 bolillos, pago con tarjeta", "card", None),
    ],
)
def test_how_it_is_paid_is_no_amount_of_goods(text: str, method: str, pays_with: Decimal | None) -> None:
    understood = understand(text, BAKERY)

    assert understood.payment is not None
    assert (understood.payment.method, understood.payment.pays_with) == (method, pays_with)
    assert [(item.sku, item.quantity) for item in understood.items] == [("Bolillo", Decimal(2))]


def test_an_address_in_an_order_is_kept_apart_from_the_goods() -> None:
    understood = understand("2 bolillos al depto 302, calle Morelos 45", BAKERY)

    assert understood.address is not None
    assert "302" in understood.address
    assert [(item.sku, item.quantity) for item in understood.items] == [("Bolillo", Decimal(2))]


def test_searching_finds_a_misspelt_name_first() -> None:
    assert search("aguakate", GREENGROCER)[0].sku == "Aguacate Hass"
    assert search("leche deslactozada", GROCER)[0].sku == "Leche Lala deslactosada 1 L"
    assert search("xyzzy", GROCER) == ()
