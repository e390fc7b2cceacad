"""Which products a phrase names: all its words must fit, then the plain variant wins, or the shop asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from marchante.understanding.domain import Match
from marchante.understanding.index import CatalogIndex, Entry
from marchante.understanding.lexicon.attributes import (
    LARGE,
    MIDDLE,
    PLAIN,
    PLAIN_OF_HEAD,
    SERVICES,
    SIZE_WORDS,
    SMALL,
    SPECIAL,
)
from marchante.understanding.lexicon.words import PACKAGING, UNITS
from marchante.understanding.lookup import Hits, Lookup
from marchante.understanding.normalize import other_gender
from marchante.understanding.product_names import NameForm, Role
from marchante.understanding.sizes import Size
from marchante.understanding.tokens import tokenize

SIZE_ASKED = "the size asked for"
MAX_CANDIDATES = 10
"""A WhatsApp list shows at most ten rows."""
_SMALL_MIDDLE_LARGE = 3
_CLOSED_PACK = 6
_NEUTRAL = PLAIN | PACKAGING | SERVICES | SIZE_WORDS | UNITS.keys()


@dataclass(frozen=True, slots=True)
class Word:
    """One or more tokens read as one name; `at` are their positions in the message."""

    keys: frozenset[str]
    at: tuple[int, ...]
    hits: Hits
    anchors: bool = True
    """Whether it may name the thing; what comes after *con* or *para* only narrows."""


@dataclass(slots=True)
class Group:
    """Words that fit one product together."""

    words: list[Word] = field(default_factory=list)
    places: set[int] = field(default_factory=set)

    def accept(self, word: Word) -> bool:
        """Take a word in if some product has it beside all the others."""
        common = self.places & word.hits.keys() if self.words else set(word.hits)
        if not common:
            return False
        self.words.append(word)
        self.places = common
        return True

    def anchored(self) -> set[int]:
        """Products that at least one of the words can name by itself, those named by their head before others."""
        naming = [word for word in self.words if word.anchors]
        best = {place: max((word.hits[place].role for word in naming), default=Role.ABOUT) for place in self.places}
        named = {place: role for place, role in best.items() if role >= Role.KIND}
        heads = {place for place, role in named.items() if role is Role.HEAD}
        return heads or set(named)

    def forms(self) -> set[int]:
        """Products that come in the form named, where no word says what they are: *3 sobres*."""
        return {place for place in self.places if any(word.hits[place].role is Role.FORM for word in self.words)}

    def kinds(self) -> set[int]:
        """Products whose description says they are of the kind named, though their names do not."""
        return {place for place in self.places if any(word.hits[place].role is Role.KIND for word in self.words)}

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for word in self.words for key in word.keys)

    def score(self, place: int) -> float:
        """How surely the words stand in a product, 0 to 1."""
        return sum(word.hits[place].score if place in word.hits else 0.5 for word in self.words) / len(self.words)


class Outcome(Enum):
    """What came of a phrase."""

    ONE = auto()
    SEVERAL = auto()
    WRONG_SIZE = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """The products a group of words comes down to."""

    outcome: Outcome
    places: tuple[int, ...] = ()
    score: float = 0.0
    reason: str = ""


def choose(group: Group, sizes: Sequence[Size], index: CatalogIndex) -> Choice:
    """Decide between the products all the words fit."""
    places = group.anchored() or group.forms()
    if not places:
        return Choice(Outcome.NONE)
    places = _nearest(group, places)
    places = _beyond_description(group, places)
    sized = _of_size(places, sizes, index)
    if not sized:
        return Choice(Outcome.WRONG_SIZE, _ordered(group, places))
    relative = group.keys & SIZE_WORDS
    if len(sized) == 1:
        alike = _of_size(sized | group.kinds(), sizes, index)
        if (
            len(alike) > 1
            and not _named_exactly(group, sized, sizes, index)
            and _marks(index.entries[min(sized)], group.keys)
        ):
            return Choice(
                Outcome.SEVERAL, _ordered(group, alike)[:MAX_CANDIDATES], reason="others are of that kind too"
            )
        return _one(group, sized, "the only one of its kind")
    exact = _named_exactly(group, sized, sizes, index)
    if len(exact) == 1 and not _leaves_others(exact, sized, sizes, index):
        return _one(group, exact, "its very name")
    plain = _plainest(group, exact if len(exact) > 1 else sized, index)
    if len(plain) > 1 and relative:
        plain = _relative(plain, relative - _in_every_name(plain, index), index)
    if len(plain) == 1:
        return _one(group, plain, "the plain variant")
    return Choice(Outcome.SEVERAL, _ordered(group, plain)[:MAX_CANDIDATES], reason="several variants")


def _nearest(group: Group, places: set[int]) -> set[int]:
    """Leave out products that fit a word only by its description or far less surely than others."""
    best = max(group.score(place) for place in places)
    near = {place for place in places if group.score(place) > best - 0.04}
    named = {place for place in near if all(word.hits[place].role > Role.ABOUT for word in group.words)}
    return named or near


def _beyond_description(group: Group, places: set[int]) -> set[int]:
    """Where only a description leaves one product, the others that the names leave are asked about too."""
    if len(places) > 1:
        return places
    (place,) = places
    named = [word for word in group.words if word.hits[place].role > Role.ABOUT]
    if len(named) == len(group.words) or not named:
        return places
    wider = Group()
    for word in named:
        wider.accept(word)
    return _nearest(wider, wider.anchored()) if wider.anchored() else places


def _of_size(places: set[int], sizes: Sequence[Size], index: CatalogIndex) -> set[int]:
    fitting = set(places)
    for said in sizes:
        exact = {place for place in fitting if any(size.fits(said) for size in index.entries[place].sizes)}
        if exact:
            fitting = exact
            continue
        unsized = {place for place in fitting if _leaves_size_open(index.entries[place], said)}
        fitting = unsized
    return fitting


def _leaves_size_open(entry: Entry, said: Size) -> bool:
    return not any(
        size.unit == said.unit or not said.unit or not size.unit or _same_kind(size, said) for size in entry.sizes
    )


def _same_kind(one: Size, two: Size) -> bool:
    return any(
        (mine is None) == (theirs is None) and mine is not None
        for mine, theirs in ((one.kilos, two.kilos), (one.litres, two.litres), (one.metres, two.metres))
    )


def _named_exactly(group: Group, places: set[int], sizes: Sequence[Size], index: CatalogIndex) -> set[int]:
    found = set()
    for place in places:
        for form in index.entries[place].forms:
            keys = frozenset(form.keys)
            named = keys <= group.keys and all(word.keys & keys for word in group.words)
            if named and (not form.sizes or not sizes or _all_fit(form, sizes)):
                found.add(place)
    return found


def _all_fit(form: NameForm, sizes: Sequence[Size]) -> bool:
    return all(any(size.fits(said) for size in form.sizes) for said in sizes)


def _plainest(group: Group, places: set[int], index: CatalogIndex) -> set[int]:
    """Drop the products that say more than another does without having been asked for it."""
    said = group.keys
    marks = {place: _marks(index.entries[place], said) for place in places}
    special = {place for place, extra in marks.items() if extra & SPECIAL}
    if len(special) < len(places):
        places = places - special
    shared = frozenset.intersection(*(marks[place] for place in places))
    lean = {place: marks[place] - shared for place in places}
    return {place for place in places if not any(lean[other] < lean[place] for other in places)}


def _leaves_others(exact: set[int], places: set[int], sizes: Sequence[Size], index: CatalogIndex) -> bool:
    """*camarón* is not the *Camarón U15* where there are small and large ones."""
    (place,) = exact
    if sizes or not index.entries[place].forms[0].sizes:
        return False
    others = (frozenset(index.entries[other].forms[0].keys) for other in places - exact)
    return any(keys & SIZE_WORDS for keys in others)


def _head(form: NameForm) -> str:
    return form.keys[form.roles.index(Role.HEAD)] if Role.HEAD in form.roles else ""


def _marks(entry: Entry, said: frozenset[str]) -> frozenset[str]:
    """What the best fitting of a product's names says beyond the customer's words, neutral words left out."""
    best: frozenset[str] | None = None
    for form in entry.forms:
        keys = frozenset(form.keys)
        if best is not None and not said & keys:
            continue
        extra = keys - said - _NEUTRAL - PLAIN_OF_HEAD.get(_head(form), frozenset())
        if entry.pack_count and entry.pack_count >= _CLOSED_PACK:
            extra |= {"closed pack"}
        if best is None or len(extra) < len(best):
            best = extra
    return best or frozenset()


def _in_every_name(places: set[int], index: CatalogIndex) -> frozenset[str]:
    """*Topo Chico* is not small."""
    return frozenset.intersection(*(frozenset(index.entries[place].forms[0].keys) for place in places))


def _relative(places: set[int], words: frozenset[str], index: CatalogIndex) -> set[int]:
    """*grande* and *chico* of two or three sizes of the same thing."""
    by_size = sorted(places, key=lambda place: _largest(index.entries[place]))
    measured = [_largest(index.entries[place]) for place in by_size]
    if len(set(measured)) != len(by_size) or measured[0] == 0 or len(by_size) > _SMALL_MIDDLE_LARGE:
        return places
    if words & LARGE:
        return {by_size[-1]}
    if words & SMALL:
        return {by_size[0]}
    if words & MIDDLE and len(by_size) == _SMALL_MIDDLE_LARGE:
        return {by_size[1]}
    return places


def narrow_by_size_word(choice: Choice, words: frozenset[str], index: CatalogIndex) -> Choice:
    """Apply *grande* or *chico* to products whose names do not say it but whose sizes differ."""
    left = _relative(set(choice.places), words, index)
    if len(left) == 1:
        return Choice(Outcome.ONE, tuple(left), choice.score, SIZE_ASKED)
    return choice


def _largest(entry: Entry) -> float:
    return max((float(size.kilos or size.litres or size.metres or size.value) for size in entry.sizes), default=0.0)


def _one(group: Group, places: set[int], reason: str) -> Choice:
    (place,) = places
    return Choice(Outcome.ONE, (place,), group.score(place), reason)


def _ordered(group: Group, places: set[int]) -> tuple[int, ...]:
    return tuple(sorted(places, key=lambda place: (-group.score(place), place)))


def states_another(place: int, said: str, among: frozenset[str], index: CatalogIndex) -> bool:
    """Tell whether a product's name states another colour, or another size, than the customer's."""
    stated = frozenset(index.entries[place].forms[0].keys) & among
    return bool(stated) and not stated & {said, other_gender(said)}


def search(text: str, index: CatalogIndex, limit: int = MAX_CANDIDATES) -> tuple[Match, ...]:
    """Return the products that best fit a name typed into any list, best first."""
    lookup = Lookup(index)
    words = [hits for token in tokenize(text) if (hits := lookup.hits(token))]
    scores: dict[int, float] = {}
    for hits in words:
        for place, hit in hits.items():
            scores[place] = scores.get(place, 0.0) + hit.score * (1 + hit.role) / (1 + Role.HEAD)
    best = sorted(scores, key=lambda place: (-scores[place], place))[:limit]
    return tuple(Match(index.products[place], round(min(1.0, scores[place] / len(words)), 3)) for place in best)
