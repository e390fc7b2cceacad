"""Phrases that steer an order: who asks for something, adds, takes away, swaps or corrects himself.

A marker is a run of words; the longest that fits wins. Listed are turns of phrase; verbs are read by `verb_groups`.
"""

from enum import Enum, auto
from itertools import chain

from marchante.understanding.lexicon.reader import phrases, section_names


class Marker(Enum):
    """What a run of words does to the lines around it."""

    ORDER = auto()
    """What follows is wanted."""
    ADD = auto()
    """What follows is wanted on top of an open order."""
    ORDERED = auto()
    """What follows was ordered before: *le pedí 2 leches, quítele una*."""
    REMOVE = auto()
    """What follows is no longer wanted."""
    REMOVED = auto()
    """What went before is no longer wanted."""
    WANTED = auto()
    """What went before is wanted: *y la pintura me la manda*."""
    ADDED = auto()
    """What went before is wanted on top of an open order."""
    SET = auto()
    """The amount that follows replaces the one there was."""
    SWAP = auto()
    """What follows goes, what comes after *por* stays."""
    INSTEAD = auto()
    """What follows goes, the other part of the sentence stays."""
    CORRECTION = auto()
    """What follows replaces what was just said."""
    EACH = auto()
    """The amount goes for everything named."""
    SAME = auto()
    """What was named before, again."""
    REST = auto()
    """Everything named before that has no amount yet."""
    QUESTION = auto()
    """What follows or went before is asked about."""
    WISHED = auto()
    """If it is there, it is wanted: a question that orders."""
    PRICE = auto()
    """What follows or went before is asked the price of."""
    STOP = auto()
    """From here to the next sign the customer only talks."""
    NOT = auto()
    """What follows is ruled out."""
    ONLY = auto()
    """What follows stays when something is taken away."""
    PAUSE = auto()
    """The customer looks for the word: *cómo se llama*."""
    BREAK = auto()
    """Courtesy: says nothing, and parts what stands around it."""


def _read() -> dict[str, tuple[tuple[tuple[str, ...], Marker], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], Marker]]] = {}
    for marker in (each for each in Marker if each.name.lower() in section_names("markers")):
        for first, several in phrases("markers", marker.name.lower()).items():
            by_first.setdefault(first, []).extend((words, marker) for words in several)
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in by_first.items()}


MARKERS = _read()
"""First word → the markers that begin with it, longest first."""
CORRECTING = frozenset(
    word for words, marker in chain.from_iterable(MARKERS.values()) if marker is Marker.CORRECTION for word in words
)
"""Every word that occurs in a correction."""
