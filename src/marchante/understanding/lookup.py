"""Words of one message looked up in one catalog, each once."""

from collections.abc import Mapping, Sequence

from marchante.understanding.index import CatalogIndex, Hit
from marchante.understanding.lexicon.attributes import ATTRIBUTES
from marchante.understanding.lexicon.fillers import COURTESY, TALK, VERBS_OF_TALK
from marchante.understanding.lexicon.goods import GOODS, MATERIALS
from marchante.understanding.lexicon.synonyms import LONGEST_SYNONYM, SYNONYMS, WIDER
from marchante.understanding.lexicon.words import LINKS, PACKAGING, STOPWORDS
from marchante.understanding.product_names import Role
from marchante.understanding.tokens import Token

Hits = Mapping[int, Hit]
"""Products by their position in the index."""
SYNONYM_SCORE = 0.95
_SPELT_RIGHT = GOODS | MATERIALS | COURTESY | TALK | VERBS_OF_TALK | ATTRIBUTES | PACKAGING
_NOTHING: Hits = {}


def names_a_product(hits: Hits) -> bool:
    """Tell whether some product can be named by this word alone."""
    return any(hit.role >= Role.KIND for hit in hits.values())


class Lookup:
    """Made for one message and thrown away with it."""

    def __init__(self, index: CatalogIndex) -> None:
        self.index = index
        self._found: dict[str, Hits] = {}

    def hits(self, token: Token) -> Hits:
        """Products in whose name, aliases or description the word stands, by synonym or misspelling if need be."""
        if token.key not in self._found:
            self._found[token.key] = self._search(token)
        return self._found[token.key]

    def _search(self, token: Token) -> Hits:
        if token.text in STOPWORDS:
            return _NOTHING
        key = token.key
        found = dict(self.index.exact(key))
        for other in WIDER.get(key, ()):
            found = {**self.index.exact(other), **found}
        if not names_a_product(found):
            found = {**self._by_synonym((key,)), **found}
        if not found and token.is_word:
            fuzzy = key not in _SPELT_RIGHT and token.text not in STOPWORDS
            found = self.index.related(key, fuzzy=fuzzy)
        return found

    def phrase(self, tokens: Sequence[Token]) -> tuple[Hits, int]:
        """Read the longest many-word synonym the tokens begin with: its products and how many tokens it takes."""
        keys: list[str] = []
        best: tuple[Hits, int] = (_NOTHING, 0)
        for place, token in enumerate(tokens):
            if token.text not in LINKS and token.text not in STOPWORDS:
                keys.append(token.key)
            elif not keys:
                break
            if len(keys) > LONGEST_SYNONYM:
                break
            if len(keys) > 1 and token.key == keys[-1] and tuple(keys) in SYNONYMS:
                found = self.all_of(tuple(keys)) or self._by_synonym(tuple(keys))
                if found:
                    best = (found, place + 1)
        return best

    def _by_synonym(self, keys: tuple[str, ...]) -> dict[int, Hit]:
        found: dict[int, Hit] = {}
        for other in SYNONYMS.get(keys, ()):
            for place, hit in self.all_of(other).items():
                if hit.role >= Role.KIND or len(other) == 1:
                    found.setdefault(place, Hit(hit.role, SYNONYM_SCORE))
        return found

    def all_of(self, keys: tuple[str, ...]) -> dict[int, Hit]:
        """Products that have every one of the keys in a name or an alias."""
        found: dict[int, Hit] = {}
        for number, key in enumerate(keys):
            hits = {place: hit for place, hit in self.index.exact(key).items() if hit.role > Role.ABOUT}
            if number == 0:
                found = hits
            else:
                found = {place: max(found[place], hit, key=lambda each: each.role) for place, hit in hits.items() if place in found}
            if not found:
                break
        return found
