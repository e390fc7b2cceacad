"""One thing said of several, or several of one: *los dos king*, *2 peluches, el grande y el chico*."""

from dataclasses import replace
from decimal import Decimal

from marchante.understanding.entries.completed import Completed
from marchante.understanding.entries.entries import Entry
from marchante.understanding.lexicon.words import PACK_OF_UNIT, THEM
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading
from marchante.understanding.shop.matching import Outcome
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size


class Distributed(Completed):
    """Spreads descriptions over what was named before."""

    def _one_of_two(self, line: Line, last: Entry | None, reading: Reading) -> Spoken | None:
        """*2 peluches, el grande y el chico*: one of each."""
        whole = last.amount if last is not None else None
        first = self._first_word(line)
        if last is None or whole is None or whole.unit or first not in {"el", "la"} or line.changes:
            return None
        following = [token.text for token in self._tokens[reading.last + 1 : reading.last + 3]]
        listed = following[:1] == ["y"] and following[1:] in (["el"], ["la"])
        if not (whole.value > 1 and listed) and last.whole is None:
            return None
        return Spoken(Decimal(1), line.words[0], line.words[0] + 1, explicit=False)

    def _in_boxes_as_before(self, reading: Reading, amount: Spoken | None) -> Spoken | None:
        """*4 cajas de Bubulubu y 2 de Carlos V*: two boxes as well, where it comes in such."""
        last = self._latest
        before = last.amount if last is not None and last.known else None
        if before is None or amount is None or not (before.pack and amount.of and amount.explicit):
            return amount
        if amount.unit or amount.pack or amount.fraction or amount.value == 1 or len(reading.choice.places) != 1:
            return amount
        index, place = self._lookup.index, reading.choice.places[0]
        held = index.entries[place].pack_count
        boxed = before.pack in PACK_OF_UNIT.get(index.products[place].unit, frozenset())
        return replace(amount, pack=before.pack) if boxed and held and amount.value % held else amount

    def _describes_all(self, line: Line, reading: Reading, amount: Spoken, sizes: tuple[Size, ...]) -> bool:
        """*cobija y edredón, los dos king*: what is said of both things alike."""
        before = text_at(self._tokens, amount.start - 1)
        both = self._tokens[amount.start].text in {"ambos", "ambas"}
        if not (both or before in THEM) or amount.unit or amount.pack or line.changes:
            return False
        left, alike = amount.value, []
        for entry in reversed(self.entries):
            if left > 0 and entry.known:
                alike.append(entry)
                left -= entry.amount.value if entry.amount else 1
        found = [self._completed(entry, reading, sizes) for entry in alike]
        if left or len(alike) < len(("cobija", "edredon")) or any(one.outcome is not Outcome.ONE for one in found):
            return False
        for entry, choice in zip(alike, found, strict=True):
            entry.reading.choice = choice
        self.settled.add(amount.start)
        return True
