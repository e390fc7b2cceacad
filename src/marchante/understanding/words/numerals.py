"""Numbers as customers say them: `veinticinco`, `tres cuartos`, `2 o 3`, `dos tres`, `cuarto y medio`."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.understanding.lexicon.words import EIGHTHS, HALVES, LINKS, ONES, QUARTERS, number_word
from marchante.understanding.words.tokens import Token

HALF, QUARTER = Decimal("0.5"), Decimal("0.25")
THOUSAND = Decimal(1000)
_EIGHTH = Decimal("0.125")
_TENS, _FIFTEEN, _HUNDREDS = Decimal(10), Decimal(15), Decimal(100)
_NEAR = 6
_LARGEST_NUMERATOR = 3
_JOINTS = frozenset({"o", "a", "-", "que"})
"""*dos que tres*"""


def word_at(tokens: Sequence[Token], position: int) -> Token | None:
    if 0 <= position < len(tokens) and tokens[position].is_word:
        return tokens[position]
    return None


def text_at(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].text if 0 <= position < len(tokens) else ""


def key_at(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].key if 0 <= position < len(tokens) else ""


def number_at(tokens: Sequence[Token], position: int) -> tuple[Decimal | None, int, bool]:
    """Give a number, the position after it, and whether it spoke of halves or quarters."""
    if position >= len(tokens):
        return None, position, False
    value = _either(tokens[position].text) or tokens[position].value
    if value is not None and value < THOUSAND and text_at(tokens, position + 1) == "mil":
        return value * THOUSAND, position + 2, False  # *10 mil litros*
    if value is not None:
        return _ranged(tokens, value, position + 1, fraction=value != value.to_integral_value())
    spelled, end, fraction = _spelled(tokens, position)
    if spelled is None:
        return None, position, False
    return _ranged(tokens, spelled, end, fraction=fraction)


def _either(text: str) -> Decimal | None:
    """*4/5 gansitos* are four or five; *3/4* is a fraction."""
    least, slash, most = text.partition("/")
    if not slash or not (least.isdecimal() and most.isdecimal()):
        return None
    return Decimal(most) if int(least) > _LARGEST_NUMERATOR and int(most) == int(least) + 1 else None


def _spelled(tokens: Sequence[Token], position: int) -> tuple[Decimal | None, int, bool]:
    token = tokens[position]
    if not token.is_word:
        return None, position, False
    if token.text in HALVES:
        return HALF, position + 1, True
    if token.text == "mitad" and (text_at(tokens, position + 1) in LINKS or _halves(tokens, position)):
        return HALF, position + 1, True
    if token.text in QUARTERS:
        if text_at(tokens, position + 1) == "y" and text_at(tokens, position + 2) in HALVES:
            return Decimal("0.375"), position + 3, True
        return QUARTER, position + 1, True
    if token.text in {"tres", "3"} and text_at(tokens, position + 1) in QUARTERS:
        return Decimal("0.75"), position + 2, True
    if token.text == "doble" and text_at(tokens, position + 1) in {"kilo", "kg"}:
        return Decimal(2), position + 1, False
    value, end = _cardinal(tokens, position)
    if value is not None and text_at(tokens, end) in EIGHTHS:
        return value * _EIGHTH, end + 1, True
    return value, end, False


def _halves(tokens: Sequence[Token], position: int) -> bool:
    """*mitad pinto mitad bayo*"""
    near = [*tokens[max(0, position - _NEAR) : position], *tokens[position + 1 : position + _NEAR]]
    return any(token.text == "mitad" for token in near)


def _cardinal(tokens: Sequence[Token], position: int) -> tuple[Decimal | None, int]:
    """*ciento veinte*, *treinta y cinco*, *dos mil*; any other two numbers in a row stay two."""
    total: Decimal | None = number_word(tokens[position].text)
    end = position + 1
    while total is not None and end < len(tokens):
        at = end + 1 if tokens[end].text == "y" and total % _TENS == 0 and total % _HUNDREDS > 0 else end
        following = number_word(tokens[at].text) if at < len(tokens) and tokens[at].is_word else None
        if following is None or tokens[at].text in {"un", "una"}:
            break
        if following == THOUSAND and total < THOUSAND:
            total *= following
        elif _continues(total, following, joined=at > end):
            total += following
        else:
            break
        end = at + 1
    return total, end


def _continues(total: Decimal, following: Decimal, *, joined: bool) -> bool:
    if joined:  # nobody says *diez y cuatro* for fourteen
        return following < _TENS and (total > _TENS or following > _FIFTEEN - _TENS)
    return total >= _HUNDREDS and total % _HUNDREDS == 0 and following < _HUNDREDS


def _ranged(tokens: Sequence[Token], value: Decimal, end: int, *, fraction: bool) -> tuple[Decimal, int, bool]:
    """Of `2 o 3`, `2-3` and `dos tres` the larger counts."""
    joint = text_at(tokens, end)
    start = end + 1 if joint in _JOINTS else end
    if start < len(tokens) and (joint in _JOINTS or tokens[end - 1].is_word):
        token = tokens[start]
        other = token.number
        unlike_lists = joint in _JOINTS or (
            token.is_word and token.text not in ONES and tokens[end - 1].text not in ONES
        )
        if other is not None and unlike_lists and value < other <= value + max(value, Decimal(2)):
            return other, start + 1, fraction
    return value, end, fraction
