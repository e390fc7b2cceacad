"""Whether a shop sells work done to what customers bring, and by which words its names call that work."""

from collections.abc import Iterable, Mapping, Sequence

from marchante.understanding.lexicon.attributes import MENDED
from marchante.understanding.lexicon.works import ALIKE, PARTS, WORK_OF
from marchante.understanding.shop.read_products import ReadProduct

_MENDED = MENDED | (WORK_OF.keys() - PARTS)


def washes(products: Iterable[ReadProduct]) -> bool:
    """Tell whether a shop washes, irons or mends anything."""
    return any(
        token.key in _MENDED
        for each in products
        if each.product.unit == "service"
        for name in each.names
        for token in name
    )


def works_in(keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Give, for every work, the words the shop has for it: those said of a work alike after its own."""
    own: dict[str, list[str]] = {}
    for key in keys:
        if key in WORK_OF:
            own.setdefault(WORK_OF[key], []).append(key)
    alike = {root: [key for other in others for key in own.get(other, ())] for root, others in ALIKE.items()}
    return {root: (*own.get(root, ()), *alike.get(root, ())) for root in own.keys() | alike.keys()}
