"""The loops that look after our WhatsApp accounts: one acts on what Meta tells, one asks Meta what must be known."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from marchante.accounts.events import AccountEvents
from marchante.accounts.numbers.asking import NumberCare
from marchante.accounts.numbers.free_messages import FreeMessages
from marchante.accounts.templates.sync import TemplateSync
from marchante.foundation.database.connection import DATABASE_AWAY

log = structlog.get_logger(__name__)

# How long a wake-up may be missed: notifications can get lost, polling cannot.
SLOW_POLL = 2.0
# What is asked changes in hours: a company just created waits this long at most.
ASK_POLL = 5.0


class AccountCare:
    """One per worker process; several do not disturb each other. Whatever asks Meta has a loop of its own: news are
    not held up by an answer that does not come.
    """

    def __init__(
        self, events: AccountEvents, numbers: NumberCare, templates: TemplateSync, free_messages: FreeMessages
    ) -> None:
        self.events = events
        self.numbers = numbers
        self.templates = templates
        self.free_messages = free_messages
        self._woken = asyncio.Event()
        self._told_to_stop = asyncio.Event()

    def wake(self) -> None:
        """News were stored: look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Work until `stop`; a database that is away is waited for."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._act_on_news())
            group.create_task(self._ask())

    async def stop(self) -> None:
        """What is under way is finished; `run` then returns."""
        self._told_to_stop.set()
        self._woken.set()

    async def _act_on_news(self) -> None:
        while not self._told_to_stop.is_set():
            self._woken.clear()
            if not await _safely(self.events.handle_pending):
                await _wait(self._woken, SLOW_POLL)

    async def _ask(self) -> None:
        noticed = False
        while not self._told_to_stop.is_set():
            noticed = noticed or bool(await _safely(self.templates.notice_new_definitions))
            done = 0
            for work in (self.numbers.ask_due, self.templates.sync_due, self.free_messages.look):
                done += await _safely(work)
            if not done:
                await _wait(self._told_to_stop, ASK_POLL)


async def _safely(work: Callable[[], Awaitable[int]]) -> int:
    try:
        return await work()
    except DATABASE_AWAY as error:
        log.warning("accounts.database_away", error=type(error).__name__)
        return 0
    except Exception:
        # A fault in asking must not take the process, and with it the answers to customers, along again and again.
        log.exception("accounts.failed")
        return 0


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
