"""What a message says beside the goods: when, how it is paid, where it goes; and the words those take up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from marchante.understanding.domain import Fulfilment, PaymentHint, PaymentMethod, WhenHint
from marchante.understanding.lexicon.reader import section
from marchante.understanding.normalize import flatten
from marchante.understanding.words.dates import find_when
from marchante.understanding.words.places import Place, find_places
from marchante.understanding.words.tokens import Token

_CHANGE = re.compile(section("hints", "change"))
_METHODS: tuple[tuple[PaymentMethod, re.Pattern[str]], ...] = (
    ("transfer", re.compile(r"\b(?:transferencias?|transferir|transfiero|spei|clabe|deposit\w+|mercado pago|codi)\b")),
    ("card", re.compile(r"\b(?:con|a|por|en|aceptan?)\s+(?:la\s+)?(?:tarjeta|terminal|debito|credito)\b")),
    ("cash", re.compile(r"\b(?:efectivo|cash|al contado|cambio (?:de|para) (?:\$|\d|un|mil|cien|quin|dosc|billete))")),
)
_PAYING = re.compile(section("hints", "paying"))
_PICKUP = re.compile(section("hints", "pickup"))
_COMES_FOR_IT = re.compile(r"\b(?:(?:yo )?(?:lo |la |los |las )?recojo(?: yo)?)\b")
"""No word of a product."""
_DELIVERY = re.compile(section("hints", "delivery"))
_TALKED_NUMBERS = re.compile(section("hints", "talked numbers"))
_INSTEAD = re.compile(r"\b(?:en (?:lugar|vez|ves) de\b|envez|enves)[^.;\n]*$")
"""*en lugar de X que sea Y* orders Y."""
_WISHES = re.compile(section("hints", "wishes"))


@dataclass(frozen=True, slots=True)
class Hints:
    """`masked` are the token positions taken up; `notes` the spans of wishes in characters."""

    when: WhenHint | None
    payment: PaymentHint | None
    address: str | None
    delivery: Fulfilment | None
    masked: frozenset[int]
    notes: tuple[tuple[int, int], ...]


def find_hints(text: str, tokens: Sequence[Token], now: datetime | None) -> Hints:
    """Read dates, payment and places out of a text; `now` (aware) gives relative days their date."""
    flat = flatten(text)
    places = find_places(flat)
    when, when_spans = find_when(_without(flat, places), text, now)
    notes = [found.span() for found in _WISHES.finditer(flat) if not _INSTEAD.search(flat[: found.start()])]
    spans = [*when_spans, *notes, *((place.start, place.end) for place in places)]
    spans += [
        found.span()
        for pattern in (_CHANGE, _PAYING, _TALKED_NUMBERS, _COMES_FOR_IT)
        for found in pattern.finditer(flat)
    ]
    masked = frozenset(
        place for place, token in enumerate(tokens) if any(start <= token.start < end for start, end in spans)
    )
    longest = max(places, key=lambda place: place.end - place.begins, default=None)
    address = text[longest.begins : longest.end].strip() if longest else None
    return Hints(when, _payment(flat), address, _fulfilment(flat), masked, tuple(notes))


def _without(flat: str, places: Sequence[Place]) -> str:
    """Blank out addresses: *calle 5 de mayo 23* is no date."""
    for place in places:
        flat = flat[: place.start] + " " * (place.end - place.start) + flat[place.end :]
    return flat


def _payment(flat: str) -> PaymentHint | None:
    change = _CHANGE.search(flat)
    cash = next((each for each in change.groups() if each), None) if change else None
    if cash:
        return PaymentHint("cash", Decimal(cash))
    for method, pattern in _METHODS:
        if pattern.search(flat):
            return PaymentHint(method)
    return None


def _fulfilment(flat: str) -> Fulfilment | None:
    if _PICKUP.search(flat):
        return "pickup"
    return "delivery" if _DELIVERY.search(flat) else None
