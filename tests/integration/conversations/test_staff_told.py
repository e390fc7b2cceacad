"""The owner hears of every order exactly once: free text in their window, the template outside it, an alert else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.fakes.statements import counted
from tests.integration.conversations.conftest import Chat

from marchante.companies.service import Companies
from marchante.conversations.turn import Turns
from marchante.foundation.database.connection import Connection

OWNER = "5212281000099"


async def order(chat: Chat, text: str = "2 cocas de 600 para recoger") -> None:
    await chat.says(text)
    await chat.taps("Confirmar")


async def alerts(chat: Chat) -> list[dict[str, Any]]:
    async with chat.database.relay() as connection:
        rows = await connection.fetch("SELECT code, fingerprint, data, times FROM relay.alerts ORDER BY id")
    return [dict(row) for row in rows]


async def owner_writes(chat: Chat) -> None:
    owner = replace(chat, phone=OWNER, name="Doña Lupita", heard=[])
    await owner.says("hola")


async def test_an_owner_who_wrote_today_reads_the_whole_order_as_a_text(chat: Chat, water: Chat) -> None:
    await owner_writes(chat)
    await chat.says("2 cocas de 600, pago con 200")
    await chat.says("calle Zaragoza 5, Centro")
    await chat.taps("Confirmar")
    [told] = await chat.staff_told()
    assert (told["type"], told["customer_key"], told["recipient_phone"]) == ("text", "p:+522281000099", OWNER)
    text = told["payload"]["text"]["body"]
    for part in (
        "A-0001",
        "Lupe Rojas",
        "2 botellas Coca-Cola 600 ml",
        "calle Zaragoza 5, Centro",
        "Total $",
        "$200.00",
    ):
        assert part in text
    assert told["window_until"] is not None
    assert await alerts(chat) == []
    assert await water.staff_told() == []


async def test_an_owner_who_did_not_write_gets_the_template(chat: Chat) -> None:
    await order(chat)
    [told] = await chat.staff_told()
    template = told["payload"]["template"]
    assert (template["name"], template["language"]) == ("nuevo_pedido", {"code": "es_MX"})
    [body] = template["components"]
    values = {each["parameter_name"]: each["text"] for each in body["parameters"]}
    assert values["folio"] == "A-0001"
    assert values["customer"] == "Lupe Rojas"
    assert values["total"].startswith("$")
    assert told["window_until"] is None


async def test_a_window_that_is_about_to_close_counts_as_closed(chat: Chat) -> None:
    await owner_writes(chat)
    chat.clock.advance(hours=23, minutes=55)
    await order(chat)
    [told] = await chat.staff_told()
    assert told["type"] == "template"


async def test_what_the_owner_wrote_to_another_number_opens_no_window_here(chat: Chat) -> None:
    await owner_writes(chat)
    async with chat.database.company(chat.company.schema) as connection:
        await connection.execute("UPDATE messages SET phone_number_id = '1002' WHERE author = 'customer'")
    await order(chat)
    [told] = await chat.staff_told()
    assert told["type"] == "template"


async def test_each_order_is_told_once_and_a_second_tap_tells_nothing(chat: Chat) -> None:
    await chat.says("2 cocas de 600 para recoger")
    await chat.taps("Confirmar")
    await chat.taps("Confirmar")
    assert len(await chat.staff_told()) == 1
    await order(chat, "una coca de 600 para recoger")
    assert len(await chat.staff_told()) == 2


async def test_a_shop_without_an_owners_phone_gets_one_alert_that_counts(chat: Chat, companies: Companies) -> None:
    await companies.change_owner_phone(chat.company.slug, None)
    await order(chat)
    await order(chat, "una coca de 600 para recoger")
    assert await chat.staff_told() == []
    [alert] = await alerts(chat)
    assert (alert["code"], alert["times"], alert["data"]["folio"]) == ("order_untold", 2, "A-0002")


async def test_an_order_a_stopped_number_cannot_tell_of_is_an_alert_of_its_own(chat: Chat) -> None:
    async with chat.database.relay() as connection:
        await connection.execute("UPDATE relay.numbers SET stopped_at = now() WHERE phone_number_id = '1001'")
    await order(chat)
    await order(chat, "una coca de 600 para recoger")
    assert await chat.staff_told() == []
    assert [alert["data"]["folio"] for alert in await alerts(chat)] == ["A-0001", "A-0002"]


async def test_an_order_is_an_alert_when_the_template_cannot_be_sent_and_the_window_is_closed(chat: Chat) -> None:
    async with chat.database.relay() as connection:
        await connection.execute(
            """INSERT INTO relay.templates (company_id, waba_id, name, language, status, category)
               VALUES ($1, '', 'nuevo_pedido', 'es_MX', 'REJECTED', 'UTILITY')""",
            chat.company.id,
        )
    await order(chat)
    assert await chat.staff_told() == []
    [alert] = await alerts(chat)
    assert (alert["code"], alert["data"]["folio"]) == ("order_untold", "A-0001")
    await owner_writes(chat)
    await order(chat, "1 coca de 600 para recoger")
    assert [told["type"] for told in await chat.staff_told()] == ["text"]


async def test_an_order_that_is_not_placed_tells_nobody(chat: Chat) -> None:
    await chat.says("2 cocas de 600 para recoger")
    async with chat.database.company(chat.company.schema) as connection:
        await connection.execute("UPDATE products SET stock = 1")
    await chat.taps("Confirmar")
    assert await chat.staff_told() == []
    assert await chat.rows("SELECT id FROM orders") == []


async def test_telling_the_owner_costs_one_statement(chat: Chat, monkeypatch: Any) -> None:
    await chat.says("2 cocas de 600 para recoger")
    seen: list[str] = []
    decide = Turns._decide

    async def watched(self: Turns, connection: Connection, scene: Any) -> Any:
        async with counted(connection) as statements:
            carried = await decide(self, connection, scene)
        seen.extend(statements)
        return carried

    monkeypatch.setattr(Turns, "_decide", watched)
    await chat.taps("Confirmar")
    # The driver asks once about types it has not met.
    own = [each for each in seen if "pg_catalog" not in each and "'jit'" not in each]
    assert len([each for each in own if "relay.outbox" in each]) == 1
    # Stock and folio; the order with its items; the owner.
    assert len(own) == 3


async def test_what_was_told_leaves_within_a_day_of_the_owners_last_word(chat: Chat) -> None:
    await owner_writes(chat)
    wrote = chat.clock.now()
    chat.clock.advance(hours=3)
    await order(chat)
    [told] = await chat.staff_told()
    assert told["window_until"] - wrote <= timedelta(hours=24)
