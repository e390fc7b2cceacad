"""Words made of one verb: *exprimir*, *exprimidor*, *cubeta exprimidora*, *de las que exprimen*."""

import re
from collections.abc import Iterable
from functools import lru_cache

_VERBAL = re.compile(r"(?:[aei]dora?|ad[oa]|id[oa]|[aei]r|[ai]nte|iente|asion|[ai]ble|atori[oa]|adura|iv[oa])$")
_BARE = re.compile(r"(?:e?o|a|e|an|en)$")
_LEAST_DERIVED = 4
_LEAST_BARE = 5


@lru_cache(maxsize=16384)
def stem_of(key: str) -> str:
    """Give what a verb and the words made of it share: `exprimidor`, `exprimen` → `exprim`; empty where it is short."""
    verbal = _VERBAL.search(key)
    stem = key[: verbal.start()] if verbal else _BARE.sub("", key)
    return stem if len(stem) >= (_LEAST_DERIVED if verbal else _LEAST_BARE) else ""


class Families:
    """The keys of a catalog by what they are derived from."""

    __slots__ = ("_by_stem",)

    def __init__(self, keys: Iterable[str]) -> None:
        found: dict[str, list[str]] = {}
        for key in keys:
            if " " not in key and stem_of(key):
                found.setdefault(stem_of(key), []).append(key)
        self._by_stem = {stem: tuple(each) for stem, each in found.items()}

    def of(self, key: str) -> tuple[str, ...]:
        """Keys made of the same verb; one of the two has to look like a verb, for *mesa* is not *meso*."""
        verbal = _VERBAL.search(key)
        return tuple(other for other in self._by_stem.get(stem_of(key), ()) if verbal or _VERBAL.search(other))
