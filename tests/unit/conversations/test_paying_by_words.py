"""What is said of transfers and invoices, in any state."""

from dataclasses import replace

import pytest
from tests.builders.shop_view import grocer, placed_order
from tests.unit.conversations.chat import Chat

from marchante.companies.domain import CompanySettings
from marchante.conversations.effects import KeepReceipt
from marchante.conversations.personal_words import asks_for_account, asks_for_invoice, refuses_invoice, says_transferred
from marchante.conversations.table import StateName

CLABE = "032180000118359719"


def owing() -> Chat:
    """An order is to be paid by transfer."""
    view = grocer(settings=CompanySettings(transfer_clabe=CLABE, address="Juárez 5"))
    return Chat(replace(view, last_orders=(placed_order(view, payment_method="transfer"),)))


@pytest.mark.parametrize(
    "text", ["¿me pasas la CLABE?", "a dónde te deposito", "me pasas tu cuenta", "datos para la transferencia"]
)
def test_the_account_is_told_to_whoever_asks_for_it(text: str):
    assert asks_for_account(text)
    assert CLABE in owing().says(text).told
    assert CLABE in Chat(grocer(settings=CompanySettings(transfer_clabe=CLABE))).says(text).told


@pytest.mark.parametrize("text", ["ya te transferí", "listo, ya hice la transferencia", "ya deposité"])
def test_who_says_it_is_paid_is_asked_for_the_photo(text: str):
    assert says_transferred(text)
    assert "foto del comprobante" in owing().says(text).told
    assert "foto del comprobante" not in Chat(grocer()).says(text).told


def test_a_receipt_under_review_is_not_asked_for_again():
    chat = owing()
    [order] = chat.view.last_orders
    assert "Falta tu transferencia de $48.00" in chat.says("estado de pedido").told
    chat.view = replace(chat.view, last_orders=(replace(order, receipt_waits=True),))
    assert "lo estamos revisando" in chat.says("ya te transferí").told
    assert "lo estamos revisando" in chat.says("estado de pedido").told
    chat.view = replace(chat.view, last_orders=(replace(order, payment_status="completed"),))
    assert "Tu pago ya quedó registrado" in chat.says("estado de pedido").told


def test_a_photo_of_somebody_who_owes_is_the_receipt_even_while_an_invoice_is_asked_for():
    chat = owing().says("¿me facturas?").sends("image")
    assert chat.asked_for(KeepReceipt)
    assert chat.state == StateName.INVOICE_DATA
    assert chat.sends("document").state == StateName.WITH_PERSON


@pytest.mark.parametrize(
    "text", ["¿me facturas?", "necesito factura", "con factura porfa", "¿hacen factura?", "quiero facturar"]
)
def test_an_invoice_is_asked_for_in_many_ways(text: str):
    assert asks_for_invoice(text)


@pytest.mark.parametrize("text", ["sin factura", "no necesito factura", "no quiero que me factures"])
def test_an_invoice_that_is_not_wanted_is_not_asked_for(text: str):
    assert not asks_for_invoice(text)
    assert refuses_invoice(text)


def test_an_invoice_said_with_an_order_can_be_taken_back():
    chat = Chat(grocer()).says("2 kg de papa con factura")
    assert "con factura" in chat.told
    assert "con factura" not in chat.says("mejor 1 kg de papa sin factura").told


@pytest.mark.parametrize(
    "text", ["no me ha llegado la factura", "todavía no me mandan mi factura", "la factura no ha llegado"]
)
def test_an_invoice_that_has_not_come_is_for_a_person(text: str):
    assert owing().says(text).state == StateName.WITH_PERSON
