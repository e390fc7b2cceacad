"""The customer's text cut into words, numbers and signs that remember where they stood."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from marchante.understanding.lexicon.words import (
    ABBREVIATIONS,
    GLUED_AFTER,
    GLUED_BEFORE,
    HALVES,
    LINKS,
    NAME_ABBREVIATIONS,
    STOPWORDS,
    number_word,
)
from marchante.understanding.normalize import HIDDEN, bound, flatten, word_key
from marchante.understanding.words.spellings import as_named, as_spoken

MAX_CHARACTERS = 4096
"""WhatsApp's own limit for one text; what is beyond is not read."""
TokenKind = Literal["word", "number", "sign"]


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is flattened and written out (`q` → `que`); `key` its sound; `start`/`end` point into the original."""

    text: str
    key: str
    kind: TokenKind
    start: int
    end: int
    value: Decimal | None = None

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def number(self) -> Decimal | None:
        """What it counts, in digits or as one word."""
        return number_word(self.text) if self.is_word else self.value

    def read_as(self, text: str, end: int | None = None) -> "Token":
        """Give the token as if another word stood there."""
        return replace(self, text=text, key=word_key(text), end=self.end if end is None else end)


_PIECES = re.compile(
    r"(?P<glued>\d+(?:-\d+){2,})"
    r"|(?P<clock>\d{1,2}:\d\d)"
    r"|(?P<mixed>\d{1,3}[ ]+\d/\d{1,2}(?!\d)|\d{1,3}[ ]?[½¼¾])"
    r"|(?P<fraction>\d{1,3}/\d{1,3}(?!\d)|[½¼¾])"
    r"|(?P<thousands>\d{1,3}(?:,\d{3})+(?!\d))"
    r"|(?P<decimal>\d+[.,]\d+|(?<![\w.])\.\d{1,3}(?!\d))"
    r"|(?P<integer>\d+)"
    r"|(?P<short>\b(?:c/u|b/n\b|c/|p/|s/))"
    r"|(?P<word>(?:\b[^\W\d_]-(?=[^\W\d_]{3}))?(?:[^\W\d_]|\0)+)"
    r"|(?P<newline>\n)"
    r"|(?P<sign>[^\s\w])"
)
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_LETTERS = 2
_HAS = frozenset({"tiene", "tienen", "tenga", "tengan", "lleva", "lleve", "trae", "traiga"})
_ONLY_SPOKEN = frozenset(word_key(raw) for raw, full in ABBREVIATIONS.items() if full in STOPWORDS)
"""Abbreviations of small words, which nobody puts into a name."""
BLACK_AND_WHITE = ABBREVIATIONS["b/n"]
_LARGEST = 7
"""Numbers of more digits are telephones or accounts, never amounts."""
_LEAST_GLUED = 4


def tokenize(text: str, own_words: Container[str] = frozenset()) -> tuple[Token, ...]:
    """Cut the first 4,096 characters of a text; `own_words` (keys) are no abbreviations here: a *pala* is a shovel."""
    flat = flatten(text[:MAX_CHARACTERS])
    tokens = _as_one([part for token in _cut(flat, own_words) for part in _apart(token, flat, own_words)])
    return as_named(_as_said(_without(tokens, own_words)), own_words)


def _without(tokens: list[Token], own_words: Container[str]) -> list[Token]:
    """*del que no tiene semilla* is the one *sin semilla*, where a name says so."""
    for place in range(len(tokens) - 1, 2, -1):
        one, two, three, four = tokens[place - 3 : place + 1]
        said = one.text == "que" and two.text == "no" and three.text in _HAS
        if said and bound("sin", four.key) in own_words:
            start = place - 4 if place > len(("que", "no", "tiene")) and tokens[place - 4].text in LINKS else place - 3
            whole = Token("sin", word_key("sin"), "word", tokens[start].start, three.end)
            return [*_without(tokens[:start], own_words), whole, *tokens[place:]]
    return tokens


def _as_said(tokens: list[Token]) -> list[Token]:
    """A lone `k` is a kilo after a number and before *de*, else *que*."""
    for place, token in enumerate(tokens):
        if token.text == "k" and not (place and _counts(tokens[place - 1])):
            of = place + 1 < len(tokens) and tokens[place + 1].text == "de" and _begins(tokens, place)
            written = "kilo" if of else "que"
            tokens[place] = token.read_as(written)
    return tokens


def _begins(tokens: list[Token], place: int) -> bool:
    """*k de papa y k de limón*"""
    return not place or not tokens[place - 1].is_word or tokens[place - 1].text == "y"


def _apart(token: Token, flat: str, own_words: Container[str]) -> tuple[Token, ...]:
    """*2kilosde*, *unabolsa*, *depapa*: a small word or a unit written together with what follows it."""
    raw = flat[token.start : token.end]
    if not token.is_word or token.text != raw or len(raw) < _LEAST_GLUED or token.key in own_words:
        return (token,)
    for at in range(2, len(raw) - 1):
        first, rest = raw[:at], raw[at:]
        if first in GLUED_BEFORE and (
            rest in GLUED_AFTER or (len(rest) >= _LEAST_GLUED and word_key(rest) in own_words)
        ):
            middle = token.start + at
            parts = ((first, token.start, middle), (rest, middle, token.end))
            return tuple(Token(text, word_key(text), "word", start, end) for text, start, end in parts)
    return (token,)


def tokenize_name(name: str) -> tuple[Token, ...]:
    """Cut a product's name: its *pala* is no hasty *para la*, its *med.* no half."""
    flat = flatten(name)
    cut = [_written_out(token, flat) for token in _cut(flat, _ONLY_SPOKEN)]
    return as_spoken(_as_said(_as_one(cut)))


def _written_out(token: Token, flat: str) -> Token:
    full = NAME_ABBREVIATIONS.get(flat[token.start : token.end]) if token.is_word else None
    return token.read_as(full) if full else token


def _cut(flat: str, own_words: Container[str]) -> Iterator[Token]:
    return (token for found in _PIECES.finditer(flat) if (token := _token(found, own_words)))


def _as_one(tokens: list[Token]) -> list[Token]:
    """*blanco y negro* is one colour, however it is written."""
    words = ("blanco", "y", "negro")
    for place in range(len(tokens) - len(words), -1, -1):
        said = tokens[place : place + len(words)]
        if tuple(token.text for token in said) == words:
            whole = said[0].read_as(BLACK_AND_WHITE, said[-1].end)
            tokens[place : place + len(words)] = [whole]
    return tokens


def _counts(token: Token) -> bool:
    """After a number `k` is a kilo; elsewhere it is *que*."""
    return token.text in HALVES or token.number is not None


def _token(found: re.Match[str], own_words: Container[str]) -> Token | None:
    kind, raw = str(found.lastgroup), found.group().replace(HIDDEN, "")
    start, end = found.span()
    if kind == "word":
        raw = raw.replace("-", "")  # *E-pura*
        if not raw:
            return None
        own = len(raw) > _LETTERS and raw in ABBREVIATIONS and word_key(raw) in own_words
        text = raw if own else ABBREVIATIONS.get(raw, raw)
        return Token(text, word_key(text), "word", start, end)
    if kind == "short":
        text = ABBREVIATIONS[raw]
        return Token(text, word_key(text), "word", start, end)
    if kind == "glued":
        text = raw.replace("-", "")
        return Token(text, text, "word", start, end)
    if kind == "sign" and raw == "-" and _hyphen(found):
        return None
    if kind in {"newline", "sign", "clock"}:
        return Token(raw, raw, "sign", start, end)
    value = _value(kind, raw)
    if value is None:
        return Token(raw, raw, "sign", start, end)
    return Token(raw, raw, "number", start, end, value)


def _hyphen(found: re.Match[str]) -> bool:
    """*coca-cola*"""
    around = found.string[max(0, found.start() - 1) : found.end() + 1]
    return len(around) == len("a-a") and around[0].isalpha() and around[-1].isalpha()


def _value(kind: str, raw: str) -> Decimal | None:
    if len(raw) > _LARGEST or not raw.isprintable():
        return None
    if kind in {"mixed", "fraction"}:
        return _fraction(raw)
    if kind == "thousands":
        return Decimal(raw.replace(",", ""))
    return Decimal(raw.replace(",", "."))


def _fraction(raw: str) -> Decimal | None:
    if raw[-1] in _VULGAR:
        return Decimal(raw[:-1].strip() or 0) + _VULGAR[raw[-1]]
    *whole, part = raw.split()
    above, below = part.split("/")
    if int(below) == 0:
        return None
    return Decimal(whole[0] if whole else 0) + (Decimal(above) / Decimal(below)).quantize(Decimal("0.0001")).normalize()
