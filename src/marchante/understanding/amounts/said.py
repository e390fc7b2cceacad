"""An amount with what is needed to read it, and the amounts it may come to."""

from dataclasses import dataclass
from decimal import Decimal

from marchante.understanding.domain import Amount, CatalogProduct
from marchante.understanding.lexicon.words import PACK_OF_UNIT
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size, is_whole

UNCLEAR = Amount()
ONE = Decimal(1)
MAYBE_PESOS = 10
"""From here *20 de masa* may be kilos or pesos: the shop asks."""
_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Said:
    """An amount with what is needed to read it: how the thing was named, and whether kilos were being counted."""

    spoken: Spoken | None
    noun: str = ""
    """The text of the word that names the product: its number tells pieces from kilos."""
    trailing: bool = False
    elliptic: bool = False
    counting_kilos: bool = False
    weighing: bool = False
    """Whether kilos are counted anywhere in the message."""
    listing: bool = False
    """Whether several things have their bare numbers after them: *papa 2 cebolla 1*."""
    one: str = ""
    """The article that counts it, where it is no more than that: *uno* after *ejote* is no piece."""
    counting_pesos: bool = False
    counting_grams: bool = False
    described: bool = False
    """Whether what was counted was described right after the number: *sandía 1 chica*."""
    sizes: tuple[Size, ...] = ()
    in_full: frozenset[int] = frozenset()
    """Products said by their full names, with what a pack holds: two of them are two packs."""


def exact(value: Decimal) -> Decimal:
    """To the gram, without idle zeros."""
    rounded = value.quantize(_PLACES).normalize()
    return rounded.quantize(ONE) if is_whole(rounded) else rounded


def quantity(value: Decimal) -> Amount:
    return Amount(quantity=exact(value))


def pieces(value: Decimal) -> Amount:
    return Amount(pieces=exact(value))


def in_name(place: int, key: str, index: CatalogIndex) -> bool:
    return place in index.exact(key)


def counts_packs(spoken: Spoken, product: CatalogProduct) -> bool:
    """Whether the packs spoken of are those the product is sold by: *2 cajas* of what comes in boxes."""
    return spoken.pack in PACK_OF_UNIT.get(product.unit, frozenset())
