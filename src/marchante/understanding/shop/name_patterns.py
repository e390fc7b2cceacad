"""Words that stand side by side in the names of a catalog and are not to be torn apart in a message."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from marchante.understanding.domain import CatalogProduct
from marchante.understanding.lexicon.words import HALVES, PACKAGING, STOPWORDS, UNITS
from marchante.understanding.shop.product_names import names_a_number, size_at
from marchante.understanding.words.tokens import Token, tokenize_name

_LEAST_SHORT = 3


def spoken_numbers(products: tuple[CatalogProduct, ...]) -> frozenset[tuple[str, str]]:
    """Pairs of adjoining words of names that begin with a number word: *tres leches*, *medio garrafón*."""
    pairs: set[tuple[str, str]] = set()
    for product in products:
        for name in (product.name, *product.aliases):
            tokens = tokenize_name(name)
            pairs.update((one.key, two.key) for one, two in pairwise(tokens) if names_a_number(one, two))
            pairs.update((one.key, two.key) for one, two in pairwise(tokens) if _is_middling(one, two))
    return frozenset(pairs)


def _is_middling(one: Token, two: Token) -> bool:
    """*tono medio*"""
    return (
        one.is_word
        and two.text in HALVES
        and one.text not in STOPWORDS
        and one.key not in UNITS
        and one.key not in PACKAGING
    )


def numbered(products: tuple[CatalogProduct, ...]) -> dict[str, frozenset[Decimal]]:
    """Words that bare numbers tell apart in names, with the numbers: *etapa 3*, *etapa 4*."""
    numbers: dict[str, set[Decimal]] = {}
    for product in products:
        tokens = tokenize_name(product.name)
        for place, word in enumerate(tokens[:-1]):
            number = tokens[place + 1].value
            bare = number is not None and _is_bare(tokens, place + 1)
            if word.is_word and number is not None and bare:
                numbers.setdefault(word.key, set()).add(number)
    return {key: frozenset(found) for key, found in numbers.items() if len(found) > 1 and key not in UNITS}


def _is_bare(tokens: Sequence[Token], place: int) -> bool:
    """*etapa 3 paquete*, *cable 12 metro*, *etapa 3 (40 pzas)*, but not *3 litros*."""
    size, _ = size_at(tokens, place)
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return (size is not None and not size.unit) or (after is not None and after.key in PACKAGING)


def joined_names(products: tuple[CatalogProduct, ...]) -> frozenset[tuple[str, str]]:
    """Pairs of words that names join by *y* or a stroke: *pierna y muslo*, *fría/caliente*."""
    pairs: set[tuple[str, str]] = set()
    for product in products:
        for name in (product.name, *product.aliases):
            tokens = tokenize_name(name)
            pairs.update(
                (one.key, two.key)
                for one, joint, two in zip(tokens, tokens[1:], tokens[2:], strict=False)
                if joint.text in {"y", "/"} and one.is_word and two.is_word
            )
    return frozenset(pairs)


def broken_off(products: tuple[CatalogProduct, ...]) -> dict[str, str]:
    """Beginnings that names have for whole words, with their keys: *Cuaderno prof.*, *Cable cal. 12*."""
    short: dict[str, str] = {}
    for product in products:
        for one, two in pairwise(tokenize_name(product.name)):
            if one.is_word and two.text == "." and two.start == one.end and len(one.text) >= _LEAST_SHORT:
                short[one.text] = one.key
    return short


def purposes(products: tuple[CatalogProduct, ...]) -> frozenset[str]:
    """What names say their products are for: *Crema p/rozaduras*."""
    return frozenset(
        two.key
        for product in products
        for one, two in pairwise(tokenize_name(product.name))
        if one.text == "para" and two.is_word and two.text not in STOPWORDS
    )


def shortened(products: tuple[CatalogProduct, ...]) -> frozenset[str]:
    """Words that names cut short with a full stop: *V. novia*, *Lav. y planch. camisa*."""
    words: set[str] = set()
    for product in products:
        for name in (product.name, *product.aliases):
            tokens = tokenize_name(name)
            words.update(
                one.text
                for one, stop in pairwise(tokens[:-1])
                if one.is_word and stop.text == "." and stop.start == one.end
            )
    return frozenset(words)
