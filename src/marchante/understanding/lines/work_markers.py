"""Verbs that elsewhere change an order, and at the tailor's say what to do: *súbanle la bastilla*."""

from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.words import ARTICLES, DETERMINERS, OBJECTS, POSSESSIVES
from marchante.understanding.lexicon.works import CARES, LIGHT
from marchante.understanding.lines.lines import LineBuilder
from marchante.understanding.shop.lookup import names_a_product
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at

_BRINGING = frozenset({"tengo", "mando", "traigo", "llevo", "dejo", "van", "va"})
_WORKING = ("sub", "baj", "met", "cambi", "pon", "peg", "sac", "solt", "suelt", "agrand", "achic")
"""How verbs begin that change an order, or what is brought."""
_NEAR = 4


class WorkMarkers(LineBuilder):
    """Tells them by the work or the part of a garment named beside them."""

    def _brings(self, position: int, end: int) -> bool:
        """*tengo 2 pantalones*, *mando en seco 2 sacos*, *ocupo que me entallen*, *tengo que lavar 3 cobijas*."""
        if self._asks_work(end):
            return True
        verb = self._tokens[end - 1].text
        to_them = all(token.text in OBJECTS for token in self._tokens[position : end - 1])
        if verb not in _BRINGING or not self._lookup.index.serves or not to_them:
            return False
        if self._lookup.index.washes and self._brings_its_own(end):
            return True
        ahead = end + 2 if text_at(self._tokens, end) == "que" else end
        counted = amount_at(self._tokens, ahead) is not None
        return counted or self._asks_work(end + 1)

    def _brings_its_own(self, at: int) -> bool:
        """*te mando mi cobertor*, *les llevo mañana el saco azul*"""
        while at < len(self._tokens) and at in self._masked:
            at += 1
        if at + 1 >= len(self._tokens) or self._tokens[at].text not in ARTICLES | DETERMINERS | POSSESSIVES:
            return False
        return names_a_product(self._lookup.hits(self._tokens[at + 1]))

    def _work_on(self, end: int) -> int:
        """Take the verb of a work in, where the shop has the word."""
        if self._talking or self._asked:
            self._talking = self._asked = False
            self._close()
        verb = self._tokens[end - 1]
        named = self._lookup.work_of(verb) and self._lookup.hits(verb) and not amount_at(self._tokens, end)
        self._line.words.extend([end - 1] if named else [])
        return end

    def _works_on(self, end: int) -> bool:
        """*cambiarle la rueda a una maleta*, *súbanle la bastilla*: done to what is brought, and to no order."""
        verb = self._tokens[end - 1].text
        if not self._lookup.index.washes or not verb.startswith(_WORKING):
            return False
        for at in range(end, min(end + _NEAR, len(self._tokens))):
            token = self._tokens[at]
            if not token.is_word or (amount_at(self._tokens, at) and token.text not in ARTICLES):
                return False
            root = self._lookup.work_of(token)
            if root and root not in CARES | LIGHT and self._lookup.hits(token):
                return all(each.text != "por" for each in self._tokens[at : at + _NEAR])
        return False

    def _asks_work(self, at: int) -> bool:
        """Whether work is named there: *que me entallen*, *en seco*."""
        work = self._work_at(at)
        return bool(work) and work not in LIGHT

    def _work_at(self, at: int) -> str:
        return self._lookup.work_of(self._tokens[at]) if at < len(self._tokens) else ""

    def _order_work(self, marker: Marker, end: int) -> None:
        """*que me planchen 2 faldas* orders and says what."""
        if marker is Marker.ORDER and self._asks_work(end - 1):
            self._line.words.append(end - 1)

    def _asked_for(self, marker: Marker, position: int, end: int) -> Marker:
        """*me planchan 2 docenas*, *hay que pegar 4 botones* ask for it, and not about it."""
        if marker is not Marker.QUESTION or not self._lookup.index.washes:
            return marker
        must = text_at(self._tokens, end) == "que" and bool(self._work_at(end + 1))
        for_me = position > 0 and self._tokens[position - 1].text in OBJECTS and self._asks_work(end - 1)
        counted = for_me and amount_at(self._tokens, end) is not None
        return Marker.ORDER if must or counted else marker
