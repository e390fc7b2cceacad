"""Which products a phrase names: all its words must fit, then the plain variant wins, or the shop asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from marchante.understanding.lexicon.attributes import SIZE_WORDS
from marchante.understanding.shop.fitting import of_size
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.lookup import Found, Hits
from marchante.understanding.shop.product_names import NameForm, Role, is_measure, is_number_of_name
from marchante.understanding.shop.variants import (
    by_relative_size,
    in_every_name,
    leaves_others,
    marks_of,
    of_standard_size,
    plainest,
    special,
)
from marchante.understanding.shop.vessels import VESSELS, in_the_state_asked
from marchante.understanding.words.sizes import Size

PLAIN_VARIANT = "the plain variant"
ITS_NAME = "its very name"
MAX_CANDIDATES = 10
"""A WhatsApp list shows at most ten rows."""


@dataclass(frozen=True, slots=True)
class Word:
    """One or more tokens read as one name; `at` are their positions in the message."""

    keys: frozenset[str]
    at: tuple[int, ...]
    hits: Hits
    anchors: bool = True
    """Whether it may name the thing; what comes after *con* or *para* only narrows."""
    settles: bool = True
    """Whether a description that has it tells which one: not how it is to be, nor what it is for."""
    called: frozenset[int] = frozenset()
    """Products of which this is the full name."""

    def role_in(self, place: int) -> Role:
        """How it stands in a product: only told of where it does not stand in it at all."""
        return self.hits[place].role if place in self.hits else Role.ABOUT


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

    def part(self, parts: Sequence[tuple[int, Found]]) -> None:
        """Put the single words of a full name in its place, those that stand in all the products it may name."""
        whole = self.words.pop()
        words = [
            replace(whole, keys=found.keys, at=(at,), hits=found.hits)
            for at, found in parts
            if found.hits.keys() >= self.places
        ]
        if not words:
            self.words.append(whole)
            return
        self.words.extend([replace(words[0], at=whole.at), *words[1:]])

    def called(self) -> set[int]:
        """Products named in full."""
        return {place for word in self.words for place in word.called} & self.places

    def anchored(self) -> set[int]:
        """Products that at least one of the words can name by itself, those named by their head before others."""
        named = self._naming()
        heads = {place for place, role in named.items() if role is Role.HEAD}
        return heads or set(named)

    def named(self) -> set[int]:
        """Products that at least one of the words can name, by their head or by what they are of."""
        return set(self._naming())

    def _naming(self) -> dict[int, Role]:
        naming = [word for word in self.words if word.anchors]
        best = {place: max((word.role_in(place) for word in naming), default=Role.ABOUT) for place in self.places}
        return {place: role for place, role in best.items() if role >= Role.TOLD}

    def forms(self) -> set[int]:
        """Products that come in the form named, where no word says what they are: *3 sobres*."""
        return {place for place in self.places if any(word.role_in(place) is Role.FORM for word in self.words)}

    def kinds(self) -> set[int]:
        """Products whose description says they are of the kind named, though their names do not."""
        return {place for place in self.places if any(word.role_in(place) is Role.TOLD for word in self.words)}

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

    @property
    def found(self) -> bool:
        return self.outcome in (Outcome.ONE, Outcome.SEVERAL)

    def narrowed_to(self, places: Iterable[int], reason: str) -> "Choice":
        """Found as surely, but some of the products only."""
        left = tuple(places)
        return Choice(Outcome.ONE if len(left) == 1 else Outcome.SEVERAL, left, self.score, reason)


NOTHING = Choice(Outcome.NONE)


def choose(
    group: Group, sizes: Sequence[Size], index: CatalogIndex, size_words: frozenset[str] = frozenset()
) -> Choice:
    """Decide between the products all the words fit; `size_words` are those no name has (*garrafón chico*)."""
    places = group.anchored() or group.forms()
    if not places:
        return Choice(Outcome.NONE)
    places = in_the_state_asked(of_size(places, sizes, index) or places, group.keys, index.vessels)
    if size_words:
        places = _of_relative_size(group, places, sizes, size_words, index)
        group = Group(group.words, set(places))
    described = _nearest(group, places)
    places = _beyond_description(group, described)
    choice = _among(group, places, sizes, index, usual=not size_words)
    if choice.outcome is Outcome.ONE and not described & set(choice.places):
        both = tuple(sorted(described | set(choice.places)))
        return Choice(Outcome.SEVERAL, both[:MAX_CANDIDATES], reason="the description tells, not the name")
    return choice


def _of_relative_size(
    group: Group, places: set[int], sizes: Sequence[Size], size_words: frozenset[str], index: CatalogIndex
) -> set[int]:
    """The large or the small ones of the plain kind, or else of any that is nothing special."""
    fitting = of_size(places, sizes, index) or places
    ordinary = fitting - special(fitting, group.keys, index) or fitting
    halves_count = ordinary <= index.vessels.keys()  # *garrafón chico* is the *medio garrafón*
    plain = set() if halves_count else by_relative_size(plainest(group.keys, ordinary, index), size_words, index)
    return plain or by_relative_size(ordinary, size_words, index) or places


def _among(group: Group, places: set[int], sizes: Sequence[Size], index: CatalogIndex, *, usual: bool) -> Choice:
    """Decide by size, by the very name, by what is plain; `usual` where no size was spoken of."""
    sized = of_size(places, sizes, index)
    if not sized:
        return Choice(Outcome.WRONG_SIZE, _ordered(group, places))
    if usual and not sizes:
        brought = VESSELS if sized <= index.vessels.keys() and not group.keys & VESSELS else frozenset()
        sized = of_standard_size(sized, group.keys | brought, index)
    called = group.called() & sized
    if len(called) == 1:
        return _one(group, called, ITS_NAME)
    relative = group.keys & SIZE_WORDS
    if len(sized) == 1:
        return _single(group, sized, sizes, index)
    exact = _named_exactly(group, sized, sizes, index)
    if len(exact) == 1 and not leaves_others(exact, sized, sizes, index):
        return _one(group, exact, ITS_NAME)
    plain = plainest(group.keys, exact if len(exact) > 1 else sized, index)
    if len(exact) == 1:
        plain |= {place for place in sized if not index.entries[place].sizes} - special(sized, group.keys, index)
    if len(plain) > 1 and relative:
        plain = by_relative_size(plain, relative - in_every_name(plain, index), index) or plain
    sized_so = not (relative or sizes) and _says_a_size(plain, group.keys | in_every_name(sized, index), index)
    open_too = sized - special(sized, group.keys, index) if sized_so else set()
    if len(plain) == 1 and open_too <= plain:
        return _one(group, plain, PLAIN_VARIANT)
    if len(plain) == 1:
        plain |= open_too
    return _several(group, plain, "several variants")


def _says_a_size(plain: set[int], said: frozenset[str], index: CatalogIndex) -> bool:
    """*platos* are not the *Platos chicos* where there are *Platos pasteleros*."""
    return any(frozenset(index.entries[place].forms[0].keys) & SIZE_WORDS - said for place in plain)


def _single(group: Group, sized: set[int], sizes: Sequence[Size], index: CatalogIndex) -> Choice:
    """Take the only product named, unless others are of that kind or may be called so."""
    if sized <= index.vessels.keys():
        return _one(group, sized, "the one brought that way")
    alike = of_size(_nearest(group, sized | group.kinds()), sizes, index)
    if (
        len(alike) > 1
        and not _named_exactly(group, sized, sizes, index)
        and marks_of(index.entries[min(sized)], group.keys)
    ):
        return _several(group, alike, "others are of that kind too")
    siblings = of_size(sized | _called_alike(group, index), sizes, index)
    if len(siblings) > 1:
        return _several(group, siblings, "others begin so too")
    named = of_size(_nearest(group, group.named() or sized), sizes, index)
    marked = marks_of(index.entries[min(sized)], group.keys) and not _named_exactly(group, sized, sizes, index)
    (head,) = (index.entries[at].forms[0].head for at in sized)
    part_of_all = all(head in index.entries[at].forms[0].keys for at in named)  # *muslo* of *Pierna y muslo*
    if len(named) > 1 and marked and not (part_of_all and plainest(group.keys, named, index) == sized):
        return _several(group, named, "others may be called so")
    return _one(group, sized, "the only one of its kind")


def _called_alike(group: Group, index: CatalogIndex) -> set[int]:
    """*cubeta*: beside the *Cubeta 12 L* there is a *Cubeta exprimidora*."""
    if len(group.words) != 1:
        return set()
    return {place for place in group.forms() if frozenset(index.entries[place].forms[0].keys[:1]) <= group.keys}


def _nearest(group: Group, places: set[int]) -> set[int]:
    """Leave out products that fit a word only by its description or far less surely than others."""
    best = max(group.score(place) for place in places)
    near = {place for place in places if group.score(place) > best - 0.04}
    named = {place for place in near if all(_is_named(word, place) for word in group.words)}
    if len(group.words) > 1:  # *pan Bimbo* is rather what is called so than the *Bimbo Medias Noches*
        named = {at for at in named if all(word.role_in(at) is not Role.TOLD for word in group.words)} or named
    return named or near


def _is_named(word: Word, place: int) -> bool:
    return word.role_in(place) > Role.ABOUT


def _beyond_description(group: Group, places: set[int]) -> set[int]:
    """Where only a description leaves one product, the others that the names leave are asked about too."""
    if len(places) > 1:
        return places
    (place,) = places
    named = [word for word in group.words if word.role_in(place) > Role.ABOUT or word.settles]
    if len(named) == len(group.words) or not named:
        return places
    wider = Group()
    for word in named:
        wider.accept(word)
    return _nearest(wider, wider.anchored()) if wider.anchored() else places


def _named_exactly(group: Group, places: set[int], sizes: Sequence[Size], index: CatalogIndex) -> set[int]:
    found = set()
    for place in places:
        for form in index.entries[place].forms:
            keys = frozenset(key for key in form.keys if key in group.keys or not is_measure(key))
            named = keys <= group.keys and all(word.keys & keys for word in group.words)
            if named and (_all_fit(form, sizes) if form.sizes and sizes else not _is_numbered(form)):
                found.add(place)
    return found


def _is_numbered(form: NameForm) -> bool:
    """*aceite* is not yet the *Aceite 123*."""
    return any(is_number_of_name(form, size) for size in form.sizes)


def _all_fit(form: NameForm, sizes: Sequence[Size]) -> bool:
    return all(any(size.fits(said) for size in form.sizes) for said in sizes)


def _one(group: Group, places: set[int], reason: str) -> Choice:
    (place,) = places
    return Choice(Outcome.ONE, (place,), group.score(place), reason)


def _several(group: Group, places: set[int], reason: str) -> Choice:
    return Choice(Outcome.SEVERAL, _ordered(group, places)[:MAX_CANDIDATES], reason=reason)


def _ordered(group: Group, places: set[int]) -> tuple[int, ...]:
    return tuple(sorted(places, key=lambda place: (-group.score(place), place)))
