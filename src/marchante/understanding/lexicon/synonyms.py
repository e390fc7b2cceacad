"""Mexican names for one and the same thing.

`SYNONYMS` holds what can be swapped freely and is tried when the shop lacks the customer's own words. `WIDER` adds
further readings to a word that means several things, even where the shop has the word itself.
"""

from marchante.understanding.lexicon.reader import section
from marchante.understanding.normalize import bound, word_key

_BOUND = frozenset({"sin", "con"})
_LINKING = frozenset(["de", "del", "la", "el", "los", "las", "en", "para", "y"])


def name_keys(phrase: str) -> tuple[str, ...]:
    """Give the sounds of a name's words, leaving out those that only link."""
    words = [word for word in phrase.split() if word not in _LINKING]
    keys: list[str] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if word not in _BOUND:
            keys.append(bound(before, word_key(word)) if before in _BOUND else word_key(word))
    return tuple(keys)


def _groups() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    groups: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in section("synonyms", "same").splitlines():
        names = tuple(dict.fromkeys(name_keys(name) for name in line.split(",")))
        for name in names:
            others = tuple(other for other in names if other != name)
            groups[name] = tuple(dict.fromkeys(groups.get(name, ()) + others))
    return groups


SYNONYMS = _groups()
"""Keys of one name → keys of the other names of the same thing."""
LONGEST_SYNONYM = max(map(len, SYNONYMS))
WIDER: dict[str, tuple[str, ...]] = {
    word_key(word): tuple(word_key(other.strip()) for other in others.split(","))
    for word, _, others in (line.partition(":") for line in section("synonyms", "wider").splitlines())
}
"""One key → keys it may also mean, even where the shop has the word itself."""
