"""A catalog searched by a few words, not all of which have to fit: what a list is filtered by."""

from marchante.understanding.domain import Match
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.shop.matching import MAX_CANDIDATES
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.tokens import tokenize


def search(text: str, index: CatalogIndex, limit: int = MAX_CANDIDATES) -> tuple[Match, ...]:
    """Return the products that best fit a name typed into any list, best first."""
    lookup = Lookup(index)
    words = [hits for token in tokenize(text) if (hits := lookup.hits(token))]
    scores: dict[int, float] = {}
    for hits in words:
        for place, hit in hits.items():
            scores[place] = scores.get(place, 0.0) + hit.score * (1 + hit.role) / (1 + Role.HEAD)
    best = sorted(scores, key=lambda place: (-scores[place], place))[:limit]
    return tuple(Match(index.products[place], round(min(1.0, scores[place] / len(words)), 3)) for place in best)
