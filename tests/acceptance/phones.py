"""Phones of the simulator: whoever writes with them is answered by a server that runs somewhere else, in real time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.acceptance.people import options

from marchante.simulator.chats import Entry
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber
from marchante.simulator.core import Simulator


@dataclass
class Phone:
    """One customer's chat with one number."""

    simulator: Simulator
    customer: SimulatedCustomer
    number: SimulatedNumber
    patience: float = 20.0

    def __post_init__(self) -> None:
        self.simulator.store.add_customer(self.customer)

    @property
    def entries(self) -> list[Entry]:
        """What the shop sent, in the order Graph took it."""
        chat = self.simulator.store.chat((self.customer.wa_id, self.number.phone_number_id))
        return [entry for entry in chat if entry.direction == "in"]

    def write(self, kind: str, **content: Any) -> str:
        return self.simulator.phones.write(self.customer, self.number, kind, content)

    def text(self, words: str) -> str:
        return self.write("text", text={"body": words})

    def tap(self, kind: str, id_: str, title: str) -> str:
        reply = "button_reply" if kind == "button" else "list_reply"
        return self.write("interactive", interactive={"type": reply, reply: {"id": id_, "title": title}})

    async def says(self, words: str) -> Entry:
        """Write and wait for one answer."""
        before = len(self.entries)
        self.text(words)
        return await self.hears(lambda: self.entries[before:])

    async def taps(self, title: str) -> Entry:
        before = len(self.entries)
        self.tap(*self.offered(title))
        return await self.hears(lambda: self.entries[before:])

    async def hears(self, answers: Callable[[], list[Entry]]) -> Entry:
        """The first of what a look at the chat finds, as soon as there is something."""
        async with asyncio.timeout(self.patience):
            while not (found := answers()):  # noqa: ASYNC110 - the server is another process
                await asyncio.sleep(0.02)
            return found[0]

    def offered(self, title: str) -> tuple[str, str, str]:
        """Kind, id and whole title of the newest button or row whose title begins so."""
        for entry in reversed(self.entries):
            for kind, id_, whole in options(entry.body):
                if whole.startswith(title):
                    return kind, id_, whole
        raise AssertionError(f"nobody offered {title!r}")
