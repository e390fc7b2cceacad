"""Addresses inside a sentence: where they begin, and the words of time, payment and courtesy they end before."""

import re
from dataclasses import dataclass

from marchante.understanding.lexicon.reader import section

_ANCHOR = re.compile(section("places", "anchor"))
_STREET = re.compile(section("places", "street"))
_END = re.compile(section("places", "end"))
_LEAD = re.compile(section("places", "lead"))
_GOES_ON = re.compile(section("places", "goes on"))
_ABBREVIATED = re.compile(section("places", "abbreviated"))
_SIGNS = re.compile(r"[;\n?!]|[.,:]")
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Place:
    """An address in characters: `start` with the preposition that leads to it, `begins` without, `end` after it."""

    start: int
    begins: int
    end: int


def find_places(flat: str) -> list[Place]:
    """Find addresses in a flattened text, in their order; adjoining parts are one."""
    found: list[Place] = []
    for start, known in sorted([*_streets(flat), *(anchor.span() for anchor in _ANCHOR.finditer(flat))]):
        if found and start < found[-1].end:
            continue
        place = _place(flat, start, known)
        if found and place.start - found[-1].end < _NEAR and not re.search(r"\w", flat[found[-1].end : place.start]):
            place = Place(found[-1].start, found[-1].begins, place.end)
            found.pop()
        found.append(place)
    return found


def _streets(flat: str) -> list[tuple[int, int]]:
    """Streets that are not called so: *entregar en Pino Suárez 300*."""
    return [each.span(each.lastgroup or 0) for each in _STREET.finditer(flat)]


def _place(flat: str, start: int, known: int) -> Place:
    """`known` is where the words that give the address away end."""
    lead = _LEAD.match(flat, start)
    begins = lead.end() if lead and lead.end() < known else start
    end = _END.search(flat, known)
    last = _sign_after(flat, known, end.start() if end else len(flat))
    while last > begins and not flat[last - 1].isalnum():
        last -= 1
    return Place(start, begins, last)


def _sign_after(flat: str, position: int, end: int) -> int:
    """Give the sign that ends an address: not the point of *col.*, not a comma before *int. 3*."""
    for sign in _SIGNS.finditer(flat, position, end):
        at, text = sign.start(), sign.group()
        if text == "." and (_ABBREVIATED.search(flat[:at]) or flat[at + 1 : at + 2].isalnum()):
            continue
        if text in ".,:" and _GOES_ON.match(flat, at + 1):
            continue
        return at
    return end
