"""What has been read of a phrase so far, and where words go that name no product."""

from collections.abc import Sequence
from itertools import pairwise

from marchante.understanding.lexicon.attributes import (
    ATTRIBUTES,
    COLORS,
    GENERIC,
    PLAIN_OF_HEAD,
    PLAIN_SAID,
    SERVICES,
    SIZE_WORDS,
)
from marchante.understanding.lexicon.goods import (
    BRANDS,
    CUTS,
    FED,
    GOODS,
    HOLDERS,
    KINDS,
    MATERIALS,
    NATURAL_PURPOSES,
    PURPOSES,
    SORT_COLOURS,
    THROWAWAY,
    TOPICAL,
)
from marchante.understanding.lexicon.synonyms import WIDER
from marchante.understanding.lexicon.words import ARTICLES, LINKS, OBJECTS, PACKAGING, POSSESSIVES, STOPWORDS, THE
from marchante.understanding.normalize import other_gender, word_key
from marchante.understanding.phrases.narrowing import CONTENTS
from marchante.understanding.phrases.readings import Reading, is_traded
from marchante.understanding.shop.index import DIMINUTIVE_SCORE, in_names
from marchante.understanding.shop.learned import learned_by
from marchante.understanding.shop.lookup import Found, Lookup
from marchante.understanding.shop.matching import Choice, Group, Outcome, Word
from marchante.understanding.shop.product_names import Role
from marchante.understanding.shop.variants import SUPERLATIVE, by_relative_size, special, states_another
from marchante.understanding.shop.vessels import PIPED, VESSELS
from marchante.understanding.words.sizes import Size
from marchante.understanding.words.tokens import Token, tokenize_name

_NO_SURE_HEAD = MATERIALS | BRANDS | ATTRIBUTES
_BETWEEN = LINKS | THE | {"para"}
_WIDTHS = {word_key(word): word_key("grande") for word in ("ancho", "ancha", "grueso", "gruesa")} | {
    word_key(word): word_key("chico") for word in ("angosto", "angosta", "delgado", "delgada", "fino", "fina")
}
_LENGTHS = frozenset({"in", "cm", "m", word_key("mm")})
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
        self._varied = False
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

    def _tells_kinds_apart(self, token: Token) -> bool:
        """*croquetas para gato* are no dog food; *jitomate para salsa* is jitomate."""
        index = self._lookup.index
        places = self._group.anchored()
        weighed = all(index.products[at].unit == "kg" and index.entries[at].forms[0].head not in FED for at in places)
        told = token.key in PURPOSES or token.key in index.purposes
        return told and bool(places) and not weighed and not self._tolerated_for(places) and not self._is_for(token)

    def _is_for(self, token: Token) -> bool:
        """*suavizante de ropa*: what it is for anyway."""
        return any(token.key in NATURAL_PURPOSES.get(key, ()) for word in self._group.words for key in word.keys)

    def _comes_in_packs(self) -> bool:
        """*cucharas desechables*, where they are sold by the 25."""
        places = self._group.anchored()
        return bool(places) and all(self._lookup.index.entries[at].pack_count for at in places)

    def _general(self, place: int) -> tuple[Found, int] | None:
        """What names the thing after a general noun, and where: *tela de tul*, *garrafón de agua alcalina*."""
        particular = KINDS.get(self._tokens[self._positions[place]].key)
        if particular is None or self._group.words:
            return None
        after = place + 1
        while after < len(self._positions) and self._leads_on(self._tokens[self._positions[after]], particular):
            after += 1
        if after == len(self._positions) or self._positions[after] - self._positions[place] != after - place:
            return None
        token, index = self._tokens[self._positions[after]], self._lookup.index
        keys = (self._lookup.find(token).keys | {token.key}) & particular
        hits = {at: hit for key in keys for at, hit in index.exact(key).items() if hit.role >= Role.VARIETY}
        both = self._lookup.hits(self._tokens[self._positions[place]]).keys() & hits.keys()
        return (Found(hits, keys), after) if hits and not both else None

    def _leads_on(self, token: Token, particular: frozenset[str]) -> bool:
        return token.text in _BETWEEN or KINDS.get(token.key, frozenset()) >= particular

    def _is_to_fill(self, found: Found) -> bool:
        """*200 litros para el estacionario*: where nothing else was named, what is to be filled tells with what."""
        return not (self._group.words or self._leading) and bool(found.keys & (VESSELS | PIPED))

    def _tolerated_for(self, places: set[int]) -> bool:
        return all(map(self._lookup.index.is_service, places))

    def _is_asked_to_do(self, at: int, token: Token) -> bool:
        """*me fileteas 2 kilos* only sounds like a fillet."""
        asked = at > 0 and self._tokens[at - 1].text in OBJECTS and token.text.endswith(("as", "an", "es", "en"))
        return asked and token.key not in self._lookup.index and not self._lookup.work_of(token)

    def _tells_apart(self, token: Token) -> bool:
        """Whether a word stands in the names of some of the products there are to choose from, and not of all."""
        named = in_names(self._lookup.hits(token)).keys()
        return bool(self._group.places & named) and not self._group.places <= named

    def _adjective(self, at: int, token: Token, anchored: set[int]) -> bool:
        """Keep plain, size and colour words that no name has; they conflict where a name states another."""
        if token.key in PLAIN_SAID:
            special_only = self._are_special(anchored)  # no *contacto sencillo* where there are double ones
            (self._conflicts if special_only else self._plain_words).append(at)
        elif token.key in SIZE_WORDS:
            other = anchored and all(states_another(one, token.key, SIZE_WORDS, self._lookup.index) for one in anchored)
            (self._conflicts if other else self._size_words).append(at)
        elif token.key in _WIDTHS and self._tells_width(anchored, _WIDTHS[token.key]):
            self._size_words.append(at)
        elif token.key in COLORS:
            stated = any(states_another(one, token.key, COLORS, self._lookup.index) for one in anchored)
            stated = stated or any(self._lacks_the_sort(one, token.key) for one in anchored)
            other = stated or self._is_of_a_kind() or self._are_special(anchored)  # a *Tecate roja* is no Light
            if other or not anchored:
                (self._conflicts if anchored else self._leading).append(at)
        elif token.key in GENERIC:
            self._conflicts.extend([at] if anchored else [])
        else:
            return False
        return True

    def _lacks_the_sort(self, place: int, colour: str) -> bool:
        """*frijol negro* is no *frijol de la olla*."""
        form = self._lookup.index.entries[place].forms[0]
        sorts = SORT_COLOURS.get(form.head, frozenset())
        return bool({colour, other_gender(colour)} & sorts) and colour not in PLAIN_OF_HEAD.get(form.head, frozenset())

    def _is_of_a_kind(self) -> bool:
        """*jugo verde* is none of the *Boing*, though they are juices."""
        roles = {word.role_in(at) for word in self._group.words for at in self._group.places}
        return bool(roles) and max(roles) is Role.TOLD

    def _are_special(self, anchored: set[int]) -> bool:
        return bool(anchored) and anchored <= special(anchored, self._group.keys, self._lookup.index)

    def _conflict(self, at: int, token: Token, link: str) -> None:
        """A qualifier makes it another thing; another noun is a thing of its own."""
        if self._is_for(token) or (token.key in THROWAWAY and self._comes_in_packs()):
            return
        if token.key in CONTENTS and any(word.keys & HOLDERS for word in self._group.words):
            return
        if token.key in _GENERAL and any(word.keys & CUTS for word in self._group.words):
            return
        separate = not link and token.key in GOODS - MATERIALS and token.key not in BRANDS
        (self._strangers if separate else self._conflicts).append(at)

    def _size_keys(self) -> frozenset[str]:
        said = (self._tokens[each].key for each in self._size_words)
        keys = {_WIDTHS.get(key, key) for key in said}
        most = any(each and self._tokens[each - 1].text == SUPERLATIVE for each in self._size_words)
        return frozenset(keys | {SUPERLATIVE} if most else keys)

    def _tells_width(self, anchored: set[int], size_word: str) -> bool:
        """*masking del ancho*, where there are two widths of it."""
        entries = self._lookup.index.entries
        wide = all(any(size.unit in _LENGTHS for size in entries[at].sizes) for at in anchored)
        return wide and bool(by_relative_size(anchored, frozenset({size_word}), self._lookup.index))

    def _told_by_size(self) -> bool:
        """Whether *chico* or *grande* said which one, and is no wish."""
        return bool(by_relative_size(self._group.anchored(), self._size_keys(), self._lookup.index))

    def _says_whose(self, at: int) -> bool:
        """*la foto de mi novio*"""
        return at > 0 and self._tokens[at - 1].text in POSSESSIVES

    def _is_described(self) -> bool:
        return bool(self._group.words or self._size_words or self._plain_words)

    def _only_says_whose(self, word: Word) -> bool:
        """*leche Fud* is no milk the shop has, and no ham of that brand either."""
        noun = any(hit.role is Role.HEAD for each in self._group.words for hit in each.hits.values())
        return noun and all(hit.role < Role.HEAD for hit in word.hits.values())

    def _is_of_the_lacking(self, group: Group, at: Sequence[int]) -> bool:
        """Whether what was found only tells more of a thing the shop lacks."""
        if self._leading and (self._lead_link in {"de", "del", "para"} or self._noun_before(at[0])):
            return True
        traded = any(is_traded(self._tokens[each]) for each in self._leading)
        return self._heads_nothing(group) or (traded and self._qualifies_a_lead(at[0]))

    def _heads_nothing(self, group: Group) -> bool:
        """*pistola de silicón* is none of the bars *para pistola*: the first noun stands in descriptions alone."""
        first, *others = group.words
        if not others or not all(first.role_in(at) is Role.ABOUT for at in group.places):
            return False
        second = min(word.at[0] for word in others)
        linked = self._tokens[second - 1].text in LINKS and first.at[-1] == second - 2
        key = self._tokens[first.at[0]].key
        return linked and key not in ATTRIBUTES | PACKAGING and key not in WIDER

    def _noun_before(self, first: int) -> bool:
        """*un perrito café*: the amount counts an unknown noun, what follows only describes it."""
        lead = self._leading[-1]
        return self._is_counted(lead) and lead == first - 1 and not is_traded(self._tokens[lead])

    def _is_counted(self, at: int) -> bool:
        return at > 0 and (self._tokens[at - 1].text in ARTICLES or self._tokens[at - 1].kind == "number")

    def _qualifies_a_lead(self, first: int) -> bool:
        """*servilletas Pétalo*, *concha chocolate*: of what the shop lacks only the brand or the stuff is known."""
        between = self._tokens[self._leading[-1] + 1 : first]
        if any(not token.is_word for token in between):
            return False
        named = [word for word in self._group.words if word.anchors]
        heads = [word for word in named if any(word.role_in(at) is Role.HEAD for at in self._group.places)]
        return all(self._is_doubtful_head(word) for word in heads)

    def _is_doubtful_head(self, word: Word) -> bool:
        misspelt = all(hit.score < DIMINUTIVE_SCORE for hit in word.hits.values())
        return misspelt or self._tokens[word.at[0]].key in _NO_SURE_HEAD

    def _is_worked_on(self, choice: Choice) -> bool:
        """*ropa con cloro*: how it is to be washed."""
        forms = (self._lookup.index.entries[place].forms[0] for place in choice.places)
        return self._tolerated(choice) or any(frozenset(form.keys) & SERVICES for form in forms)

    def _tolerated(self, choice: Choice) -> bool:
        """What is washed or mended may be of any cloth and anybody's."""
        index = self._lookup.index
        if choice.places and all(index.entries[place].forms[0].head in TOPICAL for place in choice.places):
            return True
        served = index.washes and all(map(index.is_service, choice.places))
        return served and not (self._said_of_what() and all(map(self._is_of_another, choice.places)))

    def _said_of_what(self) -> bool:
        """*fundas de silla*"""
        return any(
            at > 0 and self._tokens[at - 1].text in LINKS and self._tokens[at].key not in MATERIALS | COLORS
            for at in self._conflicts
        )

    def _is_of_another(self, place: int) -> bool:
        """The *Funda de almohada* is no cover of a chair, a *Camisa* may be of anything."""
        tokens = tokenize_name(self._lookup.index.products[place].name)
        of = (two.key for one, two in pairwise(tokens) if one.text in LINKS and two.is_word)
        return any(key not in self._group.keys for key in of)

    def _parts(self, at: Sequence[int], named: Found) -> list[tuple[int, Found]]:
        """The words of a full name one by one: what comes later may take up its noun alone."""
        parts = []
        for each in at:
            found = self._lookup.find(self._tokens[each])
            if found.hits.keys() & named.hits.keys():
                parts.append((each, found))
        return parts

    def _learned(self) -> Choice | None:
        """The product the shop learned to call so, when nothing else was said of it."""
        if self._size_words or self._conflicts or self._leading:
            return None
        place = learned_by(self._lookup.index.learned, self._group.words, self._sizes)
        return None if place is None else Choice(Outcome.ONE, (place,), 1.0, "a name the shop learned")
