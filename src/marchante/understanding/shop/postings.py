"""Under which words a catalog's products are found: those of their names, descriptions and kinds."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from sys import intern

from marchante.understanding.lexicon.attributes import PLAIN, SERVICES, WISHES
from marchante.understanding.lexicon.goods import (
    BRAND_KINDS,
    FORMS,
    GOODS,
    GOODS_WRITTEN,
    INGREDIENTS,
    MAKERS,
    PURPOSES,
)
from marchante.understanding.lexicon.kinds import BEER, OWN_DIMINUTIVES, kinds_of, sized_kinds
from marchante.understanding.lexicon.synonyms import SYNONYMS
from marchante.understanding.lexicon.words import PACK_BY_COUNT, STOPWORDS
from marchante.understanding.normalize import bound, undiminished, word_key
from marchante.understanding.shop.product_names import NameForm, Role
from marchante.understanding.shop.read_products import Name, ReadProduct
from marchante.understanding.shop.vessels import Vessel, words_of_drink, words_of_vessel
from marchante.understanding.words.tokens import Token

Forms = tuple[NameForm, ...]
"""A product's own name and its aliases."""


def postings_of(
    products: Sequence[ReadProduct], forms: Sequence[Forms], vessels: Mapping[int, Vessel]
) -> dict[str, dict[int, int]]:
    """Give, for every key, the products that have it and the highest role it has in each."""
    best: dict[str, dict[int, int]] = {}
    for place, (product, names) in enumerate(zip(products, forms, strict=True)):
        for key, role in _described(product):
            best.setdefault(key, {}).setdefault(place, role)
        for form in names:
            for key, role in zip(form.keys, form.roles, strict=True):
                _raise(best, key, place, role)
        for key, role in (*_with(product.name), *_of_brand(names[0])):
            best.setdefault(intern(key), {}).setdefault(place, role)
        for first, joined in enumerate(_joined(product.name)):
            best.setdefault(joined, {}).setdefault(place, Role.VARIETY if first else Role.HEAD)
        vessel, sold = vessels.get(place), product.product
        for key, role in words_of_vessel(vessel, names[0]) if vessel else words_of_drink(sold, names[0]):
            _raise(best, key, place, role)
        if pack := _closed_pack(sold.unit, names):
            best.setdefault(pack, {}).setdefault(place, Role.FORM)
    _yield_to_names(best)
    _post_kinds(best, products, forms)
    _head_alike(best, forms)
    return best


def _raise(best: dict[str, dict[int, int]], key: str, place: int, role: Role) -> None:
    """Note a word of a product, if it is not there in a higher role."""
    places = best.setdefault(intern(key), {})
    places[place] = max(places.get(place, Role.ABOUT), role)


def _closed_pack(unit: str, names: Forms) -> str:
    """*Pacífico lata 355 ml 6 pack* is a *six*."""
    drink = any(size.litres for size in names[0].sizes) or BEER in _kinds(names)
    return PACK_BY_COUNT.get(names[0].pack_count or 0, "") if unit in {"pack", "box"} and drink else ""


def _kinds(names: Forms) -> frozenset[str]:
    """Of what kind a thing is that its owner calls by a brand alone: *Corona familiar 940 ml* is a *caguama*."""
    kinds = frozenset(kind for form in names for kind in (*kinds_of(form.keys, form.head), *_grown(form.head)))
    if BEER not in kinds and all(form.head != BEER for form in names):
        return kinds
    sizes = (size.litres for form in names for size in form.sizes)
    return kinds.union(*(sized_kinds(litres) for litres in sizes if litres))


def _grown(head: str) -> Iterator[str]:
    """The *Nopalito en tiras* is called *nopal* too."""
    if head not in GOODS | OWN_DIMINUTIVES:
        yield from (base for base in undiminished(head) if base in GOODS)


def _with(name: Name) -> Iterator[tuple[str, Role]]:
    """So *nuevo* finds the one *con envase*."""
    for one, two in pairwise(name):
        if one.text == "con" and two.is_word:
            yield bound("con", two.key), Role.DETAIL


def _post_kinds(best: dict[str, dict[int, int]], products: Sequence[ReadProduct], forms: Sequence[Forms]) -> None:
    for place, (product, names) in enumerate(zip(products, forms, strict=True)):
        for kind in () if _is_service(product) else _kinds(names):
            _raise(best, kind, place, Role.TOLD)


def _of_brand(form: NameForm) -> Iterator[tuple[str, Role]]:
    """*jabón Roma*, *sobre de Whiskas para gato*: what a thing called by its brand is, and for whom."""
    for place, brand in enumerate(form.keys):
        for kind in BRAND_KINDS.get(brand, ()):
            if kind in PURPOSES:
                yield kind, Role.DETAIL
            elif not place:
                yield kind, Role.TOLD


def _head_alike(best: dict[str, dict[int, int]], forms: Sequence[Forms]) -> None:
    """Beside a *Cubeta 10 L* the *Cubeta exprimidora* is a bucket too."""
    for place, names in enumerate(forms):
        form = names[0]
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


def _described(product: ReadProduct) -> list[tuple[str, Role]]:
    """Words of a description: its first noun says the kind of what is sold, after *tipo* stands a brand.

    Where the noun is part of a longer name (*lápiz adhesivo*) that name is the kind, and the noun alone only where
    nothing else in the shop is called so.
    """
    found: list[tuple[str, Role]] = []
    served = _is_service(product)
    tokens = [token for token in product.description if token.is_word]
    alone = len(tokens) == 1 or [token.text for token in tokens[1:2]] in (["o"], ["y"])
    of_colour = alone and bool(tokens) and tokens[0].key in INGREDIENTS  # *Naranja*, *Coco o vainilla*
    for before, token in pairwise([None, *tokens]):
        if token is None or (token.text in STOPWORDS and token.text != "sin"):
            continue
        key = intern(bound("sin", token.key) if before and before.text == "sin" else token.key)
        branded = before is not None and before.text == "tipo"
        kind = not served and (key in MAKERS or (before is None and _is_noun(token) and not of_colour))
        found.append((key, Role.VARIETY if branded else Role.TOLD if kind else Role.ABOUT))
    kind_name = tuple(key for key, _ in found[:2])
    if found and found[0][1] is Role.TOLD and kind_name in SYNONYMS and kind_name[-1] not in WISHES | PLAIN:
        found.append((intern(" ".join(kind_name)), Role.TOLD))
    return found


def _is_noun(token: Token) -> bool:
    """*Sale a las 7* names no salt."""
    verb = token.text.endswith("e") and token.text[:-1] in GOODS_WRITTEN and token.text not in GOODS_WRITTEN
    return token.key in GOODS - FORMS and not verb


def _is_service(product: ReadProduct) -> bool:
    return product.product.unit == "service" or any(token.key in SERVICES for token in product.name)


def _joined(name: Name) -> Iterator[str]:
    """Neighbouring words of a name as one: *topochico*; those it begins with are what it is called."""
    words = [token for token in name if token.is_word]
    for one, two in pairwise(words):
        if one.text not in STOPWORDS and two.text not in STOPWORDS and one.end < two.start:
            yield intern(word_key(one.text + two.text))
