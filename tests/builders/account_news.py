"""News of an account, as the webhook stores them."""

import json
from datetime import datetime
from typing import Any

from marchante.channels.whatsapp.wire import parse_webhook
from marchante.foundation.database.connection import Database
from marchante.inbox.domain import rows_of
from marchante.inbox.repository import store

WABA, OTHER_WABA = "9001", "9002"


async def came(database: Database, field: str, value: dict[str, Any], at: datetime, waba: str = WABA) -> None:
    change = {"field": field, "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": waba, "time": int(at.timestamp())}]}
    body["entry"][0]["changes"] = [change]  # type: ignore[index]
    batch = rows_of(parse_webhook(json.dumps(body).encode()), at, "0" * 32)
    async with database.relay() as connection:
        await store(connection, batch)


async def outcomes(database: Database) -> list[str | None]:
    async with database.relay() as connection:
        return [row["outcome"] for row in await connection.fetch("SELECT outcome FROM relay.inbox_events ORDER BY id")]
