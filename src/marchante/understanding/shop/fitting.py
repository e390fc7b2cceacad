"""Which products a size fits that was said."""

from collections.abc import Sequence

from marchante.understanding.lexicon.words import UNITS
from marchante.understanding.normalize import word_key
from marchante.understanding.shop.index import CatalogIndex, Entry
from marchante.understanding.shop.product_names import is_measure
from marchante.understanding.words.sizes import Size

_METRE = word_key("metro")


def of_size(places: set[int], sizes: Sequence[Size], index: CatalogIndex) -> set[int]:
    """Keep those of the sizes said, or else those whose names leave the size open."""
    fitting = set(places)
    for said in sizes:
        exact = {place for place in fitting if index.entries[place].comes_in(said)}
        if exact:  # *cable del 14* is rather the one of 14 than the *Cable 2x14*
            fitting = {place for place in exact if not _is_part_of_measure(index.entries[place], said)} or exact
            continue
        unsized = {place for place in fitting if _leaves_size_open(place, said, index)}
        fitting = unsized
    return fitting


def _is_part_of_measure(entry: Entry, said: Size) -> bool:
    parts = (key.split("x") for form in entry.forms for key in form.keys if is_measure(key))
    return any(str(said.value) in each for each in parts)


def is_cut_by_metre(place: int, index: CatalogIndex) -> bool:
    """*Listón satín 1 cm (metro)*, *Cable (m)*, but no *rollo 100 m*: the metre by itself is what it is sold by."""
    entry = index.entries[place]
    told = place in index.exact(_METRE) and not any(size.metres for size in entry.sizes)
    return told or any(UNITS.get(key) == "m" for key in entry.forms[0].keys)


def _leaves_size_open(place: int, said: Size, index: CatalogIndex) -> bool:
    if said.unit == "m" and is_cut_by_metre(place, index):
        return True  # *listón de 2 metros*
    return not any(
        size.unit == said.unit or not said.unit or not size.unit or _same_kind(size, said)
        for size in index.entries[place].sizes
    )


def _same_kind(one: Size, two: Size) -> bool:
    return any(
        (mine is None) == (theirs is None) and mine is not None
        for mine, theirs in ((one.kilos, two.kilos), (one.litres, two.litres), (one.metres, two.metres))
    )
