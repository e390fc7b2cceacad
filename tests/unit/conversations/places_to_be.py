"""How a customer gets into each state of the flows."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import msgspec
from tests.builders.shop_view import (
    HOME,
    WORK,
    grocer,
    kitchen,
    known_customer,
    new_customer,
    placed_order,
    with_order,
    with_question,
    zoned,
)
from tests.unit.conversations.chat import Chat

from marchante.campaigns.domain import Campaign
from marchante.conversations.inputs import ArrivedLate, Captured, CapturedLine
from marchante.conversations.scene import go
from marchante.conversations.table import StateName
from marchante.customers.domain import AddressParts
from marchante.orders.domain import OrderStatus

FOUND = AddressParts("Calle Lucio", "40", "Centro", city="Xalapa", state="Ver.", zip_code="91000")


def _ordering() -> Chat:
    """Two products in the cart, the summary on the screen."""
    return Chat(grocer(known_customer(addresses=(HOME, WORK)))).says("1 kg de papa y 2 manojos de cilantro")


def _changing() -> Chat:
    return _ordering().taps("Cambiar algo")


def _nowhere() -> Chat:
    """A new customer who said hello before."""
    return Chat(grocer(new_customer(notice_given=True)))


def _address_first() -> Chat:
    """A shop that asks where to before what."""
    settings = msgspec.structs.replace(grocer().settings, address_first=True)
    return Chat(grocer(new_customer(notice_given=True), settings=settings))


def _late() -> Chat:
    chat = Chat(grocer())
    return chat.hears(ArrivedLate("1 kg de papa", chat.view.now))


def delivered(**since: float) -> Chat:
    """An order was brought, so long after the customer last wrote."""
    view = grocer()
    chat = Chat(view).says("hola")
    brought = placed_order(view, status=OrderStatus.DELIVERED, status_name="Entregado")
    chat.view = replace(chat.view, last_orders=(brought,))
    return chat.waits(**since or {"hours": 1})


def _agreed(*lines: CapturedLine, address: str = "") -> Chat:
    """A person noted it, and gave the chat back with it."""
    chat = Chat(grocer(known_customer(addresses=(HOME, WORK)), handoff="active"))
    return chat.hears(Captured(lines, address, False, "", chat.view.now))


def _silent_in(state: StateName) -> Chat:
    """Put there from outside a turn: a person answers, or the turn failed for good."""
    chat = Chat(grocer(handoff="active"))
    chat.session = go(chat.session, state)
    return chat


REACHED: dict[StateName, Callable[[], Chat]] = {
    StateName.MENU: lambda: Chat(grocer()).says("hola"),
    StateName.CAMPAIGN: lambda: Chat(grocer(campaign=Campaign("2x1 en papa", "https://example.com/papa.jpg"))).says(
        "hola"
    ),
    StateName.BROWSE_CATEGORIES: lambda: Chat(grocer()).says("hola").taps("Hacer un pedido"),
    StateName.BROWSE_PRODUCTS: lambda: Chat(grocer()).says("hola").taps("Ver catálogo", "Verduras"),
    StateName.CHOOSE_PRODUCT: lambda: Chat(grocer()).says("2 cocas"),
    StateName.CHOOSE_QUANTITY: lambda: _changing().taps("Cambiar cantidad", "Papa blanca"),
    StateName.CHOOSE_DETAILS: lambda: (
        Chat(grocer()).says("hola").taps("Ver catálogo", "Verduras", "Ver detalles y foto")
    ),
    StateName.PRODUCT_DETAILS: lambda: Chat(kitchen()).says("foto del elote"),
    StateName.CHOOSE_OPTION: lambda: Chat(kitchen()).says("una quesadilla"),
    StateName.GIVE_ADDRESS: lambda: Chat(grocer(new_customer(notice_given=True))).says("1 kg de papa"),
    StateName.REQUIRE_REGISTRATION: lambda: _address_first().says("hola").taps("Hacer un pedido"),
    StateName.LOCATION_CHECK: lambda: _nowhere().says("1 kg de papa").shares(looked_up=True),
    StateName.CONFIRM_PLACE: lambda: _nowhere().says("hola").shares(found=FOUND),
    StateName.GIVE_STREET: lambda: _nowhere().says("1 kg de papa", "paso a paso"),
    StateName.GIVE_COLONY: lambda: _nowhere().says("1 kg de papa", "paso a paso", "Lucio 4"),
    StateName.GIVE_POSTAL_CODE: lambda: _nowhere().says("1 kg de papa", "paso a paso", "Lucio 4", "Obrera"),
    StateName.GIVE_REFERENCES: lambda: _nowhere().says("1 kg de papa", "paso a paso", "Lucio 4", "Obrera", "91000"),
    StateName.CONFIRM_ADDRESS: lambda: _nowhere().says("hola").shares(found=FOUND).taps("Corregir"),
    StateName.RECHECK_COVERAGE: lambda: Chat(zoned(new_customer(notice_given=True))).says(
        "1 kg de papa", "calle Zaragoza 5, col. Aguacatal"
    ),
    StateName.COVERAGE_WHERE: lambda: Chat(zoned(new_customer(notice_given=True))).says("¿llevan a domicilio?"),
    StateName.COVERAGE_CHECK: lambda: Chat(zoned()).says("¿llegan a Macuiltépetl?"),
    StateName.COVERAGE_RESULT: lambda: Chat(zoned()).says("¿llegan a la col. Centro?"),
    StateName.CHOOSE_ADDRESS: lambda: _changing().taps("Cambiar dirección"),
    StateName.SUMMARY: _ordering,
    StateName.CHOOSE_CHANGE: _changing,
    StateName.CHOOSE_LINE: lambda: _changing().taps("Cambiar cantidad"),
    StateName.CHOOSE_REMOVAL: lambda: _changing().taps("Quitar un producto"),
    StateName.CHOOSE_FULFILMENT: lambda: _changing().taps("Entrega o recoger"),
    StateName.CHOOSE_PAYMENT: lambda: _changing().taps("Forma de pago"),
    StateName.GIVE_NOTE: lambda: _changing().taps("Agregar una nota"),
    StateName.CHOOSE_SLOT: lambda: _ordering().says("otro horario"),
    StateName.ADDRESS_BOOK: lambda: Chat(grocer(known_customer(addresses=(HOME, WORK)))).says("mis direcciones"),
    StateName.ADDRESS_DETAILS: lambda: (
        Chat(grocer(known_customer(addresses=(HOME, WORK)))).says("mis direcciones").taps("Trabajo")
    ),
    StateName.RESUME_ORDER: lambda: _ordering().waits(minutes=40).says("hola"),
    StateName.REPEAT_ORDER: lambda: delivered().says("mi último pedido"),
    StateName.PRICE_MENU: lambda: Chat(grocer()).says("¿me das precios?"),
    StateName.PRICES: lambda: Chat(grocer()).says("¿a cómo el aguacate?"),
    StateName.ORDER_STATUS: lambda: Chat(grocer()).says("hola").taps("Estado de pedido"),
    StateName.CANCEL_ORDER: lambda: Chat(with_order(grocer())).says("cancela mi pedido"),
    StateName.ORDER_QUESTION: lambda: Chat(with_question(grocer())).says("¿cómo va mi pedido?"),
    StateName.AGENT_CONNECTED: lambda: _silent_in(StateName.AGENT_CONNECTED),
    StateName.AGENT_INTERACTION: lambda: Chat(grocer(handoff="active")).says("¿tienen hielo?"),
    StateName.FINAL_ADDRESS: lambda: _agreed(address="Calle Juárez 5, Centro"),
    StateName.FINAL_ORDER: lambda: _agreed(CapturedLine("VER-002", Decimal(1))),
    StateName.SESSION_ENDED: lambda: Chat(grocer(handoff="active")).timer("handoff_return").sends("sticker"),
    StateName.SHOW_ERROR: lambda: _silent_in(StateName.SHOW_ERROR),
    StateName.HUMAN_TRANSFER: lambda: Chat(grocer()).says("wxyz qqq", "zzz kkk", "qqq jjj"),
    StateName.WITH_PERSON: lambda: Chat(grocer()).says("asesor"),
    StateName.HELP_ANSWER: lambda: Chat(grocer()).says("ayuda").taps("Cómo pedir"),
    StateName.HELP: lambda: Chat(grocer()).says("ayuda"),
    StateName.OPTIONS: lambda: Chat(grocer()).says("wxyz qqq", "zzz kkk"),
    StateName.LATE_MESSAGE: _late,
    StateName.GOODBYE: lambda: Chat(grocer()).says("adiós"),
    StateName.MY_DETAILS: lambda: Chat(grocer()).says("mis datos"),
    StateName.GIVE_PATERNAL: lambda: Chat(grocer()).says("mis datos").taps("Cambiar datos"),
    StateName.GIVE_MATERNAL: lambda: Chat(grocer()).says("cambiar mis datos").says("Hernández"),
    StateName.GIVE_FIRST_NAME: lambda: Chat(grocer()).says("cambiar mis datos").says("Hernández", "Ruiz"),
    StateName.GIVE_EMAIL: lambda: Chat(grocer()).says("cambiar mis datos").says("Hernández", "Ruiz", "Guadalupe"),
    StateName.CONFIRM_DETAILS: lambda: (
        Chat(grocer()).says("cambiar mis datos").says("Hernández", "Ruiz", "Guadalupe", "lupita@correo.com")
    ),
    StateName.INVOICE_DATA: lambda: delivered().says("¿me facturas?"),
    StateName.INVOICE_REGIME: lambda: delivered().says("¿me facturas?").says("CACX7605101P8, Xochilt Casas, 36257"),
    StateName.INVOICE_USE: lambda: delivered().says("¿me facturas?").says("CACX7605101P8, Xochilt Casas, 36257, 612"),
    StateName.INVOICE_CONFIRM: lambda: (
        delivered()
        .says("¿me facturas?")
        .says("CACX7605101P8, Xochilt Casas, 36257, 612, G03")
        .says("quiero mi factura")
    ),
    StateName.SURVEY_CONSENT: lambda: delivered(hours=30).survey().says("hmm qqq"),
    StateName.SURVEY_RATING: lambda: delivered().survey(),
    StateName.SURVEY_PROBLEM: lambda: delivered().survey().says("2"),
    StateName.SURVEY_COMMENT: lambda: delivered().survey().says("5"),
}
