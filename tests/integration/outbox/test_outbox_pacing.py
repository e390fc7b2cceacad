"""Messages leave at the pace of their number and of their reader, by the clock of the test."""

from collections.abc import Callable

import pytest
from tests.builders import outbox
from tests.builders.outbox import another_number, change_number, send_all, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.outbox.sender import Sender

ANA = "5212281000001"


def crowd(company: Company, size: int, clock: FakeClock, **changes: object) -> list[outbox.NewMessage]:
    people = [f"52122820{number:05}" for number in range(size)]
    return [text_to(company, phone, "hola", clock.now(), **changes) for phone in people]


@pytest.mark.parametrize(
    ("throughput", "platform", "limit"),
    [("STANDARD", "CLOUD_API", 80), ("UNKNOWN", "CLOUD_API", 80), ("STANDARD", "COEXISTENCE", 20)],
)
async def test_a_number_sends_no_more_in_a_second_than_meta_allows(
    database: Database,
    lupita: Company,
    sender: Sender,
    gateway: ScriptedGateway,
    clock: FakeClock,
    throughput: str,
    platform: str,
    limit: int,
) -> None:
    await change_number(database, "1001", throughput=throughput, platform_type=platform)
    await outbox.queued(database, crowd(lupita, 2 * limit + 5, clock), clock.now())

    await send_all(sender)
    assert len(gateway.posted) == limit
    clock.advance(seconds=0.9)
    await send_all(sender)
    assert len(gateway.posted) == limit
    clock.advance(seconds=0.1)
    await send_all(sender)
    assert len(gateway.posted) == 2 * limit
    clock.advance(seconds=1)
    await send_all(sender)

    assert len(gateway.posted) == 2 * limit + 5


async def test_a_fast_number_is_not_held_to_the_pace_of_a_slow_one(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    await change_number(database, "1001", throughput="HIGH")
    await outbox.queued(database, crowd(lupita, 200, clock) + crowd(agua, 100, clock), clock.now())

    await send_all(sender)

    sent = [posted.phone_number_id for posted in gateway.posted]
    assert (sent.count("1001"), sent.count("2001")) == (200, 80)


async def test_one_person_gets_a_burst_and_then_a_message_every_six_seconds(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    words = [str(number) for number in range(48)]
    await outbox.queued(database, [text_to(lupita, ANA, said, clock.now()) for said in words], clock.now())
    await outbox.queued(database, crowd(lupita, 3, clock), clock.now())

    await send_all(sender)
    assert len(gateway.texts(ANA)) == 45
    assert len(gateway.posted) == 48
    for expected in (46, 47, 48):
        clock.advance(seconds=5.9)
        await send_all(sender)
        assert len(gateway.texts(ANA)) == expected - 1
        clock.advance(seconds=0.1)
        await send_all(sender)
        assert len(gateway.texts(ANA)) == expected

    assert gateway.texts(ANA) == words


async def test_the_same_person_has_a_pace_of_their_own_with_every_number(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    second = await another_number(database, lupita, "1002")
    messages = [
        text_to(lupita, ANA, number, clock.now(), phone_number_id=number)
        for _ in range(45)
        for number in ("1001", second)
    ]
    await outbox.queued(database, messages, clock.now())

    await send_all(sender)
    clock.advance(seconds=1)
    await send_all(sender)

    assert len(gateway.posted) == 90


async def test_a_message_for_later_waits_for_its_moment_and_so_do_those_behind_it(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    later = clock.now().replace(hour=18)
    messages = [
        text_to(lupita, ANA, "luego", clock.now(), not_before=later),
        text_to(lupita, ANA, "después", clock.now()),
    ]
    await outbox.queued(database, messages, clock.now())

    await send_all(sender)
    assert gateway.posted == []
    clock.advance(hours=1)
    await send_all(sender)

    assert gateway.texts() == ["luego", "después"]


async def test_posts_under_way_are_bounded_for_a_number_and_for_the_process(
    database: Database,
    lupita: Company,
    agua: Company,
    new_sender: Callable[..., Sender],
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    sender = new_sender(in_flight=6, most_in_flight=10)
    await outbox.queued(database, crowd(lupita, 20, clock) + crowd(agua, 20, clock), clock.now())
    gateway.opened.clear()

    assert await sender.tick() == 10
    assert await sender.tick() == 0
    await gateway.until_under_way(10)
    numbers = [posted.phone_number_id for posted in gateway.posted]
    assert (numbers.count("1001"), numbers.count("2001")) == (5, 5)
    gateway.opened.set()
    await send_all(sender)

    assert gateway.most_under_way == 10
    assert len(gateway.posted) == 40


async def test_one_number_whose_calls_hang_leaves_room_for_the_others(
    database: Database,
    lupita: Company,
    agua: Company,
    new_sender: Callable[..., Sender],
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    sender = new_sender(in_flight=6, most_in_flight=10)
    await outbox.queued(database, crowd(lupita, 20, clock), clock.now())
    gateway.opened.clear()
    assert await sender.tick() == 6
    await gateway.until_under_way(6)
    await outbox.queued(database, crowd(agua, 3, clock), clock.now())
    clock.advance(seconds=1)

    assert await sender.tick() == 3
    gateway.opened.set()
    await send_all(sender)
