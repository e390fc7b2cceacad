"""The verbs orders are made of, in all their forms, as customers spell them.

`verbs.txt` says what each verb does to an order; `conjugation` makes its forms. They are found by their sound, and with
pronouns hung on: *mándemelas*, *agreguenle*, *kiero*.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache

from marchante.understanding.lexicon.conjugation import Form, conjugate
from marchante.understanding.lexicon.reader import phrases, section, texts
from marchante.understanding.lexicon.words import IT, PRONOUNS, TO_IT, US
from marchante.understanding.normalize import sound


class Role(Enum):
    """What a verb does to an order."""

    GIVE = "give"
    """The shop is to do it: *mandar*, *poner*."""
    ADD = "add"
    REMOVE = "remove"
    SET = "set"
    SWAP = "swap"
    MORE = "more"
    LESS = "less"
    """*súbele a 3* sets, *súbele 3* adds."""
    WANT = "want"
    """The speaker wants: *querer*, *ocupar*."""
    TAKE = "take"
    """The speaker does it: *pedir*, *llevar*."""
    LACK = "lack"
    """The thing is the subject: *me urge*, *nos faltan*."""
    HAVE = "have"
    """Of the shop it is asked: *manejan*."""
    CAN = "can"
    """*poder* and *ir a*, before an infinitive."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A word as a form of a verb, with the pronouns hung on to it."""

    infinitive: str
    roles: frozenset[Role]
    forms: frozenset[Form]
    pronouns: tuple[str, ...] = ()


NOUNS = texts("verbs", "nouns")
"""Forms that standing alone, or after an article, are something else: *pasas*, *la cuenta*."""
ONLY_FOR_US = texts("verbs", "only for us")
"""Verbs that order only with *me* or *nos*: *me pasa 2*, not *pasa 2*."""
NOT_OF_GOODS = texts("verbs", "not of goods")
"""Without a pronoun these are about something else: *ya no pasen*, *no hagan*."""
ONTO = texts("verbs", "onto")
"""With *le* they add to an order: *ponle*, *apúntale*."""
GOING_TO = texts("verbs", "going to")
MINE_TO_DO = texts("verbs", "mine to do")
CONJUNCTIONS = texts("verbs", "conjunctions")
"""After these somebody tells what happens: *cuando me manden*."""
NO_VERB_AFTER = texts("verbs", "no verb after")
"""After these a word is no verb: *un encargo*, *de compra*."""
COMES_SO = frozenset(sound(word) for word in section("verbs", "comes so").split())
"""*que el envase venga limpio* asks for no envase."""
OPENERS = phrases("verbs", "openers")
"""By their first word, what may stand before a request: *será posible que*."""
_TAKES_PRONOUNS = frozenset({Form.IMPERATIVE, Form.POLITE, Form.INFINITIVE, Form.GERUND})


_HUNG_ON = sorted(
    [(one,) for one in PRONOUNS | US] + [(one, two) for one in US | {"te", "se"} for two in IT | TO_IT],
    key=lambda pronouns: (-len("".join(pronouns)), pronouns),
)


def _stems() -> dict[str, dict[str, str]]:
    rows = (row.split() for row in section("verbs", "stems").splitlines())
    return {verb: dict(pair.split("=") for pair in pairs) for verb, *pairs in rows}


def _roles() -> dict[str, frozenset[Role]]:
    found: dict[str, frozenset[Role]] = {"poder": frozenset({Role.CAN})}
    for role in Role:
        if role is not Role.CAN:
            for verb in section("verbs", role.value).split():
                found[verb] = found.get(verb, frozenset()) | {role}
    return found


@cache
def _table() -> dict[str, Verb]:
    """Sound → verb; where two verbs share a form, the one named first has it."""
    stems, found = _stems(), dict[str, Verb]()
    for infinitive, roles in _roles().items():
        for form, use in conjugate(infinitive, stems.get(infinitive, {})):
            key = sound(form)
            known = found.get(key, Verb(infinitive, roles, frozenset()))
            if known.infinitive == infinitive:
                found[key] = replace(known, forms=known.forms | {use})
    return found


@lru_cache(maxsize=8192)
def verb(text: str) -> Verb | None:
    """Read a flattened word as a form of a verb of the table, with pronouns hung on or not."""
    known = _table().get(sound(text))
    return known or next(_with_pronouns(text), None)


def _with_pronouns(text: str) -> Iterator[Verb]:
    for pronouns in _HUNG_ON:
        ending = "".join(pronouns)
        base = _table().get(sound(text.removesuffix(ending))) if text.endswith(ending) else None
        if base and base.forms & _TAKES_PRONOUNS:
            yield replace(base, forms=base.forms & _TAKES_PRONOUNS, pronouns=pronouns)
