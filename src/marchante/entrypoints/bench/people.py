"""Who writes in a run and what they write: half texts, half taps, and every fourth message confirms an order.

    text   an order in words        → summary with [Confirmar]
    tap    the button just offered  → confirmation; the order is a row
    text   a question about a price → answer
    tap    an entry of the menu     → list

One customer in two begins in the middle of this round.
"""

import json
import time
from dataclasses import dataclass

NUMBERS_OF_A_COMPANY = 4
TEXT, TAP = "text", "tap"
ROUND = 4
_PRODUCTS = (
    "coca de lata", "mayonesa", "nescafé", "avena", "gansitos", "maseca", "consomé", "puré de tomate", "jabón zote",
    "chocolate abuelita", "pinol",
)  # fmt: skip
_ENTRIES = (("catalog", "Ver catálogo"), ("status", "Estado de pedido"), ("order", "Hacer un pedido"))
_BODY = (
    '{"object":"whatsapp_business_account","entry":[{"id":"800000000000001","changes":[{"value":{'
    '"messaging_product":"whatsapp","metadata":{"display_phone_number":"522281000001","phone_number_id":"%s"},'
    '"contacts":[{"profile":{"name":"%s"},"wa_id":"%s","user_id":"%s"}],'
    '"messages":[{"from":"%s","from_user_id":"%s","id":"%s","timestamp":"%d",%s}]},"field":"messages"}]}]}'
)


def numbers_of(company: int) -> tuple[str, ...]:
    """The phone number ids of the n-th company."""
    return tuple(f"9{company:04d}{number:010d}" for number in range(1, NUMBERS_OF_A_COMPANY + 1))


@dataclass(frozen=True, slots=True)
class Person:
    """A returning customer of one of so many companies: known, with an address, writing to one of its numbers."""

    place: int
    companies: int = 1

    @property
    def wa_id(self) -> str:
        return f"521228{self.place:07d}"

    @property
    def bsuid(self) -> str:
        return f"MX.{9_100_000_000_000 + self.place}"

    @property
    def name(self) -> str:
        return f"Cliente {self.place}"

    @property
    def company(self) -> int:
        return self.place % self.companies

    @property
    def number(self) -> str:
        return numbers_of(self.company)[self.place // self.companies % NUMBERS_OF_A_COMPANY]


@dataclass(frozen=True, slots=True)
class Words:
    """One message: its kind, and its part of the webhook (`"type":…`)."""

    kind: str
    content: str


def step(person: Person, visit: int) -> int:
    """Where in the round this person is at their `visit`-th message."""
    return (2 * person.place + visit) % ROUND


def next_words(person: Person, visit: int, offered: str | None) -> Words:
    """What this person writes the `visit`-th time; `offered` is the id of a confirm button they have before them."""
    now, chosen = step(person, visit), person.place + visit
    if now == 0:
        first, second = _PRODUCTS[chosen % len(_PRODUCTS)], _PRODUCTS[(chosen + 4) % len(_PRODUCTS)]
        return _text(f"{2 + chosen % 3} {first} y {1 + visit % 4} {second}")
    if now == 2:  # noqa: PLR2004
        return _text(f"¿cuánto cuesta {_PRODUCTS[(chosen + visit) % len(_PRODUCTS)]}?")
    if now == 1 and offered is not None:
        return _tap("button_reply", offered, "Confirmar")
    entry, title = _ENTRIES[chosen % len(_ENTRIES)]
    return _tap("list_reply", entry, title)


def webhook(person: Person, words: Words, wamid: str) -> bytes:
    """The body Meta would post: ASCII-escaped JSON, one message in it."""
    identity = (person.wa_id, person.bsuid)
    return (_BODY % (person.number, person.name, *identity, *identity, wamid, time.time(), words.content)).encode(
        "ascii"
    )


def _text(body: str) -> Words:
    return Words(TEXT, f'"type":"text","text":{{"body":{json.dumps(body)}}}')


def _tap(kind: str, identifier: str, title: str) -> Words:
    reply = json.dumps({"type": kind, kind: {"id": identifier, "title": title}}, separators=(",", ":"))
    return Words(TAP, f'"type":"interactive","interactive":{reply}')
