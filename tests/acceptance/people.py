"""A person with a phone, who writes to a shop and reads what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.acceptance.stage import Stage
from tests.builders.webhooks import button, message, row

from marchante.simulator.chats import Entry
from marchante.simulator.config import SimulatedCustomer

Sent = dict[str, Any]
"""One message of the shop, as Graph took it: type and its object."""


@dataclass
class Person:
    """Writes to one number. What is written waits for its answer, unless the test lets time pass itself."""

    stage: Stage
    phone: str
    number: str
    name: str = "Lupe Rojas"
    taps_made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stage.simulator.store.add_customer(SimulatedCustomer(self.phone, self.name))

    # What they write

    async def writes(self, text: str, at: datetime | None = None) -> str:
        """Only send the text; returns its wamid."""
        return await self._posts(
            lambda wamid, now: message(self.number, self.phone, wamid, text, at=at or now, name=self.name)
        )

    async def says(self, text: str, at: datetime | None = None) -> list[Sent]:
        """Send a text and wait; returns what came back."""
        return await self._answered(self.writes(text, at))

    async def sends(self, at: datetime | None = None, **content: Any) -> list[Sent]:
        """Anything else: `type` and its object."""
        return await self._answered(
            self._posts(
                lambda wamid, now: message(self.number, self.phone, wamid, at=at or now, name=self.name, **content)
            )
        )

    async def taps(self, title: str) -> list[Sent]:
        """Tap the newest button or row whose title begins so, and wait."""
        kind, id_, whole = self.offered(title)
        return await self.taps_id(id_, whole, kind)

    async def taps_id(self, id_: str, title: str, kind: str = "button") -> list[Sent]:
        """Tap a button by its id, also one that is not (or no more) theirs."""
        return await self._answered(self.only_taps(id_, title, kind))

    async def only_taps(self, id_: str, title: str, kind: str = "button") -> str:
        """Tap without waiting; returns the wamid."""
        self.taps_made.append(id_)
        build = button if kind == "button" else row
        return await self._posts(
            lambda wamid, now: build(self.number, self.phone, wamid, id_, title, at=now, name=self.name)
        )

    async def shares_location(self, latitude: float, longitude: float, **place: str) -> list[Sent]:
        return await self.sends(type="location", location={"latitude": latitude, "longitude": longitude, **place})

    async def _posts(self, change: Callable[[str, datetime], Any]) -> str:
        wamid = self.stage.wamid()
        await self.stage.deliver(change(wamid, self.stage.clock.now()))
        return wamid

    async def _answered(self, writing: Any) -> list[Sent]:
        before = len(self.heard)
        await writing
        await self.stage.passes(seconds=1)
        return self.heard[before:]

    # What they read

    @property
    def entries(self) -> list[Entry]:
        """Every message the shop's number sent them, in the order Graph took them."""
        chat = self.stage.simulator.store.chat((self.phone, self.number))
        return [entry for entry in chat if entry.direction == "in" and not entry.typed_by_hand]

    @property
    def heard(self) -> list[Sent]:
        return [entry.body for entry in self.entries]

    def offered(self, title: str) -> tuple[str, str, str]:
        """Kind, id and whole title of the newest button or row whose title begins so."""
        for sent in reversed(self.heard):
            for kind, id_, whole in options(sent):
                if whole.startswith(title):
                    return kind, id_, whole
        raise AssertionError(f"nobody offered {title!r}; last: {self.heard[-1:]}")


def options(sent: Sent) -> list[tuple[str, str, str]]:
    """Buttons and rows of a message: kind, id, title."""
    action = sent.get("interactive", {}).get("action", {})
    found = [("button", each["reply"]["id"], each["reply"]["title"]) for each in action.get("buttons", [])]
    return found + [
        ("row", each["id"], each["title"]) for section in action.get("sections", []) for each in section["rows"]
    ]


def words(sent: Sent) -> str:
    """What a message says."""
    content = sent[sent["type"]]
    return str(content["body"] if sent["type"] == "text" else content["body"]["text"])


async def state_of(person: Person) -> str:
    """Where the conversation stands, as the session's row has it."""
    [row] = await person.stage.rows(
        person.number,
        """SELECT s.state FROM customer_sessions s JOIN customers c ON c.id = s.customer_id
           WHERE c.phone LIKE '%' || right($1, 10)""",
        person.phone,
    )
    return str(row["state"])
