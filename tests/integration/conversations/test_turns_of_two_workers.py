"""Two workers and one conversation: the second waits its turn, and no message is left for later."""

import asyncio

from tests.builders.webhooks import Change, message
from tests.fakes.statements import somebody_waits_for_a_lock
from tests.integration.conversations.conftest import Chat

from marchante.conversations import claims


async def test_a_worker_whose_conversation_is_looked_at_by_another_answers_all_the_same(chat: Chat) -> None:
    await chat.post(chat_message(chat, "hola"))
    now = chat.clock.advance(seconds=1)
    async with chat.database.pool.acquire() as connection:
        [claim] = await claims.begin_attempts(connection, now, 10)
    async with chat.database.relay() as other:
        await other.execute("SELECT 1 FROM relay.conversations FOR NO KEY UPDATE")
        turn = asyncio.create_task(chat.turns.take(claim))
        await somebody_waits_for_a_lock(chat.database)
    done = await turn
    assert done is not None
    assert (done.handled, done.queued) == (1, 1)


def chat_message(chat: Chat, text: str) -> Change:
    return message(chat.number, chat.phone, chat.wamid(), text, at=chat.clock.now(), name=chat.name)
