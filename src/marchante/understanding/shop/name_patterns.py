"""Words that stand side by side in the names of a catalog and are not to be torn apart in a message."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from marchante.understanding.lexicon.words import HALVES, PACKAGING, STOPWORDS, UNITS
from marchante.understanding.shop.product_names import names_a_number, size_at
from marchante.understanding.shop.read_products import Name
from marchante.understanding.words.tokens import Token

_LEAST_SHORT = 3


def spoken_numbers(names: Iterable[Name]) -> frozenset[tuple[str, str]]:
    """Pairs of adjoining words of names that begin with a number word: *tres leches*, *medio garrafón*."""
    return frozenset(
        (one.key, two.key)
        for name in names
        for one, two in pairwise(name)
        if names_a_number(one, two) or _is_middling(one, two)
    )


def _is_middling(one: Token, two: Token) -> bool:
    """*tono medio*"""
    return (
        one.is_word
        and two.text in HALVES
        and one.text not in STOPWORDS
        and one.key not in UNITS
        and one.key not in PACKAGING
    )


def numbered(names: Iterable[Name]) -> dict[str, frozenset[Decimal]]:
    """Words that bare numbers tell apart in names, with the numbers: *etapa 3*, *etapa 4*."""
    numbers: dict[str, set[Decimal]] = {}
    for tokens in names:
        for place, word in enumerate(tokens[:-1]):
            number = tokens[place + 1].value
            bare = number is not None and _is_bare(tokens, place + 1)
            if word.is_word and number is not None and bare:
                numbers.setdefault(word.key, set()).add(number)
    return {key: frozenset(found) for key, found in numbers.items() if len(found) > 1 and key not in UNITS}


def _is_bare(tokens: Name, place: int) -> bool:
    """*etapa 3 paquete*, *cable 12 metro*, *etapa 3 (40 pzas)*, but not *3 litros*."""
    size, _ = size_at(tokens, place)
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return (size is not None and not size.unit) or (after is not None and after.key in PACKAGING)


def joined_names(names: Iterable[Name]) -> frozenset[tuple[str, str]]:
    """Pairs of words that names join by *y* or a stroke: *pierna y muslo*, *fría/caliente*."""
    return frozenset(
        (one.key, two.key)
        for name in names
        for one, joint, two in zip(name, name[1:], name[2:], strict=False)
        if joint.text in {"y", "/"} and one.is_word and two.is_word
    )


def broken_off(names: Iterable[Name]) -> dict[str, str]:
    """Beginnings that names have for whole words, with their keys: *Cuaderno prof.*, *Cable cal. 12*."""
    return {one.text: one.key for name in names for one in _before_stops(name) if len(one.text) >= _LEAST_SHORT}


def purposes(names: Iterable[Name]) -> frozenset[str]:
    """What names say their products are for: *Crema p/rozaduras*."""
    return frozenset(
        two.key
        for name in names
        for one, two in pairwise(name)
        if one.text == "para" and two.is_word and two.text not in STOPWORDS
    )


def shortened(names: Iterable[Name]) -> frozenset[str]:
    """Words after which a full stop ends no sentence: *V. novia*, *Lav. y planch. camisa*."""
    return frozenset(one.text for name in names for one in _before_stops(name[:-1]))


def _before_stops(name: Name) -> Iterator[Token]:
    return (one for one, stop in pairwise(name) if one.is_word and stop.text == "." and stop.start == one.end)
