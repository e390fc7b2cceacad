"""An order is moved on by the shop; the customer hears of what they wait for, in one transaction with the change."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders.command_line import CommandLine
from tests.integration.conversations.conftest import Chat

from marchante.conversations.desk import Moved, OrderDesk
from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.orders.domain import OrderStatus


async def ordered(chat: Chat, text: str = "2 cocas de 600 para recoger") -> OrderDesk:
    await chat.says(text)
    await chat.taps("Confirmar")
    return OrderDesk(chat.database, chat.clock)


async def moved(desk: OrderDesk, chat: Chat, *steps: str) -> Sequence[Moved]:
    return [await desk.move(chat.company, "A-0001", OrderStatus(step), "Don Chuy") for step in steps]


async def notices(chat: Chat) -> list[dict[str, Any]]:
    return [row for row in await chat.staff_told() if row["recipient_phone"] == chat.phone]


async def test_within_the_window_the_customer_reads_a_text_that_stands_in_the_history(chat: Chat, water: Chat) -> None:
    desk = await ordered(chat)
    first, second = await moved(desk, chat, "processing", "ready_for_pickup")
    assert first.outbox_id is None
    [told] = await notices(chat)
    assert (told["id"], told["type"], told["customer_key"]) == (second.outbox_id, "text", "p:+522281000001")
    assert "Ya puedes pasar por él" in told["payload"]["text"]["body"]
    assert told["window_until"] is not None
    [kept] = await chat.rows("SELECT author, direction, outbox_id, text FROM messages WHERE author = 'system'")
    assert kept == {
        "author": "system",
        "direction": "out",
        "outbox_id": told["id"],
        "text": told["payload"]["text"]["body"],
    }
    [change] = await chat.rows("SELECT actor_kind, actor FROM order_history ORDER BY id DESC LIMIT 1")
    assert change == {"actor_kind": "staff", "actor": "Don Chuy"}
    assert await water.staff_told() == []


async def test_outside_the_window_the_template_of_the_status_is_sent(chat: Chat) -> None:
    desk = await ordered(chat)
    chat.clock.advance(hours=25)
    await moved(desk, chat, "processing", "ready_for_pickup")
    [told] = await notices(chat)
    template = told["payload"]["template"]
    assert (template["name"], template["language"]["code"]) == ("pedido_listo", "es_MX")
    assert told["window_until"] is None
    [kept] = await chat.rows("SELECT text FROM messages WHERE author = 'system'")
    assert kept["text"] == "El pedido A-0001 de Abarrotes Lupita ya está listo para recoger."


async def template_is(chat: Chat, name: str, status: str) -> None:
    async with chat.database.relay() as connection:
        await connection.execute(
            """INSERT INTO relay.templates (company_id, waba_id, name, language, status, category)
               SELECT company_id, coalesce(waba_id, ''), $2, 'es_MX', $3, 'UTILITY'
               FROM relay.numbers WHERE company_id = $1""",
            chat.company.id,
            name,
            status,
        )


async def test_a_template_that_cannot_be_sent_is_an_alert_outside_the_window_and_no_matter_inside(chat: Chat) -> None:
    desk = await ordered(chat)
    await template_is(chat, "pedido_listo", "PAUSED")
    await template_is(chat, "pedido_cancelado", "PAUSED")
    await moved(desk, chat, "processing", "ready_for_pickup")
    assert [told["type"] for told in await notices(chat)] == ["text"]
    chat.clock.advance(hours=25)
    [outcome] = await moved(desk, chat, "cancelled")
    assert outcome.outbox_id is None
    async with chat.database.relay() as connection:
        alert = await connection.fetchrow("SELECT message FROM relay.alerts WHERE code = 'customer_untold'")
    assert "A-0001" in alert["message"]
    assert "pedido_cancelado" in alert["message"]


async def test_an_order_on_its_way_has_its_own_template(chat: Chat) -> None:
    await chat.says("2 cocas de 600")
    await chat.says("calle Zaragoza 5, Centro")
    await chat.taps("Confirmar")
    chat.clock.advance(hours=25)
    await moved(OrderDesk(chat.database, chat.clock), chat, "processing", "shipped")
    [told] = await notices(chat)
    assert told["payload"]["template"]["name"] == "pedido_en_camino"


@pytest.mark.parametrize("last", ["delivered", "cancelled"])
async def test_no_order_costs_more_than_two_notices(chat: Chat, last: str) -> None:
    desk = await ordered(chat)
    await moved(desk, chat, "processing", "ready_for_pickup", last)
    assert len(await notices(chat)) == (2 if last == "cancelled" else 1)


async def test_a_change_that_is_not_allowed_tells_nobody(chat: Chat) -> None:
    desk = await ordered(chat)
    with pytest.raises(Conflict):
        await moved(desk, chat, "delivered")
    with pytest.raises(NotFound):
        await desk.show(chat.company, "Z-9999")
    assert await notices(chat) == []


async def test_orders_are_listed_shown_and_moved_by_command(
    chat: Chat, database_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ordered(chat)
    marchante = CommandLine(database_dsn, monkeypatch)
    assert "A-0001 pending pickup" in await marchante.run("orders", "list", chat.company.slug)
    assert "Coca-Cola 600 ml" in await marchante.run("orders", "show", chat.company.slug, "a1")
    said = await marchante.run("orders", "status", chat.company.slug, "A-0001", "processing")
    assert said == "A-0001: pending → processing; nobody is told"
    said = await marchante.run("orders", "status", chat.company.slug, "A-0001", "ready_for_pickup")
    assert said == "A-0001: processing → ready_for_pickup; the customer is told"
    assert "bad_status_change" in await marchante.run("orders", "status", chat.company.slug, "A-0001", "shipped")
    assert marchante.code == 1
    assert "A-0001" not in await marchante.run("orders", "list", chat.company.slug, "--status", "pending")
    assert '"folio": "A-0001"' in await marchante.run("orders", "list", chat.company.slug, "--json")
