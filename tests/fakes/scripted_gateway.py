"""A WhatsApp that answers each message the way a test scripted for its recipient, in the order the test lets it."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marchante.channels.whatsapp.ports import (
    Accepted,
    Acknowledged,
    AcknowledgeOutcome,
    NeverSent,
    SendOutcome,
)
from marchante.foundation.kernel.phone import digits


@dataclass(frozen=True, slots=True)
class Posted:
    """One message that left."""

    phone_number_id: str
    token: str
    to: str
    text: str
    callback_data: str
    frame: dict[str, Any]


@dataclass(slots=True)
class ScriptedGateway:
    """Accepts whatever no script speaks about. `posted` holds what left, also what was refused or ended in doubt.

    `closed`: while it is cleared, posts wait; `under_way` counts them.
    """

    posted: list[Posted] = field(default_factory=list)
    receipts: list[tuple[str, str, str]] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _scripts: dict[str, deque[SendOutcome | Exception]] = field(default_factory=lambda: defaultdict(deque))

    def __post_init__(self) -> None:
        self.opened.set()

    def will(self, to: str, *outcomes: SendOutcome | Exception) -> None:
        """The outcomes of the next messages to this phone, or from this number ("number:1001")."""
        self._scripts[digits(to) if not to.startswith("number:") else to].extend(outcomes)

    def texts(self, to: str | None = None) -> list[str]:
        """What left, in order."""
        return [posted.text for posted in self.posted if to is None or posted.to == digits(to)]

    async def until_under_way(self, count: int) -> None:
        """Return as soon as this many posts wait for an answer."""
        while self.under_way < count:
            self._arrived.clear()
            await self._arrived.wait()

    async def until_posted(self, count: int) -> None:
        """Return as soon as this many messages have left."""
        while len(self.posted) < count:
            self._arrived.clear()
            await self._arrived.wait()

    async def until_acknowledged(self, count: int) -> None:
        """Return as soon as this many messages have been marked as read."""
        while len(self.receipts) < count:
            self._arrived.clear()
            await self._arrived.wait()

    async def send(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> SendOutcome:
        to = digits(frame["to"]) if "to" in frame else frame["recipient"]
        self.under_way += 1
        self._arrived.set()
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return await self._answer(phone_number_id, token, to, dict(frame))
        finally:
            self.under_way -= 1

    async def _answer(self, number: str, token: str, to: str, frame: dict[str, Any]) -> SendOutcome:
        script = self._scripts[to] or self._scripts[f"number:{number}"]
        outcome: SendOutcome | Exception | None = script.popleft() if script else None
        if not isinstance(outcome, NeverSent):
            text = frame.get("text", {}).get("body", "")
            self.posted.append(Posted(number, token, to, text, frame["biz_opaque_callback_data"], frame))
            self._arrived.set()
        if not self.opened.is_set():
            await self.opened.wait()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome or Accepted(f"wamid.{len(self.posted)}.{to}", wa_id=to)

    async def mark_read(self, phone_number_id: str, token: str, wamid: str, *, typing: bool) -> AcknowledgeOutcome:
        self.receipts.append((phone_number_id, token, wamid))
        self._arrived.set()
        if not self.opened.is_set():
            await self.opened.wait()
        return Acknowledged()
