"""Whose turn it is: a conversation that must wait keeps nobody else waiting."""

from tests.builders.webhooks import NOON, SECRET, message, webhook
from tests.fakes.clock import FakeClock

from marchante.channels.whatsapp.signature import sign
from marchante.conversations.claims import begin_attempts
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.inbox.service import Inbox


async def test_a_conversation_held_back_with_many_messages_keeps_no_other_waiting(
    database: Database, vault: Vault, clock: FakeClock
) -> None:
    inbox = Inbox(database, vault, clock, SECRET, lambda _batch: None)

    async def write(phone: str, count: int) -> None:
        texts = [message("1001", phone, f"wamid.{phone}.{n}", f"texto {n}", at=NOON) for n in range(count)]
        body = webhook(texts)
        await inbox.receive(body, sign(SECRET, body), "t" * 32)

    await write("5212287000001", 50)
    clock.advance(seconds=1)
    async with database.pool.acquire() as connection:
        # Its turn dies: it is tried again in five seconds, not before.
        [held] = await begin_attempts(connection, clock.now(), 1)
        await write("5212287000002", 1)
        [other] = await begin_attempts(connection, clock.advance(seconds=1), 1)
        assert other.customer_key != held.customer_key
        assert await begin_attempts(connection, clock.now(), 1) == []
        [again] = await begin_attempts(connection, clock.advance(seconds=5), 1)
        assert (again.customer_key, again.attempts) == (held.customer_key, 2)
