"""One sender owns a number at a time, and a sender that lost it cannot change anything any more."""

from collections.abc import Callable
from datetime import timedelta

from tests.builders import outbox
from tests.builders.outbox import abandon, send_all, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.outbox.sender import Sender

ANA, BETO = "5212281000001", "5212281000002"


async def test_while_one_sender_owns_a_number_another_leaves_it_alone(
    database: Database, lupita: Company, new_sender: Callable[..., Sender], gateway: ScriptedGateway, clock: FakeClock
) -> None:
    one, two = new_sender(), new_sender()
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await send_all(one)
    await outbox.queued(database, [text_to(lupita, ANA, "dos", clock.now())], clock.now())

    assert await two.tick() == 0
    assert await one.tick() == 1
    await one.settle()

    assert gateway.texts() == ["uno", "dos"]
    assert (await outbox.number(database, "1001"))["fence"] == 1


async def test_a_late_answer_of_an_old_owner_changes_nothing(
    database: Database, lupita: Company, new_sender: Callable[..., Sender], gateway: ScriptedGateway, clock: FakeClock
) -> None:
    frozen, heir = new_sender(), new_sender()
    [id_] = await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    gateway.opened.clear()
    await frozen.tick()
    await gateway.until_under_way(1)
    clock.advance(seconds=16)
    await heir.tick()
    before = await outbox.row(database, id_)
    assert (before["status"], before["fence"]) == ("in_doubt", 2)

    gateway.opened.set()
    await frozen.settle()

    assert await outbox.row(database, id_) == before


async def test_an_old_owner_cannot_mark_anything_either(
    database: Database, lupita: Company, new_sender: Callable[..., Sender], gateway: ScriptedGateway, clock: FakeClock
) -> None:
    frozen, heir = new_sender(), new_sender()
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await send_all(frozen)
    clock.advance(seconds=16)
    await outbox.queued(database, [text_to(lupita, ANA, "dos", clock.now())], clock.now())
    gateway.opened.clear()
    assert await heir.tick() == 1
    await outbox.queued(database, [text_to(lupita, BETO, "tres", clock.now())], clock.now())

    assert await frozen.tick() == 0
    gateway.opened.set()
    await send_all(heir)

    assert gateway.texts() == ["uno", "dos", "tres"]


async def test_a_lease_that_ran_out_while_nobody_else_wanted_it_goes_on(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.opened.clear()
    await outbox.queued(database, [text_to(lupita, ANA, said, clock.now()) for said in ("uno", "dos")], clock.now())
    await sender.tick()
    await gateway.until_under_way(1)
    clock.advance(seconds=20)
    gateway.opened.set()
    await send_all(sender)

    number = await outbox.number(database, "1001")
    assert (number["fence"], number["lease_until"]) == (1, clock.now() + timedelta(seconds=15))
    assert {row["status"] for row in await outbox.rows(database)} == {"sent"}
    assert gateway.texts() == ["uno", "dos"]


async def test_a_sender_that_stops_gives_its_numbers_up_at_once(
    database: Database, lupita: Company, new_sender: Callable[..., Sender], gateway: ScriptedGateway, clock: FakeClock
) -> None:
    one, two = new_sender(), new_sender()
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await one.tick()
    await one.finish()
    await outbox.queued(database, [text_to(lupita, ANA, "dos", clock.now())], clock.now())

    await send_all(two)

    assert gateway.texts() == ["uno", "dos"]
    assert {row["status"] for row in await outbox.rows(database)} == {"sent"}


async def test_a_number_with_nothing_to_send_is_given_up_after_a_while(
    database: Database, lupita: Company, sender: Sender, clock: FakeClock
) -> None:
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await send_all(sender)
    assert (await outbox.number(database, "1001"))["lease_owner"] is not None

    clock.advance(seconds=31)
    await sender.tick()

    assert (await outbox.number(database, "1001"))["lease_owner"] is None


async def test_marks_whose_answer_got_lost_on_the_way_go_back_to_the_queue(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await send_all(sender)
    [id_] = await outbox.queued(database, [text_to(lupita, ANA, "dos", clock.now())], clock.now())
    async with database.relay() as connection:  # the claim was committed, and the connection broke before it answered
        await connection.execute(
            "UPDATE relay.outbox SET status = 'sending', attempts = 1, fence = 1, sending_at = $2 WHERE id = $1",
            id_,
            clock.now(),
        )

    clock.advance(seconds=6)
    await send_all(sender)

    assert gateway.texts() == ["uno", "dos"]
    row = await outbox.row(database, id_)
    assert (row["status"], row["attempts"], row["possible_duplicate"]) == ("sent", 1, False)


async def test_posts_under_way_are_not_taken_for_lost_when_a_lease_is_renewed(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.opened.clear()
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await sender.tick()
    for _ in range(3):
        clock.advance(seconds=6)
        await sender.tick()
    gateway.opened.set()
    await send_all(sender)

    assert gateway.texts() == ["uno"]
    assert [row["status"] for row in await outbox.rows(database)] == ["sent"]


async def test_two_companies_numbers_may_have_different_owners(
    database: Database,
    lupita: Company,
    agua: Company,
    new_sender: Callable[..., Sender],
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    one, two = new_sender(), new_sender()
    await outbox.queued(database, [text_to(lupita, ANA, "lupita", clock.now())], clock.now())
    await one.tick()
    await outbox.queued(database, [text_to(agua, ANA, "agua", clock.now())], clock.now())
    await two.tick()
    await abandon(one, after_posting=True)
    await send_all(two)

    owners = {(await outbox.number(database, number))["lease_owner"] for number in ("1001", "2001")}
    assert len(owners) == 2
    assert gateway.texts() == ["lupita", "agua"]
