"""Whatever order the words come in, and wherever a message breaks off, something is understood and nothing raised."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.understanding.labelled import HERE, catalogs, labels, shop, shops
from tests.unit.understanding.carts import check_sound

from marchante.understanding import understand

EACH = 150
LONGEST = 14
A_LOT = 100_000


def _jumbled(seed: int) -> Iterator[str]:
    chance, texts = random.Random(seed), [label["text"] for label in labels(HERE / "known")]
    words = [word for text in texts for word in text.split()]
    for _ in range(EACH):
        one = chance.choice(texts).split()
        other = chance.choice(texts).split()
        cut = chance.randrange(len(one) + 1)
        yield " ".join(chance.choices(words, k=chance.randrange(1, LONGEST)))
        yield " ".join(one[:cut])
        yield " ".join([*one[:cut], *other, *one[cut:]])


@pytest.mark.parametrize("catalog", [*catalogs().values()][::5], ids=lambda catalog: catalog.stem)
def test_jumbled_messages_are_understood_somehow(catalog: Path) -> None:
    for text in _jumbled(len(catalog.stem)):
        check_sound(text, understand(text, shop(catalog).index), A_LOT)


@pytest.mark.parametrize(
    "text",
    [
        "un six de tecate roja y una bolsa de",
        "un un desodorante rexona rastrillos y paquete de",
        "quita",
        "2 o",
        "1/2 y",
    ],
)
def test_a_message_may_break_off_anywhere(text: str) -> None:
    for each in shops():
        check_sound(text, understand(text, each.index), A_LOT)
