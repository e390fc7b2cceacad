"""The words of one line read into products, wishes, and what the shop does not have."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from marchante.understanding.lexicon.attributes import COLORS, LARGE, SIZE_WORDS, SMALL, WISH_STARTS, WISHES
from marchante.understanding.lexicon.fillers import COURTESY, REASONS, TALK, VERBS_OF_TALK
from marchante.understanding.lexicon.goods import GOODS, MATERIALS
from marchante.understanding.lexicon.words import LINKS, PACKAGING, STOPWORDS
from marchante.understanding.lookup import Lookup, names_a_product
from marchante.understanding.matching import Choice, Group, Outcome, Word, choose, differs_in_color, narrow_by_size_word
from marchante.understanding.sizes import Size
from marchante.understanding.tokens import Token

_CHATTER = COURTESY | TALK | VERBS_OF_TALK
_QUALIFYING = frozenset({"", "de", "del", "sabor", "a", "tipo", "marca"})
_PURPOSE = frozenset({"para", "en", "por"})


class Verdict(Enum):
    """What a reading is."""

    PRODUCT = auto()
    """`choice` holds the product or the products to ask about."""
    ELLIPTIC = auto()
    """Only adjectives or sizes: *la roja*, *una de 2*; the noun stands elsewhere."""
    UNKNOWN = auto()
    """A thing the shop does not have."""
    NOTHING = auto()
    """Talk, or no words at all."""


@dataclass(slots=True)
class Reading:
    """One thing read from a line; `first`/`last` are token positions of its phrase, `notes` spans of token positions."""

    verdict: Verdict
    first: int = 0
    last: int = -1
    choice: Choice = field(default_factory=lambda: Choice(Outcome.NONE))
    group: Group = field(default_factory=Group)
    notes: list[tuple[int, int]] = field(default_factory=list)
    sure: bool = False
    """An UNKNOWN whose words are known to be goods."""


def read_phrase(positions: Sequence[int], sizes: Sequence[Size], tokens: Sequence[Token], lookup: Lookup) -> list[Reading]:
    """Read the words of a line, given by token position, with the sizes said among them."""
    return _PhraseReader(positions, sizes, tokens, lookup).read()


class _PhraseReader:
    def __init__(self, positions: Sequence[int], sizes: Sequence[Size], tokens: Sequence[Token], lookup: Lookup) -> None:
        self._positions = positions
        self._sizes = sizes
        self._tokens = tokens
        self._lookup = lookup
        self._readings: list[Reading] = []
        self._reset()

    def _reset(self) -> None:
        self._group = Group()
        self._leading: list[int] = []
        self._lead_link = ""
        self._conflicts: list[int] = []
        self._size_words: list[int] = []
        self._notes: list[tuple[int, int]] = []
        self._link = ""

    def read(self) -> list[Reading]:
        place = 0
        while place < len(self._positions):
            place = self._step(place)
        self._finish()
        if not self._readings:
            return [Reading(Verdict.NOTHING)]
        return self._readings

    def _step(self, place: int) -> int:
        at = self._positions[place]
        token = self._tokens[at]
        if token.text in REASONS:
            return len(self._positions)
        if token.text in STOPWORDS or not token.is_word:
            return self._small_word(place, token)
        contiguous = [self._tokens[each] for each in self._positions[place:]]
        hits, taken = self._lookup.phrase(contiguous)
        if taken and self._take(Word(tuple(each.key for each in contiguous[:taken]), tuple(self._positions[place : place + taken]), hits)):
            self._link = ""
            return place + taken
        hits = self._lookup.hits(token)
        if hits and self._link != "sin" and self._take(Word((token.key,), (at,), hits)):
            self._link = ""
            return place + 1
        return self._unfit(place, token)

    def _small_word(self, place: int, token: Token) -> int:
        if token.text in WISH_STARTS - LINKS and self._group.anchored() and self._wish_follows(place, token.text):
            return self._note(place)
        if token.text in LINKS or token.text in {"para", "con", "sin", "en", "sabor", "a", "por", "tipo"}:
            self._link = token.text
        return place + 1

    def _wish_follows(self, place: int, start: str) -> bool:
        following = [self._tokens[each] for each in self._positions[place + 1 : place + 4]]
        if not following:
            return False
        if start in {"sin", "con"}:
            first = next((token for token in following if token.text not in STOPWORDS), None)
            return first is not None and not self._narrows(first) and first.key not in _CHATTER
        return any(token.key in WISHES for token in following) or (start in {"bien", "muy"})

    def _narrows(self, token: Token) -> bool:
        return bool(self._group.places & self._lookup.hits(token).keys())

    def _take(self, word: Word) -> bool:
        if self._group.accept(word):
            return True
        if not names_a_product(word.hits):
            return False
        if self._group.anchored() and self._link in {"de", "del", "sabor", "tipo", "para", "con", "sin", "en"}:
            return False
        if self._group.anchored():
            self._finish()
        else:
            self._leading.extend(at for each in self._group.words for at in each.at)
            self._group = Group()
            self._lead_link = self._link
        return self._group.accept(word)

    def _unfit(self, place: int, token: Token) -> int:
        at, link = self._positions[place], self._link
        self._link = ""
        anchored = self._group.anchored()
        if token.key in SIZE_WORDS and token.key in (SMALL | LARGE) | SIZE_WORDS:
            self._size_words.append(at)
            return place + 1
        if token.key in COLORS:
            if anchored and any(differs_in_color(each, token.key, self._lookup.index) for each in anchored):
                self._conflicts.append(at)
            return place + 1
        if token.key in WISHES:
            return self._note(place) if anchored else place + 1
        if token.key in PACKAGING or token.key in _CHATTER:
            return place + 1
        if not anchored:
            self._leading.append(at)
        elif link == "con" or (link == "sin" and not self._conflicts):
            return self._note(place)
        elif link in _QUALIFYING:
            self._conflicts.append(at)
        return place + 1

    def _note(self, place: int) -> int:
        """A wish runs to the end of the words, or to the next thing that can be bought."""
        end = place
        while end < len(self._positions):
            token = self._tokens[self._positions[end]]
            if token.text in REASONS or token.key in COURTESY:
                break
            previous = self._tokens[self._positions[end - 1]].text if end > place else "-"
            hits = self._lookup.hits(token)
            if previous not in STOPWORDS and end > place and names_a_product(hits) and not self._narrows(token):
                break
            end += 1
        start = place
        while start > 0 and self._tokens[self._positions[start - 1]].text in {"bien", "muy", "pero", "con", "sin", "no", "mas"}:
            start -= 1
        if end > start:
            self._notes.append((self._positions[start], self._positions[end - 1]))
        return max(end, place + 1)

    def _finish(self) -> None:
        group = self._group
        if group.anchored():
            self._product(group)
        elif group.words:
            self._loose(group)
        elif self._leading:
            self._missing(self._leading + self._conflicts)
        elif self._size_words or self._sizes:
            at = self._size_words or [0]
            self._readings.append(Reading(Verdict.ELLIPTIC, at[0], at[-1], notes=self._notes))
        self._reset()

    def _product(self, group: Group) -> None:
        at = sorted(each for word in group.words for each in word.at)
        leads = [each for each in self._leading if self._is_goods(each)]
        if self._leading and self._lead_link in {"de", "del", "para"}:
            self._missing([*self._leading, *at, *self._conflicts], sure=bool(leads))
            return
        if leads:
            self._missing(leads, sure=True)
        choice = choose(group, self._sizes, self._lookup.index)
        if choice.outcome is Outcome.SEVERAL and self._size_words:
            keys = frozenset(self._tokens[each].key for each in self._size_words)
            choice = narrow_by_size_word(choice, keys, self._lookup.index)
        if self._conflicts or choice.outcome is Outcome.WRONG_SIZE:
            self._missing([*at, *self._conflicts], sure=True)
            return
        span = [*at, *self._size_words]
        notes = self._notes
        if choice.outcome is Outcome.ONE:
            notes = [*((each, each) for each in self._size_words), *notes]
        self._readings.append(Reading(Verdict.PRODUCT, min(span), max(span), choice, group, notes))

    def _loose(self, group: Group) -> None:
        at = sorted(each for word in group.words for each in word.at)
        goods = [each for each in at if self._is_goods(each)]
        if self._leading or goods:
            self._missing([*self._leading, *at, *self._conflicts], sure=bool(goods))
            return
        self._readings.append(Reading(Verdict.ELLIPTIC, at[0], at[-1], group=group, notes=self._notes))

    def _missing(self, at: Sequence[int], *, sure: bool = False) -> None:
        found = sorted(at)
        sure = sure or any(self._is_goods(each) for each in found)
        first, last = found[0], max([*found, *(each for each in self._size_words if each > found[0])])
        self._readings.append(Reading(Verdict.UNKNOWN, first, last, sure=sure, notes=self._notes))

    def _is_goods(self, at: int) -> bool:
        return self._tokens[at].key in GOODS | MATERIALS
