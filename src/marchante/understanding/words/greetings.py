"""Greetings written in haste: *buenas nochees*, *buenos diaz*, *buenas tades*."""

from collections.abc import Sequence

from marchante.understanding.words.tokens import Token

_GOOD = frozenset(
    {"buen", "buena", "buenas", "buenos", "bunas", "bunos", "vuenas", "vuenos", "wenas", "wenos", "guenas"}
)
_TIMES = ("dias", "tardes", "noches")
_WRITTEN_RIGHT = frozenset({*_TIMES, "dia", "tarde", "noche"})


def as_greeted(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Write the time of day right after *buenas* or *buenos*, so that it is no misspelt product."""
    return tuple(
        _right(token) if place and token.is_word and tokens[place - 1].text in _GOOD else token
        for place, token in enumerate(tokens)
    )


def _right(token: Token) -> Token:
    if token.text in _WRITTEN_RIGHT:
        return token
    meant = next((time for time in _TIMES if _one_letter_off(_once(token.text), time)), None)
    return token.read_as(meant) if meant else token


def _once(text: str) -> str:
    """*nochees*, *tardesss*: a letter held down."""
    return "".join(letter for at, letter in enumerate(text) if not at or letter != text[at - 1])


def _one_letter_off(said: str, meant: str) -> bool:
    """One letter lost, gained, changed or swapped with the next."""
    shared = 0
    while shared < min(len(said), len(meant)) and said[shared] == meant[shared]:
        shared += 1
    rest, right = said[shared:], meant[shared:]
    swapped = rest[:2] == right[:2][::-1] and rest[2:] == right[2:]
    return swapped or rest[1:] == right or rest == right[1:] or rest[1:] == right[1:]
