"""Things of an open order that others take the place of: *la leche entera mejor que sea deslactosada*."""

from marchante.understanding.entries.distributed import Distributed
from marchante.understanding.entries.entries import Entry, heads_of
from marchante.understanding.lines.lines import Line
from marchante.understanding.shop.matching import Choice, Outcome


class Replaced(Distributed):
    """Takes what is only spoken of out of the way of what is wanted."""

    def _leave_the_ordered(self) -> None:
        """*te pedí 2 leches, agrégale un pan*: the milk is there already."""
        if any(entry.line.changes for entry in self.entries):
            self.entries = [entry for entry in self.entries if entry.line.changes or not entry.line.ordered]

    def _goes_for_another(self, line: Line, choice: Choice) -> bool:
        """*la leche entera mejor que sea deslactosada*, *los atunes en agua que sean en aceite*: what was told goes."""
        last = self._latest
        if last is None or not last.known or line.op != "set" or line.sentence != last.line.sentence:
            return False
        if last.amount is not None or last.line.changes or last.line.wanted or last.asked:
            return False
        if last.reading.choice.outcome is not Outcome.ONE or choice.outcome is Outcome.NONE:
            return False
        if last.line.ordered and not set(choice.places) & heads_of(last.reading.group).places:
            return False
        if set(choice.places) & set(last.reading.choice.places) or not self._told_as_another(last, choice):
            return False
        last.op, last.line.changes = "remove", True
        line.op, line.swapped = "add", True
        return True

    def _of_the_same_size(self, line: Line, choice: Choice, last: Entry) -> Choice:
        """*los hielos de 5 mejor molidos*: in bags of 5 as well."""
        alike = tuple(at for at in choice.places if last.sizes and self._has_sizes(at, last.sizes))
        if line.op != "set" or choice.outcome is not Outcome.SEVERAL or len(alike) != 1:
            return choice
        return choice.narrowed_to(alike, "of the same size")

    def _told_as_another(self, last: Entry, choice: Choice) -> bool:
        """Whether what was said does not fit the other; *la leche que sea deslactosada* only says which."""
        entries = self._lookup.index.entries
        said = any(place not in word.hits for word in last.reading.group.words for place in choice.places)
        sized = any(not entries[at].comes_in(size) for size in last.sizes for at in choice.places)
        return said or sized
