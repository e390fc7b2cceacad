"""Learns what each sign weighs for each intent: `python -m tests.understanding.weigh` writes `lexicon/weights.txt`.

It learns from every labelled set that may be read and from `sayings`, never from a set held back. `--without fifth` leaves
a set out, to see how messages are weighed that were not learned from.
"""

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from marchante.understanding.intents.signs import signs_of
from marchante.understanding.intents.weighing import INTENTS, PLACES, SCALE, shares_of
from marchante.understanding.understand import read
from tests.understanding.labelled import HELD_BACK, labels, sets, shops
from tests.understanding.sayings import from_frames, messages

EACH_FRAME = 25
FRAME_WEIGHT = 0.3
"""What is made of frames counts less than what somebody wrote."""
ROUNDS, PACE, PULL = 12, 0.5, 0.001
"""`PULL` draws every weight towards nothing, so that few signs are left."""
LEAST_SEEN, LEAST_WEIGHT = 3, 2
"""Signs seen less often, and weights (in tenths) smaller than this, are not written down."""


class Example(NamedTuple):
    """The signs of one message, its intent's place in `INTENTS`, and how much it counts."""

    signs: Sequence[str]
    intent: int
    counts: float


def examples(without: Sequence[str]) -> tuple[list[Example], list[Example]]:
    """What may be learned from, and what was left out."""
    named = {shop.name: shop for shop in shops()}

    def example(shop: str, text: str, intent: str, counts: float) -> Example:
        told = read(text, named[shop].index)
        signs = sorted({"", *signs_of(told.tokens, told.cart, told.lookup)})
        return Example(signs, PLACES[intent], counts)

    kept: list[Example] = []
    left: list[Example] = []
    for folder in sets():
        if folder.name in HELD_BACK:
            continue
        some = left if folder.name in without else kept
        some += [example(label["catalog"], label["text"], label["intent"], 1.0) for label in labels(folder)]
    products = {name: shop.products for name, shop in named.items()}
    kept += [example(*saying, 1.0) for saying in messages()]
    kept += [example(*saying, FRAME_WEIGHT) for saying in from_frames(products, EACH_FRAME)]
    return kept, left


def learn(taught: Sequence[Example]) -> dict[str, list[float]]:
    """Multinomial logistic regression, one message at a time; a weight that has moved much moves more slowly."""
    seen = Counter(sign for example in taught for sign in example.signs)
    weights = {sign: [0.0] * len(INTENTS) for sign, count in seen.items() if count >= LEAST_SEEN}
    moved = {sign: [1.0] * len(INTENTS) for sign in weights}
    order, dice = list(range(len(taught))), random.Random(1)
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for place in order:
            example = taught[place]
            mine = [sign for sign in example.signs if sign in weights]
            shares = _shares(weights[sign] for sign in mine)
            shares[example.intent] -= 1.0
            for sign in mine:
                row, far = weights[sign], moved[sign]
                for intent, share in enumerate(shares):
                    slope = share * example.counts
                    far[intent] += slope * slope
                    pace = PACE / math.sqrt(far[intent])
                    weight = row[intent] - pace * slope
                    row[intent] = math.copysign(max(0.0, abs(weight) - pace * PULL), weight)
    return weights


def _shares(rows: Iterable[Sequence[float]]) -> list[float]:
    return shares_of([math.fsum(column) for column in zip(*rows, strict=True)])


def written(weights: dict[str, list[float]]) -> str:
    """The rows of `weights.txt`."""
    rows = []
    for sign, row in sorted(weights.items()):
        tenths = [(intent, round(weight * SCALE)) for intent, weight in zip(INTENTS, row, strict=True)]
        kept = [f"{intent} {weight}" for intent, weight in tenths if abs(weight) >= LEAST_WEIGHT]
        if kept:
            rows.append(f"{sign}\t{' '.join(kept)}\n")
    return "".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], metavar="SET")
    arguments = parser.parse_args()
    began = time.monotonic()
    taught, left = examples(arguments.without)
    weights = learn(taught)
    text = written(weights)
    Path(str(files("marchante.understanding.lexicon"))).joinpath("weights.txt").write_text(text, encoding="utf-8")
    for name, some in (("learned from", taught), ("left out", left)):
        right = sum(_guess(weights, example) == example.intent for example in some)
        print(f"{name}: {right} of {len(some)}")
    print(f"{len(text.splitlines())} signs, {len(text)} characters, {time.monotonic() - began:.0f} s")


def _guess(weights: dict[str, list[float]], example: Example) -> int:
    shares = _shares(weights[sign] for sign in example.signs if sign in weights)
    return shares.index(max(shares))


if __name__ == "__main__":
    main()
