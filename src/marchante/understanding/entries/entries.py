"""Things named in a message, before they become operations on the cart."""

from dataclasses import dataclass, field, replace

from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading, Verdict
from marchante.understanding.shop.matching import Group, Word
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size


@dataclass(slots=True)
class Entry:
    """One product (or the question which) with its amount, or a thing the shop lacks."""

    line: Line
    reading: Reading
    amount: Spoken | None
    sizes: tuple[Size, ...] = ()
    op: str = "add"
    asked: bool = False
    notes: list[tuple[int, int]] = field(default_factory=list)
    elliptic: bool = False
    whole: Spoken | None = None
    """The amount before parts of it were told apart; `parts` are the products those were."""
    parts: set[int] = field(default_factory=set)
    doubt: str = ""
    """Why it has to be asked about rather than put into the cart."""

    @property
    def positions(self) -> frozenset[int]:
        """Where it is named and sized."""
        sizes = (at for _, first, last in self.line.sizes for at in range(first, last + 1))
        return frozenset({*range(self.reading.first, self.reading.last + 1), *sizes})

    @property
    def known(self) -> bool:
        return self.reading.verdict is Verdict.PRODUCT


def heads_of(group: Group) -> Group:
    """The words of a group that name the kind, with every product of that kind."""
    known = [replace(word, called=frozenset()) for word in group.words]
    words = [word for word in known if any(word.role_in(place) >= Role.TOLD for place in group.places)]
    strongest = [word for word in words if any(word.role_in(place) is Role.HEAD for place in group.places)] or words
    return _fitting_all(strongest)


def details_of(group: Group) -> Group:
    words = [word for word in group.words if not any(word.role_in(place) is Role.HEAD for place in group.places)]
    return _fitting_all(words)


def _fitting_all(words: list[Word]) -> Group:
    """The words with the products every one of them is found in."""
    places: set[int] = set(words[0].hits) if words else set()
    return Group(words, places.intersection(*(word.hits for word in words)))
