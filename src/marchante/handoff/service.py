"""Hand a conversation to a person and back. Only the state: what the person writes goes through the outbox.

`request`, `person_spoke` and `close` belong to a turn, which already holds the conversation and writes since when a
person answers there. `answer` and `give_back` come from outside a turn (a person at a screen) and write that too.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import AppError, Conflict, NotFound
from marchante.handoff import repository
from marchante.handoff.domain import Handoff, OpenHandoff, Requested, Whose

UNASKED = "person_wrote"


async def request(
    connection: Connection, whose: Whose, reason: str, context: Mapping[str, Any], now: datetime
) -> Requested:
    """Put the customer in the queue of the people who answer; one who waits already keeps their place.

    `context` holds JSON values only: what the person must know so that nobody asks the customer again.
    """
    return await repository.request(connection, whose, reason, context, now)


async def person_spoke(connection: Connection, whose: Whose, at: datetime) -> Handoff:
    """A person of the shop wrote from the app, asked for or not: from `at` the conversation is theirs."""
    return await repository.human_wrote(connection, whose, UNASKED, at)


async def close(connection: Connection, customer_id: int, by: str, now: datetime) -> Handoff | None:
    """The bot has the customer back; None when nobody had been asked for. `by`: customer, timer or a person's name."""
    handoff = await repository.open_of(connection, customer_id)
    return None if handoff is None else await repository.close(connection, handoff.id, by, now)


async def list_open(connection: Connection) -> Sequence[OpenHandoff]:
    """Who waits and who is being answered: the unanswered first, the longest wait first."""
    return await repository.list_open(connection)


async def answer(connection: Connection, company_id: int, handoff_id: int, now: datetime) -> Handoff:
    """A person answers: the bot falls silent, and what it had queued before is not sent.

    Raises NotFound `handoff_not_found`, or Conflict `handoff_closed`.
    """
    known = await _known(connection, handoff_id)
    await repository.silence_bot(connection, company_id, known.customer_key, now)
    answered = await repository.answer(connection, handoff_id, now)
    if answered is None:
        raise _closed(known)
    return answered


async def give_back(connection: Connection, company_id: int, handoff_id: int, by: str, now: datetime) -> Handoff:
    """A person is done: the bot answers again.

    Raises NotFound `handoff_not_found`, or Conflict `handoff_closed`.
    """
    known = await _known(connection, handoff_id)
    await repository.silence_bot(connection, company_id, known.customer_key, None)
    closed = await repository.close(connection, handoff_id, by, now)
    if closed is None:
        raise _closed(known)
    return closed


async def _known(connection: Connection, handoff_id: int) -> Handoff:
    handoff = await repository.find(connection, handoff_id)
    if handoff is None:
        raise NotFound(f"no request {handoff_id}", code="handoff_not_found")
    if not handoff.is_open:
        raise _closed(handoff)
    return handoff


def _closed(handoff: Handoff) -> AppError:
    return Conflict(f"request {handoff.id} is closed", code="handoff_closed", data={"handoff_id": handoff.id})
