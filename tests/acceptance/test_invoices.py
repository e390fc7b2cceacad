"""*¿Me facturas?*: the data in as few messages as possible, and the shop knows what to make."""

from typing import Any

from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, state_of, words
from tests.acceptance.stage import GROCER, SLUGS
from tests.acceptance.test_ordering import orders_of

SHOP = SLUGS[GROCER]
DATA = "CACX7605101P8, Xochilt Casas Chávez, 36257, 612, G03"
TO = {"rfc": "CACX7605101P8", "name": "XOCHILT CASAS CHÁVEZ", "zip_code": "36257", "regime": "612", "use": "G03"}


async def ordered(somebody: NewPerson) -> Person:
    person = somebody()
    await person.says("2 cocas de 600 para recoger")
    await person.taps("Confirmar")
    person.stage.simulator.store.forget_sent()
    return person


async def task(shopkeeper: Shopkeeper, person: Person) -> dict[str, Any] | None:
    listed = (await shopkeeper.runs("invoices", "list", SHOP, "--json")).json
    return next((each for each in listed if each["phone"].endswith(person.phone[-10:])), None)


async def test_everything_in_one_text_needs_two_messages_and_becomes_a_task(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    lupe = await ordered(somebody)
    [order] = await orders_of(lupe)
    [asked] = await lupe.says("¿me facturas?")
    assert "RFC" in words(asked)
    assert await state_of(lupe) == "invoice_data"
    [told] = await lupe.says(DATA)
    assert "CACX7605101P8" in words(told)
    assert order["folio"] in words(told)
    assert len(lupe.heard) == 2

    invoice = await task(shopkeeper, lupe)
    assert invoice is not None
    assert (invoice["folio"], invoice["to"]) == (order["folio"], TO)
    assert (await shopkeeper.runs("invoices", "done", SHOP, order["folio"])).exit_code == 0
    assert await task(shopkeeper, lupe) is None
    assert "no_invoice_requested" in (await shopkeeper.runs("invoices", "done", SHOP, order["folio"])).text


async def test_what_is_missing_is_asked_by_menus_and_a_wrong_rfc_is_said(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    lupe = await ordered(somebody)
    await lupe.says("necesito factura")
    [wrong] = await lupe.says("CACX7605101P9, Xochilt Casas Chávez, 36257")
    assert "no cuadra" in words(wrong)
    [regime] = await lupe.says("CACX7605101P8")
    assert await state_of(lupe) == "invoice_regime"
    assert regime["interactive"]["type"] == "list"
    await lupe.taps("612")
    assert await state_of(lupe) == "invoice_use"
    await lupe.taps("Gastos en general")
    invoice = await task(shopkeeper, lupe)
    assert invoice is not None
    assert invoice["to"] == TO


async def test_the_data_are_known_next_time_and_can_ride_on_the_order(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    lupe = await ordered(somebody)
    await lupe.says("¿me facturas?")
    await lupe.says(DATA)
    lupe.stage.simulator.store.forget_sent()
    [summary] = await lupe.says("3 cocas de 600 con factura por favor")
    assert "con factura" in words(summary)
    [confirmation] = await lupe.taps("Confirmar")
    assert "CACX7605101P8" in words(confirmation)
    assert len(lupe.heard) == 2
    listed = (await shopkeeper.runs("invoices", "list", SHOP, "--json")).json
    mine = [each["folio"] for each in listed if each["phone"].endswith(lupe.phone[-10:])]
    assert mine == [order["folio"] for order in await orders_of(lupe)]

    [shown] = await lupe.says("corregir factura")
    assert await state_of(lupe) == "invoice_confirm"
    assert "36257" in words(shown)
    await lupe.says("el código postal es 91000")
    changed = (await shopkeeper.runs("invoices", "list", SHOP, "--json")).json
    assert [each["to"]["zip_code"] for each in changed if each["folio"] == mine[-1]] == ["91000"]


async def test_an_order_with_an_invoice_asks_for_the_data_with_its_confirmation(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600 para recoger, me facturas porfa")
    [confirmation] = await lupe.taps("Confirmar")
    assert "registrado" in words(confirmation)
    assert "RFC" in words(confirmation)
    [told] = await lupe.says(DATA)
    assert "Pedí la factura" in words(told)


async def test_a_photo_of_the_constancia_goes_to_a_person(somebody: NewPerson, shopkeeper: Shopkeeper) -> None:
    lupe = await ordered(somebody)
    await lupe.says("¿me facturas?")
    [told] = await lupe.sends(type="document", document={"id": "91", "mime_type": "application/pdf"})
    assert "constancia" in words(told)
    assert await state_of(lupe) == "with_person"
    waiting = (await shopkeeper.runs("handoffs", "list", SHOP, "--json")).json
    assert any("constancia" in each["handoff"]["reason"] for each in waiting)
    assert await task(shopkeeper, lupe) is not None


async def test_the_form_can_be_left_without_losing_an_order_in_hand(somebody: NewPerson) -> None:
    lupe = await ordered(somebody)
    await lupe.says("¿me facturas?")
    [left] = await lupe.says("cancelar")
    assert "lo dejamos así" in words(left)
    assert await state_of(lupe) == "menu"
