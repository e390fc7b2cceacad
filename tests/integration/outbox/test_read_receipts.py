"""Blue ticks and typing dots go out at once, or not at all."""

import asyncio

import pytest
from tests.builders.outbox import PLATFORM_TOKEN, change_number
from tests.fakes.clock import FakeClock
from tests.fakes.graph import graph_failure
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.channels.whatsapp.ports import AcknowledgeOutcome, Refused
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.receipts import ReadReceipts


@pytest.fixture
def receipts(database: Database, gateway: ScriptedGateway, vault: Vault) -> ReadReceipts:
    return ReadReceipts(database, gateway, vault, PLATFORM_TOKEN, waiting=3)


async def test_each_number_acknowledges_with_its_own_token(
    database: Database,
    lupita: Company,
    agua: Company,
    receipts: ReadReceipts,
    gateway: ScriptedGateway,
    vault: Vault,
) -> None:
    await change_number(database, "2001", token_ciphertext=vault.seal("the token of agua"))

    await receipts.send([("1001", "wamid.1"), ("2001", "wamid.2"), ("9999", "wamid.3")])

    assert sorted(gateway.receipts) == [
        ("1001", PLATFORM_TOKEN, "wamid.1"),
        ("2001", "the token of agua", "wamid.2"),
    ]


async def test_what_is_offered_goes_out_while_running(receipts: ReadReceipts, gateway: ScriptedGateway) -> None:
    task = asyncio.create_task(receipts.run())
    for number in range(5):
        assert receipts.offer([("1001", f"wamid.{number}")]) == 1
        await gateway.until_acknowledged(number + 1)
    await receipts.stop()
    await task

    assert [wamid for _, _, wamid in gateway.receipts] == [f"wamid.{number}" for number in range(5)]


async def test_what_finds_no_room_is_dropped_without_waiting(receipts: ReadReceipts, gateway: ScriptedGateway) -> None:
    assert receipts.offer([("1001", f"wamid.{number}") for number in range(10)]) == 3


async def test_stopping_does_not_wait_for_more(receipts: ReadReceipts) -> None:
    task = asyncio.create_task(receipts.run())
    await asyncio.sleep(0)
    await receipts.stop()

    async with asyncio.timeout(5):
        await task


async def test_a_stopped_number_and_an_unreadable_token_are_left_out(
    database: Database,
    lupita: Company,
    agua: Company,
    receipts: ReadReceipts,
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    await change_number(database, "1001", stopped_at=clock.now())
    await change_number(database, "2001", token_ciphertext=b"sealed with a lost key")

    await receipts.send([("1001", "wamid.1"), ("2001", "wamid.2")])

    assert gateway.receipts == []


async def test_nothing_that_goes_wrong_reaches_the_caller(database: Database, lupita: Company, vault: Vault) -> None:
    class Broken(ScriptedGateway):
        async def mark_read(self, phone_number_id: str, token: str, wamid: str, *, typing: bool) -> AcknowledgeOutcome:
            if wamid == "wamid.raise":
                raise RuntimeError("a bug")
            return Refused(graph_failure(131000))

    receipts = ReadReceipts(database, Broken(), vault, PLATFORM_TOKEN)
    await receipts.send([("1001", "wamid.raise"), ("1001", "wamid.refuse")])

    class Away:
        def acquire(self) -> None:
            raise OSError("no route to the database")

    await ReadReceipts(Database(Away()), Broken(), vault, "").send([("1001", "wamid.1")])  # type: ignore[arg-type]
