"""Variants of one thing: which is the plain one, which the large one, and when a name alone leaves others open."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.understanding.lexicon.attributes import (
    COMES,
    IRONING,
    LARGE,
    MADE_KINDS,
    MIDDLE,
    NEVER_PLAIN,
    PLAIN,
    PLAIN_OF_HEAD,
    SERVICES,
    SIZE_WORDS,
    SMALL,
    SPECIAL,
    SPECIAL_OF_HEAD,
    STANDARD_SIZES,
)
from marchante.understanding.lexicon.goods import ANIMALS, MAKERS
from marchante.understanding.lexicon.synonyms import IMPLIED
from marchante.understanding.lexicon.words import PACKAGING, UNITS
from marchante.understanding.lexicon.works import CARE
from marchante.understanding.normalize import other_gender, word_key
from marchante.understanding.shop.index import CatalogIndex, Entry
from marchante.understanding.shop.product_names import is_measure, is_number_of_name
from marchante.understanding.words.sizes import Size

_SMALL_MIDDLE_LARGE = 3
_SPECIALLY_MADE = SPECIAL & MADE_KINDS
SUPERLATIVE = "mas"
"""Beside a size word: of however many sizes *la más chica* is the smallest."""
_CLOSED_PACK = 6
_LEAST_MILLILITRES = 100
_THOUSAND = 1000
_PORTIONS = frozenset(word_key(word) for word in ("rebanada", "reb", "entero", "molde", "vaso", "individual"))
_NEUTRAL = (PLAIN | COMES | PACKAGING | SERVICES | SIZE_WORDS | UNITS.keys()) - {word_key("envase"), word_key("c")}
"""A lone letter is no kilo there: the *cargador tipo C* is one of several."""


def plainest(said: frozenset[str], places: set[int], index: CatalogIndex) -> set[int]:
    """Drop the products that say more than another does without having been asked for it."""
    marks = {place: marks_of(index.entries[place], said) for place in places}
    apart = special(places, said, index)
    if len(apart) < len(places):
        places = places - apart
    shared = frozenset.intersection(*(marks[place] for place in places))
    lean = {place: marks[place] - shared for place in places}
    heads = {place: index.entries[place].forms[0].head for place in places}
    names = {place: index.entries[place].forms[0].keys for place in places}
    portions = {place: _portion(index.entries[place], said) for place in places}
    work = {place: _work_on(index.entries[place], said) for place in places}

    def plainer(one: int, two: int) -> bool:
        same_work = work[one] == work[two] or not (work[one] and (work[two] or work[one] <= IRONING))
        as_much = not (portions[one] and portions[two]) or portions[one] == portions[two]
        less = lean[one] < lean[two] or (heads[one] in names[two] and _says_less(lean[one], lean[two]))
        return less and same_work and as_much and _may_be_plain(heads[one], heads[two])

    return {place for place in places if not any(plainer(other, place) for other in places - {place})}


def _portion(entry: Entry, said: frozenset[str]) -> frozenset[str]:
    """Of a *flan entero* and a *rebanada*, of a *molde* and a *vaso* neither is the plain one."""
    form = entry.forms[0]
    return frozenset() if said & _PORTIONS else frozenset(form.keys) & _PORTIONS - PLAIN_OF_HEAD.get(form.head, set())


def _work_on(entry: Entry, said: frozenset[str]) -> frozenset[str]:
    """What is done with a garment, unless it was said: of *planchado* and *tintorería* neither is the plain one.

    Nor is what is only ironed plainer than what goes without saying how it is washed: *Vestido casual*.
    """
    return frozenset() if said & (SERVICES | entry.care) else frozenset(entry.forms[0].keys) & (SERVICES | entry.care)


def _may_be_plain(one: str, two: str) -> bool:
    """*Ensueño* is no plain *Downy libre enjuague*."""
    return one == two or not {one, two} & MAKERS


def of_standard_size(places: set[int], said: frozenset[str], index: CatalogIndex) -> set[int]:
    """*3 garrafones* are of 20 litres, *un traje* is of two pieces."""
    usual = [Size(value, unit) for key in said for value, unit in STANDARD_SIZES.get(key, ())]
    return {at for at in places if any(size.fits(one) for one in usual for size in index.entries[at].sizes)} or places


def _says_less(one: frozenset[str], two: frozenset[str]) -> bool:
    """*Pierna de pollo* tells no more than *Pierna y muslo*, *Jamón Fud* less than *Jamón de pavo San Rafael*."""
    implied = frozenset[str]().union(*(IMPLIED.get(key, frozenset()) for key in two))
    return one - implied < two or (one <= MAKERS and bool(two & ANIMALS))


def special(places: set[int], said: frozenset[str], index: CatalogIndex) -> set[int]:
    """Products nobody means who says no more than this."""
    return {at for at in places if _is_special(at, said, index)}


def _is_special(place: int, said: frozenset[str], index: CatalogIndex) -> bool:
    """Tell by its name, or by a description such as *Leche evaporada*."""
    entry = index.entries[place]
    marks = marks_of(entry, said)
    told = SPECIAL_OF_HEAD.get(entry.forms[0].head, frozenset())
    described = bool(marks) and any(place in index.exact(key) for key in _SPECIALLY_MADE - said)
    return described or bool(marks & (NEVER_PLAIN | told | entry.mends))


def leaves_others(exact: set[int], places: set[int], sizes: Sequence[Size], index: CatalogIndex) -> bool:
    """*camarón* is not the *Camarón U15* where there are small and large ones."""
    (place,) = exact
    if sizes or not index.entries[place].forms[0].sizes:
        return False
    forms = [index.entries[other].forms[0] for other in places - exact]
    told = ((frozenset(form.keys), form.sizes) for form in forms)
    return any(keys & (SIZE_WORDS | COMES) or not (sizes_named or keys & NEVER_PLAIN) for keys, sizes_named in told)


def marks_of(entry: Entry, said: frozenset[str]) -> frozenset[str]:
    """What the best fitting of a product's names says beyond the customer's words, neutral words left out."""
    best: frozenset[str] | None = None
    usual = _NEUTRAL | entry.care
    neutral = usual - SERVICES - CARE if said & (SERVICES | CARE) else usual
    for form in entry.forms:
        keys = frozenset(form.keys)
        if best is not None and not said & keys:
            continue
        extra = keys - said - neutral - PLAIN_OF_HEAD.get(form.head, frozenset())
        extra = frozenset(key for key in extra if not is_measure(key)) | {
            f"#{size.value}" for size in form.sizes if is_number_of_name(form, size)
        }
        if entry.pack_count and entry.pack_count >= _CLOSED_PACK:
            extra |= {"closed pack"}
        if best is None or len(extra) < len(best):
            best = extra
    return best or frozenset()


def in_every_name(places: set[int], index: CatalogIndex) -> frozenset[str]:
    """*Topo Chico* is not small."""
    return frozenset.intersection(*(frozenset(index.entries[place].forms[0].keys) for place in places))


def by_relative_size(places: set[int], words: frozenset[str], index: CatalogIndex) -> set[int]:
    """*grande* and *chico* of two or three sizes of the same thing, without those of no size; empty where none fits."""
    measures = _measures(places, index)
    by_size = sorted(set(measures.values()))
    few = len(by_size) <= _SMALL_MIDDLE_LARGE or SUPERLATIVE in words
    if len(by_size) < len(("small", "large")) or not few:
        return set()
    wanted = None
    if words & LARGE:
        wanted = by_size[-1]
    elif words & SMALL:
        wanted = by_size[0]
    elif words & MIDDLE and len(by_size) == _SMALL_MIDDLE_LARGE:
        wanted = by_size[1]
    return {place for place, measure in measures.items() if measure == wanted}


def _measures(places: set[int], index: CatalogIndex) -> dict[int, Decimal]:
    """How large each is, in what most of them are measured in; how many a pack counts says least of that."""
    by_kind: dict[str, dict[int, Decimal]] = {}
    for place in places:
        for size in index.entries[place].sizes:
            kind, measure = _kind_of(size)
            of_kind = by_kind.setdefault(kind, {})
            of_kind[place] = max(of_kind.get(place, measure), measure)
    counted = by_kind.pop("pz", {})
    return max(by_kind.values(), key=lambda sizes: (len(set(sizes.values())), len(sizes)), default=counted)


def _kind_of(size: Size) -> tuple[str, Decimal]:
    """The 600 of an alias *coca de 600* means 600 ml, not six hundred litres."""
    if size.kilos:
        return "kg", size.kilos
    litres = size.litres or (_bare(size) if not size.unit else None)
    if litres:
        return "l", litres
    return ("m", size.metres) if size.metres else (size.unit, size.value)


def _bare(size: Size) -> Decimal:
    """The *Coca 600* is smaller than the *Coca 2.5 L*."""
    return size.value / _THOUSAND if not size.unit and size.value >= _LEAST_MILLILITRES else size.value


def states_another(place: int, said: str, among: frozenset[str], index: CatalogIndex) -> bool:
    """Tell whether a product's name states another colour, or another size, than the customer's."""
    stated = frozenset(index.entries[place].forms[0].keys) & among
    return bool(stated) and not stated & {said, other_gender(said)}
