"""Words of one message looked up in one catalog, each once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marchante.understanding.lexicon.attributes import (
    ATTRIBUTES,
    COLORS,
    MADE_KINDS,
    PLAIN,
    PLAIN_OF_HEAD,
    SERVICES,
    SPECIAL,
    WISHES,
)
from marchante.understanding.lexicon.fillers import COURTESY, TALK, VERBS_OF_TALK
from marchante.understanding.lexicon.goods import (
    ANIMALS,
    BRANDS,
    COMPOUNDS,
    CUTS,
    GOODS,
    INGREDIENTS,
    MAKERS,
    MATERIALS,
    PURPOSES,
    STUFFS,
)
from marchante.understanding.lexicon.synonyms import IMPLIED, LEADS, LONGEST_SYNONYM, SYNONYMS, WIDER
from marchante.understanding.lexicon.words import PACKAGING, STOPWORDS
from marchante.understanding.lexicon.works import WORN, work_of
from marchante.understanding.normalize import bound, undiminished, word_key
from marchante.understanding.shop.full_names import SaidName
from marchante.understanding.shop.index import CatalogIndex, Hit, in_names
from marchante.understanding.shop.product_names import Role
from marchante.understanding.shop.vessels import CARRIED
from marchante.understanding.shop.written import as_written, named_rather, wider
from marchante.understanding.words.tokens import Token

Hits = Mapping[int, Hit]
"""Products by their position in the index."""
SYNONYM_SCORE = 0.95
_SPELT_RIGHT = BRANDS | GOODS | MATERIALS | COURTESY | TALK | VERBS_OF_TALK | ATTRIBUTES | PACKAGING | SERVICES | CUTS


def names_a_product(hits: Hits) -> bool:
    """Tell whether some product can be named by this word alone."""
    return any(hit.role >= Role.TOLD for hit in hits.values())


@dataclass(frozen=True, slots=True)
class Found:
    """Products a word or name stands in, and the keys it went by there (its own, a synonym's, the right spelling's)."""

    hits: Hits
    keys: frozenset[str]


_OF_ANYTHING = SERVICES | PURPOSES | STUFFS
"""Words that stand as nouns in some names and tell things apart in others."""
_TELLING = frozenset({Role.DETAIL, Role.VARIETY, Role.HEAD})
_NOWHERE = Found({}, frozenset())
_TELLING_STUFF = INGREDIENTS | COLORS | MADE_KINDS | SPECIAL | BRANDS - MAKERS
_PORK = frozenset({word_key("cerdo"), word_key("puerco")})
_OF_ANY_ANIMAL = frozenset(
    word_key(word)
    for word in (
        "pierna", "molleja", "retazo", "pata", "higado", "corazon", "milanesa", "costilla", "bistec", "molida", "lomo",
        "chuleta", "hueso", "lengua", "filete", "cabeza", "falda",
    )
)  # fmt: skip
"""Cuts whose animal is only plain where the shop sells no other."""
_BY_NAME = Hit(Role.HEAD, 1.0)


class Lookup:
    """Made for one message and thrown away with it."""

    def __init__(self, index: CatalogIndex) -> None:
        self.index = index
        self._found: dict[str, Found] = {}
        self.names: dict[int, SaidName] = {}

    def spot_names(self, tokens: Sequence[Token]) -> None:
        """Note the product names said in full, by the token they begin at."""
        position = 0
        while position < len(tokens):
            name = self.index.full_names.longest_at(tokens, position, self._spellings)
            if name:
                self.names[position] = name
            position = name.end if name else position + 1

    @property
    def named_positions(self) -> frozenset[int]:
        """Where full names stand: *avena 3 minutos* says no time, *col blanca* no colonia."""
        return frozenset(at for name in self.names.values() for at in range(name.start, name.end))

    def _spellings(self, token: Token) -> frozenset[str]:
        """The keys of the catalog a word stands for."""
        known = not token.is_word or token.key in self.index or token.text in STOPWORDS
        return frozenset({token.key}) if known else self.find(token).keys

    def tells_apart(self, token: Token) -> bool:
        """Tell whether a word says which product rather than how it is to be: *rosa*, where there is a pink one."""
        known = token.key not in WISHES or token.key in COLORS
        return known and any(hit.role in _TELLING for hit in self.hits(token).values())

    def named(self, name: SaidName) -> Found:
        """Products called by a full name, and those whose names say all of it and more."""
        entry = self.index.entries[name.places[0]]
        form = entry.forms[name.form]
        wider = self.all_of(form.keys) if form.keys else {}
        hits = {
            place: hit
            for place, hit in wider.items()
            if all(self.index.entries[place].comes_in(said) for said in form.sizes)
        }
        return Found({**hits, **dict.fromkeys(name.places, _BY_NAME)}, frozenset(form.keys))

    def hits(self, token: Token) -> Hits:
        """Products in whose name, aliases or description the word stands, by synonym or misspelling if need be."""
        return self.find(token).hits

    def find(self, token: Token) -> Found:
        """Look a word up, once a message."""
        if token.key not in self._found:
            self._found[token.key] = _NOWHERE if token.text in STOPWORDS else self._search(token)
        return self._found[token.key]

    def work_of(self, token: Token) -> str:
        """Give the work a word stands for, in a shop that does any."""
        return work_of(token.text, token.key) if self.index.washes and token.is_word else ""

    def _search(self, token: Token) -> Found:
        work = self.index.works.get(self.work_of(token), ())
        if work:
            hits = dict(self._by_synonym((token.key,)).hits)
            for at, hit in (found for key in work for found in self.index.exact(key).items()):
                hits[at] = max(hits.get(at, hit), hit, key=lambda each: each.role)
            return Found(hits, frozenset({token.key, *work}))
        key = token.key
        hits, keys = as_written(token, self.index)
        if not hits and self.index.washes and token.text in WORN:
            return Found(self.index.exact(WORN[token.text]), frozenset({key, WORN[token.text]}))
        named = key in PLAIN and any(hit.role > Role.ABOUT for hit in hits.values())  # of *recarga* no *intercambio*
        if not named and (not any(hit.role is Role.HEAD for hit in hits.values()) or key in _OF_ANYTHING):
            same = self._by_synonym((key,))
            if key in MATERIALS:
                same = Found(
                    {place: Hit(min(hit.role, Role.DETAIL), hit.score) for place, hit in same.hits.items()}, same.keys
                )
            hits = {**same.hits, **named_rather(hits, same.hits)}
            keys |= same.keys
        if key in WIDER:
            hits = {**wider(key, hits, self.index), **hits}
        if not hits and token.is_word:  # a number is never misspelt
            related, keys_there = self.index.related(key, token.text, fuzzy=key not in _SPELT_RIGHT)
            return Found(related, keys_there | {key})
        return Found(hits, frozenset(keys))

    def bound_to(self, preposition: str, token: Token) -> Found:
        """Look up a word as it stands after *sin* or *con*."""
        if preposition == "sin":
            return self.without(token)
        tied = bound(preposition, token.key)
        if preposition == "con" and token.key in CARRIED and tied in self.index:
            return Found(self.index.exact(tied), frozenset({tied}))
        plain = self.find(token)
        if preposition != "con":
            return plain
        same = self._by_synonym((bound("con", token.key),))
        return Found({**plain.hits, **same.hits}, plain.keys | same.keys)

    def without(self, token: Token) -> Found:
        """Look up *sin* and a word."""
        key = bound("sin", token.key)
        same = self._by_synonym((key,))
        return Found({**same.hits, **self.index.exact(key)}, same.keys | {key})

    def phrase(self, tokens: Sequence[Token]) -> tuple[Found, int]:
        """Read the longest many-word synonym the tokens begin with: its products and how many tokens it takes."""
        keys: list[str] = []
        best = (_NOWHERE, 0)
        tied = False
        for place, token in enumerate(tokens):
            if token.text in STOPWORDS:
                if not keys or token.text == "sin":
                    break
                tied = token.text == "con"
                continue
            keys.append(token.key)
            if len(keys) > LONGEST_SYNONYM:
                break
            if len(keys) > 1:
                found = self._named(tuple(keys), tokens[: place + 1])
                if tied and not found.hits:  # *concha con nata* is more than the two of them
                    found = self._by_synonym((*keys[:-1], bound("con", token.key)))
                if found.hits:
                    best = (found, place + 1)
            tied = False
        return best

    def lacking(self, tokens: Sequence[Token]) -> int:
        """How many tokens at the beginning name together what the shop has only in part: *pan molido*."""
        keys: list[str] = []
        for place, token in enumerate(tokens[:4]):
            if token.text in STOPWORDS:
                if not keys or token.text == "sin":
                    return 0
                continue
            keys.append(token.key)
            if len(keys) > 1:
                whole = tuple(keys)
                known = whole not in COMPOUNDS or self._is_known(whole)
                return 0 if known else place + 1
        return 0

    def _is_known(self, whole: tuple[str, ...]) -> bool:
        return bool(self._together(whole) or self._by_synonym(whole).hits or " ".join(whole) in self.index)

    def _together(self, keys: tuple[str, ...]) -> bool:
        """Whether some product has all the keys, be it in its description."""
        return bool(set(self.index.exact(keys[0])).intersection(*(self.index.exact(key) for key in keys[1:])))

    def _named(self, keys: tuple[str, ...], tokens: Sequence[Token]) -> Found:
        told = " ".join(keys)
        if told in self.index and not self.all_of(keys):
            same = self._by_synonym(keys)
            loose = {
                at: Hit(min(hit.role, Role.TOLD), 1.0) for at, hit in same.hits.items() if not self._says(MAKERS, at)
            }
            return Found({**loose, **self.index.exact(told)}, frozenset({*keys, told}))
        joined = word_key("".join(token.text for token in tokens))
        if len(tokens) == len(keys) == 2 and joined in self.index and not self.all_of(keys):  # noqa: PLR2004
            return Found(self.index.exact(joined), frozenset({joined}))
        heads = {at for at, hit in self.index.exact(keys[0]).items() if hit.role is Role.HEAD}
        if self.all_of(keys) or (heads and self._together(keys)):
            return _NOWHERE
        same = self._by_synonym(keys)
        return same if same.hits or len(keys) > len(("thing", "stuff")) else self._goes_without_saying(*keys)

    def _goes_without_saying(self, thing: str, stuff: str) -> Found:
        """*pechuga de pollo*, *azúcar morena* where the shop only says *pechuga* or *azúcar*, and no other stuff."""
        if thing not in IMPLIED:  # *piernitas de pollo*
            thing = next((base for base in undiminished(thing) if base in IMPLIED), thing)
        implied = IMPLIED.get(thing, frozenset()) | PLAIN_OF_HEAD.get(thing, frozenset())
        if stuff not in implied:
            return _NOWHERE
        doubtful = thing in _OF_ANY_ANIMAL and self._sells_other_animals(thing, implied, stuff)
        found = self.index.exact(thing) or self._by_synonym((thing,)).hits
        same = implied - (ANIMALS - {stuff, *(_PORK if stuff in _PORK else ())})  # of *pollo* no *Pierna de puerco*
        telling = (ANIMALS if stuff in ANIMALS else _TELLING_STUFF) - same - {thing}
        hits = {place: hit for place, hit in found.items() if hit.role is Role.HEAD and not self._says(telling, place)}
        if doubtful:  # *piernas de pollo* are the *Pierna y muslo*, though pork has legs too
            of_it = frozenset(key for key in IMPLIED if stuff in IMPLIED[key]) - _OF_ANY_ANIMAL
            hits = {place: hit for place, hit in hits.items() if self._says(of_it, place)}
        return Found(hits, frozenset({thing, stuff})) if hits else _NOWHERE

    def _sells_other_animals(self, thing: str, implied: frozenset[str], stuff: str) -> bool:
        doubtful = stuff in ANIMALS and stuff not in PLAIN_OF_HEAD.get(thing, frozenset())
        return doubtful and any(animal in self.index for animal in ANIMALS - implied)

    def _says(self, telling: frozenset[str], place: int) -> bool:
        return any(frozenset(form.keys) & telling for form in self.index.entries[place].forms)

    def _by_synonym(self, keys: tuple[str, ...]) -> Found:
        hits: dict[int, Hit] = {}
        names: set[str] = set(keys)
        for other in SYNONYMS.get(keys, ()):
            found = self.all_of(other) if len(other) > 1 else self.index.exact(other[0])
            found = found or self.index.exact(" ".join(other))
            names.update(other if found and keys not in LEADS and not MAKERS.issuperset(other) else ())
            for place, hit in found.items():
                if not self._is_of_another_brand(place, keys):
                    hits.setdefault(place, Hit(hit.role, SYNONYM_SCORE))
        return Found(hits, frozenset(names if hits else keys))

    def _is_of_another_brand(self, place: int, keys: tuple[str, ...]) -> bool:
        """*suavitel* may be any *suavizante* but the *Ensueño*."""
        asked = MAKERS.intersection(keys)
        told = MAKERS.intersection(*(form.keys for form in self.index.entries[place].forms[:1]))
        return bool(asked) and bool(told) and asked.isdisjoint(told)

    def all_of(self, keys: tuple[str, ...]) -> dict[int, Hit]:
        """Products that have every one of the keys in a name or an alias."""
        found: dict[int, Hit] = {}
        for number, key in enumerate(keys):
            hits = in_names(self.index.exact(key))
            if number:
                hits = {
                    place: max(found[place], hit, key=lambda each: each.role)
                    for place, hit in hits.items()
                    if place in found
                }
            found = hits
            if not found:
                break
        return found
