"""Which products a phrase names."""

from rapidfuzz import fuzz, utils

from marchante.understanding.domain import Match
from marchante.understanding.index import CatalogIndex


LEAST_SCORE = 0.7


def search(text: str, index: CatalogIndex, limit: int = 10) -> tuple[Match, ...]:
    """Return the products whose name or alias best fits what was typed, best first."""
    found = []
    for product in index.products:
        names = (product.name, *product.aliases)
        score = max(fuzz.WRatio(text, name, processor=utils.default_process) for name in names) / 100
        if score >= LEAST_SCORE:
            found.append(Match(product, score))
    return tuple(sorted(found, key=lambda match: -match.score)[:limit])
