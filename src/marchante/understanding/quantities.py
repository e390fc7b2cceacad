"""Amounts as customers say them: `kilo y medio`, `1 1/2`, `media docena`, `50 pesos de`, `unos 4`, `dos tres`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from marchante.understanding.lexicon.words import (
    ABOUT,
    HALVES,
    LINKS,
    MULTIPACKS,
    ONES,
    PACKAGING,
    QUARTERS,
    UNITS,
    VAGUE,
    WHOLESALE,
    number_word,
)
from marchante.understanding.tokens import Token

_HALF, _QUARTER, _DOZEN = Decimal("0.5"), Decimal("0.25"), Decimal(12)
_LARGEST = Decimal(100_000)
_NEAR = 6
_FIVE = Decimal(5)
_DIVISIBLE = frozenset({"", "kg", "l", "dozen", "m", "lb"})
_TENS, _HUNDREDS, _THOUSAND = Decimal(10), Decimal(100), Decimal(1000)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An amount before any product is known.

    `unit` is a unit's code (kg, g, l, pz, dozen, pair, peso …) or empty; `pack` the key of a packaging word. `explicit`
    is false for a bare *un/una/unos*; `plural_article` marks *unos/unas*; `of` that *de* followed; `fraction` that
    halves or quarters were spoken of. `start`/`end` are token positions.
    """

    value: Decimal
    start: int
    end: int
    unit: str = ""
    pack: str = ""
    explicit: bool = True
    plural_article: bool = False
    vague: bool = False
    fraction: bool = False
    of: bool = False


def amount_at(tokens: Sequence[Token], position: int) -> Spoken | None:
    """Read the amount that begins at a token, with its unit or packaging and the *de* that follows."""
    spoken = _money(tokens, position) or _vague(tokens, position) or _counted(tokens, position)
    if spoken is None or spoken.value > _LARGEST:
        return None
    end = spoken.end
    if end < len(tokens) and tokens[end].text in LINKS:
        if tokens[position].text == "mitad":  # *mitad de repollo* is *medio repollo*
            return replace(spoken, end=end + 1)
        return replace(spoken, of=True)
    return spoken


def _word(tokens: Sequence[Token], position: int) -> Token | None:
    if 0 <= position < len(tokens) and tokens[position].is_word:
        return tokens[position]
    return None


def _text(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].text if 0 <= position < len(tokens) else ""


def _money(tokens: Sequence[Token], position: int) -> Spoken | None:
    if _text(tokens, position) != "$" or position + 1 >= len(tokens):
        return None
    value = tokens[position + 1].value
    if value is None:
        return None
    word = _word(tokens, position + 2)
    extra = 1 if word and UNITS.get(word.key) == "peso" else 0
    return Spoken(value, position, position + 2 + extra, "peso")


def _vague(tokens: Sequence[Token], position: int) -> Spoken | None:
    start = position
    if _text(tokens, position) in ONES:
        position += 1
    word = _word(tokens, position)
    if word is None or word.key not in VAGUE:
        return None
    return Spoken(Decimal(1), start, position + 1, vague=True)


def _counted(tokens: Sequence[Token], position: int) -> Spoken | None:
    start = position
    word = _word(tokens, position)
    if word and word.key in ABOUT and _text(tokens, position + 1) not in ONES:
        value, end, fraction = _number(tokens, position + 1)
        if value is not None:
            return _with_unit(tokens, Spoken(value, start, end, fraction=fraction))
    if word and word.text in {"unos", "unas"} and _text(tokens, position + 1) in {"cuantos", "cuantas"}:
        return Spoken(Decimal(1), start, position + 2, explicit=False, plural_article=True)
    if word and word.text in {"unos", "unas", "otros", "otras"}:
        return _with_unit(tokens, Spoken(Decimal(1), start, position + 1, explicit=False, plural_article=True))
    value, end, fraction = _number(tokens, position)
    if value is None:
        return _bare_unit(tokens, position) or _bare_pack(tokens, position)
    explicit = not (word and word.text in ONES and end == position + 1)
    return _with_unit(tokens, Spoken(value, start, end, explicit=explicit, fraction=fraction))


def _number(tokens: Sequence[Token], position: int) -> tuple[Decimal | None, int, bool]:
    """Give a number, the position after it, and whether it spoke of halves or quarters."""
    if position >= len(tokens):
        return None, position, False
    value = tokens[position].value
    if value is not None:
        return _ranged(tokens, value, position + 1, fraction=value != value.to_integral_value())
    spelled, end, fraction = _spelled(tokens, position)
    if spelled is None:
        return None, position, False
    return _ranged(tokens, spelled, end, fraction=fraction)


def _spelled(tokens: Sequence[Token], position: int) -> tuple[Decimal | None, int, bool]:
    token = tokens[position]
    if not token.is_word:
        return None, position, False
    if token.text in HALVES:
        return _HALF, position + 1, True
    if token.text == "mitad" and (_text(tokens, position + 1) in LINKS or _halves(tokens, position)):
        return _HALF, position + 1, True
    if token.text in QUARTERS:
        if _text(tokens, position + 1) == "y" and _text(tokens, position + 2) in HALVES:
            return Decimal("0.375"), position + 3, True
        return _QUARTER, position + 1, True
    if token.text in {"tres", "3"} and _text(tokens, position + 1) in QUARTERS:
        return Decimal("0.75"), position + 2, True
    if token.text == "doble" and _text(tokens, position + 1) in {"kilo", "kg"}:
        return Decimal(2), position + 1, False
    return (*_cardinal(tokens, position), False)


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
        if following == _THOUSAND and total < _THOUSAND:
            total *= following
        elif _continues(total, following, joined=at > end):
            total += following
        else:
            break
        end = at + 1
    return total, end


def _continues(total: Decimal, following: Decimal, *, joined: bool) -> bool:
    if joined:
        return following < _TENS and (total > _TENS or following > _FIVE)  # *diez y seis*, but *diez y cuatro* are two
    return total >= _HUNDREDS and total % _HUNDREDS == 0 and following < _HUNDREDS


def _ranged(tokens: Sequence[Token], value: Decimal, end: int, *, fraction: bool) -> tuple[Decimal, int, bool]:
    """Of `2 o 3`, `2-3` and `dos tres` the larger counts."""
    joint = _text(tokens, end)
    start = end + 1 if joint in {"o", "a", "-"} else end
    if start < len(tokens) and (joint in {"o", "a", "-"} or tokens[end - 1].is_word):
        token = tokens[start]
        other = token.value if token.kind == "number" else number_word(token.text) if token.is_word else None
        unlike_lists = joint in {"o", "a", "-"} or (
            token.is_word and token.text not in ONES and tokens[end - 1].text not in ONES
        )
        if other is not None and unlike_lists and value < other <= value + max(value, Decimal(2)):
            return other, start + 1, fraction
    return value, end, fraction


def _with_unit(tokens: Sequence[Token], spoken: Spoken) -> Spoken:
    word = _word(tokens, spoken.end)
    if word is None:
        inches = _text(tokens, spoken.end) == '"'
        return _and_a_half(tokens, replace(spoken, unit="in", end=spoken.end + 1) if inches else spoken)
    part = _HALF if word.text in HALVES and not spoken.explicit else None
    if word.text in QUARTERS and spoken.value == spoken.value.to_integral_value():
        part = spoken.value * _QUARTER
    if part is not None:
        return _with_unit(tokens, replace(spoken, value=part, end=spoken.end + 1, explicit=True, fraction=True))
    if word.text in LINKS and spoken.fraction:
        return _of_a_unit(tokens, spoken)
    unit = UNITS.get(word.key)
    if unit:
        value = spoken.value * _DOZEN if unit == "dozen" else spoken.value
        counted = replace(spoken, value=value, unit=unit, end=spoken.end + 1, explicit=True)
        return _pair_of_units(tokens, counted) if unit == "pair" else _and_a_half(tokens, counted)
    if word.key in PACKAGING:
        return replace(spoken, pack=word.key, end=spoken.end + 1)
    return _and_a_half(tokens, spoken)


def _pair_of_units(tokens: Sequence[Token], pair: Spoken) -> Spoken:
    """*un par de litros*"""
    word = _word(tokens, pair.end + 1)
    unit = UNITS.get(word.key, "") if word and _text(tokens, pair.end) in LINKS else ""
    return replace(pair, value=pair.value * 2, unit=unit, end=pair.end + 2) if unit in {"kg", "l", "m"} else pair


def _of_a_unit(tokens: Sequence[Token], spoken: Spoken) -> Spoken:
    """*tres cuartos de kilo*"""
    word = _word(tokens, spoken.end + 1)
    unit = UNITS.get(word.key, "") if word else ""
    if word is None or unit not in {"kg", "l"} or word.text in {"k", "l"}:
        return spoken
    return replace(spoken, unit=unit, end=spoken.end + 2)


def _bare_unit(tokens: Sequence[Token], position: int) -> Spoken | None:
    """*kilo de papa*, *kilito de zanahoria*, *docena de huevos*: one of it."""
    word = _word(tokens, position)
    unit = UNITS.get(word.key) if word else None
    if word is None or unit not in {"kg", "l", "dozen", "lb", "m"} or word.text.endswith("s"):
        return None
    halved = _text(tokens, position + 1) == "y" and _part(tokens, position + 2)[0] is not None
    if len(word.text) < len("kilo") and not halved:
        return None
    value = _DOZEN if unit == "dozen" else Decimal(1)
    return _and_a_half(tokens, Spoken(value, position, position + 1, unit))


def _bare_pack(tokens: Sequence[Token], position: int) -> Spoken | None:
    """*galón de cloro*, *reja de jitomate*: one of it, where nothing was counted before."""
    word = _word(tokens, position)
    before = tokens[position - 1] if position else None
    if word is None or word.key not in WHOLESALE | MULTIPACKS or _text(tokens, position + 1) not in LINKS:
        return None
    if word.text.endswith("s") or (before is not None and (before.kind == "number" or before.text in LINKS)):
        return None
    return Spoken(Decimal(1), position, position + 1, pack=word.key, explicit=False)


def _and_a_half(tokens: Sequence[Token], spoken: Spoken) -> Spoken:
    """*dos kilos y medio*, *kilo y cuarto*, *2 y media*, *kilo tres cuartos*."""
    grams = amount_at(tokens, spoken.end) if spoken.unit == "kg" and _is_number(tokens, spoken.end) else None
    if grams and grams.unit == "g":
        return replace(spoken, value=spoken.value + grams.value / 1000, end=grams.end)
    if _text(tokens, spoken.end) not in {"y", "con"} or spoken.unit not in _DIVISIBLE:
        return spoken
    if spoken.fraction or spoken.plural_article:
        return spoken
    part, end = _part(tokens, spoken.end + 1)
    if part is None or _names_the_next_line(tokens, end, spoken):
        return spoken
    if not (spoken.explicit or spoken.unit) and _text(tokens, end) not in LINKS:
        return spoken
    whole = Decimal(12) if spoken.unit == "dozen" else Decimal(1)
    return replace(spoken, value=spoken.value + part * whole, end=end, fraction=True, explicit=True)


def _is_number(tokens: Sequence[Token], position: int) -> bool:
    return position < len(tokens) and tokens[position].kind == "number"


def _part(tokens: Sequence[Token], position: int) -> tuple[Decimal | None, int]:
    text = _text(tokens, position)
    if text in HALVES or text in {"1/2", "½"}:
        return _HALF, position + 1
    if text in QUARTERS or text in {"1/4", "¼"}:
        return _QUARTER, position + 1
    if text == "tres" and _text(tokens, position + 1) in QUARTERS:
        return Decimal("0.75"), position + 2
    return None, position


def _names_the_next_line(tokens: Sequence[Token], end: int, spoken: Spoken) -> bool:
    """In *2 y medio kilo de papa* the half belongs to the next thing."""
    word = _word(tokens, end)
    return word is not None and word.key in UNITS and (not spoken.unit or UNITS[word.key] != spoken.unit)
