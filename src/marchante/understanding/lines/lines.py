"""One line of an order while it is being cut out of the message."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from marchante.understanding.domain import CartOperation
from marchante.understanding.lexicon.goods import GOODS
from marchante.understanding.lexicon.orders import MARKERS, Marker
from marchante.understanding.lexicon.words import CONNECTIVES, THE
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.shop.product_names import Role
from marchante.understanding.verbs.verb_groups import verb_group
from marchante.understanding.words.quantities import Spoken, amount_at
from marchante.understanding.words.sizes import Size
from marchante.understanding.words.tokens import Token

_POINTING = THE | {"lo", "no"}
_PLEASE = frozenset({"por", "favor", "porfa", "gracias"})
_LEAST_ROWS = Decimal(2)


@dataclass(slots=True)
class Line:
    """One thing wanted, taken away or asked about, before its words are looked up.

    `words` are token positions; `sentence` counts hard signs passed, so that lines of one sentence can be told.
    """

    sentence: int
    op: CartOperation = "add"
    amount: Spoken | None = None
    words: list[int] = field(default_factory=list)
    sizes: list[tuple[Size, int, int]] = field(default_factory=list)
    changes: bool = False
    asked: bool = False
    wanted: bool = False
    corrects: bool = False
    each: bool = False
    same: bool = False
    rest: bool = False
    header: bool = False
    instead: bool = False
    after_comma: bool = False
    trailing: bool = False
    wish: bool = False
    questioned: bool = False
    swapped: bool = False
    negated: bool = False
    alternative: bool = False
    conditional: bool = False
    partitive: bool = False
    ordered: bool = False
    """Ordered before this message, which only speaks of it: *le pedí 2 leches*."""
    borrowed: list[int] = field(default_factory=list)
    """Positions of words said in other lines that go for this one too."""
    only: frozenset[int] = frozenset()
    """The products it can be about, where that is clear from other lines."""

    @property
    def is_empty(self) -> bool:
        return not self.words and self.amount is None and not self.sizes and not (self.each or self.same or self.rest)

    @property
    def said_sizes(self) -> tuple[Size, ...]:
        return tuple(size for size, _, _ in self.sizes)

    @property
    def is_bare(self) -> bool:
        """Whether something is named and nothing said of it."""
        said = self.amount or self.asked or self.wanted or self.negated or self.changes or self.questioned
        return bool(self.words) and not said and self.op == "add"


class LineBuilder:
    """The line being written and what has been said about the lines to come."""

    def __init__(self, tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> None:
        self._tokens = tokens
        self._masked = masked | list_numbers(tokens)
        self._lookup = lookup
        self._lines: list[Line] = []
        self._sentence = 0
        self._op: CartOperation = "add"
        self._changes = self._asked = self._wanted = self._talking = False
        self._past = self._alternative = self._conditional = self._ordered = False
        self._swapping = self._instead = self._negated = self._after_comma = self._corrects = self._swapped = False
        self._line = self._new_line()

    def _new_line(self) -> Line:
        line = Line(self._sentence, self._op, changes=self._changes, asked=self._asked, wanted=self._wanted)
        line.swapped = self._swapped
        line.instead, line.after_comma, line.negated = self._instead, self._after_comma, self._negated
        line.corrects, line.ordered = self._corrects, self._ordered
        line.alternative, self._alternative = self._alternative, False
        line.conditional, self._conditional = self._conditional, False
        self._after_comma = self._negated = self._corrects = False
        return line

    def _close(self) -> None:
        if not self._line.is_empty:
            self._lines.append(self._line)
        self._line = self._new_line()

    def _line_at_hand(self) -> Line:
        """The line begun, or where nothing is begun the one before it."""
        return self._line if not self._line.is_empty or not self._lines else self._lines[-1]

    def _marker_at(self, position: int) -> tuple[int, Marker | None]:
        """Give the marker that begins here and how many tokens it takes; a turn of phrase before a mere verb."""
        found: tuple[int, Marker | None] = (0, None)
        for words, marker in MARKERS.get(self._tokens[position].text, ()):
            if tuple(token.text for token in self._tokens[position : position + len(words)]) == words:
                found = (len(words), marker)
                break
        group = verb_group(self._tokens, position)
        return group if group[0] > found[0] and not self._is_a_product(position, position + group[0]) else found

    def _is_a_product(self, position: int, end: int) -> bool:
        """*zacate*, *la rellena*, *unas vendas*: what otherwise is a verb."""
        if any(token.text not in _POINTING for token in self._tokens[position : end - 1]):
            return False
        said = self._tokens[end - 1]
        named = {hit.role for hit in self._lookup.index.exact(said.key).values() if hit.role > Role.ABOUT}
        heads = said.key in GOODS or max(named, default=Role.ABOUT) > Role.DETAIL
        asks = self._line.is_empty and amount_at(self._tokens, end) is not None
        return heads or (bool(named) and not asks)

    def _is_under_way(self) -> bool:
        """Inside an order *también* and *que sean* change nothing but that order."""
        if any(line.changes for line in self._lines):
            return False
        return any(
            (line.amount or line.wanted) and (line.words or line.sizes)
            for line in (*self._lines, self._line)
            if not (line.asked or line.ordered)
        )

    def _after_courtesy(self, position: int) -> int:
        """*el pulpo ya no, por favor*"""
        while position < len(self._tokens) and self._tokens[position].text in _PLEASE:
            position += 1
        return position

    def _ends_at(self, end: int) -> bool:
        return end >= len(self._tokens) or self._tokens[end].kind == "sign" or self._tokens[end].text in CONNECTIVES


def points_back(line: Line, tokens: Sequence[Token]) -> bool:
    """*dos de los de barra*, *una de las que traen tapa*: the noun was said before."""
    said = [tokens[at].text for at in line.words[:3]]
    said = said[1:] if said[:1] == ["de"] else said
    return said[:1] == ["del"] or (said[:1] != [] and said[0] in THE and said[1:2] in (["de"], ["que"], ["del"]))


def list_numbers(tokens: Sequence[Token]) -> frozenset[int]:
    """Positions of the numbers that only number the rows of a list (`1.`, `2)`), with their signs."""
    found: list[int] = []
    expected = Decimal(1)
    for place, token in enumerate(tokens[:-1]):
        starts = place == 0 or tokens[place - 1].text == "\n"
        bracketed = tokens[place + 1].text == ")" and (starts or expected > 1) and tokens[place - 1].text != "("
        if (starts or bracketed) and token.value == expected and tokens[place + 1].text in ".)-":
            found += [place, place + 1]
            expected += 1
    return frozenset(found) if expected > _LEAST_ROWS else frozenset()
