"""A customer who changes the number or gets another id at WhatsApp, and a number that goes to somebody else."""

from typing import Any

from tests.acceptance.conftest import NewPerson
from tests.acceptance.people import words
from tests.acceptance.stage import GROCER, SLUGS, WATER, Stage
from tests.builders.webhooks import Change, message


def number_changed(number: str, old: str, new: str, wamid: str, stage: Stage) -> Change:
    """WhatsApp's own word, which comes without a contact."""
    system = {"type": "user_changed_number", "body": "Lupe cambió de número", "wa_id": new}
    change = message(number, old, wamid, at=stage.clock.now(), type="system", system=system)
    del change["value"]["contacts"]
    return change


def written(number: str, phone: str, bsuid: str, wamid: str, text: str, stage: Stage) -> Change:
    change = message(number, phone, wamid, text, at=stage.clock.now())
    change["value"]["messages"][0]["from_user_id"] = bsuid
    change["value"]["contacts"][0]["user_id"] = bsuid
    return change


async def customers(stage: Stage, number: str) -> list[dict[str, Any]]:
    return await stage.rows(number, "SELECT id, phone, marketing_stopped FROM customers ORDER BY id")


async def test_with_a_new_number_the_order_in_hand_goes_on_and_the_other_shop_knows_nothing(
    stage: Stage, someone: NewPerson
) -> None:
    lupe, elsewhere = someone(), someone(WATER)
    elsewhere.phone = lupe.phone
    elsewhere.__post_init__()
    await elsewhere.says("hola")
    await lupe.says("2 cocas de 600, paso por ellas")
    [before] = await customers(stage, GROCER)
    of_the_other = await customers(stage, WATER)

    new = someone()
    await stage.deliver(number_changed(GROCER, lupe.phone, new.phone, stage.wamid(), stage))
    await stage.passes(seconds=1)
    assert len(lupe.heard) == 1, "WhatsApp's own words are not answered"
    answer = await new.says("sí")
    assert "registrado" in words(answer[0])

    [after] = await customers(stage, GROCER)
    assert after == before | {"phone": new.phone}
    assert await stage.rows(GROCER, "SELECT DISTINCT customer_id FROM orders") == [{"customer_id": before["id"]}]
    assert await customers(stage, WATER) == of_the_other
    [kept] = await stage.rows(GROCER, "SELECT direction, text FROM messages WHERE author = 'system'")
    assert kept == {"direction": "in", "text": "Lupe cambió de número"}


async def test_a_number_that_went_to_somebody_else_shows_none_of_the_old_data(stage: Stage, someone: NewPerson) -> None:
    phone = someone().phone
    for text in ("2 cocas de 600, a Av. Xalapa 12", "sí"):
        await stage.deliver(written(GROCER, phone, "MX.111", stage.wamid(), text, stage))
        await stage.passes(seconds=1)
    before = len(stage.simulator.store.chat((phone, GROCER)))
    await stage.deliver(written(GROCER, phone, "MX.222", stage.wamid(), "¿cómo va mi pedido?", stage))
    await stage.passes(seconds=1)
    heard = [
        words(entry.body) for entry in stage.simulator.store.chat((phone, GROCER))[before:] if entry.direction == "in"
    ]
    assert heard
    assert not any("Xalapa" in text or "A-0001" in text for text in heard)
    old, new = await customers(stage, GROCER)
    assert (old["phone"], new["phone"]) == (None, phone)


async def test_baja_ends_promotions_for_good_and_alta_undoes_it(stage: Stage, someone: NewPerson) -> None:
    lupe = someone()
    answer = await lupe.says("BAJA")
    assert "ya no te mandaremos promociones" in words(answer[0])
    assert [row["marketing_stopped"] for row in await customers(stage, GROCER)] == [True]
    assert await stage.relay("SELECT count(*) FROM relay.conversations WHERE marketing_stopped") == [{"count": 1}]
    await lupe.says("alta")
    assert [row["marketing_stopped"] for row in await customers(stage, GROCER)] == [False]
    assert await stage.relay("SELECT count(*) FROM relay.conversations WHERE marketing_stopped") == [{"count": 0}]


async def test_news_of_an_account_come_by_the_same_webhook(stage: Stage) -> None:
    await stage.relay("UPDATE relay.numbers SET waba_id = 'WABA' WHERE phone_number_id = $1", GROCER)
    await stage.deliver({"field": "account_update", "value": {"event": "PARTNER_REMOVED"}})
    await stage.rests()
    [alert] = await stage.relay("SELECT a.code, c.slug FROM relay.alerts a JOIN relay.companies c USING (company_id)")
    assert alert == {"code": "account_lost", "slug": SLUGS[GROCER]}
