"""Writes down what people and shop write to each other, as they would read it on their phones."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from marchante.conversations.replies.es.templates import ALL
from marchante.entrypoints.cli import app
from marchante.simulator.chats import Entry
from tests.acceptance.people import Person, Sent, options
from tests.acceptance.stage import KEY, Stage

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - a date on the wall; the shop's zone is added
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_A_MOMENT = 25.0
_ANOTHER_VISIT = 1800.0
_CONFIRMED = re.compile(r"Pedido \*A-\d+\* registrado")
_NEXT_DUE = """
    SELECT min(due) FROM (
        SELECT due_at AS due FROM relay.timers
        UNION ALL SELECT not_before FROM relay.outbox WHERE status IN ('queued', 'in_doubt')
        UNION ALL SELECT ready_at FROM relay.inbox_messages WHERE handled_at IS NULL
    ) AS open WHERE due > $1
"""


@dataclass
class Diary:
    """The week of one shop. Time passes as the script says, and everything that falls due meanwhile happens."""

    stage: Stage
    patch: pytest.MonkeyPatch
    slug: str
    number: str
    zone: ZoneInfo
    lines: list[str] = field(default_factory=list)
    _people: dict[str, Person] = field(default_factory=dict)
    _read: dict[str, int] = field(default_factory=dict)
    _owner: str = ""
    _day: int = -1

    def person(self, name: str, phone: str) -> Person:
        """Somebody who writes to the shop."""
        person = Person(self.stage, phone, self.number, name=name)
        self._people[name] = person
        self._read[name] = len(person.entries)
        return person

    def owner(self, name: str, phone: str) -> None:
        """Who is told of new orders; what that costs is counted apart."""
        self.person(name, phone)
        self._owner = name

    async def on(self, day: int, at: str) -> None:
        """Let time pass to this moment: day 0 is Monday, `at` the clock on the shop's wall."""
        moment = datetime.combine(MONDAY + timedelta(days=day), time.fromisoformat(at), self.zone)
        while (due := await self._next_due()) is not None and due < moment:
            self.stage.clock.advance(seconds=max(1.0, (due - self.stage.clock.now()).total_seconds()))
            await self._settle()
        self.stage.clock.advance(seconds=max(0.0, (moment - self.stage.clock.now()).total_seconds()))
        await self._settle()

    async def says(self, person: Person, text: str) -> None:
        self._types()
        self._note(person.name, text)
        await person.says(text)
        await self._settle()

    async def taps(self, person: Person, title: str) -> None:
        _, _, whole = person.offered(title)
        self._types()
        self._note(person.name, f"_taps_ **{whole}**")
        await person.taps(title)
        await self._settle()

    async def sends(self, person: Person, told: str, **content: Any) -> None:
        """Anything but a text: a location, a photo. `told` says what the reader sees of it."""
        self._types()
        self._note(person.name, f"_{told}_")
        await person.sends(**content)
        await self._settle()

    async def shop(self, *command: str) -> str:
        """The people of the shop run `marchante …`; returns what it prints."""
        self.patch.setenv("DATABASE_URL", self.stage.dsn)
        self.patch.setenv("SECRET_KEY", KEY)
        self.patch.setattr("marchante.bootstrap.SystemClock", lambda: self.stage.clock)
        self.patch.setattr("marchante.foundation.logs.configure", lambda _style: None)
        result = await asyncio.to_thread(CliRunner().invoke, app, list(command))
        assert result.exit_code == 0, (command, result.output)
        shown = " ".join(f'"{word}"' if " " in word else word for word in command if word != self.slug)
        self._open_day()
        self.lines.append(f"`{self._clock()}` _The shop:_ `{shown}`\n")
        await self._settle()
        return result.output

    def counted(self) -> str:
        """What the week cost in messages: all of them, and those it took to get each order confirmed."""
        customers = [person for name, person in self._people.items() if name != self._owner]
        sent = sum(len(person.heard) for person in customers)
        until = [count for person in customers for count in _until_confirmed(person.entries)]
        orders = len(until)
        return (
            f"**{sent} messages of the shop to {len(customers)} customers for {orders} orders: "
            f"{sent / orders:.1f} an order**, with every notice, question, survey and word of a person. "
            f"From the first word to the confirmation it took {', '.join(map(str, until))}."
        )

    async def _next_due(self) -> datetime | None:
        due: datetime | None = await self.stage.watcher.fetchval(_NEXT_DUE, self.stage.clock.now())
        return due

    async def _settle(self) -> None:
        await self.stage.rests()
        for name, person in self._people.items():
            entries = person.entries
            for entry in entries[self._read[name] :]:
                self._answer(name, entry)
            self._read[name] = len(entries)

    def _types(self) -> None:
        """Reading and writing take a moment."""
        self.stage.clock.advance(seconds=_A_MOMENT)

    def _note(self, name: str, text: str) -> None:
        self._open_day()
        self.lines.append(f"`{self._clock()}` **{name}:** {_flat(text)}\n")

    def _answer(self, name: str, entry: Entry) -> None:
        self._open_day()
        to = f" _to {name}_" if len(self._people) > 1 else ""
        self.lines.append(f"`{self._clock()}` **Shop**{to}:\n")
        self.lines += [f"> {line}" for line in shown(entry.body)]
        self.lines.append("")

    def _open_day(self) -> None:
        day = (self._now().date() - MONDAY.date()).days
        if day != self._day:
            self._day = day
            self.lines += [f"## {_DAYS[day % 7]}", ""]

    def _now(self) -> datetime:
        return self.stage.clock.now().astimezone(self.zone)

    def _clock(self) -> str:
        return f"{self._now():%H:%M}"


def _until_confirmed(entries: Sequence[Entry]) -> Iterator[int]:
    """How many messages each order took, the confirmation included."""
    since = 0
    for place, entry in enumerate(entries):
        if place and entry.at - entries[place - 1].at > _ANOTHER_VISIT:
            since = place
        if _CONFIRMED.search(str(entry.body)):
            yield place + 1 - since
            since = place + 1


def photo(of: str) -> dict[str, Any]:
    """A photo as WhatsApp announces it; the same words are the same picture."""
    digest = base64.b64encode(hashlib.sha256(of.encode()).digest()).decode()
    return {"type": "image", "image": {"id": "77", "mime_type": "image/jpeg", "sha256": digest}}


def shown(sent: Sent) -> list[str]:
    """A message of the shop, line by line, its buttons and rows below."""
    lines = [f"{line}  " if line else "" for line in _spoken(sent).split("\n")]
    offered = [title for _, _, title in options(sent)]
    if offered:
        lines += ["", " ".join(f"[{title}]" for title in offered)]
    return lines


def _spoken(sent: Sent) -> str:
    kind = sent["type"]
    content = sent[kind]
    if kind == "text":
        return _flat_keeping_lines(content["body"])
    if kind == "interactive":
        head = content.get("header", {})
        picture = "_(picture)_\n" if head.get("type") in ("image", "document") else ""
        return picture + _flat_keeping_lines(content["body"]["text"])
    if kind == "template":
        definition = next(each for each in ALL if each.name == content["name"])
        return f"_(template)_ {_flat_keeping_lines(_filled(definition.body, content))}"
    caption = content.get("caption", "")
    return _flat_keeping_lines(f"_({kind})_ {caption}".strip())


def _filled(body: str, template: dict[str, Any]) -> str:
    """A template's words with the values it was sent with."""
    for component in template.get("components", []):
        for parameter in component.get("parameters", []):
            if parameter["type"] == "text":
                body = body.replace("{{" + parameter["parameter_name"] + "}}", parameter["text"])
    return body


def _flat(text: str) -> str:
    return " / ".join(text.split("\n"))


def _flat_keeping_lines(text: str) -> str:
    """WhatsApp's bold is Markdown's bold with one star."""
    return re.sub(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])", r"**\1**", text)
