"""How likely each intent is by the signs of a message: a log-linear model, its weights in `lexicon/weights.txt`.

A row there is a sign, a tab, and the weights it has, in tenths: `intent weight intent weight …`; the sign of no name is
what every message has. `tests/understanding/weigh.py` learns them from the labelled messages that may be read.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import get_args

from marchante.understanding.domain import Intent

INTENTS: tuple[Intent, ...] = get_args(Intent)
PLACES: Mapping[str, int] = {intent: place for place, intent in enumerate(INTENTS)}
SCALE = 10
"""Of the weights as they are written."""


@cache
def _weights() -> dict[str, tuple[tuple[int, float], ...]]:
    text = files("marchante.understanding.lexicon").joinpath("weights.txt").read_text(encoding="utf-8")
    return {sign: _row(given.split()) for sign, _, given in (row.partition("\t") for row in text.splitlines())}


def _row(given: list[str]) -> tuple[tuple[int, float], ...]:
    pairs = zip(given[::2], given[1::2], strict=True)
    return tuple((PLACES[intent], int(weight) / SCALE) for intent, weight in pairs)


def likelihoods(signs: Iterable[str]) -> Mapping[Intent, float]:
    """Weigh the signs; what comes out adds up to one."""
    scores = [0.0] * len(INTENTS)
    weights = _weights()
    for sign in (*sorted(signs), ""):  # in one order, as a sum of floats depends on it
        for intent, weight in weights.get(sign, ()):
            scores[intent] += weight
    return dict(zip(INTENTS, shares_of(scores), strict=True))


def shares_of(scores: Sequence[float]) -> list[float]:
    """Give what adds up to one."""
    highest = max(scores)
    raised = [math.exp(score - highest) for score in scores]
    total = sum(raised)
    return [share / total for share in raised]
