"""The searchable form of one company's catalog."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from sys import intern
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from marchante.understanding.derived import Families
from marchante.understanding.domain import CatalogProduct
from marchante.understanding.full_names import FullNames
from marchante.understanding.learned import found_by_learned, learned_names
from marchante.understanding.lexicon.attributes import MENDED, SERVICES, WISHES
from marchante.understanding.lexicon.goods import BRAND_KINDS, FORMS, GOODS, INGREDIENTS, MAKERS, PURPOSES
from marchante.understanding.lexicon.synonyms import SYNONYMS
from marchante.understanding.lexicon.words import SPOKEN_PACK_COUNT, STOPWORDS
from marchante.understanding.name_patterns import broken_off, joined_names, numbered, purposes, spoken_numbers
from marchante.understanding.normalize import bound, other_gender, undiminished, word_key
from marchante.understanding.product_names import NameForm, Role, parse_name
from marchante.understanding.sizes import Size
from marchante.understanding.tokens import tokenize_name

_ROLE_BITS = 3
_ROLE_MASK = (1 << _ROLE_BITS) - 1
_LEAST_FUZZY = 4
_ROLE_SHARE = 1000
_ADJECTIVES = frozenset({Role.FORM, Role.DETAIL, Role.ABOUT})
_UNSPELT = frozenset({Role.ABOUT, Role.TOLD})
"""Words only of descriptions are not what a customer misspells."""
_LONG = 8
_VERY_LONG = 10
DIMINUTIVE_SCORE = 0.97
_FUZZY_SCORE = (1.0, 0.9, 0.82)
_CUT_SCORE = 0.82
_LEAST_CUT = 3
_LEAST_ADJECTIVE = 5
_HISSES = {"s": "z", "z": "s"}
_ENDINGS = tuple("aeiouynrlszdx")
_ENDINGS_OF_SHORT = tuple("aeiouynszx")


@dataclass(frozen=True, slots=True)
class Entry:
    """What matching needs to know of one product beside its postings."""

    forms: tuple[NameForm, ...]
    sizes: tuple[Size, ...]
    pack_count: int | None
    category: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found in a product: by which role, and how surely (1 is letter for letter)."""

    role: Role
    score: float


class CatalogIndex:
    """Immutable; build one per catalog version and share it between threads.

    `postings` maps the key of a word to the products that have it (position and role in one integer). Strings are
    interned, so that a thousand companies' indexes share theirs.
    """

    __slots__ = (
        "_families",
        "_fuzzy",
        "_postings",
        "_spelt",
        "_spelt_keys",
        "broken_off",
        "by_sku",
        "entries",
        "full_names",
        "heads",
        "joined_names",
        "learned",
        "numbered",
        "products",
        "purposes",
        "serves",
        "spoken_numbers",
        "spoken_sizes",
        "washes",
    )

    def __init__(self, products: tuple[CatalogProduct, ...]) -> None:
        self.products = products
        self.by_sku: Mapping[str, CatalogProduct] = {product.sku: product for product in products}
        self.entries = tuple(_entry(product) for product in products)
        self._postings = _postings(products, self.entries)
        self._fuzzy = tuple(
            key
            for key, codes in self._postings.items()
            if len(key) >= _LEAST_FUZZY and " " not in key and any(code & _ROLE_MASK not in _UNSPELT for code in codes)
        )
        self._spelt_keys = _spelt_keys(products, frozenset(self._fuzzy))
        self._spelt = tuple(self._spelt_keys)
        self.spoken_sizes = frozenset(size for entry in self.entries for size in entry.sizes)
        self.spoken_numbers = spoken_numbers(products)
        self.learned = learned_names(products)
        self.washes = any(
            key in MENDED
            for product, entry in zip(products, self.entries, strict=True)
            if product.unit == "service"
            for form in entry.forms
            for key in form.keys
        )
        self.serves = any(product.unit == "service" for product in products)
        self.heads = Counter(form.head for entry in self.entries for form in entry.forms[:1])
        self.numbered = numbered(products)
        self.joined_names = joined_names(products)
        self.full_names = FullNames(products)
        self.broken_off = broken_off(products)
        self.purposes = purposes(products)
        self._families = Families(self._postings)

    @classmethod
    def build(cls, products: Iterable[CatalogProduct]) -> Self:
        """Index a catalog; of two products with one sku the last counts."""
        return cls(tuple({product.sku: product for product in products}.values()))

    def position(self, sku: str) -> int | None:
        """Where a product stands in `products`."""
        product = self.by_sku.get(sku)
        return None if product is None else self.products.index(product)

    def __contains__(self, key: object) -> bool:
        return key in self._postings

    def exact(self, key: str) -> dict[int, Hit]:
        """Products that have this very key in a name, an alias or the description."""
        return self._hits(key, 1.0)

    def described_as(self, key: str) -> dict[int, Hit]:
        """Products that have the key as an adjective: said in the other gender it means them all the same."""
        hits = self._hits(key, DIMINUTIVE_SCORE)
        return {place: hit for place, hit in hits.items() if hit.role in _ADJECTIVES}

    def _varieties(self, key: str) -> dict[int, Hit]:
        """*foco cálido* is the one of *luz cálida*; of a noun (*libra*, *libro*) the other gender is another thing."""
        hits = self._hits(key, DIMINUTIVE_SCORE)
        return hits if all(hit.role is Role.VARIETY for hit in hits.values()) else {}

    def related(self, key: str, text: str, *, fuzzy: bool) -> tuple[dict[int, Hit], frozenset[str]]:
        """Products that have the key in another gender, undiminished or misspelt; and the keys they have."""
        other = other_gender(key)
        details = self.described_as(other) if other != key else {}
        if details:
            return details, frozenset({other})
        if other != key and fuzzy and len(key) >= _LEAST_ADJECTIVE and self._varieties(other):
            return self._varieties(other), frozenset({other})
        for base in undiminished(key):
            if base in self._postings and key not in GOODS:
                return self._hits(base, DIMINUTIVE_SCORE), frozenset({base})
        family = self._families.of(key) if fuzzy else ()
        kin = {place: hit for other in family for place, hit in self._hits(other, DIMINUTIVE_SCORE).items()}
        kin = {place: hit for place, hit in kin.items() if hit.role in _ADJECTIVES | {Role.VARIETY}}
        if kin:
            return kin, frozenset(family)
        hissing = word_key(text[:-1] + _HISSES[text[-1]]) if text[-1] in _HISSES else key
        if hissing != key and hissing in self._postings:
            return self._hits(hissing, _FUZZY_SCORE[1]), frozenset({hissing})
        cut_short = self._cut_short(key, text, doubtful=fuzzy)
        if cut_short[0] or not fuzzy:
            return cut_short
        by_sound, by_letters = self._misspelt(key, self._fuzzy), self._misspelt(text, self._spelt)
        surer = _surest(by_letters[0]) > _surest(by_sound[0])
        return by_letters if surer else by_sound

    def _cut_short(self, key: str, text: str, *, doubtful: bool) -> tuple[dict[int, Hit], frozenset[str]]:
        """*ceb morada*, *zanah*: words broken off before a vowel; whole words of Spanish rarely end so."""
        short = doubtful and len(key) == _LEAST_CUT
        whole = text.endswith(_ENDINGS_OF_SHORT if short else _ENDINGS)
        if len(key) < _LEAST_CUT or whole:
            return {}, frozenset()
        keys = [other for other in self._fuzzy if other.startswith(key)]
        hits: dict[int, Hit] = {}
        for other in keys:
            hits.update(self._hits(other, _CUT_SCORE))
        return hits, frozenset(keys)

    def _misspelt(self, key: str, known: Collection[str]) -> tuple[dict[int, Hit], frozenset[str]]:
        """By its sound or by its letters: a letter lost may change how the rest sounds (*tocno*)."""
        if len(key) < _LEAST_FUZZY:
            return {}, frozenset()
        allowed = 2 if len(key) >= _LONG else 1
        found = process.extract(key, known, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        nearest = min((distance for _, distance, _ in found), default=None)
        hits: dict[int, Hit] = {}
        keys: set[str] = set()
        for near, distance, _ in found:
            if distance != nearest or not _likely(key, near):
                continue
            right = self._spelt_keys.get(near, near)
            there = self._hits(right, _FUZZY_SCORE[int(distance)])
            if _another_word(key, near) or (distance > 1 and len(key) < _VERY_LONG):
                there = {place: hit for place, hit in there.items() if hit.role is Role.HEAD}
            hits.update(there)
            keys.update({right} if there else ())
        return hits, frozenset(keys)

    def _hits(self, key: str, score: float) -> dict[int, Hit]:
        return {code >> _ROLE_BITS: _HITS[code & _ROLE_MASK, score] for code in self._postings.get(key, ())}


_HITS = {(int(role), score): Hit(role, score) for role in Role for score in {DIMINUTIVE_SCORE, *_FUZZY_SCORE}}


def _likely(key: str, near: str) -> bool:
    """Short words one letter apart are mostly two words (*rota*, *ropa*); misspelt ones lose, gain or swap a letter."""
    if len(key) <= _LEAST_FUZZY:
        return near[0] == key[0] and (len(near) != len(key) or sorted(near) == sorted(key))
    return near[0] == key[0] or (len(key) > _LEAST_FUZZY + 1 and len(key) <= len(near))


def _surest(hits: Mapping[int, Hit]) -> float:
    """The best score; of equal ones that of nouns."""
    return max((hit.score + hit.role / _ROLE_SHARE for hit in hits.values()), default=0.0)


def _spelt_keys(products: tuple[CatalogProduct, ...], fuzzy: frozenset[str]) -> dict[str, str]:
    """The words of names as they are written, with how they sound."""
    words = (
        token for product in products for name in (product.name, *product.aliases) for token in tokenize_name(name)
    )
    return {intern(word.text): intern(word.key) for word in words if word.key in fuzzy}


def _another_word(key: str, near: str) -> bool:
    """With one letter changed for another a short word is as likely another word: *manila*, *manita*."""
    return len(key) == len(near) < _LONG - 1 and sorted(key) != sorted(near)


def _entry(product: CatalogProduct) -> Entry:
    told = tuple(parse_name(name) for name in (product.name, *product.aliases))
    forms = (*told, *found_by_learned(product, told))
    sizes = tuple(dict.fromkeys(size for form in forms for size in form.sizes))
    packs = [form.pack_count for form in forms if form.pack_count]
    packs = packs or [SPOKEN_PACK_COUNT[key] for form in forms for key in form.keys if key in SPOKEN_PACK_COUNT]
    packed = bool(packs) and product.unit in {"pack", "box", "bag"}
    return Entry(forms, sizes, packs[0] if packed else None, _words(product.category))


def _words(text: str) -> tuple[str, ...]:
    return tuple(intern(token.key) for token in tokenize_name(text) if token.is_word and token.text not in STOPWORDS)


def _postings(products: tuple[CatalogProduct, ...], entries: tuple[Entry, ...]) -> dict[str, tuple[int, ...]]:
    best: dict[str, dict[int, int]] = {}
    for place, (product, entry) in enumerate(zip(products, entries, strict=True)):
        for key, role in _described(product):
            best.setdefault(key, {}).setdefault(place, role)
        for form in entry.forms:
            for key, role in zip(form.keys, form.roles, strict=True):
                places = best.setdefault(intern(key), {})
                places[place] = max(places.get(place, Role.ABOUT), role)
        tokens = tokenize_name(product.name)
        for one, two in pairwise(tokens):
            if one.text == "con" and two.is_word:  # so *nuevo* finds the one *con envase*
                best.setdefault(intern(bound("con", two.key)), {})[place] = Role.DETAIL
        for kind, role in _of_brand(entry.forms[0]):
            best.setdefault(intern(kind), {}).setdefault(place, role)
        joined = _joined(product.name)
        if joined:
            best.setdefault(joined, {})[place] = Role.HEAD
    _yield_to_names(best)
    _head_alike(best, entries)
    return {key: tuple(place << _ROLE_BITS | role for place, role in places.items()) for key, places in best.items()}


def _of_brand(form: NameForm) -> Iterator[tuple[str, Role]]:
    """*jabón Roma*, *sobre de Whiskas para gato*: what a thing called by its brand is, and for whom."""
    for place, brand in enumerate(form.keys):
        for kind in BRAND_KINDS.get(brand, ()):
            if kind in PURPOSES:
                yield kind, Role.DETAIL
            elif not place:
                yield kind, Role.TOLD


def _head_alike(best: dict[str, dict[int, int]], entries: tuple[Entry, ...]) -> None:
    """Beside a *Cubeta 10 L* the *Cubeta exprimidora* is a bucket too."""
    for place, entry in enumerate(entries):
        form = entry.forms[0]
        key = form.keys[0] if form.keys else ""
        alone = key and form.roles[0] is Role.FORM and not form.linked
        if alone and Role.HEAD in best[key].values():
            best[key][place] = Role.HEAD


def _yield_to_names(best: dict[str, dict[int, int]]) -> None:
    """A noun that descriptions only use within longer names stays with the products called so."""
    for compound in [key for key in best if " " in key]:
        first = best.get(compound.partition(" ")[0], {})
        if Role.HEAD in first.values():
            first.update({place: Role.ABOUT for place in best[compound] if first.get(place) == Role.TOLD})


def _described(product: CatalogProduct) -> list[tuple[str, Role]]:
    """Words of a description: its first noun says the kind of what is sold, after *tipo* stands a brand.

    Where the noun is part of a longer name (*lápiz adhesivo*) that name is the kind, and the noun alone only where
    nothing else in the shop is called so.
    """
    found: list[tuple[str, Role]] = []
    served = product.unit == "service" or any(token.key in SERVICES for token in tokenize_name(product.name))
    tokens = [token for token in tokenize_name(product.description) if token.is_word]
    alone = len(tokens) == 1 or [token.text for token in tokens[1:2]] in (["o"], ["y"])
    of_colour = alone and bool(tokens) and tokens[0].key in INGREDIENTS  # *Naranja*, *Coco o vainilla*
    for before, token in pairwise([None, *tokens]):
        if token is None or (token.text in STOPWORDS and token.text != "sin"):
            continue
        key = intern(bound("sin", token.key) if before and before.text == "sin" else token.key)
        branded = before is not None and before.text == "tipo"
        kind = not served and (key in MAKERS or (before is None and key in GOODS - FORMS and not of_colour))
        found.append((key, Role.VARIETY if branded else Role.TOLD if kind else Role.ABOUT))
    kind_name = tuple(key for key, _ in found[:2])
    if found and found[0][1] is Role.TOLD and kind_name in SYNONYMS and kind_name[-1] not in WISHES:
        found.append((intern(" ".join(kind_name)), Role.TOLD))
    return found


def _joined(name: str) -> str | None:
    """The first two words of a name as one: *topochico*."""
    tokens = tokenize_name(name)[:2]
    if len(tokens) < len(("topo", "chico")) or not all(
        token.is_word and token.text not in STOPWORDS for token in tokens
    ):
        return None
    return intern(word_key("".join(token.text for token in tokens)))
