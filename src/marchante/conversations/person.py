"""What a person of the shop does in a chat: answer, and give it back to the bot."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marchante.channels.whatsapp.messages import Text, payload
from marchante.companies.domain import Company
from marchante.conversations import repository
from marchante.conversations.table import StateName
from marchante.customers import repository as customers
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.jobs.timers import Timer, cancel_timer, set_timer
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Conflict, Invalid
from marchante.foundation.kernel.ids import new_trace_id
from marchante.handoff import service as handoff
from marchante.handoff.domain import Handoff, OpenHandoff, returns_at
from marchante.outbox.repository import NewMessage, enqueue

WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class PersonReply:
    """The message is queued; the bot is silent from now on."""

    outbox_id: int
    handoff: Handoff


class People:
    """`after_reply` wakes the sender."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def waiting(self, company: Company) -> list[OpenHandoff]:
        async with self._database.company(company.schema) as connection:
            return list(await handoff.list_open(connection))

    async def reply(self, company: Company, handoff_id: int, text: str) -> PersonReply:
        """Send a text as a person; what the bot had queued before is not sent.

        Raises:
            Invalid: `empty_text`.
            NotFound: `handoff_not_found`. Conflict: `handoff_closed`, or `window_closed` when the customer last wrote
                more than 24 hours ago (Meta then takes templates only).

        """
        if not text.strip():
            raise Invalid("there is nothing to send", code="empty_text")
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            answered = await handoff.answer(connection, company.id, handoff_id, now)
            until = await self._window(connection, answered, now)
            await _expect_return(connection, company, answered, now)
            outbox_id = await self._queue(connection, company, answered, text.strip(), until)
        return PersonReply(outbox_id, answered)

    async def give_back(self, company: Company, handoff_id: int, by: str) -> Handoff:
        """The bot answers again, from the menu with the cart kept."""
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            closed = await handoff.give_back(connection, company.id, handoff_id, by, now)
            await repository.move_session(connection, closed.customer_id, StateName.MENU)
            for kind in ("handoff_unanswered", "handoff_return"):
                await cancel_timer(connection, company.id, closed.customer_key, kind)
        return closed

    async def _window(self, connection: Connection, answered: Handoff, now: datetime) -> datetime:
        last = await repository.last_heard(connection, answered.customer_id)
        if last is None or now - last > WINDOW:
            raise Conflict("the customer last wrote more than 24 hours ago", code="window_closed")
        return last + WINDOW

    async def _queue(
        self, connection: Connection, company: Company, answered: Handoff, text: str, until: datetime
    ) -> int:
        customer = await customers.find(connection, answered.customer_id)
        assert customer is not None
        body = payload(Text(text))
        message = NewMessage(
            company_id=company.id,
            customer_key=answered.customer_key,
            phone_number_id=answered.phone_number_id,
            recipient_phone=customer.wa_id,
            recipient_bsuid=customer.bsuid,
            author="human",
            type="text",
            payload=body,
            window_until=until,
            trace_id=new_trace_id(),
        )
        [outbox_id] = await enqueue(connection, [message], self._clock.now())
        kept = repository.KeptMessage(answered.customer_id, answered.phone_number_id, "human", "text", text)
        await repository.keep_message(connection, kept, outbox_id, message.trace_id, self._clock.now())
        return outbox_id


async def _expect_return(connection: Connection, company: Company, answered: Handoff, now: datetime) -> None:
    back = returns_at(answered, company.settings, now)
    await cancel_timer(connection, company.id, answered.customer_key, "handoff_unanswered")
    if back is not None:
        await set_timer(
            connection,
            Timer(company.id, answered.customer_key, answered.phone_number_id, "handoff_return", back),
        )
