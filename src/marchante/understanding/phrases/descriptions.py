"""What is said more of a thing and no name tells apart: *pero derechas*, *de los que traen tapa*, *de dos salidas*."""

from decimal import Decimal

from marchante.understanding.lexicon.attributes import COLORS, PLAIN_SAID, SIZE_WORDS
from marchante.understanding.lexicon.words import LINKS, STOPWORDS, THE, half_or_number
from marchante.understanding.normalize import word_key
from marchante.understanding.phrases.readings import is_talk, is_traded, is_wish
from marchante.understanding.phrases.worked import Worked
from marchante.understanding.shop.lookup import names_a_product
from marchante.understanding.words.sizes import Size
from marchante.understanding.words.tokens import Token

_HAVING = frozenset({"hay", "tiene", "tienes", "tienen", "tendra", "tendran", "maneja", "manejan", "venden", "vendes"})
_PARTS = {word_key("caballo"): word_key("hp")}


class Descriptions(Worked):
    """Tells descriptions from what makes a thing another thing."""

    def _wish_follows(self, place: int, start: str) -> bool:
        following = [self._tokens[each] for each in self._positions[place + 1 : place + 4]]
        if start in {"sin", "con"}:
            first = next((token for token in following if token.text not in STOPWORDS), None)
            narrows = first is not None and self._narrows(first, start)
            self._varied |= start == "con" and first is not None and is_traded(first) and not narrows
            return first is not None and not narrows and not is_talk(first)
        first = next((token for token in following if token.text not in STOPWORDS), None)
        if start == "pero" and first is not None and self._tells_apart(first):
            return False  # *arrachera un kilo, pero de la marinada*
        return any(is_wish(token) for token in following) or (bool(following) and start in {"bien", "muy"})

    def _is_described_from(self, place: int) -> bool:
        """*pero derechas*, *que son del restaurante*, *de los que traen tapa*."""
        said = [self._tokens[at].text for at in self._positions[place : place + 3]]
        following = [self._tokens[at] for at in self._positions[place + 1 :] if self._tokens[at].text not in STOPWORDS]
        begins = said[0] in {"pero", "que"} or self._of_those(said)
        return begins and bool(following) and not any(map(self._tells_which, following[:2]))

    def _of_those(self, said: list[str]) -> bool:
        """*de las que*, *del que*, *de los de*"""
        articled = said[0] in LINKS and (said[0] == "del" or (len(said) > 1 and said[1] in THE))
        pointed = said[1 if said[0] == "del" else 2 :]
        return articled and pointed[:1] in (["que"], ["de"])

    def _tells_which(self, token: Token) -> bool:
        if token.kind == "number" or token.key in SIZE_WORDS | COLORS | PLAIN_SAID or self._narrows(token):
            return True
        return is_traded(token) or names_a_product(self._lookup.hits(token))

    def _says_whose_or_where(self, place: int, token: Token) -> bool:
        """*copias de la INE*, *ropa del airbnb*: with the article no kind of thing."""
        said = [self._tokens[at].text for at in self._positions[max(0, place - 2) : place]]
        definite = said[-1:] == ["del"] or (said[:1] == ["de"] and said[-1] in THE)
        return definite and token.is_word and not is_traded(token)

    def _is_asked_for(self, at: int) -> bool:
        """*hay tostadas?*, *tienen rellenas*: after these comes a thing, not how it is to be."""
        return at > 0 and self._tokens[at - 1].text in _HAVING

    def _counts_parts(self, at: int, token: Token) -> bool:
        """*un regulador de dos salidas*, *de una vía*: what names count comes with how many of it."""
        unit = _PARTS.get(token.key, token.key)
        entries = self._lookup.index.entries
        if not any(size.unit == unit for one in self._group.places for size in entries[one].sizes):
            return False
        value = self._number_before(at)
        if value is None:
            return False
        self._sizes = [*(size for size in self._sizes if size.unit or size.value != value), Size(value, unit)]
        return True

    def _number_before(self, at: int) -> Decimal | None:
        before = self._tokens[at - 1] if at else None
        if before is None or before.value is not None:
            return before.value if before else None
        return half_or_number(before.text)
