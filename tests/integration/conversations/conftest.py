"""A shop that can be talked to without a network: webhooks in, outbox rows out."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.builders.webhooks import SECRET, Change, button, message, row, webhook
from tests.fakes.clock import FakeClock

from marchante.catalog.importing import import_catalog
from marchante.catalog.snapshots import CatalogCache
from marchante.channels.whatsapp.signature import sign
from marchante.companies.domain import Company
from marchante.conversations import claims
from marchante.conversations.turn import Turns
from marchante.foundation.database.connection import Database
from marchante.foundation.jobs.timers import fire_due
from marchante.foundation.kernel.secrets import Vault
from marchante.inbox.service import Inbox

CATALOGS = Path("tests/understanding/known/catalogs")


@dataclass
class Chat:
    """One customer writing to one number; `turn` answers all that is pending, `heard` is what they were sent."""

    database: Database
    inbox: Inbox
    turns: Turns
    clock: FakeClock
    company: Company
    number: str
    phone: str = "5212281000001"
    name: str = "Lupe Rojas"
    sent: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def post(self, *changes: Change) -> None:
        body = webhook(list(changes))
        await self.inbox.receive(body, sign(SECRET, body), "a" * 32)

    def wamid(self) -> str:
        self.sent += 1
        return f"wamid.{self.phone}.{self.sent}"

    async def says(self, text: str, at: datetime | None = None) -> list[dict[str, Any]]:
        await self.post(message(self.number, self.phone, self.wamid(), text, at=at or self.clock.now(), name=self.name))
        return await self.turn()

    async def taps(self, title: str) -> list[dict[str, Any]]:
        kind, id_ = self.find(title)
        build = button if kind == "button" else row
        await self.post(build(self.number, self.phone, self.wamid(), id_, title, at=self.clock.now()))
        return await self.turn()

    def find(self, title: str) -> tuple[str, str]:
        """The newest button or row whose title begins so."""
        for payload in reversed(self.heard):
            action = payload.get("interactive", {}).get("action", {})
            options = [("button", option["reply"]) for option in action.get("buttons", [])]
            options += [("row", option) for section in action.get("sections", []) for option in section["rows"]]
            for kind, option in options:
                if option["title"].startswith(title):
                    return kind, option["id"]
        raise AssertionError(f"nobody offered {title!r}")

    async def turn(self) -> list[dict[str, Any]]:
        """Let a second pass and answer; returns the payloads queued meanwhile."""
        now = self.clock.advance(seconds=1)
        before = await self.outbox()
        async with self.database.pool.acquire() as connection:
            await fire_due(connection, now, limit=100)
            ready = await claims.begin_attempts(connection, now, 10)
        for claim in ready:
            await self.turns.take(claim)
        queued = (await self.outbox())[len(before) :]
        self.heard.extend(queued)
        return queued

    async def outbox(self) -> list[dict[str, Any]]:
        async with self.database.relay() as connection:
            rows = await connection.fetch(
                "SELECT payload FROM relay.outbox WHERE company_id = $1 AND author = 'bot' ORDER BY id", self.company.id
            )
        return [row["payload"] for row in rows]

    async def staff_told(self) -> list[dict[str, Any]]:
        """What was queued for the people of the shop: whole rows."""
        async with self.database.relay() as connection:
            rows = await connection.fetch(
                "SELECT * FROM relay.outbox WHERE company_id = $1 AND author = 'system' ORDER BY id", self.company.id
            )
        return [dict(row) for row in rows]

    async def rows(self, sql: str, *arguments: object) -> list[dict[str, Any]]:
        async with self.database.company(self.company.schema) as connection:
            return [dict(row) for row in await connection.fetch(sql, *arguments)]


def body(payload: dict[str, Any]) -> str:
    """The words of a queued message."""
    content = payload[payload["type"]]
    return str(content["body"] if payload["type"] == "text" else content["body"]["text"])


@pytest.fixture
async def chat(database: Database, vault: Vault, clock: FakeClock, lupita: Company) -> Chat:
    """With the grocer, whose catalog is the 60 products of the known set."""
    return await open_chat(database, vault, clock, lupita, "1001", "abarrotes.json")


@pytest.fixture
async def water(database: Database, vault: Vault, clock: FakeClock, agua: Company) -> Chat:
    return await open_chat(database, vault, clock, agua, "2001", "agua.json")


async def open_chat(
    database: Database, vault: Vault, clock: FakeClock, company: Company, number: str, catalog: str
) -> Chat:
    async with database.company(company.schema) as connection:
        await import_catalog(connection, CATALOGS / catalog)
    inbox = Inbox(database, vault, clock, SECRET, lambda _batch: None)
    return Chat(database, inbox, Turns(database, CatalogCache(), clock), clock, company, number)
