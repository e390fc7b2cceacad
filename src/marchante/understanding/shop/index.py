"""The searchable form of one company's catalog."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from marchante.understanding.domain import CatalogProduct
from marchante.understanding.lexicon.goods import GOODS
from marchante.understanding.lexicon.words import SPOKEN_PACK_COUNT, STOPWORDS
from marchante.understanding.lexicon.works import CARE, WORK_OF
from marchante.understanding.normalize import other_gender, undiminished, word_key
from marchante.understanding.shop.full_names import FullNames
from marchante.understanding.shop.learned import found_by_learned, learned_names
from marchante.understanding.shop.name_patterns import (
    broken_off,
    joined_names,
    numbered,
    purposes,
    shortened,
    spoken_numbers,
)
from marchante.understanding.shop.postings import postings_of
from marchante.understanding.shop.product_names import NameForm, Role, parse_name
from marchante.understanding.shop.read_products import Name, ReadProduct, read_product
from marchante.understanding.shop.trade import washes, works_in
from marchante.understanding.shop.vessels import halves_of, vessel_of
from marchante.understanding.words.derived import Families
from marchante.understanding.words.misspellings import LEAST_MISSPELT, LONG, is_another_word, is_likely
from marchante.understanding.words.sizes import PERSONS, Size
from marchante.understanding.words.tokens import tokenize_name

_ROLE_BITS = 3
_ROLE_MASK = (1 << _ROLE_BITS) - 1
_ROLE_SHARE = 1000
_ADJECTIVES = frozenset({Role.FORM, Role.DETAIL, Role.ABOUT})
_UNSPELT = frozenset({Role.ABOUT, Role.TOLD})
"""Words only of descriptions are not what a customer misspells."""
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
    care: frozenset[str] = frozenset()
    """Words of its name for work that goes without saying where only the garment is named."""
    mends: frozenset[str] = frozenset()
    """Words for work nobody means who does not say it."""

    def comes_in(self, said: Size) -> bool:
        return any(size.fits(said) for size in self.sizes)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found in a product: by which role, and how surely (1 is letter for letter)."""

    role: Role
    score: float


def in_names(hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Leave out the products that have the word only in their description."""
    return {place: hit for place, hit in hits.items() if hit.role > Role.ABOUT}


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
        "shortened",
        "spoken_numbers",
        "spoken_sizes",
        "vessels",
        "washes",
        "works",
    )

    def __init__(self, products: tuple[CatalogProduct, ...]) -> None:
        self.products = products
        self.by_sku: Mapping[str, CatalogProduct] = {product.sku: product for product in products}
        read = tuple(map(read_product, products))
        names = tuple(name for product in read for name in product.names)
        own_names = tuple(product.name for product in read)
        self.washes = washes(read)
        self.entries = tuple(_entry(product, serving=self.washes) for product in read)
        self.vessels = {
            place: vessel
            for place, (product, entry) in enumerate(zip(read, self.entries, strict=True))
            if (vessel := vessel_of(product.product, entry.forms[0]))
        }
        self._postings = {
            key: tuple(place << _ROLE_BITS | role for place, role in places.items())
            for key, places in postings_of(read, [entry.forms for entry in self.entries], self.vessels).items()
        }
        spelt = {
            key
            for key, codes in self._postings.items()
            if " " not in key and any(code & _ROLE_MASK not in _UNSPELT for code in codes)
        }
        self._fuzzy = tuple(key for key in self._postings if key in spelt and len(key) >= LEAST_MISSPELT)
        self._spelt_keys = _spelt_keys(names, spelt)
        self._spelt = tuple(self._spelt_keys)
        self.spoken_sizes = frozenset(size for entry in self.entries for size in entry.sizes)
        self.spoken_numbers = spoken_numbers(names) | halves_of(self.vessels.values())
        self.learned = learned_names(products)
        self.serves = any(product.unit == "service" for product in products)
        self.heads = Counter(form.head for entry in self.entries for form in entry.forms[:1])
        self.numbered = numbered(own_names)
        self.joined_names = joined_names(names)
        self.shortened = shortened(names)
        self.full_names = FullNames(read)
        self.broken_off = broken_off(own_names)
        self.purposes = purposes(own_names)
        self._families = Families(self._postings)
        self.works = works_in(self._postings) if self.washes else {}

    @classmethod
    def build(cls, products: Iterable[CatalogProduct]) -> Self:
        """Index a catalog; of two products with one sku the last counts."""
        return cls(tuple({product.sku: product for product in products}.values()))

    def is_service(self, place: int) -> bool:
        """Whether it is work the shop does, and no goods."""
        return self.products[place].unit == "service"

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
        if other != key and (details := self.described_as(other)):
            return details, frozenset({other})
        doubtful = other != key and fuzzy and len(key) >= _LEAST_ADJECTIVE
        if doubtful and (varieties := self._varieties(other)):
            return varieties, frozenset({other})
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
        if text.endswith("s") and not (by_sound[0] or by_letters[0]):  # *lehces*
            by_letters = self._misspelt(text[:-1], self._spelt)
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
        if len(key) < LEAST_MISSPELT:
            return {}, frozenset()
        allowed = 2 if len(key) >= LONG else 1
        found = process.extract(key, known, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        nearest = min((distance for _, distance, _ in found), default=None)
        hits: dict[int, Hit] = {}
        keys: set[str] = set()
        for near, distance, _ in found:
            if distance != nearest or not is_likely(key, near):
                continue
            right = self._spelt_keys.get(near, near)
            there = self._hits(right, _FUZZY_SCORE[int(distance)])
            if is_another_word(key, near) or (distance > 1 and len(key) < _VERY_LONG):
                there = {place: hit for place, hit in there.items() if hit.role is Role.HEAD}
            hits.update(there)
            keys.update({right} if there else ())
        return hits, frozenset(keys)

    def _hits(self, key: str, score: float) -> dict[int, Hit]:
        return {code >> _ROLE_BITS: _HITS[code & _ROLE_MASK, score] for code in self._postings.get(key, ())}


_HITS = {(int(role), score): Hit(role, score) for role in Role for score in {DIMINUTIVE_SCORE, *_FUZZY_SCORE}}


def _surest(hits: Mapping[int, Hit]) -> float:
    """The best score; of equal ones that of nouns."""
    return max((hit.score + hit.role / _ROLE_SHARE for hit in hits.values()), default=0.0)


def _spelt_keys(names: Iterable[Name], fuzzy: Collection[str]) -> dict[str, str]:
    """The words of names as they are written, with how they sound."""
    long = (word for name in names for word in name if word.key in fuzzy and len(word.text) >= LEAST_MISSPELT)
    return {intern(word.text): intern(word.key) for word in long}


def _entry(read: ReadProduct, *, serving: bool) -> Entry:
    product = read.product
    served = product.unit == "service" and serving
    told = tuple(parse_name(name, served=served) for name in read.names)
    forms = (*told, *found_by_learned(product, told))
    sizes = tuple(dict.fromkeys(size for form in forms for size in form.sizes))
    sizes += tuple(size for size in parse_name(read.description).sizes if size.unit == PERSONS and size not in sizes)
    packs = [form.pack_count for form in forms if form.pack_count]
    packs = packs or [SPOKEN_PACK_COUNT[key] for form in forms for key in form.keys if key in SPOKEN_PACK_COUNT]
    packed = bool(packs) and product.unit in {"pack", "box", "bag"}
    works = frozenset(key for form in forms for key in form.keys if served and key in WORK_OF)
    count = packs[0] if packed else None
    return Entry(forms, sizes, count, _words(product.category), works & CARE, works - CARE)


def _words(text: str) -> tuple[str, ...]:
    return tuple(intern(token.key) for token in tokenize_name(text) if token.is_word and token.text not in STOPWORDS)
