"""What is asked for or asked about, and what is only talk."""

from marchante.understanding.lexicon.fillers import REASONS
from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lines.recounts import Recounts
from marchante.understanding.verbs.verb_senses import wants_for_another
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at

_IN_ITS_PLACE = frozenset({"en", "a"})
"""*en su lugar*, *a cambio*"""
_IF_YOU_CAN = frozenset({"puede", "puedes", "pueden"})
_HAVING = frozenset({"tengo", "tenemos"})
_STILL = frozenset({"asi", "aqui", "todavia", "suficiente", "bastante", "de"})
_PAST = frozenset({"ayer", "antier", "anteayer", "anoche", "vez", "pasada", "pasado"})


class Talking(Recounts):
    """Acts on the markers that order, ask, and begin to talk."""

    def _ask_or_order(self, marker: Marker, position: int) -> None:
        if marker is Marker.QUESTION and self._describes():
            self._close()
            self._line.wish = True
            self._line.words.append(position)
            return
        if marker in {Marker.QUESTION, Marker.PRICE} or (marker is Marker.WISHED and self._asked):
            self._line.asked |= bool(self._line.words) and self._line.amount is None and not self._line.wanted
            self._asked = True
        else:
            goes_instead = self._swapped and self._line.is_empty
            self._asked, self._wanted = False, True
            self._swapped = self._instead or goes_instead or self._tokens[position].text in _IN_ITS_PLACE
            goes_on = self._line.is_empty and self._line.changes and self._op == "set"
            if not self._swapping and not goes_on:
                self._op = "add"
        self._talking = self._instead = False
        self._conditional = marker is Marker.WISHED
        self._close()
        self._line.conditional |= self._conditional

    def _describes(self) -> bool:
        """After things that were ordered, and without a question mark, *tiene una mancha* says how one of them is."""
        asked = any(token.text in "?¿" for token in self._tokens)
        return bool(self._lines) and self._is_under_way() and not asked and self._sentence == self._lines[-1].sentence

    def _is_ordering(self) -> bool:
        """Whether an amount of something was asked for before this line."""
        asked_for = (line for line in self._lines if not (line.changes or line.asked or line.ordered))
        return any(line.amount and line.words for line in asked_for)

    def _stop(self, position: int, end: int) -> None:
        if self._tokens[position].text == "que" and end > position + 1:
            self._leaves_out_the_ordered()
        fetched = self._tokens[end - 1].text == "por" and amount_at(self._tokens, end) is not None
        comes_for = text_at(self._tokens, end) == "por"
        if self._tokens[end - 1].text in _IF_YOU_CAN and amount_at(self._tokens, end):
            self._close()
            return  # *y si puedes una coca*
        if self._tokens[end - 1].text in _HAVING and self._line.words and not self._line.amount:
            self._line.negated |= self._line.op == "add" and not self._line.asked and self._has_enough(end)
        fetched = fetched or (comes_for and amount_at(self._tokens, end + 1) is not None)
        if fetched or self._brings(position, end):
            self._ask_or_order(Marker.ORDER, position)
            return
        self._close()
        self._talking = True
        self._past = self._tokens[position].text in _PAST or self._tokens[end - 1].text in _PAST

    def _has_enough(self, end: int) -> bool:
        """*y papa tengo*; *tengo visitas* says why."""
        return self._ends_at(end) or self._tokens[end].text in REASONS | _STILL

    def _is_told(self, marker: Marker, end: int) -> bool:
        """*porque ya no fumo*, *porque aquí no hay*: what is talked of neither asks nor takes anything away."""
        if marker is Marker.REMOVED:
            return not self._ends_at(self._after_courtesy(end)) and amount_at(self._tokens, end) is None
        return marker is Marker.QUESTION and all(token.text not in "?¿" for token in self._tokens)

    def _leave_out_who(self, position: int, end: int) -> None:
        """*mi abuelita ocupa 2 leches*: who wants it is no thing."""
        counted = self._line.amount is None and amount_at(self._tokens, end) is not None
        if counted and wants_for_another(self._tokens, position, end):
            self._line.words.clear()
