"""Whether *cambiar* swaps one thing for another, sets an amount, or speaks of something else."""

from itertools import pairwise

from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.words import ARTICLES, DETERMINERS, IT, LINKS, STOPWORDS
from marchante.understanding.lines.work_markers import WorkMarkers
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at

_FOR_ANOTHER = frozenset({"a", "mejor", "vez", "lugar", "que", "en", "quiero", "son", "sean", "sea"})


class Swaps(WorkMarkers):
    """Reads what stands around a marker that swaps."""

    def _without_swap(self, marker: Marker, position: int, end: int) -> Marker:
        """Whether *cambiar* swaps at all: it may set an amount, or speak of what is mended at home."""
        if marker is not Marker.SWAP:
            return marker
        if self._to_a_number(end):
            return Marker.SET
        if not self._names_another(end) and not self._lookup.hits(self._tokens[end - 1]):
            return Marker.ORDER if amount_at(self._tokens, end) else Marker.STOP
        return Marker.STOP if self._mends_at_home(position) else marker

    def _names_another(self, end: int) -> bool:
        """*me cambia la leche, vino agria* says of nothing what is wanted for it."""
        ahead = [token.text for token in self._tokens[end:]]
        favors = sum(pair == ("por", "favor") for pair in pairwise(ahead))
        return ahead.count("por") > favors or not _FOR_ANOTHER.isdisjoint(ahead)

    def _mends_at_home(self, position: int) -> bool:
        """*necesito cambiar la llave del lavabo*: nothing of an order is swapped for another thing."""
        ahead = [token.text for token in self._tokens[position:]]
        return ahead[0] == "cambiar" and not {"por", "pedido", "orden"} & set(ahead)

    def _to_a_number(self, position: int) -> bool:
        """*cambiar la cantidad de papa a 4 kilos*"""
        for at in range(position, len(self._tokens)):
            text = self._tokens[at].text
            if text == "por" or self._tokens[at].kind == "sign":
                return False
            amount = amount_at(self._tokens, at + 1) if text == "a" else None
            if amount and (amount.unit or self._ends_at(amount.end)):
                return True
        return False

    def _is_work(self, marker: Marker, position: int, end: int) -> bool:
        """*me cambia el cierre* where changing is what the shop does, unless one thing is swapped for another."""
        if marker is not Marker.SWAP or not self._lookup.hits(self._tokens[end - 1]):
            return False
        ahead = [token.text for token in self._tokens[position:]]
        return "por" not in ahead

    def _points_back(self, end: int) -> bool:
        """*el pollo …, cámbialo por*: what was just named goes."""
        said = {self._tokens[at].text for at in (end - 1, end - 2) if at >= 0}
        swapped = bool(said & IT) or self._tokens[end - 1].text.endswith(("lo", "la", "los", "las"))
        return swapped and text_at(self._tokens, end) == "por"

    def _names_the_other(self, position: int) -> bool:
        """*cámbiame la entera por la deslactosada*, *a deslactosada*; *a mi casa* is none."""
        text = self._tokens[position].text
        following = self._tokens[position + 1 : position + 3]
        said = next((token for token in following if token.text not in DETERMINERS), None)
        return text == "por" or (text == "a" and said is not None and bool(self._lookup.hits(said)))

    def _put_in_its_place(self, end: int) -> None:
        """*mejor una chica en lugar de la grande*: the chica is no new amount, as it is in *en lugar de dos*."""
        there = self._line_at_hand()
        amount = amount_at(self._tokens, end)
        if there.op != "set" or there.sentence != self._sentence or (amount and self._ends_at(amount.end)):
            return
        if there.words and there.amount:
            there.op, there.swapped = "add", True

    def _names_what_stays(self, position: int) -> None:
        """*en vez de la leche, un pan*; *en vez de la leche un pan*: what goes was named."""
        named = self._line_at_hand()
        if not self._instead or not named.instead or self._tokens[position - 1].text in LINKS | DETERMINERS:
            return
        amount = amount_at(self._tokens, position)
        counted = amount and (amount.explicit or self._tokens[position].text in ARTICLES)
        if counted and any(self._tokens[at].text not in STOPWORDS for at in named.words):
            self._begin_what_comes()

    def _begin_what_comes(self) -> None:
        """After what goes: *en vez de la leche*, the line of what takes its place."""
        self._instead, self._op, self._swapped = False, "add", True
        self._close()
        self._line = self._new_line()
