"""Lines that put nothing more into the cart: wishes, colours, what is not needed, what a change rules out."""

from collections.abc import Sequence
from itertools import pairwise

from marchante.understanding.entries.entries import Entry, heads_of
from marchante.understanding.entries.narrowed import Narrowed
from marchante.understanding.lexicon.attributes import COLORS
from marchante.understanding.lexicon.words import IT, OBJECTS, STOPWORDS, THE
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading, Verdict
from marchante.understanding.shop.matching import Outcome
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import Spoken

BESIDE_THE_UNKNOWN = "it may only describe what the shop lacks"


class Asides(Narrowed):
    """Tells such lines from orders and notes what they say where it belongs."""

    def _is_not_needed(self, line: Line) -> bool:
        """*si hay bayo dame 3 kilos, si no negro*: the bayo is there."""
        last = self._latest
        met = last is not None and last.known and last.reading.choice.outcome is Outcome.ONE
        plain = last is not None and (last.line.conditional or line.amount is None)
        return line.alternative and met and plain

    def _only_tells_colours(self, line: Line) -> bool:
        """*6 pliegos de papel china, 3 rojos y 3 verdes*: where no name has the colours they are only told."""
        last = self._latest
        words = [self._tokens[at] for at in line.words if self._tokens[at].text not in STOPWORDS]
        if last is None or line.amount is None or not words or line.wanted or line.changes or line.amount.unit:
            return False
        if not last.known or not all(word.key in COLORS for word in words):
            return False
        named = self._antecedent()
        alike = heads_of(last.reading.group).places | (heads_of(named.reading.group).places if named else set())
        hits = [hit for word in words for at, hit in self._lookup.hits(word).items() if at in alike]
        if any(hit.role > Role.ABOUT for hit in hits):
            return False
        last.notes.append((line.words[0], line.words[-1]))
        self.settled.add(line.amount.start)
        return True

    def _says_what_to_do(self, line: Line) -> bool:
        """*me los empaca en bolsas de kilo*"""
        if not line.words or line.amount or line.asked or line.changes or not self.entries or not line.words[0]:
            return False
        if text_at(self._tokens, line.words[0] + 1) == "mas" and self.entries[-1].known:
            return self._first_word(line) in THE  # *la más chiquita que tenga*
        return self._first_word(line) in IT and self._tokens[line.words[0] - 1].text in OBJECTS

    def _doubt_beside_the_unknown(self, line: Line, entries: Sequence[Entry]) -> None:
        """*2 mole verde pasta*: what adjoins a thing the shop lacks may only describe it."""
        if line.amount is None or not line.amount.explicit or line.trailing:
            return
        for first, second in pairwise(entries):
            if not first.known and second.known and second.amount is None:
                second.doubt = BESIDE_THE_UNKNOWN

    def _was_the_other(self, line: Line, useful: Sequence[Reading]) -> bool:
        """*que sea romana, no orejona*: the other goes."""
        last = self._latest
        if last is None or last.op != "set" or last.amount is not None or len(useful) != 1:
            return False
        (reading,) = useful
        kind = heads_of(last.reading.group).places
        same = reading.verdict is Verdict.PRODUCT and set(reading.choice.places) <= kind
        choice = reading.choice if same else self._completed(last, reading, ())
        if choice.outcome is not Outcome.ONE or choice.places == last.reading.choice.places:
            return False
        found = Reading(Verdict.PRODUCT, reading.first, reading.last, choice, reading.group)
        self.entries.append(Entry(line, found, None, (), "remove"))
        return True

    def _settles_which(self, line: Line, reading: Reading, amount: Spoken | None) -> bool:
        """*la lechuga que sea romana*"""
        last = self._latest
        if last is None or not last.known or not self._sets_the_topic(line, last):
            return False
        if not set(reading.choice.places) <= heads_of(last.reading.group).places:
            return False
        last.reading.choice, last.amount = reading.choice, amount
        last.op, last.line.changes = "set", True
        return True
