"""What a message only speaks of because it was ordered before: *le pedí 2 leches, quítele una*."""

from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.reader import texts
from marchante.understanding.lexicon.words import IT, LINKS, STOPWORDS, THE, THOSE, TO_IT
from marchante.understanding.lines.talking import Talking
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at

CHANGING = frozenset({Marker.ADD, Marker.REMOVE, Marker.REMOVED, Marker.SET, Marker.SWAP, Marker.INSTEAD})
_PRONOUNS = IT | TO_IT | {"te", "se", "ya", "mejor"}
_BRINGING = texts("verbs", "brings")
_LATER = texts("verbs", "later")
_NOUN_AND_KIND = 2


class OrderedBefore(Talking):
    """Tells such things from what is ordered now, once something about them changes."""

    def _speak_of_the_ordered(self) -> None:
        """*ya te había encargado*: the lines that follow may be there already."""
        self._talking, self._ordered = False, True
        if not self._line.amount:
            self._line = self._new_line()
        self._close()

    def _comes_later(self, position: int) -> int:
        """*un vestido pero ese te lo doy el lunes*: not now. Gives the position after it, or 0."""
        if self._tokens[position].text not in THOSE or self._line.is_empty:
            return 0
        end = next((at for at in range(position, len(self._tokens)) if self._tokens[at].kind == "sign"), None)
        said = [token.text for token in self._tokens[position + 1 : end]]
        at = next((at for at, text in enumerate(said) if text not in _PRONOUNS | _LATER), len(said))
        if at == 0 or at == len(said) or said[at] not in _BRINGING or not _LATER.intersection(said):
            return 0
        self._line.negated = True
        self._close()
        self._talking = True
        return position + at + 2

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
        gone = self._line_at_hand()
        amount = amount_at(self._tokens, end)
        goes = gone.op == "remove" and gone.amount is None and bool(gone.words) and gone.sentence == self._sentence
        return goes and amount is not None and not self._ends_at(amount.end)

    def _names_another_kind(self, end: int) -> bool:
        """*salsa roja bueno verde*, *un pay de nuez bueno de limón*"""
        linked = text_at(self._tokens, end) in LINKS | {"en", "con", "sin"}
        at = end + 1 if linked else end
        if at >= len(self._tokens) or self._tokens[at].text in STOPWORDS or not self._line.words:
            return False
        said = [hits.keys() for each in self._line.words if (hits := self._lookup.hits(self._tokens[each]))]
        kind = self._lookup.hits(self._tokens[at])
        if len(said) < _NOUN_AND_KIND or (not linked and any(hit.role is Role.HEAD for hit in kind.values())):
            return False
        return bool(said[0] & kind.keys()) and not set(kind).intersection(*said)

    def _denies(self, position: int, end: int) -> bool:
        """*dos almohadas pero no son de pluma*; *no, son 3* corrects."""
        said = [token.text for token in self._tokens[position:end]]
        linked = text_at(self._tokens, end) in LINKS
        return said == ["no", "son"] and linked and self._is_named_at_all()

    def _is_named_at_all(self) -> bool:
        return any(line.words for line in (*self._lines, self._line))

    def _rather_another(self, end: int) -> bool:
        """*el edredón king mejor matrimonial*: what is in the order is to be another."""
        line = self._line_at_hand()
        named = line.is_bare and self._tokens[line.words[0]].text in THE and line.sentence == self._sentence
        others = any(each.amount or each.wanted for each in self._lines if not each.changes)
        return named and not others and not self._ends_at(end) and amount_at(self._tokens, end) is None
