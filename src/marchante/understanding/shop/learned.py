"""Names customers gave a product and its owner accepted: these words alone mean it, whatever else is called so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from marchante.understanding.domain import CatalogProduct
from marchante.understanding.shop.product_names import NameForm, parse_name
from marchante.understanding.words.sizes import Size
from marchante.understanding.words.tokens import tokenize_name

LearnedNames = Mapping[tuple[frozenset[str], tuple[Size, ...]], int]
"""The keys and sizes of each name, and the place of its product. A name two products learned decides nothing."""


class Named(Protocol):
    @property
    def keys(self) -> frozenset[str]:
        """What one word of a message may be in a name."""
        ...


def learned_names(products: Sequence[CatalogProduct]) -> LearnedNames:
    found: dict[tuple[frozenset[str], tuple[Size, ...]], set[int]] = {}
    for place, product in enumerate(products):
        for form in _forms(product):
            found.setdefault((frozenset(form.keys), form.sizes), set()).add(place)
    return {name: min(places) for name, places in found.items() if len(places) == 1 and name[0]}


def learned_by(names: LearnedNames, words: Sequence[Named], sizes: Sequence[Size]) -> int | None:
    """The place of the product that goes by exactly these words, if one learned them."""
    for (keys, of_size), place in names.items():
        said = len(words) == len(keys) and all(len(word.keys & keys) == 1 for word in words)
        if said and of_size == tuple(sizes) and keys <= frozenset(key for word in words for key in word.keys):
            return place
    return None


def found_by_learned(product: CatalogProduct, forms: Iterable[NameForm]) -> tuple[NameForm, ...]:
    """The learned names with words the product had not: those its index must find. The others change nothing there:
    a shop where *coca* is the small one still has a *coca grande*.
    """
    known = frozenset(key for form in forms for key in form.keys)
    return tuple(form for form in _forms(product) if not known.issuperset(form.keys))


def _forms(product: CatalogProduct) -> Iterable[NameForm]:
    return (parse_name(tokenize_name(name)) for name in product.learned)
