"""Products that have a word as it is written, in the other gender or cut short, and what it may mean beside."""

from collections.abc import Mapping

from marchante.understanding.lexicon.attributes import ATTRIBUTES
from marchante.understanding.lexicon.synonyms import WIDER
from marchante.understanding.normalize import other_gender
from marchante.understanding.shop.index import CatalogIndex, Hit, in_names
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.tokens import Token


def named_rather(told: Mapping[int, Hit], named: Mapping[int, Hit]) -> dict[int, Hit]:
    """Leave out what only descriptions say of products whose names say the same in another word."""
    return {at: hit for at, hit in told.items() if hit.role > Role.ABOUT or at not in named}


def wider(key: str, hits: Mapping[int, Hit], index: CatalogIndex) -> dict[int, Hit]:
    """What a word may mean beside what it names, no surer than that: of sodas the coke is one of many."""
    found = {at: hit for other in WIDER[key] for at, hit in index.exact(other).items()}
    role = max((hit.role for hit in hits.values()), default=Role.HEAD)
    score = max((hit.score for hit in hits.values()), default=1.0)
    return {at: Hit(min(hit.role, role), min(hit.score, score)) for at, hit in found.items()}


def as_written(token: Token, index: CatalogIndex) -> tuple[dict[int, Hit], set[str]]:
    """Products that have the word itself, cut short or, of an adjective, in the other gender."""
    hits, keys = dict(index.exact(token.key)), {token.key}
    for short, other in index.broken_off.items():
        if token.text.startswith(short):
            hits = {**index.exact(other), **hits}
            keys.add(other)
    other = other_gender(token.key)
    if hits and token.key in ATTRIBUTES and other != token.key:  # *vinimex blanca* beside *luz blanca*
        named = in_names(index.described_as(other))
        hits = {**named, **named_rather(hits, named)}
        keys |= {other} if named else set()
    return hits, keys
