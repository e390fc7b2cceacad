"""What a message only speaks of because it was ordered before: *le pedí 2 leches, quítele una*."""

from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.quantities import amount_at
from marchante.understanding.talking import Talking

CHANGING = frozenset({Marker.ADD, Marker.REMOVE, Marker.REMOVED, Marker.SET, Marker.SWAP, Marker.INSTEAD})
_THE = frozenset({"el", "la", "los", "las"})


class OrderedBefore(Talking):
    """Tells such things from what is ordered now, once something about them changes."""

    def _speak_of_the_ordered(self) -> None:
        """*ya te había encargado*: the lines that follow may be there already."""
        self._talking, self._ordered = False, True
        if not self._line.amount:
            self._line = self._new_line()
        self._close()

    def _of_the_ordered(self, marker: Marker, end: int) -> Marker:
        """A change after such lines is of the open order; their amounts are what they were."""
        if marker not in CHANGING and marker is not Marker.CORRECTION:
            return marker
        ordered = [line for line in (*self._lines, self._line) if line.ordered]
        if ordered:
            self._ordered = False
            for line in ordered:
                line.amount = None
            return Marker.SET if marker is Marker.CORRECTION else marker
        if marker is Marker.CORRECTION and self._rather_another(end):
            return Marker.SET
        return marker

    def _comes_after_what_goes(self, end: int) -> bool:
        """*ya no quiero el flan, mejor mándeme 2 rebanadas*; *quítale una, déjame 2* says how many are left."""
        gone = self._line if not self._line.is_empty or not self._lines else self._lines[-1]
        amount = amount_at(self._tokens, end)
        goes = gone.op == "remove" and gone.amount is None and bool(gone.words) and gone.sentence == self._sentence
        return goes and amount is not None and not self._ends_at(amount.end)

    def _rather_another(self, end: int) -> bool:
        """*el edredón king mejor matrimonial*: what is in the order is to be another."""
        line = self._line if not self._line.is_empty or not self._lines else self._lines[-1]
        named = line.is_bare and self._tokens[line.words[0]].text in _THE and line.sentence == self._sentence
        others = any(each.amount or each.wanted for each in self._lines if not each.changes)
        return named and not others and not self._ends_at(end) and amount_at(self._tokens, end) is None
