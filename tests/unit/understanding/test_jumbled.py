"""Whatever order the words come in, and wherever a message breaks off, something is understood and nothing raised."""

import json
import random
from collections.abc import Iterator

import pytest
from tests.understanding.evaluate import HERE
from tests.understanding.probes import Shop, shops

from marchante.understanding import understand

EACH = 150
LONGEST = 14
A_LOT = 100_000


def _said() -> list[str]:
    rows = (HERE / "known" / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row)["text"] for row in rows]


def _jumbled(seed: int) -> Iterator[str]:
    chance, texts = random.Random(seed), _said()
    words = [word for text in texts for word in text.split()]
    for _ in range(EACH):
        one = chance.choice(texts).split()
        other = chance.choice(texts).split()
        cut = chance.randrange(len(one) + 1)
        yield " ".join(chance.choices(words, k=chance.randrange(1, LONGEST)))
        yield " ".join(one[:cut])
        yield " ".join([*one[:cut], *other, *one[cut:]])


@pytest.mark.parametrize("shop", shops()[::5], ids=lambda shop: shop.name)
def test_jumbled_messages_are_understood_somehow(shop: Shop) -> None:
    for text in _jumbled(len(shop.name)):
        understood = understand(text, shop.index)
        for item in understood.items:
            amounts = (item.quantity, item.amount_mxn, item.pieces)
            assert all(amount is None or 0 < amount <= A_LOT for amount in amounts), text


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
    for shop in shops():
        understand(text, shop.index)
