"""The loops that look after our WhatsApp accounts: one acts on what Meta tells, one asks Meta what must be known."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from marchante.accounts.events import AccountEvents
from marchante.foundation.database.connection import DATABASE_AWAY

log = structlog.get_logger(__name__)

# How long a wake-up may be missed: notifications can get lost, polling cannot.
SLOW_POLL = 2.0


class AccountCare:
    """One per worker process; several do not disturb each other."""

    def __init__(self, events: AccountEvents) -> None:
        self.events = events
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """News were stored: look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Work until `stop`; a database that is away is waited for."""
        while not self._stopping:
            self._woken.clear()
            handled = await self._safely(self.events.handle_pending)
            if not handled:
                await self._wait(SLOW_POLL)

    async def stop(self) -> None:
        """What is under way is finished; `run` then returns."""
        self._stopping = True
        self._woken.set()

    async def _safely(self, work: Callable[[], Awaitable[int]]) -> int:
        try:
            return await work()
        except DATABASE_AWAY as error:
            log.warning("accounts.database_away", error=type(error).__name__)
            return 0

    async def _wait(self, seconds: float) -> None:
        if self._stopping:
            return
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return
