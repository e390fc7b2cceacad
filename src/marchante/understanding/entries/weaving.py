"""Work and garments said apart, brought together: *planchar 3 faldas y un saco*, *4 camisas, todo en seco*.

A customer of a laundry names the work before the garments, after them, or once for all; each line is lent the words
it goes without. What is done in any garment takes the garment's place: *pegar 3 botones a una camisa* is no shirt.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from marchante.understanding.entries.strands import MEASURES, PIECES, Strand, Workshop
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.shop.matching import choose
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.tokens import Token

_ALL = frozenset({"todo", "todos", "todas", "ambos", "ambas", "les"})
_LIKEWISE = frozenset({"igual", "igualmente", "tambien"})
_TELLING = frozenset({"de", "del", "con"})
_BEING = frozenset({"es", "son"})
_TO_IT = ("le", "les")


def weave(lines: Sequence[Line], tokens: Sequence[Token], lookup: Lookup) -> list[Line]:
    """Lend the lines of a message to a shop that washes or mends the works and garments said in others."""
    if not lookup.index.washes:
        return list(lines)
    return _Weaver(tokens, lookup).run(lines)


def give_back(line: Line, readings: Sequence[Reading], index: CatalogIndex) -> None:
    """Put a reading where its own words are, and not where those are it was lent."""
    if not (line.borrowed or line.only):
        return
    for reading in readings:
        own = [at for word in reading.group.words for at in word.at if at not in line.borrowed] or line.words
        reading.first, reading.last = (min(own), max(own)) if own else (reading.first, reading.last)
        left = reading.group.places & line.only
        if left:
            reading.group.places = left
            choice = choose(reading.group, (), index)
            reading.choice = choice if choice.places else reading.choice


class _Weaver:
    """Goes over the lines once, remembering the work that leads."""

    def __init__(self, tokens: Sequence[Token], lookup: Lookup) -> None:
        self._tokens = tokens
        self._shop = Workshop(tokens, lookup)
        self._done: list[Strand] = []
        self._leading: Strand | None = None

    def run(self, lines: Sequence[Line]) -> list[Line]:
        strands = [self._shop.strand(line) for line in self._with_their_counts(lines)]
        strands = [strand for strand in strands if not strand.line.is_empty]
        for place, strand in enumerate(strands):
            following = strands[place + 1] if place + 1 < len(strands) else None
            self._take(strand, following)
        return [strand.line for strand in self._done]

    def _with_their_counts(self, lines: Sequence[Line]) -> list[Line]:
        """*2 blusas en seco y 3 nada más planchadas*: the number belongs to the work after it."""
        joined: list[Line] = []
        for line in lines:
            last = joined[-1] if joined else None
            bare = last is not None and last.amount is not None and not (last.words or last.each or last.same)
            if last is not None and self._counts_pieces(last, line):
                last.amount, last.words, last.trailing = line.amount, [*last.words, *line.words], True
            elif last is not None and bare and line.amount is None and line.words and self._adjoin(last, line):
                last.words, last.sizes = line.words, [*last.sizes, *line.sizes]
            else:
                joined.append(line)
        return joined

    def _counts_pieces(self, last: Line, line: Line) -> bool:
        """*planchar 6 prendas*"""
        pieces = bool(line.words) and all(self._tokens[at].key in PIECES for at in line.words)
        return pieces and last.amount is None and bool(last.words) and self._adjoin(last, line)

    def _take(self, strand: Strand, following: Strand | None) -> None:
        line = strand.line
        line.partitive |= self._tells_some(strand)
        if line.changes or line.negated or line.instead or line.wish:
            self._leading = None
            self._done.append(strand)
        elif self._likewise(strand):
            self._done.append(strand)
        elif self._only_measures(strand):
            self._measure(strand)
        elif strand.only_work:
            self._pieces(strand)
            self._work(strand, following)
        elif strand.only_thing:
            self._thing(strand)
        else:
            self._both(strand)

    def _tells_some(self, strand: Strand) -> bool:
        """*3 pares de tenis, uno de gamuza*: of the three."""
        amount, last = strand.line.amount, self._done[-1] if self._done else None
        if amount is None or last is None or last.line.amount is None or strand.things or not strand.line.words:
            return False
        first = self._tokens[strand.line.words[0]].text
        linked = (first in _BEING or (first in _TELLING and not amount.explicit)) and not amount.unit
        return linked and strand.line.after_comma and bool(last.things) and amount.value < last.line.amount.value

    def _likewise(self, strand: Strand) -> bool:
        """*3 pantalones en seco y 2 blusas igual*"""
        said = [self._tokens[at].text for at in strand.line.words]
        before = next((each for each in reversed(self._done) if each.works or each.lent), None)
        if before is None or not strand.only_thing or said[-1] not in _LIKEWISE:
            return False
        strand.line.words.pop()
        return self._lend(strand, replace(before, works=before.works or before.lent))

    def _only_measures(self, strand: Strand) -> bool:
        amount = strand.line.amount
        worked = bool(self._done) and bool(self._done[-1].works or self._done[-1].lent)
        return worked and not strand.line.words and amount is not None and amount.unit in MEASURES

    def _measure(self, strand: Strand) -> None:
        """*acortar las mangas a un saco, 3 cm*: how much of it, unless it is sold so."""
        if self._shop.is_measured(self._done[-1]):
            self._done[-1].line.amount = strand.line.amount

    def _pieces(self, strand: Strand) -> None:
        """*plancha 4 piezas*, *planchar 6 prendas*"""
        amount = strand.line.amount
        said = {amount.pack, amount.unit} if amount else set()
        named = PIECES & (said | {self._tokens[at].key for at in strand.line.words})
        strand.line.only = self._shop.by_the_piece(strand) if amount and named else frozenset()
        if strand.line.only:
            strand.line.words = [at for at in strand.line.words if self._tokens[at].key not in PIECES]

    def _work(self, strand: Strand, following: Strand | None) -> None:
        garment = following if following is not None and following.only_thing else None
        before = self._unworked_before(strand)
        at_once = bool(before) and self._adjoin(before[-1].line, strand.line)
        leads = garment is not None and (strand.line.header or self._adjoin(strand.line, garment.line))
        if leads and not (at_once and not strand.line.header):
            self._leading = strand
            self._done += [strand] if strand.counted else []
        elif (
            (strand.amounted and not strand.line.trailing and self._describes_some(strand))
            or (strand.amounted and not strand.line.trailing and not self._says_to_it(strand))
            or not (before and self._look_back(strand, before))
        ):
            self._done.append(strand)

    def _describes_some(self, strand: Strand) -> bool:
        """*dos chamarras, una para teñir y otra para limpieza*: the garment was named before."""
        whole = next((each for each in reversed(self._done) if each.things), None)
        if whole is None or not self._shop.done_to(strand.works, whole.things):
            return False
        before = self._tokens[strand.line.amount.start - 1].text if strand.line.amount else ""
        strand.line.partitive |= whole.only_thing and (before in {",", ":"} or whole is not self._done[-1])
        strand.line.borrowed = list(whole.things)
        return True

    def _says_to_it(self, strand: Strand) -> bool:
        """*al saco le pega 2 botones*, *una bolsa, ponerle un cierre*, and not *dos corbatas y una bastilla*."""
        verb = strand.works[0]
        return self._tokens[verb].text.endswith(_TO_IT) or text_at(self._tokens, verb - 1) in _TO_IT

    def _look_back(self, strand: Strand, before: Sequence[Strand]) -> bool:
        """*2 sacos, ajustarles los costados*, *4 camisas y 3 pantalones, nomás plancharlos*"""
        if self._shop.is_care(strand):
            return bool([garment for garment in before if self._lend(garment, strand)])
        for garment in before if self._says_all(strand) else before[-1:]:
            mended = Strand(replace(strand.line, borrowed=[*garment.things]), strand.works)
            if not strand.counted and not self._shop.is_measured(strand):
                mended.line.amount = garment.line.amount
            self._done = [each for each in self._done if each is not garment]
            self._done.append(mended)
        return True

    def _thing(self, strand: Strand) -> None:
        """A garment by itself is one more of those the leading work is for."""
        leading, last = self._leading, self._done[-1] if self._done else None
        if leading is None or (leading is not last and last is not None and self._is_apart(last.line, strand.line)):
            self._leading = None
            self._done.append(strand)
        elif (
            leading is last and leading.only_work and leading.counted and not leading.lent
        ):  # *pegar 3 botones a una camisa*
            if self._shop.done_to(leading.works, strand.things):
                leading.line.borrowed = list(strand.things)
            self._leading = None
        elif self._lend(strand, leading) or self._shop.is_care(leading):
            self._done.append(strand)
        elif self._shop.in_any(leading):
            self._count_in(strand, leading)
        else:
            self._leading = None
            self._done.append(strand)

    def _count_in(self, strand: Strand, leading: Strand) -> None:
        """*zurcido a un saco y a dos pantalones* where any garment is mended: three."""
        amount, more = leading.line.amount, strand.line.amount
        if not any(each is leading for each in self._done):
            self._done.append(leading)
            leading.line.amount = amount if self._shop.is_measured(leading) else more
        elif not self._shop.is_measured(leading):
            at = leading.works[0]
            total = (amount.value if amount else 1) + (more.value if more else 1)
            leading.line.amount = Spoken(Decimal(total), at, at + 1)

    def _is_apart(self, one: Line, two: Line) -> bool:
        return one.sentence != two.sentence and not (self._leading is not None and self._leading.line.header)

    def _both(self, strand: Strand) -> None:
        """A line with its own work leads on with it: *cambio de cierre en 2 pantalones y una chamarra*."""
        if not (strand.works and strand.things):
            self._done.append(strand)
            return
        leads = strand.works[0] < strand.things[0]
        self._leading = strand if leads else None
        before = [token.text for token in self._tokens[max(0, strand.works[0] - 2) : strand.works[0]]]
        if not leads and (before[-1:] == ["para"] or _ALL.intersection(before)):  # *2 faldas y 1 rebozo todo en seco*
            for garment in self._unworked_before(strand):
                self._lend(garment, strand)
        self._done.append(strand)

    def _lend(self, garment: Strand, work: Strand) -> bool:
        """Whether the work goes with the garment, or is done by the piece: *planchar 3 playeras*."""
        pieces = frozenset() if self._shop.done_to(work.works, garment.things) else self._shop.by_the_piece(work)
        if not self._shop.done_to(work.works, garment.things):
            if not pieces:
                return False
            garment.line.words = [at for at in garment.line.words if at not in garment.things]
        garment.line.borrowed, garment.line.only = list(work.works), pieces
        garment.lent = list(work.works)
        return True

    def _unworked_before(self, strand: Strand) -> list[Strand]:
        """The garments named last, up to one whose work was said."""
        found: list[Strand] = []
        for each in reversed(self._done):
            if not (each.things or each.works or each.line.changes):
                continue
            if not each.only_thing or each.line.changes or each.line.asked != strand.line.asked:
                break
            if each.line.sentence != strand.line.sentence and not self._says_all(strand):
                break
            found.insert(0, each)
        return found

    def _says_all(self, strand: Strand) -> bool:
        said = [self._tokens[at].text for at in strand.line.words]
        before = text_at(self._tokens, strand.line.words[0] - 1) if strand.line.words else ""
        return bool(_ALL.intersection([*said, before]))

    def _adjoin(self, one: Line, two: Line) -> bool:
        """Whether nothing but words stands between two lines, and no *y*."""
        end = max([*one.words, one.amount.end - 1 if one.amount else -1, *(last for _, _, last in one.sizes)])
        start = min([*two.words, *([two.amount.start] if two.amount else [])], default=end)
        between = self._tokens[end + 1 : start]
        return one.sentence == two.sentence and all(token.is_word and token.text != "y" for token in between)
