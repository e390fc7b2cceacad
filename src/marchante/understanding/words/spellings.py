"""Names written one way and said another: *5x1* is *cinco por uno*, *AA* *doble a*, *Deslact.* a whole word."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from marchante.understanding.lexicon.synonyms import SYNONYMS
from marchante.understanding.lexicon.words import (
    CLIPPED,
    COMPOUNDING,
    LINKS,
    NAME_ABBREVIATIONS,
    PACK_BY_COUNT,
    STOPWORDS,
    UNITS,
)
from marchante.understanding.normalize import flatten, word_key

if TYPE_CHECKING:
    from marchante.understanding.words.tokens import Token

_CUT = re.compile(r"\b([^\W\d_]+)\.(?!\d)")
_LETTERS = {"g": "grande", "m": "mediano", "xg": "extragrande", "eg": "extragrande"}
_TIMES = {"doble": 2, "triple": 3}
_NUMBERING = frozenset({"no", "num", "nro", "numero"})
_COUNTING_ON = _NUMBERING | {"etapa", "fase", "talla"}
"""Said before a number that the names may have alone: *leche NAN 2*."""
_SURELY_CLIPPED = 5
"""Letters from which on a word of the list needs no full stop behind it."""
_CALIBRE, _MEDIUM, _FIFTEENTH, _YEARS = word_key("calibre"), word_key("mediano"), word_key("xv"), word_key("anos")
_SIGNS = {"-": "/", "a": "/", "/": "/", "por": "x", "*": "x"}
_INCHES = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64})


def as_named(tokens: Sequence[Token], own_words: Container[str]) -> tuple[Token, ...]:
    """Put the words of a message together that make up one word in the names of a shop (`own_words` are its keys)."""
    joined: list[Token] = []
    place = 0
    while place < len(tokens):
        pack = _closed_pack(tokens, place)
        whole, taken = (_written(pack, *tokens[place : place + 2]), 2) if pack else _word_at(tokens, place, own_words)
        joined.append(whole)
        place += taken
    return tuple(joined)


def _word_at(tokens: Sequence[Token], place: int, own_words: Container[str]) -> tuple[Token, int]:
    token = tokens[place]
    if token.text in COMPOUNDING and place + 1 < len(tokens) and tokens[place + 1].is_word:
        return _compound(tokens, place, own_words)
    if token.text in _TIMES:
        return _doubled(tokens, place, own_words)
    if token.text == "cal" and _CALIBRE in own_words and _follows_a_name(tokens, place, own_words):
        dotted = tokens[place + 1 : place + 2] and tokens[place + 1].text == "."
        at = place + 2 if dotted else place + 1
        if at < len(tokens) and tokens[at].kind == "number":
            return token.read_as("calibre"), at - place
    whole = CLIPPED.get(token.text) or NAME_ABBREVIATIONS.get(token.text)
    if whole and word_key(whole) in own_words and place + 1 < len(tokens) and tokens[place + 1].text == ".":
        return token.read_as(whole, tokens[place + 1].end), 2  # *codo hid. de media*
    if token.text in _COUNTING_ON:
        return _numbering(tokens, place, own_words)
    letter = _size_letter(tokens, place)
    if letter and word_key(letter) in own_words and tokens[place - 1].key in own_words:
        return token.read_as(letter), 1
    if token.text == "medio" and token.end - token.start == len("med") and _is_medium(tokens, place, own_words):
        return token.read_as("mediano"), 1
    if _FIFTEENTH in own_words and token.number == Decimal(15) and place and tokens[place - 1].text in LINKS:
        years = tokens[place + 1 : place + 2] and tokens[place + 1].key == _YEARS and _YEARS not in own_words
        fifteenth = _written("xv", token, tokens[place + 1] if years else token)
        return replace(fifteenth, key=_FIFTEENTH), 2 if years else 1
    return _measure_at(tokens, place, own_words)


def _closed_pack(tokens: Sequence[Token], place: int) -> str:
    """*un 12 pack de tecate* is one pack; *6 packs* are six, and *Tecate lata 12 pack* is a name."""
    token, following = tokens[place], tokens[place + 1 : place + 3]
    if [each.text for each in following[:1]] != ["pack"]:
        return ""
    count = 6 if token.text == "six" else token.number
    before = tokens[place - 1] if place else None
    counted = before is None or not before.is_word or before.number is not None
    linked = len(following) > 1 and following[1].text in LINKS
    known = PACK_BY_COUNT.get(int(count), "") if count is not None else ""
    return known if token.text == "six" or counted or linked else ""


def _compound(tokens: Sequence[Token], place: int, own_words: Container[str]) -> tuple[Token, int]:
    """*quita esmalte*, *porta retrato* where the shop writes *quitaesmalte*, *portarretrato*: nothing is taken away."""
    one, two = tokens[place], tokens[place + 1]
    doubled = f"{one.text}r{two.text}" if two.text.startswith("r") else ""
    for whole in (f"{one.text}{two.text}", doubled):
        if whole and (word_key(whole) in own_words or _is_sold(word_key(whole), own_words)):
            return one.read_as(whole, two.end), 2
    return one, 1


def _is_sold(key: str, own_words: Container[str]) -> bool:
    """Whether the shop has it by another name: *marca textos*, *resaltador*."""
    return any(all(word in own_words for word in name) for name in SYNONYMS.get((key,), ()))


def _follows_a_name(tokens: Sequence[Token], place: int, own_words: Container[str]) -> bool:
    """*cable cal 12*, but *cal 3 mortero 5*"""
    before = tokens[place - 1] if place else None
    return before is not None and before.is_word and before.key in own_words and before.key not in UNITS


def _doubled(tokens: Sequence[Token], place: int, own_words: Container[str]) -> tuple[Token, int]:
    """*pilas doble a*, *triple aaa*"""
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    letters = following[:1] * _TIMES[tokens[place].text]
    if letters in own_words and following in {letters[0], letters}:
        return _written(letters, tokens[place], tokens[place + 1]), 2
    return tokens[place], 1


def _numbering(tokens: Sequence[Token], place: int, own_words: Container[str]) -> tuple[Token, int]:
    """*pincel no. 6*, *lápiz número 2* as *#2*; a *no* without a full stop takes something back."""
    token = tokens[place]
    dotted = place + 1 < len(tokens) and tokens[place + 1].text == "."
    at = place + 2 if dotted else place + 1
    named = place > 0 and tokens[place - 1].key in own_words and token.key not in own_words
    if named and (dotted or token.text != "no") and at < len(tokens) and tokens[at].kind == "number":
        return replace(token, text="#", key="#", kind="sign"), at - place
    return token, 1


def _is_medium(tokens: Sequence[Token], place: int, own_words: Container[str]) -> bool:
    """*collar med* is a medium one, *med kilo* half a kilo."""
    described = place > 0 and tokens[place - 1].is_word and tokens[place - 1].text not in STOPWORDS
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    counts = following is not None and (following.key in UNITS or following.text in LINKS)
    return described and not counts and _MEDIUM in own_words


def _measure_at(tokens: Sequence[Token], place: int, own_words: Container[str]) -> tuple[Token, int]:
    """*5 por 1*, *80 20*, *21-25*, where a name has just these numbers."""
    one = tokens[place]
    if one.kind == "number" and one.text in own_words:
        return _written(one.text, one, one), 1
    first = one.number
    if first is None:
        return one, 1
    for taken in (2, 3):
        if place + taken > len(tokens):
            break
        last = tokens[place + taken - 1]
        signs = _SIGNS.get(tokens[place + 1].text, "") if taken > len(("80", "20")) else "/x"
        for measure in (f"{first}{sign}{last.number}" for sign in signs):
            if measure in own_words:
                return _written(measure, one, last), taken
    return one, 1


def _written(text: str, first: Token, last: Token) -> Token:
    return replace(first, text=text, key=text, kind="word", end=last.end, value=None)


def as_spoken(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Write a name's words out: *cal. 12* is the *calibre*, and *5x1* and *80/20* are one word."""
    spoken: list[Token] = []
    place = 0
    while place < len(tokens):
        token, following = tokens[place], tokens[place + 1 : place + 3]
        dotted = bool(following) and following[0].text == "."
        counted = following[dotted : dotted + 1]
        if token.text in _NUMBERING and counted and counted[0].kind == "number":
            pass  # *Lápiz No. 2* as *#2*
        elif token.text == "cal" and place and counted and counted[0].kind == "number":
            spoken.append(token.read_as("calibre"))
        elif _is_times(tokens[place : place + 3]):
            spoken.append(_written(f"{token.text}x{following[1].text}", token, following[1]))
            place += 2
        elif _is_ratio(token):
            spoken.append(_written(token.text, token, token))
        elif letter := _size_letter(tokens, place):
            spoken.append(token.read_as(letter))
        else:
            spoken.append(_unclipped(token, dotted=dotted))
        place += 1
    return tuple(spoken)


def in_full(name: str, description: str) -> str:
    """Write out what a name cuts short of its own description: *V. novia*, a *Vestido de novia*."""
    words = re.findall(r"\w+", description)

    def whole(cut: re.Match[str]) -> str:
        short = flatten(cut[1])
        return next((word for word in words if flatten(word).startswith(short) and len(word) > len(short)), cut[0])

    return _CUT.sub(whole, name) if "." in name else name


def _size_letter(tokens: Sequence[Token], place: int) -> str:
    """*Tena Slip G* is the large one, *500 g* are grams."""
    before = tokens[place - 1] if place else None
    named = before is not None and before.is_word and before.text not in STOPWORDS
    return _LETTERS.get(tokens[place].text, "") if named else ""


def _unclipped(token: Token, *, dotted: bool) -> Token:
    whole = CLIPPED.get(token.text) if dotted or len(token.text) >= _SURELY_CLIPPED else None
    return token.read_as(whole) if whole else token


def _is_times(tokens: Sequence[Token]) -> bool:
    """*5x1*, *90x120*, *2 x 3*"""
    if [token.kind for token in tokens] != ["number", "word", "number"] or tokens[1].text != "por":
        return False
    return tokens[1].end - tokens[1].start == len("x") and all(token.text.isdigit() for token in tokens[::2])


def _is_ratio(token: Token) -> bool:
    """*80/20*, *21/25*: neither inches nor a part of anything."""
    above, _, below = token.text.partition("/")
    if token.kind != "number" or not (above.isdigit() and below.isdigit()):
        return False
    return int(above) >= int(below) or int(below) not in _INCHES
