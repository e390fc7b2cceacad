"""Failed messages wait for a person, who sends them again or lets them go."""

import pytest
from tests.builders import outbox
from tests.builders.outbox import send_all, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.graph import graph_failure
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.channels.whatsapp.ports import Refused
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.outbox.dead_letters import discard, failed_letters, replay
from marchante.outbox.sender import Sender

ANA = "5212281000001"


@pytest.fixture
async def failed(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> list[int]:
    """One failed message of each company."""
    gateway.will(ANA, *[Refused(graph_failure(132001, "no such template"))] * 2)
    messages = [text_to(company, ANA, company.slug, clock.now()) for company in (lupita, agua)]
    ids = await outbox.queued(database, messages, clock.now())
    await send_all(sender)
    assert await outbox.statuses_of(database, ids) == ["failed", "failed"]
    gateway.posted.clear()
    return ids


async def test_failed_messages_are_listed_for_one_company_or_for_the_operator(
    database: Database, failed: list[int], lupita: Company
) -> None:
    async with database.relay() as connection:
        mine = await failed_letters(connection, lupita.id)
        everything = await failed_letters(connection)
        first = await failed_letters(connection, limit=1)

    assert [(letter.company, letter.error_code, letter.error_detail) for letter in mine] == [
        ("abarrotes_lupita", 132001, "no such template")
    ]
    assert [letter.id for letter in everything] == failed
    assert [letter.id for letter in first] == failed[:1]


async def test_a_replayed_message_leaves_once_and_is_not_listed_any_more(
    database: Database, failed: list[int], sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    async with database.relay() as connection:
        copy = await replay(connection, failed[0], clock.advance(minutes=5))
        with pytest.raises(NotFound):
            await replay(connection, failed[0], clock.now())
        assert [letter.id for letter in await failed_letters(connection)] == failed[1:]
    await send_all(sender)

    assert gateway.texts() == ["abarrotes_lupita"]
    assert gateway.posted[0].callback_data == f"o:{copy}"
    assert await outbox.statuses_of(database, [failed[0], copy]) == ["cancelled", "sent"]


async def test_what_a_person_replays_goes_although_a_person_took_over(
    database: Database, failed: list[int], lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    async with database.relay() as connection:
        await connection.execute(
            "INSERT INTO relay.conversations (company_id, customer_key, human_since) VALUES ($1, $2, $3)",
            lupita.id,
            "p:+522281000001",
            clock.advance(minutes=1),
        )
        await replay(connection, failed[0], clock.advance(minutes=1))
    await send_all(sender)

    assert gateway.texts() == ["abarrotes_lupita"]


async def test_a_closed_window_cannot_be_replayed_until_the_customer_writes_again(
    database: Database, failed: list[int], lupita: Company, clock: FakeClock
) -> None:
    clock.advance(hours=25)
    async with database.relay() as connection:
        with pytest.raises(Conflict) as refusal:
            await replay(connection, failed[0], clock.now())
        assert refusal.value.code == "window_closed"
        await connection.execute(
            "INSERT INTO relay.conversations (company_id, customer_key) VALUES ($1, 'p:+522281000001')", lupita.id
        )
        await connection.execute(
            """INSERT INTO relay.inbox_messages (dedupe_key, company_id, customer_key, phone_number_id, kind, type,
                   wamid, sent_at, position, received_at, ready_at, raw, trace_id)
               VALUES ('k', $1, 'p:+522281000001', '1001', 'message', 'text', 'w', $2, 0, $2, $2, '', 't')""",
            lupita.id,
            clock.now(),
        )
        copy = await replay(connection, failed[0], clock.advance(hours=1))

    assert (await outbox.row(database, copy))["window_until"] == clock.advance(hours=23)


async def test_a_discarded_message_stays_as_a_row_and_is_listed_no_more(
    database: Database, failed: list[int], sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    async with database.relay() as connection:
        await discard(connection, failed[0])
        with pytest.raises(NotFound):
            await discard(connection, failed[0])
        with pytest.raises(NotFound):
            await replay(connection, failed[0], clock.now())
    await send_all(sender)

    assert gateway.posted == []
    assert await outbox.statuses_of(database, failed) == ["cancelled", "failed"]
