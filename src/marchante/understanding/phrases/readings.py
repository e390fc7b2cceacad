"""What one phrase was read as, and which words are wishes or talk."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from marchante.understanding.lexicon.attributes import MADE_KINDS, WISHES
from marchante.understanding.lexicon.fillers import COURTESY, TALK, VERBS_OF_TALK
from marchante.understanding.lexicon.goods import BRANDS, GOODS, MATERIALS
from marchante.understanding.normalize import undiminished
from marchante.understanding.shop.matching import Choice, Group, Outcome
from marchante.understanding.words.tokens import Token

_CHATTER = COURTESY | TALK | VERBS_OF_TALK
TRADED = GOODS | MATERIALS | BRANDS
_ASKED_OF_THEM = re.compile(r"..(?:[ae]n|[aei]r)(?:me|nos)?l[aeo]s?$")
"""*lávenlo*, *cuidarla*"""
_PARTICIPLE = re.compile(r"[^aeiou](?:ad|id)[oa]$")


class Verdict(Enum):
    """What a reading is."""

    PRODUCT = auto()
    """`choice` holds the product or the products to ask about."""
    ELLIPTIC = auto()
    """Only adjectives or sizes: *la roja*, *una de 2*; the noun stands elsewhere."""
    UNKNOWN = auto()
    """A thing the shop does not have."""
    NOTHING = auto()
    """Talk, or no words at all."""


@dataclass(slots=True)
class Reading:
    """One thing read from a line; `first`/`last` are its phrase's token positions, `notes` spans of such."""

    verdict: Verdict
    first: int = 0
    last: int = -1
    choice: Choice = field(default_factory=lambda: Choice(Outcome.NONE))
    group: Group = field(default_factory=Group)
    notes: list[tuple[int, int]] = field(default_factory=list)
    sure: bool = False
    """Whether an UNKNOWN's or an ELLIPTIC's words are known to be goods."""
    size_words: frozenset[str] = frozenset()
    box: str = ""
    """The packaging named beside a product: *thinner, el galón*."""


def is_traded(token: Token) -> bool:
    """Tell whether a word is known to name goods, in any shop."""
    return token.key in TRADED or any(base in TRADED for base in undiminished(token.key))


def is_talk(token: Token) -> bool:
    """Tell whether a word is courtesy or talk, and no name of a thing that sounds like it (*base*, *vas*)."""
    return (token.key in _CHATTER and token.key not in GOODS) or _ASKED_OF_THEM.search(token.text) is not None


def is_wish(token: Token) -> bool:
    """Tell whether a word says how a thing is to be, rather than which thing it is."""
    if token.key in WISHES or any(base in WISHES for base in undiminished(token.key)):
        return True
    base = next((base for base in undiminished(token.key) if _PARTICIPLE.search(base)), token.key)
    return bool(_PARTICIPLE.search(base)) and base not in MADE_KINDS and base not in TRADED
