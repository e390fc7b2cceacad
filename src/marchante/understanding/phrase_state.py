"""What has been read of a phrase so far, and where words go that name no product."""

from collections.abc import Sequence

from marchante.understanding.lexicon.attributes import COLORS, GENERIC, PLAIN_SAID, SIZE_WORDS
from marchante.understanding.lexicon.goods import BRANDS, CUTS, GOODS, MATERIALS
from marchante.understanding.lexicon.words import STOPWORDS
from marchante.understanding.lookup import Lookup
from marchante.understanding.matching import Group, Word
from marchante.understanding.normalize import word_key
from marchante.understanding.readings import Reading
from marchante.understanding.sizes import Size
from marchante.understanding.tokens import Token
from marchante.understanding.variants import states_another

_GENERAL = frozenset({word_key("pescado"), word_key("carne")})


class PhraseState:
    """`_group` is the product being put together; the lists are positions of words beside it."""

    def __init__(
        self, positions: Sequence[int], sizes: Sequence[Size], tokens: Sequence[Token], lookup: Lookup
    ) -> None:
        self._positions = positions
        self._sizes = sizes
        self._tokens = tokens
        self._lookup = lookup
        self._readings: list[Reading] = []
        self._reset()

    def _reset(self) -> None:
        self._group = Group()
        self._leading: list[int] = []
        self._lead_link = ""
        self._aside = False
        self._conflicts: list[int] = []
        self._strangers: list[int] = []
        self._size_words: list[int] = []
        self._plain_words: list[int] = []
        self._boxes: list[int] = []
        self._services: list[Word] = []
        self._notes: list[tuple[int, int]] = []
        self._link = ""

    def _content_after(self, place: int) -> bool:
        return any(self._tokens[at].text not in STOPWORDS for at in self._positions[place + 1 :])

    def _narrows(self, token: Token, link: str = "") -> bool:
        found = self._lookup.bound_to(link, token)
        return bool(self._group.places & found.hits.keys())

    def _adjective(self, at: int, token: Token, anchored: set[int]) -> bool:
        """Keep plain, size and colour words that no name has; they conflict where a name states another."""
        if token.key in PLAIN_SAID:
            self._plain_words.append(at)
        elif token.key in SIZE_WORDS:
            other = anchored and all(states_another(one, token.key, SIZE_WORDS, self._lookup.index) for one in anchored)
            (self._conflicts if other else self._size_words).append(at)
        elif token.key in COLORS:
            other = any(states_another(one, token.key, COLORS, self._lookup.index) for one in anchored)
            if other or not anchored:
                (self._conflicts if anchored else self._leading).append(at)
        elif token.key in GENERIC:
            self._conflicts.extend([at] if anchored else [])
        else:
            return False
        return True

    def _conflict(self, at: int, token: Token, link: str) -> None:
        """A qualifier makes it another thing; another noun is a thing of its own."""
        if token.key in _GENERAL and any(word.keys & CUTS for word in self._group.words):
            return
        separate = not link and token.key in GOODS - MATERIALS and token.key not in BRANDS
        (self._strangers if separate else self._conflicts).append(at)

    def _size_keys(self) -> frozenset[str]:
        return frozenset(self._tokens[each].key for each in self._size_words)
