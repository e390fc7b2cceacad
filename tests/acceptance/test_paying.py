"""Cash, card and transfer: what is said, what is kept, and who looks at the receipts."""

import base64
import hashlib
from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, Sent, options, words
from tests.acceptance.stage import GROCER, SLUGS, Row, Stage
from tests.acceptance.test_ordering import orders_of

SHOP = SLUGS[GROCER]
ACCOUNT = ("transfer_bank=BBVA", "transfer_clabe=032180000118359719", "transfer_holder=Lupita Hernández")


@pytest.fixture
async def account(shopkeeper: Shopkeeper) -> None:
    """The shop has told where transfers go."""
    assert (await shopkeeper.runs("company", "settings", SHOP, *ACCOUNT)).exit_code == 0


async def ordered(somebody: NewPerson, how: str = "Transferencia") -> tuple[Person, Sent]:
    """Somebody orders and pays so; the confirmation."""
    person = somebody()
    await person.says("2 cocas de 600 para recoger")
    await person.taps("Cambiar algo")
    await person.taps("Forma de pago")
    await person.taps(how)
    [confirmation] = await person.taps("Confirmar")
    return person, confirmation


async def sends_photo(person: Person, picture: bytes, kind: str = "image") -> list[Sent]:
    digest = base64.b64encode(hashlib.sha256(picture).digest()).decode()
    return await person.sends(type=kind, **{kind: {"id": "77", "mime_type": "image/jpeg", "sha256": digest}})


async def payment_of(person: Person) -> Row:
    [order] = await orders_of(person)
    [payment] = await person.stage.rows(
        GROCER, "SELECT method, status, pays_with FROM payments WHERE order_id = $1", order["id"]
    )
    return payment


async def queue(shopkeeper: Shopkeeper, person: Person, *options: str) -> list[dict[str, Any]]:
    listed = (await shopkeeper.runs("payments", "receipts", "list", SHOP, "--json", *options)).json
    return [each for each in listed if each["phone"].endswith(person.phone[-10:])]


async def history_of(person: Person) -> list[str]:
    [order] = await orders_of(person)
    rows = await person.stage.rows(
        GROCER, "SELECT action FROM order_history WHERE order_id = $1 ORDER BY id", order["id"]
    )
    return [row["action"] for row in rows]


async def test_cash_is_asked_with_the_change_and_any_bill_can_be_typed(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600 para recoger")
    await lupe.taps("Cambiar algo")
    await lupe.taps("Forma de pago")
    assert lupe.offered("Efectivo, con $50.00")
    [summary] = await lupe.says("200")
    assert "paga" in words(summary)
    assert "cambio $158.00" in words(summary)
    await lupe.taps("Confirmar")
    assert await payment_of(lupe) == {"method": "cash", "status": "pending", "pays_with": 200}


async def test_a_card_is_paid_at_the_door(somebody: NewPerson) -> None:
    lupe, confirmation = await ordered(somebody, "Tarjeta al recibir")
    assert "CLABE" not in words(confirmation)
    assert (await payment_of(lupe))["method"] == "card_at_door"


@pytest.mark.usefixtures("account")
async def test_the_confirmation_of_a_transfer_says_where_to_send_how_much(somebody: NewPerson) -> None:
    lupe, confirmation = await ordered(somebody)
    [order] = await orders_of(lupe)
    for part in ("BBVA", "032180000118359719", "Lupita Hernández", "$42.00", f"Concepto: *{order['folio']}*"):
        assert part in words(confirmation)
    [again] = await lupe.says("¿cómo puedo pagar?")
    assert "032180000118359719" in words(again)


@pytest.mark.usefixtures("account")
async def test_a_photo_is_taken_as_the_receipt_and_the_accepted_payment_rides_on_the_next_notice(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, _ = await ordered(somebody)
    [order] = await orders_of(lupe)
    [thanks] = await sends_photo(lupe, b"the transfer of lupe")
    assert "comprobante" in words(thanks)
    assert order["folio"] in words(thanks)
    [receipt] = await queue(shopkeeper, lupe)
    assert (receipt["folio"], receipt["amount"], receipt["repeats"]) == (order["folio"], "42.00", None)

    heard = len(lupe.heard)
    accepted = await shopkeeper.runs("payments", "receipts", "accept", SHOP, str(receipt["id"]))
    assert "next notice" in accepted.text
    assert (await payment_of(lupe))["status"] == "completed"
    for status in ("processing", "ready_for_pickup"):
        await shopkeeper.runs("orders", "status", SHOP, order["folio"], status)
    await shared_stage.rests()
    [notice] = lupe.heard[heard:]
    assert "Ya puedes pasar" in words(notice)
    assert "pago ya quedó registrado" in words(notice)
    assert [action for action in await history_of(lupe) if "status" not in action] == [
        "placed",
        "receipt_received",
        "payment_completed",
        "receipt_accepted",
    ]
    twice = await shopkeeper.runs("payments", "receipts", "accept", SHOP, str(receipt["id"]))
    assert twice.exit_code == 1
    assert "receipt_reviewed" in twice.text


@pytest.mark.usefixtures("account")
async def test_a_rejected_receipt_is_told_at_once_and_another_can_be_sent(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, _ = await ordered(somebody)
    await sends_photo(lupe, b"too dark to read")
    [receipt] = await queue(shopkeeper, lupe)
    heard = len(lupe.heard)
    await shopkeeper.runs("payments", "receipts", "reject", SHOP, str(receipt["id"]), "--reason", "no se lee")
    await shared_stage.rests()
    [told] = lupe.heard[heard:]
    assert "no se lee" in words(told)
    assert (await payment_of(lupe))["status"] == "pending"
    await sends_photo(lupe, b"bright and clear", kind="document")
    [second] = await queue(shopkeeper, lupe)
    assert second["id"] != receipt["id"]


@pytest.mark.usefixtures("account")
async def test_a_receipt_that_came_before_is_recognised_whoever_sends_it(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    lupe, _ = await ordered(somebody)
    beto, _ = await ordered(somebody)
    await sends_photo(lupe, b"one transfer for everybody")
    [told] = await sends_photo(beto, b"one transfer for everybody")
    assert "ya lo habíamos recibido" in words(told)
    [of_lupe], [of_beto] = await queue(shopkeeper, lupe), await queue(shopkeeper, beto)
    assert of_lupe["repeats"] is None
    assert of_beto["repeats"] == of_lupe["folio"]


async def test_a_receipt_of_an_order_paid_already_bothers_nobody(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, _ = await ordered(somebody)
    [order] = await orders_of(lupe)
    await sends_photo(lupe, b"first photo of the same transfer")
    await sends_photo(lupe, b"second photo of the same transfer")
    await shopkeeper.runs("payments", "settle", SHOP, order["folio"], "completed")
    heard = len(lupe.heard)
    first, second = await queue(shopkeeper, lupe)
    assert (await shopkeeper.runs("payments", "receipts", "accept", SHOP, str(first["id"]))).exit_code == 0
    await shopkeeper.runs("payments", "receipts", "reject", SHOP, str(second["id"]))
    await shared_stage.rests()
    assert lupe.heard[heard:] == []
    assert await queue(shopkeeper, lupe) == []


async def test_without_an_account_the_confirmation_promises_it_and_a_person_hears_of_it(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    await shopkeeper.runs("company", "settings", SHOP, "transfer_clabe=")
    lupe, confirmation = await ordered(somebody)
    assert "te pasamos los datos" in words(confirmation)
    assert await lupe.stage.relay("SELECT id FROM relay.alerts WHERE code = 'transfer_without_account'")


async def test_a_photo_nobody_waits_for_gets_a_useful_answer_and_its_caption_is_read(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("hola")
    [answer] = await sends_photo(lupe, b"a cat")
    assert "No puedo ver fotos" in words(answer)
    [summary] = await lupe.sends(type="image", image={"id": "78", "caption": "2 cocas de 600 para recoger"})
    assert "$42.00" in words(summary)


async def test_a_shop_says_which_ways_to_pay_it_takes(somebody: NewPerson, shopkeeper: Shopkeeper) -> None:
    await shopkeeper.runs("company", "settings", SHOP, "payment_methods=cash,transfer")
    try:
        lupe = somebody()
        [summary] = await lupe.says("2 cocas de 600 para recoger, pago con tarjeta")
        assert "No aceptamos tarjeta, solo efectivo y transferencias" in words(summary)
        assert "💵 efectivo" in words(summary)
        await lupe.taps("Cambiar algo")
        [offered] = await lupe.taps("Forma de pago")
        assert "Tarjeta al recibir" not in [title for _, _, title in options(offered)]
        await lupe.taps("Transferencia")
        await lupe.taps("Confirmar")
        assert (await payment_of(lupe))["method"] == "transfer"
    finally:
        await shopkeeper.runs("company", "settings", SHOP, "payment_methods=cash,card_at_door,transfer")


async def test_what_is_to_be_collected_or_given_back_is_listed(somebody: NewPerson, shopkeeper: Shopkeeper) -> None:
    lupe, _ = await ordered(somebody)
    [order] = await orders_of(lupe)
    folio = order["folio"]

    async def due() -> list[str]:
        listed = (await shopkeeper.runs("payments", "due", SHOP, "--json")).json
        return [each["what"] for each in listed if each["folio"] == folio]

    assert await due() == ["collect"]
    await shopkeeper.runs("payments", "settle", SHOP, folio, "completed")
    assert await due() == []
    await shopkeeper.runs("orders", "status", SHOP, folio, "cancelled")
    assert await due() == ["refund"]
    await shopkeeper.runs("payments", "settle", SHOP, folio, "refunded")
    assert await due() == []


async def test_a_receipt_that_comes_late_is_kept_without_asking_again(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, _ = await ordered(somebody)
    sent_at = shared_stage.clock.now()
    shared_stage.clock.advance(minutes=40)
    [thanks] = await lupe.sends(at=sent_at, type="image", image={"id": "80", "mime_type": "image/jpeg"})
    assert "comprobante" in words(thanks)
    assert len(await queue(shopkeeper, lupe)) == 1


async def test_beside_a_person_the_receipt_is_kept_in_silence(somebody: NewPerson, shopkeeper: Shopkeeper) -> None:
    lupe, _ = await ordered(somebody)
    await lupe.says("asesor")
    assert await sends_photo(lupe, b"while a person was asked for") == []
    assert len(await queue(shopkeeper, lupe)) == 1


async def test_an_order_can_be_settled_by_hand(somebody: NewPerson, shopkeeper: Shopkeeper) -> None:
    lupe, _ = await ordered(somebody, "Tarjeta al recibir")
    [order] = await orders_of(lupe)
    settled = await shopkeeper.runs(
        "payments", "settle", SHOP, order["folio"], "completed", "--method", "debit_card", "--reference", "slip 7"
    )
    assert "completed" in settled.text
    refused = await shopkeeper.runs("payments", "settle", SHOP, order["folio"], "failed")
    assert "bad_payment_change" in refused.text
    shown = (await shopkeeper.runs("payments", "show", SHOP, order["folio"], "--json")).json
    assert (shown["status"], shown["method"], shown["reference"]) == ("completed", "debit_card", "slip 7")
