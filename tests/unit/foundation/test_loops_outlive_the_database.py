"""The loops of a process go on when the database goes away, in whatever way the driver puts it."""

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from tests.fakes.clock import FakeClock
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.conversations.worker import ConversationWorker
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier
from marchante.outbox.tokens import Tokens

AWAY = [
    asyncpg.AdminShutdownError("terminating connection due to administrator command"),
    asyncpg.CannotConnectNowError("the database system is starting up"),
    asyncpg.TooManyConnectionsError("sorry, too many clients already"),
    asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
    asyncpg.DeadlockDetectedError("deadlock detected"),
    asyncpg.InterfaceError("connection is closed"),
    asyncpg.InternalClientError("cannot switch to state 11; another operation (2) is in progress"),
    ConnectionRefusedError(111, "Connect call failed"),
    TimeoutError(),
]


class AbsentPool:
    """Every time somebody wants a connection, this error."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.asked = 0

    def acquire(self) -> Any:
        self.asked += 1
        raise self.error


def worker(database: Database) -> Any:
    return ConversationWorker(database, None, None, FakeClock(), after_turns=lambda: None)  # type: ignore[arg-type]


def sender(database: Database) -> Any:
    return Sender(database, ScriptedGateway(), Tokens(Vault(["key"]), "token"), FakeClock())


def statuses(database: Database) -> Any:
    return StatusApplier(database, FakeClock(), after_resolved=lambda: None)


@pytest.mark.parametrize("loop", [worker, sender, statuses])
@pytest.mark.parametrize("error", AWAY, ids=[type(error).__name__ for error in AWAY])
async def test_a_loop_asks_again_after(error: Exception, loop: Callable[[Database], Any]) -> None:
    pool = AbsentPool(error)
    part = loop(Database(pool))  # type: ignore[arg-type]
    running = asyncio.create_task(part.run())
    async with asyncio.timeout(5):
        while pool.asked < 3 and not running.done():
            part.wake()
            await asyncio.sleep(0)
        await part.stop()
        await running
    assert pool.asked >= 3
