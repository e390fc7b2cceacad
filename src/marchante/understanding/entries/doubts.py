"""What was said and did not reach the cart: better a question too many than a wrong amount nobody asks about.

Entries so marked are asked about instead of being put into the cart.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, zip_longest

from marchante.understanding.entries.entries import Entry
from marchante.understanding.entries.resolve import Resolver
from marchante.understanding.lexicon.attributes import ATTRIBUTES
from marchante.understanding.lexicon.fillers import COURTESY, REASONS
from marchante.understanding.lexicon.goods import TOPICAL
from marchante.understanding.lexicon.reader import texts
from marchante.understanding.lexicon.words import (
    ARTICLES,
    CONNECTIVES,
    DEFINITE,
    IT,
    NUMBERING,
    ONE_OF_THEM,
    OTHERS,
    ROW_ENDS,
    STOPWORDS,
)
from marchante.understanding.lines.lines import Line
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at
from marchante.understanding.words.tokens import Token

LOST_AMOUNT = "an amount was left over"
RULED_OUT = "it may be ruled out"
MENTIONED = "it is spoken of rather than asked for"
_LEAST_UNREAD = 2
_NUMBERING = NUMBERING | {"en"}
_MORE = OTHERS | {"mas", "tambien", "extra", "igual", "aparte"}
_REFUSING = texts("hints", "refusing")
"""What follows *no la*: *no la quiero* rules out, *no la metan con cloro* says how it is to be done."""
_DECLINING = frozenset({"me", "va", "van", "quiero", "ocupo", "necesito", "gracias", "por", "hoy", "ahorita"})


def mark_doubts(
    tokens: Sequence[Token], lines: Sequence[Line], resolver: Resolver, masked: frozenset[int], index: CatalogIndex
) -> None:
    """Mark the resolver's entries that have to be asked about."""
    _DoubtMarker(tokens, resolver.entries, masked, index).run(lines, resolver.settled)


class _DoubtMarker:
    """Compares the entries of a message with all of its words."""

    def __init__(
        self, tokens: Sequence[Token], entries: Sequence[Entry], masked: frozenset[int], index: CatalogIndex
    ) -> None:
        self._tokens = tokens
        self._masked = masked
        self._index = index
        self._ordering: set[int] = set()
        self._entries = [entry for entry in entries if entry.known and not entry.asked]
        self._read = self._positions(entries)

    def run(self, lines: Sequence[Line], settled: set[int]) -> None:
        self._ordering = {line.sentence for line in lines if line.wanted}
        used = settled | {entry.amount.start for entry in self._entries if entry.amount}
        for line, following in zip_longest(lines, lines[1:]):
            amount = line.amount
            if amount and self._counts(line) and amount.start not in used and not self._is_settled(line, following):
                self._lose(amount.start, amount.value)
            for at in line.words:
                divides = text_at(self._tokens, at - 1) in _NUMBERING
                if self._tokens[at].kind == "number" and at not in self._read and not divides:
                    self._lose(at, self._tokens[at].value)
        if any(token.text == "respectivamente" for token in self._tokens):
            for entry in self._entries:
                entry.doubt = LOST_AMOUNT
        self._doubt_sums()
        for entry in self._entries:
            if entry.op == "add" and not entry.line.changes:
                self._weigh(entry, served=any(map(self._index.is_service, entry.reading.choice.places)))

    def _doubt_sums(self) -> None:
        """*8 codos de media y 3 tubos de media*: who counts one thing twice calls it the same, or says *otros 3*."""
        for first, second in combinations(self._entries, 2):
            one = {first.op, second.op} == {"add"} and first.reading.choice.places == second.reading.choice.places
            if not one or len(first.reading.choice.places) > 1 or first.amount is None or second.amount is None:
                continue
            end = max(second.reading.last, second.amount.end) + 1
            between = self._tokens[first.reading.last + 1 : end]
            said, anew = self._called(first), self._called(second)
            begins = min([second.amount.start, *second.line.words]) - 1
            listed = text_at(self._tokens, begins) in CONNECTIVES | {",", "\n"}
            filled = second.amount.of and not second.amount.pack  # *2 quesadillas de tinga y una de hongos*
            if listed and anew and not (filled or said & anew or any(token.text in _MORE for token in between)):
                first.doubt = second.doubt = LOST_AMOUNT

    def _called(self, entry: Entry) -> set[str]:
        """The words of its own an entry was named by, with the packaging counted."""
        own = [self._tokens[at] for at in entry.line.words]
        packs = {entry.amount.pack} if entry.amount and entry.amount.pack else set()
        return packs | {token.key for token in own if token.text not in STOPWORDS} - ATTRIBUTES

    def _counts(self, line: Line) -> bool:
        """A number, or *una individual*: one more of what was named."""
        described = bool(line.words) and self._tokens[line.words[0]].key in ATTRIBUTES
        return line.amount is not None and (line.amount.explicit or described)

    def _positions(self, entries: Sequence[Entry]) -> set[int]:
        found = set(self._masked)
        for entry in entries:
            found.update(entry.positions)
            for first, last in entry.notes:
                found.update(range(first, last + 1))
            if entry.amount:
                found.update(range(entry.amount.start, entry.amount.end))
        return found

    def _is_settled(self, line: Line, following: Line | None) -> bool:
        gone = line.instead or line.op == "remove" or (line.op == "set" and not line.words) or line.negated
        measured = (
            line.amount is not None and line.amount.unit in {"cm", "in"} and self._serves_before(line.amount.start)
        )
        told_apart = measured or gone or line.each or line.rest or line.same or line.wish or line.asked or line.header
        inside = line.amount is not None and line.amount.start in self._read
        return told_apart or inside or not line.amount or (following is not None and following.corrects)

    def _serves_before(self, position: int) -> bool:
        """*bastilla a 2 pantalones, 4 cm*"""
        before = [entry for entry in self._entries if entry.reading.last < position]
        return bool(before) and any(map(self._index.is_service, before[-1].reading.choice.places))

    def _lose(self, position: int, value: Decimal | None) -> None:
        """The thing named last before an amount, in its own row, or else the first after it, is in doubt."""
        before = [entry for entry in self._entries if entry.reading.last < position]
        after = [entry for entry in self._entries if entry.reading.first > position]
        near = before[-1] if before and self._same_row(before[-1].reading.last, position) else None
        if near is None and after and after[0].amount is not None and after[0].amount.explicit:
            return  # *como a las 7 y media, 10 tamales*
        if near is not None and self._tells_each(near, position):
            return
        near = near or (after[0] if after and self._same_row(position, after[0].reading.first) else None)
        more = self._tokens[position].text in ARTICLES
        if near is not None and (more or not (near.amount and near.amount.value == value)):
            near.doubt = LOST_AMOUNT

    def _tells_each(self, whole: Entry, position: int) -> bool:
        """*2 pollos, uno partido y otro entero*: as many are told apart as there are."""
        end = self._clause(whole)[1]
        row = next((at for at in range(end, len(self._tokens)) if self._tokens[at].text in "\n.;"), len(self._tokens))
        told = [at for at in range(whole.reading.last, row) if self._tokens[at].text in ONE_OF_THEM]
        others = [entry for entry in self._entries if whole.reading.last < entry.reading.first < row]
        return position in told and whole.amount is not None and whole.amount.value == len(told) and not others

    def _same_row(self, first: int, last: int) -> bool:
        return not any(token.text in "\n.;" for token in self._tokens[first:last])

    def _weigh(self, entry: Entry, *, served: bool) -> None:
        """What is washed or mended is brought by being mentioned: *mi vestido ya lo voy a guardar*."""
        start, end = self._clause(entry)
        if self._ruled_out(entry, end):
            entry.doubt = RULED_OUT
        topical = any(word.keys & TOPICAL for word in entry.reading.group.words)  # *la biografía de Benito Juárez*
        spoken_of = entry.amount is None and not (served or topical) and self._is_possessed(entry)
        if spoken_of and entry.line.sentence not in self._ordering:
            unread = [at for at in range(start, end) if self._is_unread(at)]
            if len(unread) >= _LEAST_UNREAD:
                entry.doubt = MENTIONED

    def _clause(self, entry: Entry) -> tuple[int, int]:
        start, end = entry.reading.first, entry.reading.last + 1
        while start > 0 and self._tokens[start - 1].text not in ROW_ENDS:
            start -= 1
        while end < len(self._tokens) and self._tokens[end].text not in ROW_ENDS and not self._goes_on(end):
            end += 1
        return start, end

    def _goes_on(self, at: int) -> bool:
        """*la hielera y 2 bolsas de hielo*: with the next amount begins another thing."""
        return self._tokens[at].text == "y" and amount_at(self._tokens, at + 1) is not None

    def _ruled_out(self, entry: Entry, end: int) -> bool:
        """*el tocino ahora no*"""
        for at in range(entry.reading.last + 1, end):
            if self._tokens[at].text in CONNECTIVES:
                return False
            if self._tokens[at].text == "no" and at not in self._read:
                counted_anew = entry.amount is not None and entry.amount.start > at
                return not counted_anew and self._declines(at + 1)
        return False

    def _declines(self, after: int) -> bool:
        """*no*, *no porque ya tengo*, *no lo quiero*; not *no de las normales*, *no tiene?*, *no más*."""
        one, two = text_at(self._tokens, after), text_at(self._tokens, after + 1)
        if one in IT:
            return two in _REFUSING or not two or two in ROW_ENDS
        return not one or one in ROW_ENDS or one in REASONS or one in _DECLINING

    def _is_possessed(self, entry: Entry) -> bool:
        return text_at(self._tokens, entry.reading.first - 1) in DEFINITE

    def _is_unread(self, at: int) -> bool:
        token = self._tokens[at]
        return token.is_word and at not in self._read and token.text not in STOPWORDS and token.key not in COURTESY
