"""Sends what is queued: once, in order, at the pace Meta allows.

One round: record what ended since the last one, own the numbers that have something to send, mark the next messages
`sending` (committed), begin to post them. Posts run side by side; each statement serves many messages.
"""

import asyncio
import heapq
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from marchante.channels.whatsapp.errors import Action
from marchante.channels.whatsapp.ports import MessageGateway
from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import AppError
from marchante.outbox import repository, troubles
from marchante.outbox.domain import OPEN, WINDOW_CLOSED, Bearing, Claimed, judge
from marchante.outbox.leases import Rest
from marchante.outbox.numbers import OwnedNumber
from marchante.outbox.ownership import Ownership
from marchante.outbox.posting import post
from marchante.outbox.recording import Ended, save
from marchante.outbox.repository import Claims, Expired, Result, Share
from marchante.outbox.tokens import Tokens
from marchante.outbox.troubles import FailedMessage, NumberTrouble

log = structlog.get_logger(__name__)

WITHOUT_TOKEN = timedelta(seconds=60)
SLOW_POLL = 1.0
# While messages are under way a round waits this long for company: the price of a statement is shared.
LINGER = 0.02
LAST_ANSWERS = 20.0


class Sender:
    """One per process. `in_flight` bounds the posts of a number, `most_in_flight` those of the process: no more than
    the gateway has connections for.
    """

    def __init__(
        self,
        database: Database,
        gateway: MessageGateway,
        tokens: Tokens,
        clock: Clock,
        *,
        in_flight: int = 64,
        most_in_flight: int = 80,
        spread: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._tokens = tokens
        self._clock = clock
        self._in_flight = in_flight
        self._most_in_flight = most_in_flight
        self._spread = spread
        self._owned = Ownership(uuid4())
        self._posts: set[asyncio.Task[None]] = set()
        self._known: set[int] = set()
        self._ended = Ended()
        self._due: list[datetime] = []
        self._woken = asyncio.Event()
        self._finished = asyncio.Event()
        self._finished.set()
        self._stopping = False

    def wake(self) -> None:
        """Something was queued: look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Send until `stop`; a database that is away is waited for."""
        self._finished.clear()
        try:
            while not self._stopping:
                self._woken.clear()
                pause = await self._round()
                if not self._stopping:
                    await self._wait(pause)
            await self.finish()
        finally:
            self._finished.set()

    async def stop(self) -> None:
        """Let what is under way end, record it and give the numbers up; nothing new is begun."""
        self._stopping = True
        self._woken.set()
        await self._finished.wait()

    async def tick(self) -> int:
        """One round; returns how many messages began to be posted."""
        await self._record()
        async with self._database.pool.acquire() as connection:
            await self._owned.hold(connection, self._known, self._clock.now(), busy=bool(self._posts))
        claims = await self._claim()
        self._begin(claims.ready)
        if claims.expired:
            await self._report(claims.expired)
        if claims.expired or claims.cancelled:
            self._woken.set()  # the next messages of those chats need not wait for the poll
        return len(claims.ready)

    async def settle(self) -> None:
        """Wait for every post that is under way and record how it ended."""
        while self._posts:
            await asyncio.wait(self._posts)
        await self._record()

    async def finish(self) -> None:
        """`settle`, then give the numbers up. What the database does not take is found in doubt by the next sender."""
        try:
            if self._posts:
                await asyncio.wait(self._posts, timeout=LAST_ANSWERS)
            await self._record()
            async with self._database.pool.acquire() as connection:
                await self._owned.release(connection)
        except DATABASE_AWAY as error:
            log.warning("sender.stopped_without_database", error=type(error).__name__)

    async def _round(self) -> float:
        """Seconds until the next round is worth it at the latest."""
        try:
            await self.tick()
        except DATABASE_AWAY as error:
            log.warning("sender.database_away", error=type(error).__name__, detail=str(error))
            return SLOW_POLL
        now = self._clock.now()
        while self._due and self._due[0] <= now:
            heapq.heappop(self._due)
        moments = [moment for number in self._owned.numbers.values() for moment in number.moments(now) if moment > now]
        nearest = min([*self._due[:1], *moments], default=None)
        return SLOW_POLL if nearest is None else min(SLOW_POLL, (nearest - now).total_seconds())

    async def _wait(self, pause: float) -> None:
        if self._posts or self._ended.results:
            await asyncio.sleep(LINGER)
        try:
            await asyncio.wait_for(self._woken.wait(), pause)
        except TimeoutError:
            return

    async def _record(self) -> None:
        self._known -= await save(self._database, self._ended, self._owned.owner, self._clock.now())

    async def _claim(self) -> Claims:
        now = self._clock.now()
        total = self._most_in_flight - len(self._posts)
        shares = self._shares(total, now) if total > 0 and not self._stopping else []
        if not shares:
            return Claims((), (), 0)
        async with self._database.pool.acquire() as connection:
            return await repository.claim(connection, self._owned.owner, shares, total, now)

    def _shares(self, total: int, now: datetime) -> list[Share]:
        offered = [(number, number.share(now, min(self._in_flight, total))) for number in self._owned.numbers.values()]
        return [share for number, share in offered if share is not None and self._has_token(number, now)]

    def _has_token(self, number: OwnedNumber, now: datetime) -> bool:
        try:
            self._tokens.of(number.lease.token_ciphertext)
        except AppError as error:
            name = number.lease.phone_number_id
            log.error("sender.no_token", phone_number_id=name, code=error.code)  # noqa: TRY400 - no fault of the program
            number.rest(now + WITHOUT_TOKEN)
            self._ended.without_token[name] = NumberTrouble(name, number.lease.company_id, None, error.message)
            return False
        return True

    def _begin(self, rows: Sequence[Claimed]) -> None:
        now = self._clock.now()
        for name in {row.phone_number_id for row in rows}:
            number = self._owned.numbers[name]
            batch = [row for row in rows if row.phone_number_id == name]
            number.began(batch, now)
            self._known.update(row.id for row in batch)
            for row in batch:
                task = asyncio.create_task(self._send(number, row))
                self._posts.add(task)
                task.add_done_callback(self._ended_post)

    def _ended_post(self, task: "asyncio.Task[None]") -> None:
        self._posts.discard(task)
        self._woken.set()

    async def _send(self, number: OwnedNumber, row: Claimed) -> None:
        token = self._tokens.of(number.lease.token_ciphertext)
        outcome = await post(self._gateway, self._clock, token, row)
        now = self._clock.now()
        well = not number.circuit.is_probing
        verdict = judge(row, outcome, now, others_get_through=well, spread=self._spread())
        number.under_way.discard(row.id)
        if number.hear(verdict.bearing, now):
            self._ended.rests[row.phone_number_id] = Rest(number.circuit.blocked_until, number.circuit.since)
        self._note_circuit(number, verdict.error_detail or "", now)
        if verdict.action is Action.WAIT_PAIR:
            number.too_many_to(row.customer_key, now)
        if verdict.bearing is Bearing.STOPPED:
            trouble = NumberTrouble(
                row.phone_number_id, row.company_id, verdict.error_code, verdict.error_detail or "refused"
            )
            self._ended.stops[row.phone_number_id] = trouble
            self._owned.numbers.pop(row.phone_number_id, None)
        if verdict.status in OPEN and verdict.not_before is not None:
            heapq.heappush(self._due, verdict.not_before)
        self._ended.results.append(Result(row, verdict))

    def _note_circuit(self, number: OwnedNumber, reason: str, now: datetime) -> None:
        name, news = number.lease.phone_number_id, number.news(now)
        if news is not None:
            trouble = NumberTrouble(name, number.lease.company_id, None, reason)
            self._ended.unreachable[name] = trouble if news == "unreachable" else None

    async def _report(self, expired: Sequence[Expired]) -> None:
        detail = "its 24-hour window had closed"
        failed = [FailedMessage(row.id, row.company_id, row.phone_number_id, WINDOW_CLOSED, detail) for row in expired]
        async with self._database.pool.acquire() as connection:
            await troubles.report_failed(connection, failed, self._clock.now())
