"""Takes the conversations that are ready and has a turn for each, several at a time, as long as the process lives."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import asyncpg
import structlog
from prometheus_client import Counter, Histogram

from marchante.conversations import claims
from marchante.conversations.claims import Claim
from marchante.conversations.lookups import PlaceLookup
from marchante.conversations.turn import Turns
from marchante.foundation.database.connection import DATABASE_AWAY, Connection, ConnectionLost, Database
from marchante.foundation.jobs.timers import fire_due
from marchante.foundation.kernel.clock import Clock

log = structlog.get_logger(__name__)

TURNS = Counter("marchante_turns_total", "Turns by outcome", ["outcome"])
SECONDS = Histogram("marchante_turn_seconds", "Time of one turn, from lock to commit")

# How long a wake-up may be missed: notifications can get lost, polling cannot.
SLOW_POLL = 1.0
# Turns that end within this time are followed by one look for work, not by one each.
GATHER = 0.005
# Timers are set in minutes: looking for them with every message would cost a statement for nothing.
TIMERS_EVERY = timedelta(seconds=1)
_TIMERS_AT_ONCE = 100
# No message is to blame for these. A statement that takes too long may well be the message's fault.
_BLAMELESS = (
    ConnectionLost,
    ConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.DeadlockDetectedError,
)


class ConversationWorker:
    """`after_turns` is called when messages were queued: it wakes the sender. `lookup` asks for addresses before the
    turn that needs them.
    """

    def __init__(
        self,
        database: Database,
        turns: Turns,
        lookup: PlaceLookup,
        clock: Clock,
        after_turns: Callable[[], None],
        slots: int = 8,
    ) -> None:
        self._database = database
        self._turns = turns
        self._lookup = lookup
        self._clock = clock
        self._after_turns = after_turns
        self._slots = slots
        self._busy: set[asyncio.Task[None]] = set()
        self._blameless: list[Claim] = []
        self._woken = asyncio.Event()
        self._gathering: asyncio.TimerHandle | None = None
        self._timers_at = clock.now()
        self._stopping = False

    def wake(self) -> None:
        """Something may be ready: look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Work until `stop`; a database that is away is waited for."""
        while not self._stopping:
            self._woken.clear()
            try:
                started = await self.dispatch()
                pause = 0.0 if started else await self._pause()
            except DATABASE_AWAY as error:
                log.warning("worker.database_away", error=type(error).__name__)
                pause = SLOW_POLL
            if pause and not self._stopping:
                await _wait(self._woken.wait(), pause)
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def stop(self) -> None:
        """Finish the turns under way and take no more."""
        self._stopping = True
        self.wake()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def dispatch(self) -> int:
        """Start a turn for each ready conversation there is a slot for; returns how many."""
        free = self._slots - len(self._busy)
        if free <= 0:
            await self._woken.wait()
            return 1
        async with self._database.pool.acquire() as connection:
            await self._fire_timers(connection)
            await self._forgive(connection)
            ready = await claims.begin_attempts(connection, self._clock.now(), free)
        for claim in ready:
            task = asyncio.create_task(self._turn(claim))
            self._busy.add(task)
            task.add_done_callback(self._freed)
        return len(ready)

    async def _fire_timers(self, connection: Connection) -> None:
        now = self._clock.now()
        if now >= self._timers_at:
            fired = await fire_due(connection, now, limit=_TIMERS_AT_ONCE)
            self._timers_at = now if fired == _TIMERS_AT_ONCE else now + TIMERS_EVERY

    async def _forgive(self, connection: Connection) -> None:
        blameless = list(self._blameless)
        if blameless:
            await claims.forgive(connection, blameless)
            del self._blameless[: len(blameless)]

    def _freed(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER, self._look_again)

    def _look_again(self) -> None:
        self._gathering = None
        self.wake()

    async def _turn(self, claim: Claim) -> None:
        with structlog.contextvars.bound_contextvars(company=claim.slug):
            try:
                places = await self._lookup.places(claim)
                with SECONDS.time():
                    done = await self._turns.take(claim, places)
            except _BLAMELESS as error:
                TURNS.labels("database_away").inc()
                log.warning("turn.database_away", error=type(error).__name__)
                self._blameless.append(claim)
                return
            except Exception as error:
                TURNS.labels("failed").inc()
                log.exception("turn.failed", attempts=claim.attempts, error=type(error).__name__)
                return
        TURNS.labels("done" if done else "nothing").inc()
        if done and done.queued:
            self._after_turns()

    async def _pause(self) -> float:
        """Seconds until the next pending message is ready, at most the slow poll."""
        async with self._database.pool.acquire() as connection:
            moment = await claims.next_ready(connection)
        return min(SLOW_POLL, _seconds_until(moment, self._clock.now())) if moment else SLOW_POLL


def _seconds_until(moment: datetime, now: datetime) -> float:
    """Overdue messages belong to conversations at work or held back: look again soon, not at once."""
    seconds = (moment - now).total_seconds()
    return seconds if seconds > 0 else 0.25


async def _wait(awaitable: Awaitable[object], seconds: float) -> None:
    try:
        await asyncio.wait_for(awaitable, seconds)
    except TimeoutError:
        return
