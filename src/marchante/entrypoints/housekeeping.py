"""Forget what was handled and sent long ago. Meta repeats a webhook for seven days: a month of keys is ample."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog

from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.kernel.clock import Clock
from marchante.inbox import repository as inbox
from marchante.outbox import retention as outbox

log = structlog.get_logger(__name__)

KEPT = timedelta(days=30)
EVERY = timedelta(hours=1)


class Housekeeping:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Tidy once an hour until `stop`."""
        while not self._stopping.is_set():
            try:
                await self.tidy()
            except DATABASE_AWAY as error:
                log.warning("housekeeping.failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), EVERY.total_seconds())

    async def stop(self) -> None:
        self._stopping.set()

    async def tidy(self) -> int:
        """Delete handled rows older than a month, some thousands at a time; returns how many."""
        forgotten = 0
        async with self._database.pool.acquire() as connection:
            for forget_before in (inbox.forget_before, outbox.forget_before):
                while deleted := await forget_before(connection, self._clock.now() - KEPT):
                    forgotten += deleted
        return forgotten
