"""The loop of a process: it wakes, waits, survives the database, stops cleanly, and costs few statements."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest
from tests.builders import outbox
from tests.builders.outbox import change_number, send_all, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.one_connection import OneConnection
from tests.fakes.scripted_gateway import ScriptedGateway
from tests.fakes.statements import counted

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.sender import Sender
from marchante.outbox.service import Outbox
from marchante.outbox.tokens import Tokens

ANA, BETO = "5212281000001", "5212281000002"


@asynccontextmanager
async def running(sender: Sender | Outbox) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(sender.run())
    try:
        yield task
    finally:
        await sender.stop()
        await task


async def until_there_are(database: Database, count: int, status: str = "sent") -> None:
    async with asyncio.timeout(20):
        while True:
            if [row["status"] for row in await outbox.rows(database)].count(status) == count:
                return
            await asyncio.sleep(0.02)


async def test_a_woken_sender_sends_and_a_stopped_one_has_recorded_everything(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    people = [f"52122810{number:05}" for number in range(30)]
    async with running(sender):
        await outbox.queued(database, [text_to(lupita, phone, "hola", clock.now()) for phone in people], clock.now())
        sender.wake()
        await gateway.until_posted(1)

    statuses = [row["status"] for row in await outbox.rows(database)]
    assert statuses.count("sent") == len(gateway.posted)
    assert set(statuses) <= {"sent", "queued"}
    assert (await outbox.number(database, "1001"))["lease_owner"] is None


async def test_stopping_waits_for_what_is_under_way_and_begins_nothing_new(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    await outbox.queued(database, [text_to(lupita, ANA, said, clock.now()) for said in ("uno", "dos")], clock.now())
    gateway.opened.clear()
    task = asyncio.create_task(sender.run())
    await gateway.until_under_way(1)
    stopping = asyncio.create_task(sender.stop())
    await asyncio.sleep(0)
    assert not stopping.done()

    gateway.opened.set()
    await asyncio.gather(stopping, task)

    assert [row["status"] for row in await outbox.rows(database)] == ["sent", "queued"]


async def test_what_nobody_woke_it_for_is_found_by_the_slow_poll(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    async with running(sender):
        await outbox.queued(database, [text_to(lupita, BETO, "hola", clock.now())], clock.now())
        sender.wake()
        await until_there_are(database, 1)
        await outbox.queued(database, [text_to(lupita, ANA, "hola", clock.now())], clock.now())
        await until_there_are(database, 2)


async def test_results_wait_in_memory_while_the_database_is_away(
    database_dsn: str, database: Database, lupita: Company, gateway: ScriptedGateway, clock: FakeClock, vault: Vault
) -> None:
    pool = await open_pool(database_dsn, size=4)
    sender = Sender(Database(pool), gateway, Tokens(vault, "token"), clock)
    await outbox.queued(database, [text_to(lupita, phone, "hola", clock.now()) for phone in (ANA, BETO)], clock.now())
    gateway.opened.clear()
    assert await sender.tick() == 2
    await gateway.until_under_way(2)
    await pool.close()
    gateway.opened.set()
    with pytest.raises(asyncpg.InterfaceError):
        await sender.settle()

    sender._database = database  # back again
    await send_all(sender)

    assert len(gateway.posted) == 2
    assert {row["status"] for row in await outbox.rows(database)} == {"sent"}


async def test_a_loop_without_a_database_goes_on_when_it_is_back(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    class Away:
        def acquire(self) -> None:
            raise OSError("no route to the database")

    back, database.pool = database.pool, Away()  # type: ignore[assignment]
    async with running(sender):
        await asyncio.sleep(0.05)
        database.pool = back
        await outbox.queued(database, [text_to(lupita, ANA, "hola", clock.now())], clock.now())
        sender.wake()
        await until_there_are(database, 1)


async def test_the_outbox_of_a_process_sends_applies_statuses_and_stops(
    database: Database, lupita: Company, gateway: ScriptedGateway, clock: FakeClock, vault: Vault
) -> None:
    service = Outbox(database, gateway, vault, clock, "token")
    async with running(service):
        [id_] = await outbox.queued(database, [text_to(lupita, ANA, "hola", clock.now())], clock.now())
        service.wake()
        await until_there_are(database, 1)
        wamid = (await outbox.row(database, id_))["wamid"]
        await outbox.status_came(database, "1001", wamid, "read", clock.now())
        service.wake_statuses()
        await until_there_are(database, 1, "read")


async def test_a_hundred_messages_cost_a_handful_of_statements(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    await change_number(database, "1001", throughput="HIGH")
    people = [f"52122810{number:05}" for number in range(98)]
    messages = [text_to(lupita, phone, "hola", clock.now()) for phone in people]
    async with database.pool.acquire() as connection:
        sender._database = OneConnection(connection)  # type: ignore[assignment]
        await outbox.queued(database, [text_to(agua, ANA, "the driver learns its types", clock.now())], clock.now())
        await send_all(sender)
        more = [text_to(agua, phone, "agua", clock.now()) for phone in (ANA, BETO)]
        await outbox.queued(database, [*messages, *more], clock.now())
        async with counted(connection) as statements:
            await send_all(sender)

    assert len(gateway.posted) == 101
    # two rounds of (look, claim, record), the new number's recovery, and a round that finds nothing
    assert len(statements) <= 9, statements


async def test_several_senders_share_the_work_of_a_crowd_without_sending_twice(
    database: Database,
    lupita: Company,
    agua: Company,
    new_sender: Callable[..., Sender],
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    for number in ("1001", "2001"):
        await change_number(database, number, throughput="HIGH")
    people = [f"52122810{number:05}" for number in range(40)]
    messages = [
        text_to(company, phone, f"{company.slug} {phone} {turn}", clock.now())
        for turn in range(3)
        for company in (lupita, agua)
        for phone in people
    ]
    one, two = new_sender(), new_sender()
    async with running(one), running(two):
        await outbox.queued(database, messages, clock.now())
        one.wake()
        two.wake()
        await until_there_are(database, len(messages))

    assert sorted(gateway.texts()) == sorted(message.payload["text"]["body"] for message in messages)
    for company in (lupita, agua):
        for phone in people:
            said = [text for text in gateway.texts(phone) if text.startswith(company.slug)]
            assert said == [f"{company.slug} {phone} {turn}" for turn in range(3)]
