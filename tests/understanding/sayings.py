"""Messages made of frames: how Mexican customers say what they want, for `weigh` to learn from.

A line of `sayings/frames.txt` is a frame under the intent it stands below: `{one|other|}` is either, `G` goods of some
shop, `N` a small number, `M` the number of a house, `P` a place, `D` a day of the week. `sayings/messages.txt` has whole
messages, each after the name of the shop it was sent to.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from marchante.understanding import CatalogProduct
from tests.understanding.labelled import unaccented

HERE = Path(__file__).parent / "sayings"
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SMALL = frozenset(["de", "con", "para", "sin", "en", "a", "y", "la", "el", "del", "p/", "al"])
_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_NUMBERS = ("2", "3", "4", "dos", "tres", "cuatro", "5", "10", "6", "cinco", "uno", "1", "12", "ocho", "20")
_PLACES = tuple((HERE / "places.txt").read_text(encoding="utf-8").split(",\n"))
_HASTY, _SHORT, _CAPITAL = 0.45, 0.3, 0.15
"""How often accents are left out, `que` is written short, and the first letter is a capital."""


class Saying(NamedTuple):
    """One message: the shop it goes to, its text, and its intent."""

    shop: str
    text: str
    intent: str


def _rows(name: str) -> Iterator[tuple[str, str]]:
    intent = ""
    for row in (HERE / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("== "):
            intent = row.removeprefix("== ")
        elif row:
            yield intent, row


def messages() -> list[Saying]:
    """Whole messages, as they are written down."""
    return [Saying(*row.split("|", 1), intent) for intent, row in _rows("messages.txt")]


def from_frames(shops: dict[str, Sequence[CatalogProduct]], each: int) -> list[Saying]:
    """Up to so many different messages of every frame, the same ones each time."""
    dice = random.Random(1)
    found: dict[Saying, None] = {}
    for intent, frame in _rows("frames.txt"):
        for _ in range(each):
            shop = dice.choice(sorted(shops))
            text = _hastily(_filled(_chosen(frame, dice), shops[shop], dice), dice)
            found[Saying(shop, text, intent)] = None
    return list(found)


def _chosen(frame: str, dice: random.Random) -> str:
    while choice := _CHOICE.search(frame):
        frame = frame[: choice.start()] + dice.choice(choice[1].split("|")) + frame[choice.end() :]
    return frame


def _filled(text: str, products: Sequence[CatalogProduct], dice: random.Random) -> str:
    text = re.sub(r"\bG\b", lambda _: _goods(products, dice), text)
    text = re.sub(r"\bN\b", lambda _: dice.choice(_NUMBERS), text)
    text = re.sub(r"\bM\b", lambda _: str(dice.randint(10, 2500)), text)
    text = re.sub(r"\bP\b", lambda _: dice.choice(_PLACES), text)
    text = re.sub(r"\bD\b", lambda _: dice.choice(_DAYS), text)
    return re.sub(r" +([,?.])", r"\1", re.sub(" +", " ", text)).strip().replace(r"\n", "\n")


def _goods(products: Sequence[CatalogProduct], dice: random.Random) -> str:
    """The first words of a product's name, as customers shorten it."""
    words = re.sub(r"\(.*?\)|\d.*", "", dice.choice(products).name.lower()).split()[: dice.choice((1, 1, 1, 2, 2, 3))]
    while words and words[-1] in _SMALL:
        words.pop()
    return " ".join(words) or "pedido"


def _hastily(text: str, dice: random.Random) -> str:
    if dice.random() < _HASTY:
        text = unaccented(text)
    if dice.random() < _SHORT:
        text = re.sub(r"\bque\b", "q", text)
    return text[:1].upper() + text[1:] if dice.random() < _CAPITAL else text
