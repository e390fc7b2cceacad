"""Customer and shop act on one order: what each does is whole, and the other is told once."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from tests.builders.command_line import CommandLine
from tests.integration.conversations.conftest import Chat, body

from marchante.conversations.desk import OrderDesk
from marchante.orders.domain import OrderStatus


async def ordered(chat: Chat, text: str = "2 kg de huevo blanco y 2 cocas de 600 para recoger") -> OrderDesk:
    await chat.says(text)
    await chat.taps("Confirmar")
    return OrderDesk(chat.database, chat.clock)


async def told_to(chat: Chat, phone: str) -> list[dict[str, Any]]:
    return [row for row in await chat.staff_told() if row["recipient_phone"] == phone]


async def owner_words(chat: Chat) -> list[str]:
    """What the owner was told: as text, or the values of the template."""
    rows = await told_to(chat, "5212281000099")
    payloads = [row["payload"] for row in rows]
    return [
        " ".join(p["text"] for p in each["template"]["components"][0]["parameters"])
        if each["type"] == "template"
        else str(each["text"]["body"])
        for each in payloads
    ]


async def actions(chat: Chat) -> Sequence[tuple[str, str]]:
    rows = await chat.rows("SELECT actor_kind, action FROM order_history ORDER BY id")
    return [(row["actor_kind"], row["action"]) for row in rows]


async def money(chat: Chat) -> tuple[Decimal, Decimal]:
    [row] = await chat.rows("SELECT o.total_amount, p.amount FROM orders o JOIN payments p ON p.order_id = o.id")
    return row["total_amount"], row["amount"]


async def test_a_customer_adds_to_their_order_and_the_shop_reads_what_changed(chat: Chat, water: Chat) -> None:
    await ordered(chat)
    before, _ = await money(chat)
    [asked] = await chat.says("agrégale un kilo de azúcar a mi pedido")
    assert "quedaría así" in body(asked)
    assert await money(chat) == (before, before)
    [done] = await chat.taps("Guardar cambios")
    assert "cambié tu pedido *A-0001*" in body(done)
    after, owed = await money(chat)
    assert after == owed > before
    [_, change] = await owner_words(chat)
    assert "➕ " in change
    assert await actions(chat) == [("customer", "placed"), ("customer", "changed")]
    assert await water.staff_told() == []


async def test_a_double_tap_on_a_change_changes_once(chat: Chat) -> None:
    await ordered(chat)
    await chat.says("agrégale un kilo de azúcar a mi pedido")
    await chat.taps("Guardar cambios")
    await chat.taps("Guardar cambios")
    assert await actions(chat) == [("customer", "placed"), ("customer", "changed")]


async def test_a_customer_cancels_and_the_shop_reads_it(chat: Chat) -> None:
    await ordered(chat)
    await chat.says("ya no lo quiero")
    [done] = await chat.taps("Sí, cancelarlo")
    assert "cancelé tu pedido" in body(done)
    [_, told] = await owner_words(chat)
    assert "Lo canceló el cliente" in told
    [row] = await chat.rows("SELECT s.code FROM orders o JOIN order_statuses s ON s.id = o.status_id")
    assert row["code"] == "cancelled"
    assert await chat.rows("SELECT 1 FROM relay.timers WHERE kind LIKE 'order_late%'") == []


async def test_the_shop_is_quicker_and_the_customer_sees_how_it_is_now(chat: Chat) -> None:
    desk = await ordered(chat)
    await chat.says("ya no lo quiero")
    for step in (OrderStatus.PROCESSING, OrderStatus.READY_FOR_PICKUP):
        await desk.move(chat.company, "A-0001", step, "Don Chuy")
    [answer] = await chat.taps("Sí, cancelarlo")
    assert "no puedo cambiarlo" in body(answer)
    assert await actions(chat) == [("customer", "placed"), ("staff", "status_changed"), ("staff", "status_changed")]


async def test_a_weight_within_the_tolerance_is_said_with_the_next_notice(chat: Chat) -> None:
    desk = await ordered(chat)
    asked = await desk.weigh(chat.company, "A-0001", {"1": Decimal("2.1")}, "Don Chuy")
    assert asked.outbox_id is None
    assert await told_to(chat, chat.phone) == []
    for step in (OrderStatus.PROCESSING, OrderStatus.READY_FOR_PICKUP):
        await desk.move(chat.company, "A-0001", step, "Don Chuy")
    [notice] = await told_to(chat, chat.phone)
    assert "Ya pesado, el total es" in notice["payload"]["text"]["body"]


async def test_a_weight_beyond_it_is_one_question_whose_answer_is_owed(chat: Chat) -> None:
    desk = await ordered(chat)
    before, _ = await money(chat)
    await desk.weigh(chat.company, "A-0001", {"1": Decimal("2.8")}, "Don Chuy")
    [question] = await told_to(chat, chat.phone)
    assert question["type"] == "interactive"
    chat.heard.append(question["payload"])
    assert await money(chat) == (before, before)
    [answer] = await chat.says("sí")
    assert "queda en" in body(answer)
    after, owed = await money(chat)
    assert after == owed > before
    assert (await actions(chat))[-1] == ("customer", "weighed_accepted")
    assert await chat.rows("SELECT 1 FROM relay.timers WHERE kind LIKE 'answer_due%'") == []
    [_, told] = await owner_words(chat)
    assert "2 kg → 2.800 kg" in told


async def test_another_product_comes_only_if_the_customer_says_so(chat: Chat) -> None:
    desk = await ordered(chat)
    [limon] = await chat.rows("SELECT sku, name FROM products WHERE unit = 'kg' AND name NOT ILIKE 'Huevo%' LIMIT 1")
    await desk.substitute(chat.company, "A-0001", "1", limon["sku"], None, "Don Chuy")
    [question] = await told_to(chat, chat.phone)
    chat.heard.append(question["payload"])
    await chat.taps("Sí, acepto")
    [line] = await chat.rows("SELECT sku, quantity FROM order_items WHERE position = 1")
    assert line == {"sku": limon["sku"], "quantity": Decimal(2)}
    [first, second] = await money(chat)
    assert first == second


async def test_who_does_not_answer_goes_without_it_and_is_told(chat: Chat) -> None:
    desk = await ordered(chat)
    [limon] = await chat.rows("SELECT sku FROM products WHERE unit = 'kg' AND name NOT ILIKE 'Huevo%' LIMIT 1")
    await desk.substitute(chat.company, "A-0001", "1", limon["sku"], None, "Don Chuy")
    chat.clock.advance(minutes=16)
    [told] = await chat.turn()
    assert "quité Huevo" in body(told)
    assert [row["position"] for row in await chat.rows("SELECT position FROM order_items")] == [1]
    assert (await actions(chat))[-1] == ("system", "substitution_removed")


async def test_outside_the_window_a_template_asks_and_the_question_comes_with_the_next_word(chat: Chat) -> None:
    desk = await ordered(chat)
    chat.clock.advance(hours=25)
    await chat.turn()
    await desk.weigh(chat.company, "A-0001", {"1": Decimal("2.8")}, "Don Chuy")
    asked = (await told_to(chat, chat.phone))[-1]
    assert asked["payload"]["template"]["name"] == "pedido_por_confirmar"
    [question] = await chat.says("sí")
    assert "*Total" in body(question)
    [row] = await chat.rows("SELECT proposal IS NULL AS settled FROM orders")
    assert row["settled"] is False


async def test_a_late_order_is_told_once_and_counts_as_a_notice(chat: Chat) -> None:
    desk = await ordered(chat)
    await desk.move(chat.company, "A-0001", OrderStatus.PROCESSING, "Don Chuy")
    chat.clock.advance(minutes=89)
    assert await chat.turn() == []
    chat.clock.advance(minutes=2)
    [told] = await chat.turn()
    assert "va un poco atrasado" in body(told)
    await desk.move(chat.company, "A-0001", OrderStatus.READY_FOR_PICKUP, "Don Chuy")
    assert [row["notices"] for row in await chat.rows("SELECT notices FROM orders")] == [2]
    await desk.move(chat.company, "A-0001", OrderStatus.CANCELLED, "Don Chuy")
    assert len(await told_to(chat, chat.phone)) == 1
    async with chat.database.relay() as connection:
        codes = await connection.fetch("SELECT code FROM relay.alerts")
    assert "cancellation_untold" in [row["code"] for row in codes]


async def test_a_late_order_long_after_the_last_word_is_told_by_template(chat: Chat) -> None:
    desk = await ordered(chat)
    await desk.move(chat.company, "A-0001", OrderStatus.PROCESSING, "Don Chuy")
    async with chat.database.relay() as connection:
        await connection.execute(
            "UPDATE relay.timers SET due_at = $1 WHERE kind LIKE 'order_late%'", chat.clock.advance(hours=26)
        )
    sent = await chat.turn()
    assert [each["template"]["name"] for each in sent if each["type"] == "template"] == ["pedido_retrasado"]
    async with chat.database.relay() as connection:
        until = await connection.fetchval(
            "SELECT window_until FROM relay.outbox WHERE type = 'template' AND author = 'bot'"
        )
    assert until is None


async def test_of_a_late_order_whose_template_cannot_be_sent_a_person_is_told(chat: Chat) -> None:
    desk = await ordered(chat)
    await desk.move(chat.company, "A-0001", OrderStatus.PROCESSING, "Don Chuy")
    async with chat.database.relay() as connection:
        await connection.execute(
            """INSERT INTO relay.templates (company_id, waba_id, name, language, status, category)
               SELECT company_id, coalesce(waba_id, ''), 'pedido_retrasado', 'es_MX', 'PAUSED', 'UTILITY'
               FROM relay.numbers WHERE phone_number_id = '1001'"""
        )
        await connection.execute(
            "UPDATE relay.timers SET due_at = $1 WHERE kind LIKE 'order_late%'", chat.clock.advance(hours=26)
        )
    assert [each for each in await chat.turn() if each["type"] == "template"] == []
    async with chat.database.relay() as connection:
        codes = [row["code"] for row in await connection.fetch("SELECT code FROM relay.alerts")]
    assert "customer_untold" in codes
    assert [row["notices"] for row in await chat.rows("SELECT notices FROM orders")] == [0]


async def test_a_shop_that_writes_down_no_status_calls_no_order_late_but_can_see_it(chat: Chat) -> None:
    await ordered(chat)
    chat.clock.advance(minutes=91)
    assert await chat.turn() == []
    async with chat.database.relay() as connection:
        codes = [row["code"] for row in await connection.fetch("SELECT code FROM relay.alerts")]
    assert "order_untouched" in codes
    assert [row["notices"] for row in await chat.rows("SELECT notices FROM orders")] == [0]


async def test_an_order_that_left_in_time_is_never_called_late(chat: Chat) -> None:
    desk = await ordered(chat)
    for step in (OrderStatus.PROCESSING, OrderStatus.READY_FOR_PICKUP):
        await desk.move(chat.company, "A-0001", step, "Don Chuy")
    chat.clock.advance(hours=3)
    assert await chat.turn() == []


async def test_why_the_shop_cancels_is_told(chat: Chat) -> None:
    desk = await ordered(chat)
    await desk.move(chat.company, "A-0001", OrderStatus.CANCELLED, "Don Chuy", "Se nos fue la luz")
    [notice] = await told_to(chat, chat.phone)
    assert "Quedó cancelado" in notice["payload"]["text"]["body"]
    assert "Se nos fue la luz" in notice["payload"]["text"]["body"]


async def test_all_of_it_by_command(chat: Chat, database_dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await ordered(chat)
    marchante, slug = CommandLine(database_dsn, monkeypatch), chat.company.slug
    assert await marchante.run("orders", "accept", slug, "A-0001") == "A-0001: pending → processing; nobody is told"
    assert "total" in await marchante.run("orders", "weigh", slug, "A-0001", "1=2.050")
    assert "the customer is asked" in await marchante.run("orders", "weigh", slug, "A-0001", "1=2,9")
    assert "the customer is asked (weighed)" in await marchante.run("orders", "show", slug, "A-0001")
    assert "answer_pending" in await marchante.run("orders", "ready", slug, "A-0001")
    assert "bad_line" in await marchante.run("orders", "weigh", slug, "A-0001", "9=1")
    assert "bad_quantity" in await marchante.run("orders", "weigh", slug, "A-0001", "1=mucho")
    assert "product_not_found" in await marchante.run("orders", "substitute", slug, "A-0001", "1", "NADA-1")
    assert "same_product" in await marchante.run("orders", "substitute", slug, "A-0001", "1", "ABA-017")
    async with chat.database.company(chat.company.schema) as connection:
        await connection.execute("UPDATE products SET stock = 1 WHERE sku = 'ABA-023'")
    assert "sold_out" in await marchante.run("orders", "substitute", slug, "A-0001", "1", "ABA-023")
    said = await marchante.run("orders", "cancel", slug, "A-0001", "--reason", "Se nos fue la luz")
    assert said == "A-0001: processing → cancelled; the customer is told"
    [why] = await chat.rows("SELECT detail ->> 'reason' AS reason FROM order_history ORDER BY id DESC LIMIT 1")
    assert why["reason"] == "Se nos fue la luz"
