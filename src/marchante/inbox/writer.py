"""Group commit: webhooks that arrive together share one INSERT, and each is answered after that commit."""

import asyncio
from dataclasses import dataclass

import asyncpg
import structlog

from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.errors import Transient
from marchante.inbox import repository
from marchante.inbox.domain import Batch, EventRow, MessageRow, StatusRow, Stored

log = structlog.get_logger(__name__)

LARGEST_BATCH = 1_000
STORE_TIMEOUT = 8.0
_ITEM_REFUSED = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, ValueError)


class CannotStore(Transient):
    """The database did not take it: the webhook answers 503 and Meta sends it again."""

    code = "cannot_store"


@dataclass(frozen=True, slots=True)
class _Waiting:
    batch: Batch
    done: "asyncio.Future[Stored]"


class InboxWriter:
    """Stores batches; `store` returns only after the commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Waiting] = []
        self._draining = False
        self._running: set[asyncio.Task[None]] = set()

    async def store(self, batch: Batch) -> Stored:
        """What was new in this batch.

        A group that shares its INSERT shares its counts, so the counts are exact only for a batch stored alone.

        Raises:
            CannotStore: nothing of this batch can be counted on; the sender must repeat it.

        """
        waiting = _Waiting(batch, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if not self._draining:
            self._start()
        try:
            return await asyncio.wait_for(waiting.done, STORE_TIMEOUT)
        except TimeoutError as error:
            raise CannotStore("the database did not answer in time") from error

    def _start(self) -> None:
        self._draining = True
        task = asyncio.create_task(self._drain())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _drain(self) -> None:
        try:
            while self._waiting:
                group = self._take()
                try:
                    await self._store_group(group)
                except Exception as error:  # noqa: BLE001 - whatever happened, the waiting webhooks must hear of it
                    log.warning("inbox.cannot_store", error=type(error).__name__)
                    _fail(group, CannotStore("the database did not take it"))
        finally:
            # In the step that found nothing waiting: who comes a moment later, before the task is over, starts anew.
            self._draining = False

    def _take(self) -> list[_Waiting]:
        """The next webhooks, as many as one INSERT carries comfortably, at least one."""
        taken, size = 0, 0
        for waiting in self._waiting:
            size += len(waiting.batch)
            if taken and size > LARGEST_BATCH:
                break
            taken += 1
        group, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return [waiting for waiting in group if not waiting.done.done()]

    async def _store_group(self, group: list[_Waiting]) -> None:
        try:
            stored = await self._store(sum((waiting.batch for waiting in group), Batch()))
            _succeed(group, stored)
        except (*_ITEM_REFUSED, asyncpg.DeadlockDetectedError):
            for waiting in group:
                await self._store_singly(waiting)

    async def _store_singly(self, waiting: _Waiting) -> None:
        """One bad item never costs the others: it is kept raw among the events."""
        try:
            for single in waiting.batch.singles():
                try:
                    await self._store(single)
                except _ITEM_REFUSED as error:
                    log.warning("inbox.item_refused", error=type(error).__name__)
                    await self._store(_as_event(single))
            _succeed([waiting], Stored())
        except (asyncpg.PostgresError, OSError, TimeoutError) as error:
            _fail([waiting], CannotStore("the database did not take it"))
            log.warning("inbox.cannot_store", error=type(error).__name__)

    async def _store(self, batch: Batch) -> Stored:
        kinds = sum(bool(rows) for rows in (batch.messages, batch.statuses, batch.events))
        if kinds > 1:
            async with self._database.relay() as connection:
                return await repository.store(connection, batch)
        async with self._database.pool.acquire() as connection:
            return await repository.store(connection, batch)


def _as_event(single: Batch) -> Batch:
    rows: tuple[MessageRow | StatusRow | EventRow, ...] = (*single.messages, *single.statuses, *single.events)
    row = rows[0]
    event = EventRow(row.dedupe_key, "malformed", None, None, "refused_by_the_database", row.raw, row.received_at)
    return Batch(events=(event,))


def _succeed(group: list[_Waiting], stored: Stored) -> None:
    for waiting in group:
        if not waiting.done.done():
            waiting.done.set_result(stored)


def _fail(group: list[_Waiting], error: CannotStore) -> None:
    for waiting in group:
        if not waiting.done.done():
            waiting.done.set_exception(error)
