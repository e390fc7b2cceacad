"""What is done to what customers bring, by all the words of one work: *planchar*, *plancha*, *planchaditas*.

Only shops that wash, iron or mend read these words so: elsewhere a *tapa* or a *cierre* is a thing on the shelf.
"""

import re
from collections.abc import Iterator

from marchante.understanding.lexicon.conjugation import spelt
from marchante.understanding.lexicon.reader import keys, rows
from marchante.understanding.normalize import other_gender, undiminished, word_key

_ENDINGS = {
    "ar": "ar o as a an amos e es en emos ado ada ando aran",
    "er": "er o es e en emos a as an amos ido ida iendo eran",
    "ir": "ir o es e en imos a as an amos ido ida iendo iran",
}
_ENCLITIC = re.compile(r"(?:me|te|se|nos)?(?:le|les|lo|la|los|las)$|(?:me|nos)$")
_LEAST_STEM = 4


def _forms(infinitive: str) -> Iterator[str]:
    stem, ending = infinitive[:-2], infinitive[-2:]
    for each in _ENDINGS[ending].split():
        yield word_key(stem + each)
        if each[0] == "e" and ending == "ar":
            yield word_key(spelt(stem, ending) + each)


def _works(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for root, told in rows("works", name):
        infinitives, _, others = told.partition(";")
        for infinitive in infinitives.split():
            found.update(dict.fromkeys(_forms(infinitive), root))
        for word in (root, *others.split()):
            found[word_key(word)] = root
            if word.endswith("ado"):
                found[other_gender(word_key(word))] = root
    return found


_CARE = _works("care")
_MENDS = _works("mends")
PARTS = keys("works", "parts")
"""What of a garment is mended: never what is brought."""
WORN = {maker: word_key(kind) for kind, makers in rows("works", "worn") for maker in makers.split()}
"""What is known by who made it, where only that is said: *2 pares de converse*; beside a garment it says nothing."""
CARE = frozenset(_CARE)
"""Washing, ironing and the like, by all their words: what is meant where only a garment is named."""
CARES = frozenset(_CARE.values())
"""The works of `CARE`."""
WORK_OF: dict[str, str] = {**{key: key for key in PARTS}, **_MENDS, **_CARE}
"""Keys of words → the work, or the part worked on, they stand for."""
LIGHT = frozenset({"puesto", "cambio", "compostura"})
"""Works only beside the part they are done to: *me pone 2 camisas* orders shirts."""
ALIKE: dict[str, tuple[str, ...]] = {root: tuple(others.split()) for root, others in rows("works", "alike")}
"""Works that may go by the names of others: whoever *pone un cierre* changes it."""


def work_of(text: str, key: str) -> str:
    """Give the work a word stands for, if any, pronouns and diminutives taken off: *plancharlas*, *planchaditas*."""
    if key in WORK_OF:
        return WORK_OF[key]
    for base in undiminished(key):
        if base in WORK_OF:
            return WORK_OF[base]
    stem = _ENCLITIC.sub("", text)
    return WORK_OF.get(word_key(stem), "") if stem != text and len(stem) >= _LEAST_STEM else ""
