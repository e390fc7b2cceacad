"""Which products a size fits that was said."""

from collections.abc import Sequence

from marchante.understanding.index import CatalogIndex, Entry
from marchante.understanding.product_names import is_measure
from marchante.understanding.sizes import Size


def of_size(places: set[int], sizes: Sequence[Size], index: CatalogIndex) -> set[int]:
    """Keep those of the sizes said, or else those whose names leave the size open."""
    fitting = set(places)
    for said in sizes:
        exact = {place for place in fitting if any(size.fits(said) for size in index.entries[place].sizes)}
        if exact:  # *cable del 14* is rather the one of 14 than the *Cable 2x14*
            fitting = {place for place in exact if not _is_part_of_measure(index.entries[place], said)} or exact
            continue
        unsized = {place for place in fitting if _leaves_size_open(index.entries[place], said)}
        fitting = unsized
    return fitting


def _is_part_of_measure(entry: Entry, said: Size) -> bool:
    parts = (key.split("x") for form in entry.forms for key in form.keys if is_measure(key))
    return any(str(said.value) in each for each in parts)


def _leaves_size_open(entry: Entry, said: Size) -> bool:
    return not any(
        size.unit == said.unit or not said.unit or not size.unit or _same_kind(size, said) for size in entry.sizes
    )


def _same_kind(one: Size, two: Size) -> bool:
    return any(
        (mine is None) == (theirs is None) and mine is not None
        for mine, theirs in ((one.kilos, two.kilos), (one.litres, two.litres), (one.metres, two.metres))
    )
