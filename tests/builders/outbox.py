"""Messages to send, the rows they become, and the statuses that come back for them."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from marchante.channels.whatsapp.messages import Text, payload
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.phone import match_key
from marchante.outbox.domain import NewMessage
from marchante.outbox.repository import enqueue
from marchante.outbox.sender import Sender

PLATFORM_TOKEN = "the token of the platform"


def text_to(company: Company, phone: str, words: str, now: datetime, **changes: Any) -> NewMessage:
    """A bot's reply to a customer who wrote a moment ago."""
    message = NewMessage(
        company_id=company.id,
        customer_key=f"p:{match_key(phone)}",
        phone_number_id=company.numbers[0].phone_number_id,
        recipient_phone=phone,
        recipient_bsuid=None,
        author="bot",
        type="text",
        payload=payload(Text(words)),
        window_until=now + timedelta(hours=24),
        trace_id="0123456789abcdef0123456789abcdef",
    )
    return replace(message, **changes)


async def queued(database: Database, messages: Sequence[NewMessage], now: datetime) -> list[int]:
    async with database.relay() as connection:
        return await enqueue(connection, messages, now)


async def send_all(sender: Sender) -> None:
    """Rounds until nothing may leave at this moment."""
    await sender.settle()
    while await sender.tick():
        await sender.settle()


async def abandon(sender: Sender, *, after_posting: bool) -> None:
    """The process dies: nothing of what it is doing is recorded, nothing it owns is given up."""
    if after_posting:
        await asyncio.sleep(0)
    posts = list(sender._posts)
    for post in posts:
        post.cancel()
    await asyncio.gather(*posts, return_exceptions=True)


async def rows(database: Database) -> list[dict[str, Any]]:
    async with database.relay() as connection:
        return [dict(row) for row in await connection.fetch("SELECT * FROM relay.outbox ORDER BY id")]


async def row(database: Database, outbox_id: int) -> dict[str, Any]:
    async with database.relay() as connection:
        found = await connection.fetchrow("SELECT * FROM relay.outbox WHERE id = $1", outbox_id)
    assert found is not None
    return dict(found)


async def statuses_of(database: Database, ids: Sequence[int]) -> list[str]:
    return [(await row(database, id_))["status"] for id_ in ids]


async def alerts(database: Database) -> list[dict[str, Any]]:
    async with database.relay() as connection:
        found = await connection.fetch("SELECT * FROM relay.alerts WHERE resolved_at IS NULL ORDER BY id")
    return [dict(alert) for alert in found]


async def another_number(database: Database, company: Company, phone_number_id: str, **columns: Any) -> str:
    """A second WhatsApp number of a company."""
    values = {"throughput": "STANDARD", "platform_type": "CLOUD_API"} | columns
    async with database.relay() as connection:
        await connection.execute(
            """INSERT INTO relay.numbers (phone_number_id, company_id, display_phone, throughput, platform_type)
               VALUES ($1, $2, '+52 55 0000 0000', $3, $4)""",
            phone_number_id,
            company.id,
            values["throughput"],
            values["platform_type"],
        )
    return phone_number_id


async def number(database: Database, phone_number_id: str) -> dict[str, Any]:
    async with database.relay() as connection:
        found = await connection.fetchrow("SELECT * FROM relay.numbers WHERE phone_number_id = $1", phone_number_id)
    assert found is not None
    return dict(found)


async def change_number(database: Database, phone_number_id: str, **columns: Any) -> None:
    async with database.relay() as connection:
        for name, value in columns.items():
            await connection.execute(
                f"UPDATE relay.numbers SET {name} = $2 WHERE phone_number_id = $1", phone_number_id, value
            )


async def status_came(
    database: Database,
    phone_number_id: str,
    wamid: str,
    status: str,
    at: datetime,
    *,
    callback_data: str | None = None,
    recipient: str = "5212281000001",
    raw: bytes | None = None,
    **more: Any,
) -> int:
    """A status as the webhook stores it. `more` are further fields of Meta's object (pricing, errors)."""
    told = {"id": wamid, "status": status, "timestamp": str(int(at.timestamp())), "recipient_id": recipient, **more}
    if callback_data is not None:
        told["biz_opaque_callback_data"] = callback_data
    body = raw if raw is not None else json.dumps({"status": told, "contact": None, "metadata": {}}).encode()
    key = hashlib.sha256(f"{phone_number_id}:{wamid}:{status}:{recipient}".encode()).digest()[:16]
    async with database.relay() as connection:
        stored: int = await connection.fetchval(
            """INSERT INTO relay.inbox_statuses (dedupe_key, phone_number_id, wamid, status, recipient, sent_at,
                                                 callback_data, raw, received_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6) ON CONFLICT (dedupe_key) DO UPDATE SET raw = excluded.raw
               RETURNING id""",
            key,
            phone_number_id,
            wamid,
            status,
            recipient,
            at,
            callback_data,
            body,
        )
    return stored
