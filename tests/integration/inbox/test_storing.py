"""Every item of a webhook is stored once, whatever else is in it, and only then acknowledged."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from tests.builders.webhooks import SECRET, Change, message, status, webhook
from tests.fakes.clock import FakeClock

from marchante.channels.whatsapp.signature import sign
from marchante.channels.whatsapp.wire import parse_webhook
from marchante.companies.domain import Company
from marchante.entrypoints.housekeeping import Housekeeping
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.inbox.domain import Batch
from marchante.inbox.service import BadSignature, Inbox


@pytest.fixture
def committed() -> list[Batch]:
    return []


@pytest.fixture
def inbox(database: Database, vault: Vault, clock: FakeClock, committed: list[Batch]) -> Inbox:
    return Inbox(database, vault, clock, SECRET, committed.append)


async def receive(inbox: Inbox, body: bytes) -> Any:
    return await inbox.receive(body, sign(SECRET, body), "t" * 32)


async def rows(database: Database, table: str) -> list[dict[str, Any]]:
    async with database.relay() as connection:
        return [dict(row) for row in await connection.fetch(f"SELECT * FROM relay.{table} ORDER BY id")]


async def test_a_batch_of_two_companies_with_duplicates_and_a_malformed_part_is_stored_item_by_item(
    inbox: Inbox, database: Database, lupita: Company, agua: Company
) -> None:
    first = [message("1001", "5212281000001", f"wamid.L{n}", f"texto {n}") for n in range(10)]
    second = [message("2001", "5216671000002", f"wamid.A{n}", f"texto {n}") for n in range(7)]
    body = webhook([*first, *second, first[0], first[1], second[0]], extra=[{"field": "messages", "value": "broken"}])
    await receive(inbox, body)
    stored = await rows(database, "inbox_messages")
    assert len(stored) == 17
    assert {row["company_id"] for row in stored} == {lupita.id, agua.id}
    assert [row["kind"] for row in await rows(database, "inbox_events")] == ["malformed"]


async def test_the_same_webhook_again_changes_nothing(inbox: Inbox, database: Database) -> None:
    body = webhook([message("1001", "5212281000001", "wamid.1", "hola")])
    for _ in range(3):
        await receive(inbox, body)
    assert len(await rows(database, "inbox_messages")) == 1


async def test_many_webhooks_at_once_share_commits_and_lose_nothing(inbox: Inbox, database: Database) -> None:
    bodies = [webhook([message("1001", f"52122810{n:05}", f"wamid.{n}", "hola")]) for n in range(200)]
    await asyncio.gather(*(receive(inbox, body) for body in bodies))
    assert len(await rows(database, "inbox_messages")) == 200


async def test_a_message_to_a_number_we_do_not_serve_is_kept_whole_among_the_events(
    inbox: Inbox, database: Database
) -> None:
    await receive(inbox, webhook([message("9999", "5212281000001", "wamid.X", "¿hay alguien?")]))
    [event] = await rows(database, "inbox_events")
    assert event["kind"] == "unknown_number"
    assert json.loads(event["raw"])["message"]["text"]["body"] == "¿hay alguien?"
    assert await rows(database, "inbox_messages") == []


async def test_null_bytes_and_lone_surrogates_survive_in_the_stored_bytes(inbox: Inbox, database: Database) -> None:
    await receive(inbox, webhook([message("1001", "5212281000001", "wamid.N", "a\x00b\ud800c")]))
    [row] = await rows(database, "inbox_messages")
    assert json.loads(row["raw"])["message"]["text"]["body"] == "a\x00b\ud800c"


async def test_statuses_are_stored_apart_once_per_kind(inbox: Inbox, database: Database) -> None:
    body = webhook(
        [status("1001", "wamid.S", "sent"), status("1001", "wamid.S", "delivered"), status("1001", "wamid.S", "sent")]
    )
    await receive(inbox, body)
    assert [row["status"] for row in await rows(database, "inbox_statuses")] == ["sent", "delivered"]


async def test_an_unsigned_body_is_refused_and_leaves_nothing(inbox: Inbox, database: Database) -> None:
    body = webhook([message("1001", "5212281000001", "wamid.1", "hola")])
    for header in (None, "", "sha256=", sign("another secret", body)):
        with pytest.raises(BadSignature):
            await inbox.receive(body, header, "t" * 32)
    assert await rows(database, "inbox_messages") == []


async def test_without_a_secret_nothing_is_accepted(database: Database, vault: Vault, clock: FakeClock) -> None:
    inbox = Inbox(database, vault, clock, "", lambda _batch: None)
    body = webhook([message("1001", "5212281000001", "wamid.1", "hola")])
    with pytest.raises(BadSignature):
        await inbox.receive(body, sign("anything", body), "t" * 32)


async def test_a_companys_own_secret_speaks_for_its_own_numbers_only(
    inbox: Inbox, database: Database, vault: Vault, lupita: Company
) -> None:
    async with database.relay() as connection:
        await connection.execute(
            "UPDATE relay.numbers SET app_secret_ciphertext = $1 WHERE phone_number_id = '1001'", vault.seal("lupita's")
        )
    body = webhook(
        [message("1001", "5212281000001", "wamid.1", "mía"), message("2001", "5216671000001", "wamid.2", "ajena")]
    )
    await inbox.receive(body, sign("lupita's", body), "t" * 32)
    assert [row["company_id"] for row in await rows(database, "inbox_messages")] == [lupita.id]


async def test_a_companys_own_secret_speaks_for_its_own_account_only(
    inbox: Inbox, database: Database, vault: Vault
) -> None:
    async with database.relay() as connection:
        await connection.execute(
            "UPDATE relay.numbers SET app_secret_ciphertext = $1, waba_id = 'WABA' WHERE phone_number_id = '1001'",
            vault.seal("lupita's"),
        )
    news: Change = {"field": "account_update", "value": {"event": "ACCOUNT_DELETED"}}
    of_another: Change = {"field": "account_update", "value": {**news["value"], "waba_info": {"waba_id": "OTHER"}}}
    body = webhook([news, of_another])
    await inbox.receive(body, sign("lupita's", body), "t" * 32)
    assert [row["waba_id"] for row in await rows(database, "inbox_events")] == ["WABA"]


async def test_the_workers_are_woken_only_after_the_commit(inbox: Inbox, committed: list[Batch]) -> None:
    await receive(inbox, webhook([message("1001", "5212281000001", "wamid.1", "hola")]))
    assert [len(batch.messages) for batch in committed] == [1]


async def test_every_documented_webhook_is_stored_item_by_item(inbox: Inbox, database: Database) -> None:
    seen: set[bytes] = set()
    for path in sorted(Path("tests/fixtures/webhooks").glob("*/*.json")):
        body = parse_webhook(path.read_bytes())
        seen |= {item.dedupe_key for item in (*body.items, *body.malformed)}
        await receive(inbox, path.read_bytes())
        kept = [await rows(database, table) for table in ("inbox_messages", "inbox_statuses", "inbox_events")]
        assert {row["dedupe_key"] for table in kept for row in table} == seen, path


async def test_what_was_handled_a_month_ago_is_forgotten_and_what_is_pending_never(
    inbox: Inbox, database: Database, clock: FakeClock
) -> None:
    await receive(inbox, webhook([message("1001", "5212281000001", f"wamid.{n}", "hola") for n in range(3)]))
    async with database.relay() as connection:
        await connection.execute(
            "UPDATE relay.inbox_messages SET handled_at = received_at, outcome = 'answered' WHERE wamid = 'wamid.0'"
        )
        await connection.execute(
            "UPDATE relay.inbox_messages SET handled_at = received_at, outcome = 'dead_letter' WHERE wamid = 'wamid.1'"
        )
    assert await Housekeeping(database, clock).tidy() == 0
    clock.advance(days=31)
    assert await Housekeeping(database, clock).tidy() == 1
    assert [row["wamid"] for row in await rows(database, "inbox_messages")] == ["wamid.1", "wamid.2"]
