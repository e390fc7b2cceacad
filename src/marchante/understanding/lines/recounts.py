"""Amounts that tell how many it is to be now: *de las 3 déjame una*, *con 2 tengo*, *8, no 6*."""

from dataclasses import replace

from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.words import THEM
from marchante.understanding.lines.lines import Line
from marchante.understanding.lines.swaps import Swaps
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at

_ENOUGH = frozenset(
    {"tengo", "tenemos", "basta", "bastan", "alcanza", "alcanzo", "sobra", "hago", "hacemos", "suficiente"}
)
_OF_THEM = frozenset({"de", "esas", "esos", "estas", "estos", "ellas", "ellos", "las", "los", "cuales"})
_BEFORE_ENOUGH = frozenset({"me", "nos", "la", "es", "ya"})


class Recounts(Swaps):
    """Reads what stands around such amounts."""

    def _enough(self, position: int) -> int:
        """*no, con una tengo*: the position after it, or 0."""
        amount = amount_at(self._tokens, position + 1) if self._tokens[position].text == "con" else None
        if amount is None or not (self._lines or self._line.words):
            return 0
        at = amount.end
        while text_at(self._tokens, at) in _BEFORE_ENOUGH:
            at += 1
        if text_at(self._tokens, at) not in _ENOUGH:
            return 0
        self._close()
        self._line.corrects = self._is_under_way()
        if not self._line.corrects:
            self._line.op, self._line.changes = "set", True
        self._line.amount = amount
        self._close()
        self._talking = True
        return at + 1

    def _begins_with_the_ordered(self) -> None:
        """*de las 3 cocas*, *son 3 cocas*: the amount is of what follows."""
        said = [self._tokens[at].text for at in self._line.words]
        if said == ["son"] or (len(said) == len(("de", "las")) and said[0] == "de" and said[1] in THEM):
            self._line.words.clear()

    def _counts_the_ordered(self, line: Line) -> bool:
        """*de las 3 cocas*: they are in the order already."""
        if line.amount is None or line.amount.start < len(("de", "las")) or not line.words:
            return False
        before = [token.text for token in self._tokens[line.amount.start - 2 : line.amount.start]]
        return before[0] == "de" and before[1] in THEM

    def _sets_what_is_named(self, marker: Marker, end: int) -> bool:
        """*de las 3 cocas déjame una*, *y de la leche que sean 4*: the amount goes with the words before."""
        if marker is not Marker.SET or amount_at(self._tokens, end) is None:
            return False
        if self._line.is_empty and self._lines and self._counts_the_ordered(self._lines[-1]):
            self._line = self._lines.pop()
        if self._counts_the_ordered(self._line):
            self._line.amount, self._line.op, self._line.changes = None, "set", True
            return True
        bare = bool(self._line.words) and self._line.amount is None and not self._line.changes
        return bare and self._is_under_way()

    def _from_to(self, position: int) -> int:
        """*la ropa de 5 kilos a 3*, *súbele de 5 a 8*; *de 5 a 8 kilos* alone is a guess. Gives the end, or 0."""
        before = amount_at(self._tokens, position + 1) if self._tokens[position].text == "de" else None
        if before is None or self._line.amount is not None:
            return 0
        if self._line.op == "set" and any(each.text == "a" for each in self._tokens[before.start : before.end]):
            self._line.amount = before
            self._close()
            return before.end
        if text_at(self._tokens, before.end) != "a":
            return 0
        now = amount_at(self._tokens, before.end + 1)
        if now is None or now.of or not self._ends_at(now.end):
            return 0
        changed = self._line.op == "set" or before.value > now.value or (before.unit and before.unit == now.unit)
        if not changed or self._talking or (self._line.is_empty and self._line.op != "set"):
            return 0
        self._line.op, self._line.changes = "set", True
        self._line.amount = replace(now, unit=now.unit or before.unit, pack=now.pack or before.pack)
        self._close()
        return now.end

    def _counts_what_was(self, end: int) -> int:
        """*son 9 camisas en vez de 7*, *en lugar de los 7 que pedí*: the position after what there was, or 0."""
        at = end + 1 if text_at(self._tokens, end) in THEM else end
        there = self._line_at_hand()
        amount = amount_at(self._tokens, at)
        if amount is None or there.amount is None or not (there.words or there.sizes):
            return 0
        goes_on = text_at(self._tokens, amount.end) == "que"
        if not (goes_on or self._ends_at(amount.end)) or there.op == "remove" or there.sentence != self._sentence:
            return 0
        there.op, there.changes, there.corrects = "set", True, False
        self._close()
        return amount.end

    def _says_how_they_are(self, position: int, end: int) -> int:
        """*12 cocas, de esas 6 que sean sin azúcar*: no other amount, but which of them. Gives the end, or 0."""
        told = self._tokens[position].text == "que" and self._tokens[end - 1].text in {"sea", "sean"}
        said = {self._tokens[at].text for at in self._line.words}
        bare = self._line.amount is not None and said <= _OF_THEM
        under_way = bool(self._lines) and self._is_under_way()
        return end if told and bare and under_way and amount_at(self._tokens, end) is None else 0

    def _leaves_out_the_ordered(self) -> None:
        """*los 2 que pedí*: how many there were is no amount of anything."""
        if self._line.amount and not self._line.words and self._lines and self._line.op != "remove":
            self._line = self._new_line()
