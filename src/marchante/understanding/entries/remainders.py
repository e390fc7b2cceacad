"""Variants told apart by what is said between them and the next thing, be it in a clause of its own.

*un mantel como para diez personas*, *30 kilos de hielo, en bolsas de 15*, *un resistol, pero del chico*
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marchante.understanding.entries.entries import Entry
from marchante.understanding.lexicon.attributes import SIZE_WORDS
from marchante.understanding.lexicon.fillers import COURTESY
from marchante.understanding.lexicon.words import CONNECTIVES, LINKS, PACKAGING, STOPWORDS, THE, UNITS
from marchante.understanding.normalize import word_key
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.shop.matching import Outcome
from marchante.understanding.shop.product_names import Role
from marchante.understanding.shop.variants import by_relative_size
from marchante.understanding.words.numerals import number_at
from marchante.understanding.words.sizes import PERSONS, Size
from marchante.understanding.words.tokens import Token

_ENDS = frozenset("\n.;?")
_BEFORE_A_SIZE = LINKS | {"a", "para", "numero", "num"}
_HAVING = frozenset({"tiene", "tienen", "trae", "traen", "lleva", "llevan", "es", "son"})
_BEFORE_A_WORD = LINKS | _HAVING | THE | {"para"}
_OF_BOXES = PACKAGING | UNITS.keys()
_TELLING = LINKS | _HAVING
_LEADING = _TELLING | THE | {"que", "pero", "sea", "sean"}
_RULED_OUT = frozenset({"no", "ni", "menos"})
_TAKEN_UP = frozenset({"sino", "mejor", "pero"})
_REACH = 4
_REASON = "told apart by what was said after it"
_EATERS = frozenset({PERSONS, *map(word_key, ("gentes", "invitados", "comensales", "ninos", "puestos"))})


@dataclass(frozen=True, slots=True)
class _Told:
    """Which of the candidates a word or a size is said of, and where it was said."""

    places: frozenset[int]
    at: range


def narrow_by_the_rest(entries: list[Entry], tokens: Sequence[Token], lookup: Lookup) -> frozenset[int]:
    """Keep of several products those of which all holds that was said before the next thing; gives where that stood."""
    read: set[int] = set()
    _put_together(entries, tokens)
    for entry in entries:
        if entry.known and entry.reading.choice.outcome is Outcome.SEVERAL:
            read.update(_Remainder(entry, entries, tokens, lookup).narrow())
    entries[:] = [entry for entry in entries if not (_is_a_box(entry, tokens) and read.intersection(entry.positions))]
    return frozenset(read)


def _is_a_box(entry: Entry, tokens: Sequence[Token]) -> bool:
    """*carbón, la bolsa de 4*: packaging by itself, be there ice in such bags."""
    if entry.known:
        pointed = tokens[entry.reading.first - 1].text in LINKS | THE
        return entry.amount is None and pointed and entry.reading.group.keys <= PACKAGING
    said = (tokens[at] for at in entry.positions)
    return all(each.key in _OF_BOXES or not each.is_word or each.text in STOPWORDS for each in said)


def _put_together(entries: list[Entry], tokens: Sequence[Token]) -> None:
    """*café molido, en bolsa de 500*, *pechuga de la que tiene hueso*: no other thing, but which of them."""
    for place in range(len(entries) - 2, -1, -1):
        entry, after = entries[place], entries[place + 1]
        several = entry.reading.choice.places
        told_apart = any(
            each.known and set(each.reading.choice.places) <= set(several) for each in entries[place + 2 :]
        )
        if entry.reading.choice.outcome is not Outcome.SEVERAL or told_apart or not after.known:
            continue
        if after.amount is not None or entry.op != after.op:
            continue
        places = tuple(at for at in several if at in after.reading.choice.places)
        boxed = after.reading.group.keys <= PACKAGING
        if places and len(places) < len(several) and (boxed or _describes(entry, after, tokens)):
            entry.reading.choice = entry.reading.choice.narrowed_to(places, _REASON)
            del entries[place + 1]


def _describes(entry: Entry, after: Entry, tokens: Sequence[Token]) -> bool:
    """*2 cintas, de la Truper*, *un vestido, es de novia*; of two things *el de novia* is but one."""
    said = [token.text for token in tokens[entry.reading.last + 1 : after.reading.first]]
    words = [text for text in said if text != ","]
    if len(words) < len(said) - 1 or not words or not _LEADING.issuperset(words):
        return False
    many = entry.amount is not None and entry.amount.value > 1
    inside = set(after.reading.choice.places) <= set(entry.reading.choice.places)  # *alitas, las bbq*
    return (inside or bool(_TELLING.intersection(words))) and not (many and words[0] in {"el", "la"})


class _Remainder:
    """What follows one thing that was named."""

    def __init__(self, entry: Entry, entries: Sequence[Entry], tokens: Sequence[Token], lookup: Lookup) -> None:
        self._entry = entry
        self._tokens = tokens
        self._lookup = lookup
        self._places = set(entry.reading.choice.places)
        self._span = range(entry.reading.last + 1, self._end(entries))

    def narrow(self) -> Iterator[int]:
        """Leave of the candidates those that fit; gives the positions that told so."""
        found = [(told, self._is_ruled_out(told.at.start)) for told in self._told()]
        if self._entry.amount is None and any(ruled_out for _, ruled_out in found):
            return  # *del carbón que sea la bolsa de 8, no la de 4*: rather a swap
        for told, ruled_out in found:
            kept = self._places - told.places if ruled_out else self._places & told.places
            if kept and kept != self._places:
                self._places = kept
                self._drop_notes(told.at)
                yield from told.at
        choice = self._entry.reading.choice
        if len(self._places) < len(choice.places):
            places = (place for place in choice.places if place in self._places)
            self._entry.reading.choice = choice.narrowed_to(places, _REASON)

    def _drop_notes(self, at: range) -> None:
        """What tells which one is no wish."""
        self._entry.notes = [note for note in self._entry.notes if not note[0] <= at.start <= note[1] + 1]

    def _end(self, entries: Sequence[Entry]) -> int:
        """Where the next thing begins, with its amount, or the sentence ends."""
        last = self._entry.reading.last
        starts = [
            start
            for other in entries
            if other is not self._entry and not _is_a_box(other, self._tokens)
            for start in (other.reading.first, other.amount.start if other.amount else other.reading.first)
            if start > last
        ]
        signs = (at for at in range(last + 1, len(self._tokens)) if self._tokens[at].text in _ENDS)
        return min([*starts, next(signs, len(self._tokens))])

    def _told(self) -> Iterator[_Told]:
        counted = self._entry.amount
        for at in self._span:
            if counted is not None and counted.start <= at < counted.end:
                continue
            told = self._size_at(at) or self._word_at(at)
            if told is not None and told.places:
                yield told

    def _size_at(self, at: int) -> _Told | None:
        value, end, _ = number_at(self._tokens, at)
        if value is None:
            return None
        following = self._tokens[end] if end < len(self._tokens) else None
        if following is not None and following.key in _EATERS:
            return _Told(self._of_size(Size(value, PERSONS)), range(at, end + 1))
        if self._tokens[at - 1].text not in _BEFORE_A_SIZE:
            return None
        unit = UNITS.get(following.key, "") if following is not None and following.is_word else ""
        if not unit and not self._closes(end):
            return None
        return _Told(self._of_size(Size(value, unit)), range(at, end + bool(unit)))

    def _closes(self, end: int) -> bool:
        if end >= len(self._tokens):
            return True
        following = self._tokens[end]
        return following.kind == "sign" or following.text in CONNECTIVES | STOPWORDS or following.key in COURTESY

    def _of_size(self, said: Size) -> frozenset[int]:
        entries = self._lookup.index.entries
        return frozenset(at for at in self._places if entries[at].comes_in(said))

    def _word_at(self, at: int) -> _Told | None:
        token = self._tokens[at]
        if not token.is_word or token.text in STOPWORDS or self._tokens[at - 1].text not in _BEFORE_A_WORD:
            return None
        if token.key in PACKAGING:
            return None
        hits = self._lookup.hits(token)
        places = frozenset(p for p in self._places if p in hits and hits[p].role > Role.ABOUT)
        if not places and token.key in SIZE_WORDS:
            places = frozenset(by_relative_size(self._places, frozenset({token.key}), self._lookup.index))
        return _Told(places, range(at, at + 1))

    def _is_ruled_out(self, at: int) -> bool:
        """*no de camarón, de las de pollo*, *de 8, no la de 4*"""
        for before in range(at - 1, max(self._span.start, at - _REACH) - 1, -1):
            text = self._tokens[before].text
            if text in _RULED_OUT:
                return True
            if text not in STOPWORDS | _BEFORE_A_WORD or text in _TAKEN_UP:
                return False
        return False
