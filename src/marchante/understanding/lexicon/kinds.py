"""Of what kind the things are that owners name by a brand or a variety alone: *Corona 355 ml* is a beer."""

from dataclasses import dataclass
from decimal import Decimal

from marchante.understanding.lexicon.reader import keys, rows, section
from marchante.understanding.lexicon.synonyms import name_keys
from marchante.understanding.normalize import word_key


@dataclass(frozen=True, slots=True)
class Kind:
    """A name that tells the kind of whatever bears it; `kinds` as they are looked up, `heads` their first words."""

    name: tuple[str, ...]
    kinds: tuple[str, ...]
    heads: frozenset[str]


def _read() -> dict[str, tuple[Kind, ...]]:
    by_first: dict[str, list[Kind]] = {}
    for told, names in rows("kinds", "kinds"):
        kinds = [name_keys(kind.strip()) for kind in told.split(",")]
        called = tuple(" ".join(kind) for kind in kinds)
        heads = frozenset(kind[0] for kind in kinds)
        for name in names.split(","):
            keys = tuple(key for key in name_keys(name.strip()) if not key.isdigit())
            by_first.setdefault(keys[0], []).append(Kind(keys, called, heads))
    return {first: tuple(found) for first, found in by_first.items()}


_KINDS = _read()
"""First word of a name → the kinds it belongs to."""
_NOT = {
    " ".join(name_keys(kind)): frozenset(word_key(word) for word in words.split())
    for kind, words in rows("kinds", "not")
}
"""A *milanesa de pollo* is not called *carne*."""


def kinds_of(keys: tuple[str, ...], head: str) -> frozenset[str]:
    """Give the kinds a product is of by its name, which has to open with what tells it or with the kind itself."""
    return frozenset(
        kind
        for place, key in enumerate(keys)
        for told in _KINDS.get(key, ())
        if told.name == keys[place : place + len(told.name)] and (key == head or head in told.heads)
        for kind in told.kinds
        if kind != head and _NOT.get(kind, frozenset()).isdisjoint(keys)
    )


OWN_DIMINUTIVES = keys("kinds", "own diminutives")
"""A *pastelito* is no *pastel*."""


def _sized() -> tuple[tuple[str, Decimal, Decimal], ...]:
    rows = (row.split() for row in section("kinds", "beer sizes").splitlines())
    return tuple((word_key(word), Decimal(least), Decimal(most)) for word, least, most in rows)


BEER = word_key("cerveza")
_SIZED = _sized()


def sized_kinds(litres: Decimal) -> tuple[str, ...]:
    """Give what a beer of that size is called: *caguama*."""
    return tuple(word for word, least, most in _SIZED if least <= litres <= most)
