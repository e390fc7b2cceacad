"""What gives a message away besides its goods: its words, how its verbs end, what stands beside what.

Goods, numbers, units and days become one sign each (`#g`, `#n`, `#u`, `#day`), so that *me cobraron dos hielos* and *me
cobraron tres cocas* are the same complaint in any shop; `meanings.txt` says which words mean much the same. `weighing`
knows how much each sign weighs for each intent.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from marchante.understanding.entries.cart import Cart
from marchante.understanding.lexicon.attributes import COLORS
from marchante.understanding.lexicon.goods import GOODS
from marchante.understanding.lexicon.reader import section, section_names
from marchante.understanding.lexicon.words import HALVES, ONES, UNITS, WEEKDAYS, number_word
from marchante.understanding.normalize import undrawn
from marchante.understanding.shop.lookup import Lookup, names_a_product
from marchante.understanding.words.tokens import Token

_STEM = 5
_LEAST_GOODS = 3
_LEAST_INFLECTED = 4
_WEEKDAYS = frozenset({*WEEKDAYS, "sabados", "domingos"})
_LENGTHS = ((0, "0"), (1, "1"), (2, "2"), (5, "3-5"), (10, "6-10"), (20, "11-20"))
_ENDINGS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("they did", r".{2,}(?:aron|ieron|eron)$"),
        ("you did", r".{2,}[ai]ste$"),
        ("doing", r".{2,}(?:ando|iendo|yendo)$"),
        ("used to", r".{2,}(?:aban?|ian?)$"),
        ("done", r".{2,}(?:ad|id)[oa]s?$"),
        ("to do", r".{2,}[aei]r$"),
        ("we do", r".{2,}[aei]mos$"),
        ("do it", r".{2,}(?:[ae]n?|[aei]r|ndo)(?:(?:me|nos|te|le|les|se)(?:l[aeo]s?)?|l[aeo]s?)$"),
        ("they do", r".{2,}[ae]n$"),
        ("you do", r".{2,}[ae]s$"),
        ("little", r".{2,}it[oa]s?$"),
    )
)


def _meanings() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Whole words, and beginnings of words, with what they mean."""
    whole: dict[str, tuple[str, ...]] = {}
    begun: dict[str, tuple[str, ...]] = {}
    for name in section_names("meanings"):
        for written in section("meanings", name).split():
            found, word = (begun if written.endswith("*") else whole), written.removesuffix("*")
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), name)))
    return whole, begun


_WHOLE, _BEGUN = _meanings()


@lru_cache(maxsize=16384)
def _meant(word: str) -> tuple[str, ...]:
    if word in _WHOLE:
        return _WHOLE[word]
    return next((_BEGUN[word[:end]] for end in range(len(word), 2, -1) if word[:end] in _BEGUN), ())


def signs_of(tokens: Sequence[Token], cart: Cart, lookup: Lookup) -> frozenset[str]:
    """Give the signs of a whole message and of what was read out of it."""
    words = [word for token in tokens if (word := _word(token, lookup))]
    return frozenset((*_said(words), *_meaning(words), *_about(words), *_carried(cart)))


def _word(token: Token, lookup: Lookup) -> str:
    """A word as it counts, or the kind it is of; nothing for most signs."""
    text = token.text
    if token.kind == "number":
        return "#n"
    if not token.is_word:
        return text if text in "?¿!:#" else ""
    if text not in ONES and (text in HALVES or number_word(text) is not None):
        return "#n"
    if token.key in UNITS:
        return "#u"
    if text in _WEEKDAYS:
        return "#day"
    if token.key in GOODS or (len(text) >= _LEAST_GOODS and names_a_product(lookup.hits(token))):
        return "#g"
    return "#color" if token.key in COLORS else undrawn(text)


def _stem(word: str) -> str:
    return word if word[0] == "#" or len(word) <= _STEM else f"{word[:_STEM]}-"


def _ending(word: str) -> str:
    if word[0] == "#" or len(word) < _LEAST_INFLECTED:
        return ""
    return next((f"({name})" for name, pattern in _ENDINGS if pattern.match(word)), "")


def _said(words: Sequence[str]) -> Iterator[str]:
    """Words, their stems and endings, and pairs of what adjoins."""
    stems = ["^", *map(_stem, words), "$"]
    yield from words
    yield from stems
    yield from (f"{one} {two}" for one, two in pairwise(stems))
    for place, word in enumerate(words, 1):
        ending = _ending(word)
        if ending:
            yield from (ending, f"{stems[place - 1]} {ending}", f"{ending} {stems[place + 1]}")


def _meaning(words: Sequence[str]) -> Iterator[str]:
    """What words mean, and what is meant one after the other, whatever stands between."""
    before: tuple[str, ...] = ("^",)
    for word in words:
        meant = _meant(word) if word[0] not in "#?" else (word,)
        if meant:
            yield from (f"<{one}>" for one in meant)
            yield from (f"<{one}> <{two}>" for one in before for two in meant)
            before = meant
    yield from (f"<{one}> $" for one in before)


def _about(words: Sequence[str]) -> Iterator[str]:
    length = next((name for most, name in _LENGTHS if len(words) <= most), "more")
    yield f"words: {length}"
    if "#g" not in words:
        yield "no goods"
    if "#n" not in words:
        yield "no number"


def _carried(cart: Cart) -> Iterator[str]:
    """What the message would do to the cart if it were an order."""
    if cart.items:
        yield "cart: items"
    if any(item.amount_mxn or item.pieces or (item.quantity or 1) != 1 for item in cart.items):
        yield "cart: amounts"
    if len(cart.items) + len(cart.ambiguous) > 1:
        yield "cart: several"
    if cart.ambiguous:
        yield "cart: questions"
    if cart.unknown:
        yield "cart: unknown"
    if cart.asked:
        yield "cart: asked"
    if cart.changes:
        yield "cart: changes"
    if not (cart.items or cart.ambiguous or cart.unknown or cart.asked):
        yield "cart: nothing"
