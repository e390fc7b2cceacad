"""Words that fit no product and are no product the shop lacks either: told by what they are and by what stands before.

*se manchó*, *vienen mis cuñados*, *para hacer mermelada*, *a mano*, *en Olmos*, *doñita*.
"""

from collections.abc import Sequence
from itertools import pairwise

from marchante.understanding.lexicon.fillers import COURTESY, IDIOMS, TALK, TOLD, VERBS_OF_TALK
from marchante.understanding.lexicon.goods import GOODS
from marchante.understanding.lexicon.verbs import NOUNS, verb
from marchante.understanding.lexicon.words import (
    ARTICLES,
    DETERMINERS,
    LINKS,
    POSSESSIVES,
    PRONOUNS,
    STOPWORDS,
    THE,
    UNITS,
)
from marchante.understanding.lines.lines import Line
from marchante.understanding.normalize import undiminished
from marchante.understanding.phrases.readings import Reading, is_traded
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.tokens import Token

_ONLY_PRONOUNS = frozenset({"me", "se", "le", "les", "nos", "lo"})
"""After these comes a verb, never a noun."""
_BEFORE_A_NOUN = DETERMINERS - {"lo"} | ARTICLES | LINKS | POSSESSIVES
_PURPOSES = frozenset({"para", "por"})
_PLACES = frozenset({"a", "en", "hasta", "desde"})
_BEING = frozenset({"es", "son", "soy", "somos", "era", "eran", "fue", "esta", "estan", "estoy", "estamos"})
_PAST = ("o", "i", "e", "aron", "eron", "aste", "iste")
_HUNG_ON = tuple(sorted(PRONOUNS, key=len, reverse=True))


def is_chatter(line: Line, reading: Reading, tokens: Sequence[Token]) -> bool:
    """Tell whether what a line says beside goods is talk."""
    first = tokens[reading.first]
    before = _word_before(reading.first, tokens)
    if _is_said_of_us(line, reading, tokens) or _tells_what_happened(line, reading, tokens):
        return True
    if before in _PURPOSES and not line.swapped:
        return True
    told = text_at(tokens, reading.first - 1) in _ONLY_PRONOUNS
    if told or _is_told(reading.first, tokens) or (line.amount is None and _leads_to_talk(before, line)):
        return True
    goods = first.key in GOODS and (line.amount is not None or line.asked)
    return (_is_filler(first) and not goods) or "todo" in {tokens[at].text for at in line.words}


def _is_said_of_us(line: Line, reading: Reading, tokens: Sequence[Token]) -> bool:
    """*son de los meseros*, *somos del puesto de tortas*, *es en la 11 sur*: whose things are, who we are, where."""
    said = [tokens[at].text for at in line.words if at < reading.first and tokens[at].text not in THE]
    if line.asked:
        return False
    if said[:1] and said[0] in _BEING and line.amount is None and LINKS.intersection(said):
        return True  # *es negocio de tacos*
    linked = [word for one, word in pairwise(said) if one in _BEING]
    return any(word in _PLACES or (word in LINKS and line.amount is None) for word in linked)


def _tells_what_happened(line: Line, reading: Reading, tokens: Sequence[Token]) -> bool:
    """*acá encontré una*, *se le salió una hebra*, *me quedé a medio guisado*."""
    span = range(reading.first, reading.last + 1)
    if any(is_traded(tokens[at]) for at in span) or line.asked or line.changes:
        return False
    if line.amount is not None and line.amount.start < reading.first:
        before = text_at(tokens, line.amount.start - 1)
        return before in TOLD and _is_past(before)
    return any(tokens[at].text not in STOPWORDS and _is_told(at, tokens) for at in span)


def _is_past(text: str) -> bool:
    return text.endswith(_PAST) and text not in NOUNS


def _word_before(position: int, tokens: Sequence[Token]) -> str:
    """The word before, articles left out."""
    place = position - 1
    while place > 0 and tokens[place].text in DETERMINERS | ARTICLES:
        place -= 1
    return text_at(tokens, place)


def _leads_to_talk(before: str, line: Line) -> bool:
    """*mi suegra*; *en Olmos*, *a mano*; *hacer mermelada*"""
    if before in POSSESSIVES:
        return True
    return not line.asked and (before in _PLACES or (before in TOLD and before.endswith(("ar", "er", "ir"))))


def _is_told(position: int, tokens: Sequence[Token]) -> bool:
    """A form of a verb about which nothing is ordered, where no noun has to stand."""
    token, before = tokens[position], tokens[position - 1] if position else None
    noun = before is not None and (before.kind == "number" or before.text in _BEFORE_A_NOUN)
    return not noun and not is_traded(token) and _is_told_of(token.text)


def _is_told_of(text: str) -> bool:
    """With pronouns hung on as well: *avíseme*, *tocarle*; of a verb of orders, where it orders nothing: *traiga*."""
    if text not in NOUNS and verb(text) is not None:
        return True
    return text in TOLD or any(text.endswith(hung) and text.removesuffix(hung) in TOLD for hung in _HUNG_ON)


def _is_filler(token: Token) -> bool:
    """*doñita* is *doña*."""
    if token.key in COURTESY | TALK | VERBS_OF_TALK | IDIOMS or token.key in UNITS:
        return True
    return any(base in COURTESY for base in undiminished(token.key))
