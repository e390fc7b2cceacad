"""Names of colonias as people write them: without accents, with every kind of abbreviation.

Vocabulary for reading, not copy.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from rapidfuzz.fuzz import ratio

Likeness = Literal["same", "near", "different"]

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
# What kind of neighbourhood it is, which people leave out or mix up.
_KIND = frozenset(
    {
        *("col", "colonia", "colonias", "fracc", "fraccionamiento", "fracto", "barrio", "bo", "ejido"),
        *("unidad", "habitacional", "uh", "u", "h", "la", "el", "los", "las", "de", "del", "y"),
    }
)
_LONG = {
    "amp": "ampliacion",
    "ampl": "ampliacion",
    "inf": "infonavit",
    "res": "residencial",
    "sta": "santa",
    "sto": "santo",
    "sn": "san",
    "gral": "general",
    "lic": "licenciado",
    "dr": "doctor",
    "ing": "ingeniero",
    "prof": "profesor",
    "cd": "ciudad",
    "nvo": "nuevo",
    "nva": "nueva",
    "ma": "maria",
    "fco": "francisco",
    "fdo": "fernando",
    "gpe": "guadalupe",
    "hgo": "hidalgo",
    "mpio": "municipio",
    "secc": "seccion",
    "sec": "seccion",
    "pte": "poniente",
    "ote": "oriente",
    "nte": "norte",
    "primera": "1",
    "1a": "1",
    "1ra": "1",
    "1era": "1",
    "i": "1",
    "segunda": "2",
    "2a": "2",
    "2da": "2",
    "ii": "2",
    "tercera": "3",
    "3a": "3",
    "3ra": "3",
    "3era": "3",
    "iii": "3",
}
_ALIKE = 82.0


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words by which a colonia is compared: "Fracc. Sta. María" -> ("santa", "maria")."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    written = _NOT_A_WORD.sub(" ", bare.lower()).split()
    kept = [_LONG.get(word, word) for word in written if word not in _KIND]
    return tuple(kept or written)


def compare(name: str, said: str) -> Likeness:
    """Whether a customer means this colonia. `near`: one name holds the other, or they differ by a few letters."""
    listed, meant = words_of(name), words_of(said)
    if not listed or not meant:
        return "different"
    if listed == meant:
        return "same"
    if _numbers(listed) != _numbers(meant) and _numbers(listed) and _numbers(meant):
        return "different"
    if set(listed) <= set(meant) or set(meant) <= set(listed):
        return "near"
    return "near" if ratio(" ".join(listed), " ".join(meant)) >= _ALIKE else "different"


def _numbers(words: tuple[str, ...]) -> set[str]:
    """Of *2ª sección* and the like: another number is another colonia."""
    return {word for word in words if word.isdecimal()}
