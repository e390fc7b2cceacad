"""Webhooks that arrive together share an INSERT; none is left waiting for the next one to come."""

import asyncio
from typing import Any

import pytest
from tests.builders.webhooks import NOON, message, webhook

from marchante.channels.whatsapp.wire import parse_webhook
from marchante.foundation.database.connection import Database
from marchante.inbox import writer
from marchante.inbox.domain import Batch, Stored, rows_of
from marchante.inbox.writer import InboxWriter


def batch(wamid: str) -> Batch:
    return rows_of(parse_webhook(webhook([message("1001", "5212281000001", wamid, "hola")])), NOON, "t" * 32)


async def test_a_webhook_that_arrives_in_the_moment_a_group_ends_is_not_left_waiting(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "STORE_TIMEOUT", 1.0)
    answer, ending = writer._succeed, asyncio.Event()

    def answer_and_tell(group: Any, stored: Stored) -> None:
        answer(group, stored)
        ending.set()

    monkeypatch.setattr(writer, "_succeed", answer_and_tell)
    inbox = InboxWriter(database)

    async def arrives_at_the_end() -> Stored:
        await ending.wait()
        return await inbox.store(batch("wamid.second"))

    second = asyncio.create_task(arrives_at_the_end())
    await asyncio.sleep(0)
    await inbox.store(batch("wamid.first"))
    assert (await second).messages == 1
