"""Statuses find their message, move it forward, are billed once, and never hold each other up."""

from typing import Any

import pytest
from tests.builders import outbox
from tests.builders.outbox import send_all, status_came, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier

ANA, BETO = "5212281000001", "5212281000002"
REGULAR = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}
FREE = {"billable": False, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}


def failed(code: int) -> list[dict[str, Any]]:
    return [{"code": code, "title": "a title", "message": "a title", "error_data": {"details": "the details"}}]


async def usage(database: Database) -> list[tuple[Any, ...]]:
    async with database.relay() as connection:
        rows = await connection.fetch(
            """SELECT company_id, phone_number_id, wamid, category, pricing_type, billable FROM relay.usage_events
               ORDER BY id"""
        )
    return [tuple(row.values()) for row in rows]


async def pending(database: Database) -> int:
    async with database.relay() as connection:
        count: int = await connection.fetchval("SELECT count(*) FROM relay.inbox_statuses WHERE handled_at IS NULL")
    return count


async def test_statuses_out_of_order_and_repeated_leave_the_message_as_far_as_it_got(
    database: Database, statuses: StatusApplier, sent: list[dict[str, Any]], clock: FakeClock
) -> None:
    mine, other = sent
    read_at = clock.advance(seconds=30)
    for status in ("read", "sent", "delivered", "sent"):
        await status_came(database, "1001", mine["wamid"], status, read_at)
    await statuses.apply_pending()
    await status_came(database, "1001", mine["wamid"], "delivered", read_at, recipient="somebody else")
    await statuses.apply_pending()

    row = await outbox.row(database, mine["id"])
    assert (row["status"], row["delivered_at"], row["read_at"]) == ("read", read_at, read_at)
    assert row["sent_at"] == mine["sent_at"]
    assert await outbox.row(database, other["id"]) == other
    assert await pending(database) == 0


async def test_a_status_before_the_answer_to_the_post_settles_it_and_the_answer_adds_what_it_knows(
    database: Database,
    lupita: Company,
    sender: Sender,
    statuses: StatusApplier,
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    [id_] = await outbox.queued(database, [text_to(lupita, ANA, "hola", clock.now())], clock.now())
    gateway.opened.clear()
    await sender.tick()
    await gateway.until_under_way(1)
    wamid = f"wamid.1.{ANA}"
    await status_came(database, "1001", wamid, "delivered", clock.now(), callback_data=f"o:{id_}")

    await statuses.apply_pending()
    assert ((await outbox.row(database, id_))["status"], (await outbox.row(database, id_))["wamid"]) == (
        "delivered",
        wamid,
    )
    gateway.opened.set()
    await sender.settle()

    row = await outbox.row(database, id_)
    assert (row["status"], row["wamid"], row["wa_id"]) == ("delivered", wamid, ANA)


async def test_an_echo_of_our_id_from_another_number_touches_nothing(
    database: Database, statuses: StatusApplier, sent: list[dict[str, Any]], clock: FakeClock
) -> None:
    mine, _ = sent
    await status_came(database, "2001", "wamid.strange", "failed", clock.now(), callback_data=f"o:{mine['id']}")
    await status_came(database, "2001", mine["wamid"], "failed", clock.now())

    await statuses.apply_pending()

    assert await outbox.row(database, mine["id"]) == mine
    assert await pending(database) == 0


async def test_a_status_of_a_message_we_do_not_know_is_handled_and_billed(
    database: Database, statuses: StatusApplier, lupita: Company, agua: Company, clock: FakeClock
) -> None:
    await status_came(database, "2001", "wamid.from.elsewhere", "delivered", clock.now(), pricing=REGULAR)
    await status_came(database, "2001", "wamid.2", "sent", clock.now(), callback_data="o:999999")
    await status_came(database, "9999", "wamid.of.nobody", "delivered", clock.now(), pricing=REGULAR)

    assert await statuses.apply_pending() == 3
    assert await pending(database) == 0
    assert await usage(database) == [(agua.id, "2001", "wamid.from.elsewhere", "service", "regular", True)]


async def test_a_message_is_billed_once_however_often_its_delivery_is_reported(
    database: Database, statuses: StatusApplier, sent: list[dict[str, Any]], clock: FakeClock
) -> None:
    mine, other = sent
    await status_came(database, "1001", mine["wamid"], "sent", clock.now(), pricing=REGULAR)
    await statuses.apply_pending()
    assert await usage(database) == []
    await status_came(database, "1001", mine["wamid"], "delivered", clock.now(), pricing=REGULAR)
    await status_came(database, "1001", mine["wamid"], "read", clock.now(), pricing=REGULAR)
    await status_came(database, "2001", other["wamid"], "read", clock.now(), pricing=FREE)
    await statuses.apply_pending()
    await status_came(database, "1001", mine["wamid"], "read", clock.now(), pricing=REGULAR, recipient="again")
    await statuses.apply_pending()

    assert sorted(await usage(database)) == [
        (mine["company_id"], "1001", mine["wamid"], "service", "regular", True),
        (other["company_id"], "2001", other["wamid"], "service", "free_customer_service", False),
    ]


@pytest.mark.parametrize("code", [131047, 131049, 131053])
async def test_a_failure_reported_later_is_shown_to_a_person(
    database: Database, statuses: StatusApplier, sent: list[dict[str, Any]], clock: FakeClock, code: int
) -> None:
    mine, _ = sent
    await status_came(database, "1001", mine["wamid"], "failed", clock.advance(seconds=3), errors=failed(code))

    await statuses.apply_pending()

    row = await outbox.row(database, mine["id"])
    assert (row["status"], row["error_code"], row["error_detail"]) == ("failed", code, "the details")
    assert row["failed_at"] == clock.now()
    [alert] = await outbox.alerts(database)
    assert (alert["code"], alert["company_id"], alert["data"]["outbox_id"]) == (
        "message_failed",
        row["company_id"],
        row["id"],
    )


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (
            {"type": "image", "image": {"id": "1", "caption": "Aguacate, $60 el kilo"}},
            {"type": "text", "text": {"body": "Aguacate, $60 el kilo"}},
        ),
        (
            {"type": "interactive", "interactive": {"header": {"type": "image", "image": {}}, "body": {"text": "?"}}},
            {"type": "interactive", "interactive": {"body": {"text": "?"}}},
        ),
    ],
)
async def test_a_picture_meta_cannot_take_costs_the_picture_and_not_the_message(
    database: Database,
    lupita: Company,
    sender: Sender,
    statuses: StatusApplier,
    clock: FakeClock,
    body: dict[str, Any],
    left: dict[str, Any],
) -> None:
    message = outbox.text_to(lupita, ANA, "x", clock.now(), type=body["type"], payload=body)
    [id_] = await outbox.queued(database, [message], clock.now())
    await outbox.send_all(sender)
    wamid = (await outbox.row(database, id_))["wamid"]
    await status_came(database, "1001", wamid, "failed", clock.now(), errors=failed(131053))
    await statuses.apply_pending()
    again = (await outbox.rows(database))[-1]
    assert (again["type"], again["payload"], again["status"]) == (left["type"], left, "queued")
    assert (await outbox.row(database, id_))["status"] == "cancelled"
    assert await outbox.alerts(database) == []


async def test_a_payment_problem_reported_later_stops_the_number_and_only_it(
    database: Database,
    statuses: StatusApplier,
    sender: Sender,
    lupita: Company,
    agua: Company,
    sent: list[dict[str, Any]],
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    mine, _ = sent
    await status_came(database, "1001", mine["wamid"], "failed", clock.now(), errors=failed(131042))
    await statuses.apply_pending()
    await outbox.queued(
        database, [text_to(company, BETO, company.slug, clock.now()) for company in (lupita, agua)], clock.now()
    )
    await send_all(sender)

    assert gateway.texts(BETO) == [agua.slug]
    assert (await outbox.number(database, "1001"))["stopped_code"] == 131042
    assert [alert["code"] for alert in await outbox.alerts(database)] == ["message_failed", "number_stopped"]


async def test_an_undeliverable_mexican_number_gets_one_message_in_its_other_spelling(
    database: Database,
    statuses: StatusApplier,
    sender: Sender,
    sent: list[dict[str, Any]],
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    mine, _ = sent
    await status_came(database, "1001", mine["wamid"], "failed", clock.now(), errors=failed(131026))
    await statuses.apply_pending()
    await send_all(sender)

    assert [posted.to for posted in gateway.posted if posted.phone_number_id == "1001"] == [ANA, "522281000001"]
    first, _, second = await outbox.rows(database)
    assert (first["status"], second["status"]) == ("cancelled", "sent")
    assert (second["payload"], second["trace_id"]) == (first["payload"], first["trace_id"])
    assert await outbox.alerts(database) == []
    await status_came(database, "1001", mine["wamid"], "sent", clock.now(), callback_data=f"o:{first['id']}")
    await status_came(database, "1001", second["wamid"], "failed", clock.now(), errors=failed(131026))
    await statuses.apply_pending()
    await send_all(sender)

    assert [row["status"] for row in await outbox.rows(database) if row["phone_number_id"] == "1001"] == [
        "cancelled",
        "failed",
    ]
    assert len(gateway.posted) == 3


async def test_a_status_that_cannot_be_read_costs_the_others_nothing(
    database: Database, statuses: StatusApplier, sent: list[dict[str, Any]], clock: FakeClock
) -> None:
    mine, other = sent
    await status_came(database, "1001", mine["wamid"], "read", clock.now(), raw=b"\x00 not json")
    await status_came(database, "1001", "wamid.odd", "failed", clock.now(), errors=[{"code": "x"}, None], pricing=[])
    await status_came(database, "2001", other["wamid"], "delivered", clock.now())

    assert await statuses.apply_pending() == 3
    assert [row["status"] for row in await outbox.rows(database)] == ["read", "delivered"]


async def test_a_status_the_database_refuses_is_set_aside_and_the_others_are_applied(
    database: Database, statuses: StatusApplier, sent: list[dict[str, Any]], clock: FakeClock
) -> None:
    mine, other = sent
    async with database.relay() as connection:  # stands for whatever value a column will not take
        await connection.execute("ALTER TABLE relay.usage_events ADD CHECK (category <> 'poison')")
    await status_came(database, "1001", mine["wamid"], "sent", clock.now())
    await status_came(database, "1001", "w.bad", "delivered", clock.now(), pricing=REGULAR | {"category": "poison"})
    await status_came(database, "2001", other["wamid"], "delivered", clock.now(), pricing=REGULAR)

    await statuses.apply_pending()

    assert await pending(database) == 0
    assert (await outbox.row(database, other["id"]))["status"] == "delivered"
    assert [event[2] for event in await usage(database)] == [other["wamid"]]
