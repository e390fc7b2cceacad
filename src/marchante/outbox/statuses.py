"""Applies the statuses the webhook stored: many at a time, forward only, each once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import asyncpg
import structlog

from marchante.channels.whatsapp.errors import GraphFailure
from marchante.foundation.database.connection import DATABASE_AWAY, Connection, Database
from marchante.foundation.kernel.clock import Clock
from marchante.outbox import leases, status_repository, troubles
from marchante.outbox.domain import OPEN, Status, outbox_id_of
from marchante.outbox.reports import Again, Report, Tracked, apply, read_report, send_again, stops_the_number
from marchante.outbox.status_repository import Applied, BilledMessage, Matches, PendingStatus
from marchante.outbox.troubles import FailedMessage, NumberTrouble

log = structlog.get_logger(__name__)

BATCH = 500
SLOW_POLL = 1.0
# Statuses come in crowds: a moment's wait shares the price of a commit.
LINGER = 0.05
_REFUSED = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)


@dataclass(slots=True)
class _Batch:
    """What a batch has come to so far. `at` holds the messages by wamid and by id as the reports left them."""

    now: datetime
    before: dict[int, Tracked]
    after: dict[int, Tracked]
    by_wamid: dict[tuple[str, str], int]
    handled: list[int] = field(default_factory=list)
    billed: dict[str, BilledMessage] = field(default_factory=dict)
    again: list[Again] = field(default_factory=list)
    failed: list[FailedMessage] = field(default_factory=list)
    stops: dict[str, NumberTrouble] = field(default_factory=dict)


class StatusApplier:
    """`after_resolved` is called when a message that held others back is settled: it wakes the sender."""

    def __init__(self, database: Database, clock: Clock, after_resolved: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._after_resolved = after_resolved
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Statuses were stored: look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Apply until `stop`; a database that is away is waited for."""
        while not self._stopping:
            self._woken.clear()
            try:
                applied = await self.apply_pending()
            except DATABASE_AWAY as error:
                log.warning("statuses.database_away", error=type(error).__name__, detail=str(error))
                applied = 0
            if applied < BATCH and not self._stopping:
                await self._wait(LINGER if applied else SLOW_POLL)

    async def stop(self) -> None:
        """The batch under way is finished; `run` then returns."""
        self._stopping = True
        self._woken.set()

    async def apply_pending(self) -> int:
        """Apply one batch; returns how many statuses were handled."""
        try:
            return await self._apply(BATCH)
        except _REFUSED:
            log.warning("statuses.batch_refused")
            return await self._apply_singly()

    async def _wait(self, seconds: float) -> None:
        if seconds == LINGER:
            await asyncio.sleep(LINGER)
        try:
            await asyncio.wait_for(self._woken.wait(), SLOW_POLL)
        except TimeoutError:
            return

    async def _apply(self, limit: int) -> int:
        async with self._database.relay() as connection:
            statuses = await status_repository.pending(connection, limit)
            batch = await self._decide(connection, statuses) if statuses else None
            if batch is not None:
                await _write(connection, batch)
        if batch is None:
            return 0
        if any(batch.before[row.id].status in OPEN and row.status not in OPEN for row in batch.after.values()):
            self._after_resolved()
        return len(batch.handled)

    async def _apply_singly(self) -> int:
        """One bad status never costs the others."""
        handled = 0
        while handled < BATCH:
            try:
                one = await self._apply(1)
            except _REFUSED as error:
                one = await self._set_aside(error)
            if not one:
                break
            handled += one
        return handled

    async def _set_aside(self, error: Exception) -> int:
        async with self._database.relay() as connection:
            statuses = await status_repository.pending(connection, 1)
            for status in statuses:
                log.error("statuses.set_aside", status_id=status.id, error=type(error).__name__)
                await status_repository.set_aside(connection, status.id, self._clock.now())
        return len(statuses)

    async def _decide(self, connection: Connection, statuses: Sequence[PendingStatus]) -> _Batch:
        ids = {found for status in statuses if (found := outbox_id_of(status.callback_data)) is not None}
        matches = await status_repository.match(connection, {status.wamid for status in statuses}, ids)
        batch = _Batch(
            self._clock.now(),
            before={row.id: row for row in matches.tracked},
            after={row.id: row for row in matches.tracked},
            by_wamid={(row.phone_number_id, row.wamid): row.id for row in matches.tracked if row.wamid is not None},
        )
        for status in statuses:
            if not _is_busy(status, matches):
                _take(batch, status)
        return batch


def _is_busy(status: PendingStatus, matches: Matches) -> bool:
    return status.wamid in matches.busy_wamids or outbox_id_of(status.callback_data) in matches.busy_ids


def _take(batch: _Batch, status: PendingStatus) -> None:
    report = read_report(status.raw, status.wamid, status.status, status.sent_at)
    batch.handled.append(status.id)
    if report.billed is not None and report.wamid not in batch.billed:
        batch.billed[report.wamid] = BilledMessage(status.phone_number_id, report.wamid, report.billed, report.at)
    tracked = _message_of(batch, status)
    if tracked is None:
        return
    moved = apply(tracked, report)
    if moved.status is Status.FAILED and tracked.status is not Status.FAILED:
        moved = _follow_up(batch, tracked, moved, report)
    batch.after[tracked.id] = moved
    if moved.wamid is not None:
        batch.by_wamid.setdefault((moved.phone_number_id, moved.wamid), moved.id)


def _message_of(batch: _Batch, status: PendingStatus) -> Tracked | None:
    """By wamid, else by what we asked Meta to echo; only a message of the number the status is about."""
    found = batch.by_wamid.get((status.phone_number_id, status.wamid))
    if found is None:
        found = outbox_id_of(status.callback_data)
    tracked = batch.after.get(found) if found is not None else None
    return tracked if tracked is not None and tracked.phone_number_id == status.phone_number_id else None


def _follow_up(batch: _Batch, before: Tracked, failed: Tracked, report: Report) -> Tracked:
    """A message that Meta took and then failed: it goes again, or a person sees it."""
    failure = report.failure
    again = send_again(before, failed, failure, batch.now) if failure is not None else None
    if again is not None:
        batch.again.append(again)
        return replace(failed, status=Status.CANCELLED, error_detail=f"sent again: {failed.error_detail}")
    if failure is not None and stops_the_number(failure):
        batch.stops[failed.phone_number_id] = _trouble(failed, failure)
    action = failure.action if failure is not None else None
    detail = failed.error_detail or ""
    batch.failed.append(
        FailedMessage(failed.id, failed.company_id, failed.phone_number_id, failed.error_code, detail, action)
    )
    return failed


def _trouble(failed: Tracked, failure: GraphFailure) -> NumberTrouble:
    return NumberTrouble(
        failed.phone_number_id, failed.company_id, failure.code, failure.details or failure.title or "refused"
    )


async def _write(connection: Connection, batch: _Batch) -> None:
    moved = [row for row in batch.after.values() if row != batch.before[row.id]]
    await status_repository.write(connection, Applied(batch.handled, moved, batch.billed, batch.again), batch.now)
    if batch.failed:
        await troubles.report_failed(connection, batch.failed, batch.now)
    for trouble in batch.stops.values():
        if await leases.stop(connection, trouble.phone_number_id, trouble.code, trouble.reason, batch.now):
            await troubles.report_stopped(connection, trouble, batch.now)
