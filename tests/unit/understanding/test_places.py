"""Addresses and hours inside a sentence."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.unit.understanding.shops import BAKERY

from marchante.understanding import Context, understand

MONDAY = Context(now=datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Mexico_City")))


@pytest.mark.parametrize(
    "text, address",
    [
        (
            "2 bolillos para la calle Juarez 12 colonia Centro mañana a las 5 y pago con uno de 500",
            "calle Juarez 12 colonia Centro",
        ),
        ("2 bolillos a la calle Hidalgo #45 int. 3 col. Centro, pago con 200", "calle Hidalgo #45 int. 3 col. Centro"),
        ("mándame 2 bolillos a Av. Constitución 123 Col. Obrera por favor", "Av. Constitución 123 Col. Obrera"),
        ("2 bolillos para calle 5 de mayo 23 hoy a las 6", "calle 5 de mayo 23"),
        ("2 bolillos entregar en Pino Suárez 300 depto 4 el viernes en la tarde", "Pino Suárez 300 depto 4"),
        ("2 bolillos, calle Aldama 12, mañana en la mañana, pago en efectivo", "calle Aldama 12"),
        ("2 bolillos para llevar a Zaragoza 45 esquina con Allende a las 7 pm", "Zaragoza 45 esquina con Allende"),
    ],
)
def test_an_address_ends_before_the_hour_and_the_payment(text: str, address: str) -> None:
    understood = understand(text, BAKERY, MONDAY)

    assert understood.address == address
    assert [(item.sku, item.quantity) for item in understood.items] == [("Bolillo", Decimal(2))]
    assert not understood.unknown


@pytest.mark.parametrize(
    "text, day, start, end",
    [
        ("mañana de 5 a 7", date(2026, 11, 24), time(17), time(19)),
        ("mañana a las 5", date(2026, 11, 24), time(17), None),
        ("el viernes en la tarde", date(2026, 11, 27), time(13), time(19)),
        ("pasado mañana a las 5", date(2026, 11, 25), time(17), None),
        ("hoy de 8 a 10", date(2026, 11, 23), time(20), time(22)),
        ("este viernes a medio día", date(2026, 11, 27), time(12), time(14)),
        ("el martes de 10 a 12", date(2026, 11, 24), time(10), time(12)),
    ],
)
def test_an_answer_that_only_says_when(text: str, day: date, start: time, end: time | None) -> None:
    understood = understand(text, BAKERY, MONDAY)

    assert understood.when is not None
    assert (understood.when.day, understood.when.start, understood.when.end) == (day, start, end)
    assert not understood.items


@pytest.mark.parametrize("text", ["¿hacen envíos?", "hacen entregas?", "tienen servicio a domicilio?"])
def test_asking_whether_the_shop_delivers_names_no_product(text: str) -> None:
    understood = understand(text, BAKERY)

    assert understood.intent == "coverage_query"
    assert not understood.unknown


@pytest.mark.parametrize(
    "text, intent",
    [
        ("venían 2 bolillos quebrados", "complaint"),
        ("la leche ya está caduca", "complaint"),
        ("qué pasó con lo que pedí en la mañana", "order_status"),
        ("si pago con un billete de a mil traen feria?", "payment_query"),
        ("quítame de los avisos plis", "opt_out"),
        ("mándame otra ronda igual a la pasada", "repeat_order"),
        ("olvídelo, ya compré en otro lado", "cancel"),
        ("comuníqueme con el encargado", "advisor"),
        ("Paseo del Roble 2210, colonia Contry, entre Garza y Elizondo", "address"),
    ],
)
def test_the_intent_behind_less_common_words(text: str, intent: str) -> None:
    understood = understand(text, BAKERY)

    assert understood.intent == intent
    assert not understood.items
