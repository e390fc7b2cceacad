"""What a person of the shop does in a chat: answer, and give it back to the bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from marchante.catalog.repository import skus_on_sale
from marchante.channels.whatsapp.messages import Text, payload
from marchante.companies.domain import Company
from marchante.conversations import repository
from marchante.conversations.amounts import MOST
from marchante.conversations.inputs import CapturedLine
from marchante.conversations.table import StateName
from marchante.conversations.translation import CAPTURED
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


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person noted for the customer: products by SKU, where to, or that it will be fetched."""

    lines: tuple[CapturedLine, ...] = ()
    address: str = ""
    pickup: bool = False
    note: str = ""


class People:
    """Whoever calls `reply` wakes the sender after the commit."""

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
            await repository.move_session(connection, answered.customer_id, StateName.AGENT_CONNECTED)
            outbox_id = await self._queue(connection, company, answered, text.strip(), until)
        return PersonReply(outbox_id, answered)

    async def capture(self, company: Company, handoff_id: int, agreed: Agreed) -> Handoff:
        """Hand the chat back with what was agreed on: the customer is asked to confirm it, in the conversation's next
        turn.

        Raises:
            Invalid: `nothing_captured`, `bad_quantity`, `product_not_found`, or `no_delivery` where nothing is brought.
            NotFound: `handoff_not_found`. Conflict: `handoff_closed` or `window_closed`.

        """
        if not agreed.lines and not agreed.address:
            raise Invalid("note products or an address", code="nothing_captured")
        if agreed.address and not company.settings.delivers:
            raise Invalid("the shop does not deliver", code="no_delivery")
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            await _check_lines(connection, agreed.lines)
            answered = await handoff.answer(connection, company.id, handoff_id, now)
            await self._window(connection, answered, now)
            timer = Timer(
                company.id, answered.customer_key, answered.phone_number_id, CAPTURED, now, msgspec.to_builtins(agreed)
            )
            await set_timer(connection, timer)
        return answered

    async def give_back(self, company: Company, handoff_id: int, by: str) -> Handoff:
        """The bot answers again, from the menu with the cart kept."""
        now = self._clock.now()
        async with self._database.company(company.schema) as connection:
            closed = await handoff.give_back(connection, company.id, handoff_id, by, now)
            await repository.move_session(connection, closed.customer_id, StateName.SESSION_ENDED)
            for kind in ("handoff_unanswered", "handoff_return"):
                await cancel_timer(connection, company.id, closed.customer_key, kind)
        return closed

    async def _window(self, connection: Connection, answered: Handoff, now: datetime) -> datetime:
        number = answered.phone_number_id
        last = await repository.last_heard_by(connection, answered.customer_id, number, now - WINDOW)
        if last is None:
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


async def _check_lines(connection: Connection, lines: Sequence[CapturedLine]) -> None:
    for line in lines:
        if not (line.quantity.is_finite() and 0 < line.quantity <= MOST):
            raise Invalid(f"{line.quantity} is no quantity of {line.sku}", code="bad_quantity", data={"sku": line.sku})
    known = await skus_on_sale(connection, [line.sku for line in lines])
    for line in lines:
        if line.sku not in known:
            raise Invalid(f"no product {line.sku} is sold", code="product_not_found", data={"sku": line.sku})


async def _expect_return(connection: Connection, company: Company, answered: Handoff, now: datetime) -> None:
    back = returns_at(answered, company.settings, now)
    await cancel_timer(connection, company.id, answered.customer_key, "handoff_unanswered")
    if back is not None:
        await set_timer(
            connection,
            Timer(company.id, answered.customer_key, answered.phone_number_id, "handoff_return", back),
        )
