"""Amounts as customers say them: `kilo y medio`, `1 1/2`, `media docena`, `50 pesos de`, `unos 4`, `dos tres`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from marchante.understanding.lexicon.words import (
    ABOUT,
    ARTICLES,
    HALVES,
    IT,
    LINKS,
    MULTIPACKS,
    ONES,
    PACKAGING,
    QUARTERS,
    SOME,
    UNITS,
    VAGUE,
    WHOLESALE,
)
from marchante.understanding.normalize import undiminished
from marchante.understanding.words.numerals import HALF, QUARTER, THOUSAND, number_at, text_at, word_at
from marchante.understanding.words.tokens import Token

_DOZEN = Decimal(12)
_LARGEST = Decimal(100_000)
_DIVISIBLE = frozenset({"", "kg", "l", "dozen", "m", "lb", "in"})
_LEAST_GRAMS = 50


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

    @property
    def counts(self) -> bool:
        """Whether it says how many or how much: *una* and *un poquito* give way to what says it better."""
        return self.explicit and not self.vague


def amount_at(tokens: Sequence[Token], position: int) -> Spoken | None:
    """Read the amount that begins at a token, with its unit or packaging and the *de* that follows."""
    spoken = (
        _money(tokens, position)
        or _money_for_all(tokens, position)
        or _vague(tokens, position)
        or _counted(tokens, position)
    )
    if spoken is None or spoken.value > _LARGEST:
        return None
    end = spoken.end
    if spoken.unit == "peso" and text_at(tokens, end) == "de" and _what_it_buys(tokens, end + 1):
        end = _what_it_buys(tokens, end + 1)
        spoken = replace(spoken, end=end)
    if end < len(tokens) and tokens[end].text in LINKS:
        if tokens[position].text == "mitad":  # *mitad de repollo* is *medio repollo*
            return replace(spoken, end=end + 1)
        return replace(spoken, of=True)
    return spoken


def _money(tokens: Sequence[Token], position: int) -> Spoken | None:
    if text_at(tokens, position) != "$" or position + 1 >= len(tokens):
        return None
    value = tokens[position + 1].value
    if value is None:
        return None
    word = word_at(tokens, position + 2)
    extra = 1 if word and UNITS.get(word.key) == "peso" else 0
    return Spoken(value, position, position + 2 + extra, "peso")


def _what_it_buys(tokens: Sequence[Token], position: int) -> int:
    """Give where *lo que alcance* ends, or 0."""
    said = [token.text for token in tokens[position : position + 3]]
    found = len(said) == len(("lo", "que", "alcance")) and said[0] in IT and said[1] == "que"
    return position + 3 if found and said[2].startswith("alcan") else 0


def _money_for_all(tokens: Sequence[Token], position: int) -> Spoken | None:
    """*lo que alcance con 50*, *los que alcancen con 100 pesos*"""
    end = _what_it_buys(tokens, position)
    if not end or text_at(tokens, end) not in {"con", "para", "por"}:
        return None
    money = _money(tokens, end + 1) or _counted(tokens, end + 1)
    if money is None or money.unit not in {"", "peso"} or money.fraction:
        return None
    return replace(money, start=position, unit="peso", explicit=True)


def _vague(tokens: Sequence[Token], position: int) -> Spoken | None:
    start = position
    if text_at(tokens, position) in ARTICLES:
        position += 1
    word = word_at(tokens, position)
    if word is not None and word.text == "algo" and text_at(tokens, position + 1) in LINKS:
        return Spoken(Decimal(1), start, position + 1, vague=True)
    if word is None or not (word.key in VAGUE or any(base in VAGUE for base in undiminished(word.key))):
        return None
    return Spoken(Decimal(1), start, position + 1, vague=True)


def _counted(tokens: Sequence[Token], position: int) -> Spoken | None:
    start = position
    word = word_at(tokens, position)
    if word and word.key in ABOUT and text_at(tokens, position + 1) not in ONES:
        linked = 2 if word.text == "como" and text_at(tokens, position + 1) == "de" else 1
        value, end, fraction = number_at(tokens, position + linked)
        if value is not None:
            return _with_unit(tokens, Spoken(value, start, end, fraction=fraction))
    if word and word.text == "entre":
        least, end, _ = number_at(tokens, position + 1)
        most, last, fraction = number_at(tokens, end + 1) if text_at(tokens, end) == "y" else (None, end, False)
        if least is not None and most is not None and least < most:  # *entre 2 y 3 kilos*
            return _with_unit(tokens, Spoken(most, start, last, fraction=fraction))
        return None
    if word and word.text in SOME:
        end = position + (2 if text_at(tokens, position + 1) in {"cuantos", "cuantas"} else 1)
        return _with_unit(tokens, Spoken(Decimal(1), start, end, explicit=False, plural_article=True))
    if word and word.text == "otro" and text_at(tokens, position + 1) == "tanto":
        return Spoken(Decimal(1), start, position + 2, explicit=False)
    value, end, fraction = number_at(tokens, position)
    if value is None:
        return _bare_unit(tokens, position) or _bare_pack(tokens, position)
    explicit = not (word and word.text in ONES and end == position + 1)
    return _with_unit(tokens, Spoken(value, start, end, explicit=explicit, fraction=fraction))


def _with_unit(tokens: Sequence[Token], spoken: Spoken) -> Spoken:
    word = word_at(tokens, spoken.end)
    if word is None:
        inches = text_at(tokens, spoken.end) == '"'
        return _and_a_half(tokens, replace(spoken, unit="in", end=spoken.end + 1) if inches else spoken)
    part = HALF if word.text in HALVES and not spoken.explicit else None
    if word.text in QUARTERS and not spoken.explicit and text_at(tokens, spoken.end + 1) == "y":
        value, end, _ = number_at(tokens, spoken.end)  # *un cuarto y medio*
        return _with_unit(tokens, replace(spoken, value=value or QUARTER, end=end, explicit=True, fraction=True))
    if word.text in QUARTERS and spoken.value == spoken.value.to_integral_value():
        part = spoken.value * QUARTER
    if part is not None:
        return _with_unit(tokens, replace(spoken, value=part, end=spoken.end + 1, explicit=True, fraction=True))
    if word.text in LINKS and spoken.fraction:
        return _of_a_unit(tokens, spoken)
    unit = UNITS.get(word.key)
    if unit:
        value = spoken.value * _DOZEN if unit == "dozen" else spoken.value
        counted = replace(spoken, value=value, unit=unit, end=spoken.end + 1, explicit=True)
        return _pair_of(tokens, counted) if unit == "pair" else _and_a_half(tokens, counted)
    if word.key in PACKAGING:
        return replace(spoken, pack=word.key, end=spoken.end + 1)
    return _and_a_half(tokens, spoken)


def _pair_of(tokens: Sequence[Token], pair: Spoken) -> Spoken:
    """*un par de litros*, *un par de bolsas*"""
    word = word_at(tokens, pair.end + 1) if text_at(tokens, pair.end) in LINKS else None
    if word is None or not (UNITS.get(word.key) in _DIVISIBLE or word.key in PACKAGING):
        return pair
    return _with_unit(tokens, replace(pair, value=pair.value * 2, unit="", end=pair.end + 1))


def _of_a_unit(tokens: Sequence[Token], spoken: Spoken) -> Spoken:
    """*tres cuartos de kilo*"""
    word = word_at(tokens, spoken.end + 1)
    unit = UNITS.get(word.key, "") if word else ""
    if word is None or unit not in {"kg", "l", "in"} or word.text in {"k", "l"}:
        return spoken
    return replace(spoken, unit=unit, end=spoken.end + 2)


def _bare_unit(tokens: Sequence[Token], position: int) -> Spoken | None:
    """*kilo de papa*, *kilito de zanahoria*, *docena de huevos*: one of it."""
    word = word_at(tokens, position)
    unit = UNITS.get(word.key) if word else None
    an_inch = unit == "in" and position > 0 and tokens[position - 1].text in LINKS  # *clavo de pulgada*
    if (
        word is None
        or unit is None
        or not (an_inch or unit in {"kg", "l", "dozen", "lb", "m"})
        or word.text.endswith("s")
    ):
        return None
    halved = text_at(tokens, position + 1) == "y" and _part(tokens, position + 2)[0] is not None
    if len(word.text) < len("kilo") and not halved:
        return None
    value = _DOZEN if unit == "dozen" else Decimal(1)
    return _and_a_half(tokens, Spoken(value, position, position + 1, unit))


def _bare_pack(tokens: Sequence[Token], position: int) -> Spoken | None:
    """*galón de cloro*, *reja de jitomate*: one of it, where nothing was counted before."""
    word = word_at(tokens, position)
    before = tokens[position - 1] if position else None
    if word is not None and word.text == "par" and text_at(tokens, position + 1) in LINKS:
        pair = _pair_of(tokens, Spoken(Decimal(1), position, position + 1, "pair"))
        return pair if pair.unit != "pair" else None  # *par de kilos*
    if word is None or word.key not in WHOLESALE | MULTIPACKS or text_at(tokens, position + 1) not in LINKS:
        return None
    if word.text.endswith("s") or (before is not None and (before.kind == "number" or before.text in LINKS)):
        return None
    return Spoken(Decimal(1), position, position + 1, pack=word.key, explicit=False)


def _and_a_half(tokens: Sequence[Token], spoken: Spoken) -> Spoken:
    """*dos kilos y medio*, *kilo y cuarto*, *2 y media*, *kilo tres cuartos*."""
    grams = _grams_beside(tokens, spoken) if spoken.unit == "kg" and not spoken.fraction else None
    if grams:
        return replace(spoken, value=spoken.value + grams.value / THOUSAND, end=grams.end)
    if spoken.unit in {"kg", "l"} and text_at(tokens, spoken.end) == "tres" and not spoken.fraction:
        part, end = _part(tokens, spoken.end)
        return replace(spoken, value=spoken.value + part, end=end, fraction=True) if part else spoken
    if text_at(tokens, spoken.end) not in {"y", "con"} or spoken.unit not in _DIVISIBLE:
        return spoken
    if spoken.fraction or spoken.plural_article:
        return spoken
    part, end = _part(tokens, spoken.end + 1)
    if part is None or _names_the_next_line(tokens, end, spoken):
        return spoken
    if not (spoken.explicit or spoken.unit) and text_at(tokens, end) not in LINKS:
        return spoken
    whole = _DOZEN if spoken.unit == "dozen" else Decimal(1)
    return replace(spoken, value=spoken.value + part * whole, end=end, fraction=True, explicit=True)


def _grams_beside(tokens: Sequence[Token], spoken: Spoken) -> Spoken | None:
    """*1 kilo 300 gramos*, *kilo doscientos de molida*"""
    joined = text_at(tokens, spoken.end) in {"con", "y"}
    value, end, fraction = number_at(tokens, spoken.end + joined)
    if value is None or fraction or not _LEAST_GRAMS <= value < THOUSAND:
        return None
    word = word_at(tokens, end)
    if word is not None and UNITS.get(word.key) == "g":
        return Spoken(value, spoken.end, end + 1)
    ends = end >= len(tokens) or tokens[end].kind == "sign" or tokens[end].text in LINKS
    return Spoken(value, spoken.end, end) if ends else None


def _part(tokens: Sequence[Token], position: int) -> tuple[Decimal | None, int]:
    text = text_at(tokens, position)
    if text in HALVES or text in {"1/2", "½"}:
        return HALF, position + 1
    if text in QUARTERS or text in {"1/4", "¼"}:
        return QUARTER, position + 1
    if text == "tres" and text_at(tokens, position + 1) in QUARTERS:
        return Decimal("0.75"), position + 2
    return None, position


def _names_the_next_line(tokens: Sequence[Token], end: int, spoken: Spoken) -> bool:
    """In *2 y medio kilo de papa* the half belongs to the next thing."""
    word = word_at(tokens, end)
    return word is not None and word.key in UNITS and (not spoken.unit or UNITS[word.key] != spoken.unit)


def so_many_more(tokens: Sequence[Token], amount: Spoken) -> bool:
    """*échale 3 bultos más de cemento*"""
    return text_at(tokens, amount.end) == "mas" and text_at(tokens, amount.end + 1) in LINKS
