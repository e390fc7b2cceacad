"""When nobody can say whether a message left: wait for a report, else one copy, and tell a person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.builders import outbox
from tests.builders.outbox import abandon, send_all, status_came, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.graph import graph_failure
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.channels.whatsapp.ports import InDoubt, NeverSent, Refused
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.outbox.dead_letters import failed_letters, possible_duplicates
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier

ANA, BETO = "5212281000001", "5212281000002"


async def two_for_ana_one_for_beto(database: Database, company: Company, clock: FakeClock) -> list[int]:
    messages = [text_to(company, phone, said, clock.now()) for phone, said in ((ANA, "uno"), (ANA, "dos"), (BETO, "b"))]
    return await outbox.queued(database, messages, clock.now())


async def test_without_an_answer_only_that_persons_later_messages_wait(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, InDoubt("timeout"))
    await two_for_ana_one_for_beto(database, lupita, clock)

    await send_all(sender)
    clock.advance(seconds=59)
    await send_all(sender)

    assert gateway.texts(ANA) == ["uno"]
    assert gateway.texts(BETO) == ["b"]
    doubtful, waiting, _ = await outbox.rows(database)
    assert (doubtful["status"], waiting["status"]) == ("in_doubt", "queued")
    assert doubtful["in_doubt_at"] is not None


@pytest.mark.parametrize("status", ["sent", "delivered", "read"])
async def test_a_status_that_echoes_our_id_settles_the_doubt_and_the_next_message_goes(
    database: Database,
    lupita: Company,
    sender: Sender,
    statuses: StatusApplier,
    gateway: ScriptedGateway,
    clock: FakeClock,
    status: str,
) -> None:
    gateway.will(ANA, InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    await send_all(sender)
    clock.advance(seconds=5)

    await status_came(database, "1001", "wamid.echoed", status, clock.now(), callback_data=f"o:{id_}")
    await statuses.apply_pending()
    await send_all(sender)

    assert gateway.texts(ANA) == ["uno", "dos"]
    row = await outbox.row(database, id_)
    assert (row["status"], row["wamid"], row["possible_duplicate"]) == (status, "wamid.echoed", False)


async def test_after_a_minute_without_a_report_one_copy_goes_and_is_listed(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    await send_all(sender)

    clock.advance(seconds=60)
    await send_all(sender)

    assert gateway.texts(ANA) == ["uno", "uno", "dos"]
    row = await outbox.row(database, id_)
    assert (row["status"], row["attempts"], row["possible_duplicate"]) == ("sent", 2, True)
    async with database.relay() as connection:
        assert [listed.id for listed in await possible_duplicates(connection, lupita.id)] == [id_]
        assert await possible_duplicates(connection, agua.id) == []


async def test_a_second_doubt_is_a_failure_a_person_sees_and_no_third_copy(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, InDoubt("timeout"), InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    await send_all(sender)

    for _ in range(5):
        clock.advance(seconds=60)
        await send_all(sender)

    assert gateway.texts(ANA) == ["uno", "uno", "dos"]
    async with database.relay() as connection:
        [letter] = await failed_letters(connection)
    assert (letter.id, letter.error_code, letter.possible_duplicate) == (id_, None, True)
    assert [alert["code"] for alert in await outbox.alerts(database)] == ["message_failed"]


async def test_what_failed_in_doubt_does_not_show_the_code_of_an_earlier_refusal(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, Refused(graph_failure(131000)), InDoubt("timeout"), InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    for seconds in (0, 1, 60):
        clock.advance(seconds=seconds)
        await send_all(sender)

    row = await outbox.row(database, id_)
    assert (row["status"], row["error_code"]) == ("failed", None)


async def test_a_copy_whose_sender_died_is_given_up_and_listed(
    database: Database, lupita: Company, new_sender: Callable[..., Sender], gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, Refused(graph_failure(131000)), InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    dying, heir = new_sender(), new_sender()
    for seconds in (0, 1):
        clock.advance(seconds=seconds)
        await send_all(dying)
    clock.advance(seconds=60)
    gateway.opened.clear()
    await dying.tick()
    await abandon(dying, after_posting=True)
    gateway.opened.set()

    clock.advance(seconds=16)
    await send_all(heir)

    row = await outbox.row(database, id_)
    assert (row["status"], row["error_code"], row["possible_duplicate"]) == ("failed", None, True)
    assert gateway.texts(ANA) == ["uno", "uno", "uno", "dos"]  # refused, in doubt, its copy, the next
    assert [alert["code"] for alert in await outbox.alerts(database)] == ["message_failed"]


async def test_a_late_report_brings_a_message_given_up_in_doubt_back(
    database: Database,
    lupita: Company,
    sender: Sender,
    statuses: StatusApplier,
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    gateway.will(ANA, InDoubt("timeout"), InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    await send_all(sender)
    clock.advance(seconds=60)
    await send_all(sender)

    await status_came(database, "1001", "wamid.late", "delivered", clock.now(), callback_data=f"o:{id_}")
    await statuses.apply_pending()

    row = await outbox.row(database, id_)
    assert (row["status"], row["wamid"]) == ("delivered", "wamid.late")


async def test_a_copy_that_never_left_is_tried_again(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, InDoubt("timeout"), NeverSent("connect_refused"), Refused(graph_failure(131016)))
    await two_for_ana_one_for_beto(database, lupita, clock)
    await send_all(sender)

    for seconds in (60, 2, 4):
        clock.advance(seconds=seconds)
        await send_all(sender)

    assert gateway.texts(ANA) == ["uno", "uno", "uno", "dos"]  # in doubt, refused, taken


async def test_a_status_that_waits_to_be_applied_keeps_the_copy_from_going(
    database: Database,
    lupita: Company,
    sender: Sender,
    statuses: StatusApplier,
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    gateway.will(ANA, InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    await send_all(sender)
    await status_came(database, "1001", "wamid.x", "sent", clock.now(), callback_data=f"o:{id_}")

    clock.advance(seconds=61)
    await send_all(sender)
    assert gateway.texts(ANA) == ["uno"]
    await statuses.apply_pending()
    await send_all(sender)

    assert gateway.texts(ANA) == ["uno", "dos"]


async def test_a_person_who_took_over_stops_the_copy(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, InDoubt("timeout"))
    [id_, *_] = await two_for_ana_one_for_beto(database, lupita, clock)
    await send_all(sender)
    async with database.relay() as connection:
        await connection.execute(
            "INSERT INTO relay.conversations (company_id, customer_key, human_since) VALUES ($1, $2, $3)",
            lupita.id,
            "p:+522281000001",
            clock.advance(seconds=1),
        )

    clock.advance(seconds=60)
    await send_all(sender)

    assert gateway.texts(ANA) == ["uno"]
    assert (await outbox.row(database, id_))["status"] == "cancelled"


@pytest.mark.parametrize("posted", [True, False])
async def test_a_process_that_dies_between_mark_and_record_leaves_a_doubt_and_at_most_one_copy(
    database: Database,
    lupita: Company,
    new_sender: Callable[..., Sender],
    gateway: ScriptedGateway,
    clock: FakeClock,
    posted: bool,
) -> None:
    ids = await two_for_ana_one_for_beto(database, lupita, clock)
    gateway.opened.clear()
    dying = new_sender()
    assert await dying.tick() == 2
    await abandon(dying, after_posting=posted)
    gateway.opened.set()
    assert len(gateway.posted) == (2 if posted else 0)

    heir = new_sender()
    await send_all(heir)
    assert await outbox.statuses_of(database, ids) == ["sending", "queued", "sending"]
    clock.advance(seconds=15)  # the lease of the dead one ends
    await send_all(heir)
    assert await outbox.statuses_of(database, ids) == ["in_doubt", "queued", "in_doubt"]
    clock.advance(seconds=60)
    await send_all(heir)

    assert gateway.texts(ANA) == (["uno"] if posted else []) + ["uno", "dos"]
    assert gateway.texts(BETO) == (["b"] if posted else []) + ["b"]
    assert [row["possible_duplicate"] for row in await outbox.rows(database)] == [True, False, True]


async def test_after_a_crash_a_report_settles_the_doubt_without_a_copy(
    database: Database,
    lupita: Company,
    new_sender: Callable[..., Sender],
    statuses: StatusApplier,
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    [first, _, beto] = await two_for_ana_one_for_beto(database, lupita, clock)
    gateway.opened.clear()
    dying = new_sender()
    await dying.tick()
    await abandon(dying, after_posting=True)
    gateway.opened.set()
    await status_came(database, "1001", "wamid.a", "delivered", clock.now(), callback_data=f"o:{first}")
    clock.advance(seconds=15)
    heir = new_sender()
    await send_all(heir)

    await status_came(database, "1001", "wamid.b", "sent", clock.now(), callback_data=f"o:{beto}")
    await statuses.apply_pending()
    clock.advance(seconds=61)
    await send_all(heir)

    assert gateway.texts(ANA) == ["uno", "dos"]
    assert gateway.texts(BETO) == ["b"]
    assert [row["status"] for row in await outbox.rows(database)] == ["delivered", "sent", "sent"]


async def test_a_process_that_was_frozen_after_marking_does_not_post_any_more(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await sender.tick()  # marked; its post has not begun to run
    clock.advance(seconds=31)

    await sender.settle()

    assert gateway.posted == []
    [row] = await outbox.rows(database)
    assert (row["status"], row["not_before"] - clock.now()) == ("queued", timedelta(seconds=1))
