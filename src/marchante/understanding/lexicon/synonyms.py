"""Mexican names for one and the same thing.

`SYNONYMS` holds what can be swapped freely and is tried when the shop lacks the customer's own words. `WIDER` adds
further readings to a word that means several things, even where the shop has the word itself.
"""

from collections.abc import Iterable

from marchante.understanding.lexicon.goods import MAKERS
from marchante.understanding.lexicon.reader import keys_of_each, rows, section
from marchante.understanding.lexicon.words import LINKS, THE
from marchante.understanding.normalize import bound, word_key

_BOUND = frozenset({"sin", "con"})
_LINKING = LINKS | THE | {"en", "para", "y"}


def name_keys(phrase: str) -> tuple[str, ...]:
    """Give the sounds of a name's words, leaving out those that only link."""
    words = [word for word in phrase.split() if word not in _LINKING]
    keys: list[str] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if word not in _BOUND:
            keys.append(bound(before, word_key(word)) if before in _BOUND else word_key(word))
    return tuple(keys)


_Names = dict[tuple[str, ...], tuple[tuple[str, ...], ...]]


def _groups() -> _Names:
    groups: _Names = {}
    for line in (*section("synonyms", "same").splitlines(), *section("food", "same").splitlines()):
        names = tuple(dict.fromkeys(name_keys(name) for name in line.split(",")))
        for name in names:
            _add(groups, name, (other for other in names if other != name and not _are_brands(name, other)))
    for thing, told in rows("synonyms", "made for"):
        objects, _, agents = (part.split() for part in told.partition(";"))
        names = tuple(name for agent in agents for each in objects for name in _made_for(agent, each))
        for name in names:
            _add(groups, name, ((word_key(thing),),))
        _add(groups, (word_key(thing),), names)
    for said, meant in rows("food", "leads"):
        for phrase in said.split(","):
            _add(groups, name_keys(phrase), (name_keys(other) for other in meant.split(",")))
    for part, wholes in rows("food", "parts"):
        for whole in wholes.split():
            _add(groups, (word_key(part), word_key(whole)), ((word_key(whole),),))
    return groups


def _are_brands(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """*suavitel* may be any softener without a brand, but no *Ensueño*."""
    return MAKERS.issuperset(one) and MAKERS.issuperset(two)


def _made_for(agent: str, thing: str) -> tuple[tuple[str, ...], ...]:
    """*quitasarro*, *quita sarro*, *líquido para quitar el sarro*"""
    agent, key = word_key(agent), word_key(thing)
    verb = agent.endswith(("ar", "er"))
    return ((word_key(f"{agent}{thing}"),), (agent, key), *(((word_key("liquido"), agent, key),) if verb else ()))


def _add(groups: _Names, name: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> None:
    groups[name] = tuple(dict.fromkeys((*groups.get(name, ()), *others)))


LEADS = frozenset(name_keys(phrase) for said, _ in rows("food", "leads") for phrase in said.split(","))
"""Phrases that lead to several things none of which is called so: *queso para quesadillas*."""
SYNONYMS = _groups()
"""Keys of one name → keys of the other names of the same thing."""
LONGEST_SYNONYM = max(map(len, SYNONYMS))
IMPLIED = keys_of_each("food", "implied")
"""Of what a thing is anyway: *alitas de pollo* are *alitas*."""
WIDER: dict[str, tuple[str, ...]] = {
    word_key(word): tuple(word_key(other.strip()) for other in others.split(","))
    for word, others in rows("synonyms", "wider")
}
"""One key → keys it may also mean, even where the shop has the word itself."""
