"""Product names said in full, numbers and all: *avena 3 minutos*, *varilla 3/8 de 12 m*, *pierna y muslo*.

Read word by word such a name falls apart into amounts, packaging and connectives; read as a whole it is one thing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern

from marchante.understanding.lexicon.words import ARTICLES, HALVES, LINKS, QUARTERS, THE, UNITS, half_or_number
from marchante.understanding.shop.read_products import ReadProduct
from marchante.understanding.words.tokens import Token

_PASSED_OVER = LINKS | THE | {"por", "para", "en", "a", "al"}
_COMMA = ","
_INNER_SIGNS = frozenset("().-\"'#/*")
_LEAST_STEPS = 2
_SMALL = 12
"""A bare number up to here at the end of a name is rather how many are wanted: *lápiz Mirado 2*."""
_DIVIDES_ON = frozenset({"y", "con"})
_MEASURES = frozenset(UNITS.values())
"""*un kilo de pastor* is an amount, though the shop may have a *Kilo de pastor*."""
_PARTS = HALVES | QUARTERS | {"1/2", "1/4", "½", "¼"}

Spellings = Callable[[Token], frozenset[str]]


@dataclass(frozen=True, slots=True)
class SaidName:
    """A full name found in a message: `start`/`end` are token positions, `places` the products called so."""

    start: int
    end: int
    places: tuple[int, ...]
    form: int
    """Which of the product's names it is: 0 is its own, then its aliases in order."""


class FullNames:
    """The names of one catalog by their first word."""

    __slots__ = ("_by_first",)

    def __init__(self, products: Sequence[ReadProduct]) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
        for place, product in enumerate(products):
            for form, name in enumerate(product.names):
                written = tuple(intern(key) for key, _ in _steps(name, 0))
                for steps in {written: None, tuple(step for step in written if step != _COMMA): None}:
                    if len(steps) >= _LEAST_STEPS and steps[0] not in _MEASURES:
                        by_first.setdefault(steps[0], []).append((steps[1:], place, form))
        self._by_first = {first: tuple(found) for first, found in by_first.items()}

    def longest_at(self, tokens: Sequence[Token], position: int, spellings: Spellings) -> SaidName | None:
        """Give the longest name the message says in full from a token on."""
        began = {*spellings(tokens[position]), *(key for key, _ in _steps(tokens[position : position + 1], 0))}
        names = [name for key in began for name in self._by_first.get(key, ())]
        if not names:
            return None
        said = list(_steps(tokens, position))[1:]
        best: dict[int, list[tuple[int, int]]] = {}
        for steps, place, form in names:
            if _begins_with(said, steps, tokens, spellings):
                best.setdefault(said[len(steps) - 1][1] + 1, []).append((place, form))
        for end in sorted(best, reverse=True):
            if not self._runs_on(tokens, position, end):
                return SaidName(position, end, tuple(place for place, _ in best[end]), best[end][0][1])
        return None

    def _runs_on(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Whether what closes the name is rather an amount: *jamón kilo y medio*, *lápiz Mirado 2*."""
        last, before = tokens[end - 1], tokens[start - 1] if start else None
        if last.text in _PARTS and end < len(tokens) and tokens[end].is_word and tokens[end].text not in _DIVIDES_ON:
            return True  # *hielo en barra, media docena de huevo*
        following = [token.text for token in tokens[end : end + 2]]
        parted = following[:1] and following[0] in _DIVIDES_ON and following[-1] in _PARTS
        if last.is_word and last.key in UNITS and (parted or (following and following[0] in HALVES)):
            return True
        if last.value is not None and end < len(tokens) and tokens[end].key in UNITS:
            return True
        if last.text == "pares":  # *bisagras 3 pares*, where the name says *par*
            return True
        if last.value is None or last.value > _SMALL or last.value % 1 or tokens[end - 2].text == "#":
            return False
        counted = before is not None and (before.kind == "number" or before.text in ARTICLES)
        return not counted


def _begins_with(
    said: Sequence[tuple[str, int]], steps: tuple[str, ...], tokens: Sequence[Token], spellings: Spellings
) -> bool:
    if len(said) < len(steps):
        return False
    return all(
        key == step or (tokens[at].is_word and step in spellings(tokens[at]))
        for step, (key, at) in zip(steps, said, strict=False)
    )


def _steps(tokens: Sequence[Token], position: int) -> Iterator[tuple[str, int]]:
    """Walk over what counts in a name, up to a sign that ends it; numbers and units in one form each."""
    for at in range(position, len(tokens)):
        token = tokens[at]
        if token.kind == "sign":
            if token.text == _COMMA:  # *Hielo en barra, media*
                yield _COMMA, at
            elif token.text not in _INNER_SIGNS:
                return
        elif token.text not in _PASSED_OVER:
            yield step_of(token), at


def step_of(token: Token) -> str:
    """Give the one form of a word or number in a name: *tres* is *3*, *lts* is *l*."""
    value = token.value if token.kind == "number" else None
    if value is None and token.is_word and token.text not in ARTICLES:
        value = half_or_number(token.text)
    if value is not None:
        return format(value.normalize(), "f")
    return UNITS.get(token.key, token.key)
