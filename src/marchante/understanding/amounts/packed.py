"""Amounts of what is sold in packs or singly: whole packs for a weight, a volume or a count, or else a question."""

from dataclasses import replace
from decimal import Decimal

from marchante.understanding.amounts.said import MAYBE_PESOS, UNCLEAR, Said, counts_packs, in_name, quantity
from marchante.understanding.domain import Amount, CatalogProduct
from marchante.understanding.lexicon.words import (
    MASS_IN_KG,
    MULTIPACKS,
    PACKAGING,
    SPOKEN_PACK_COUNT,
    VOLUME_IN_LITRES,
    WHOLESALE,
)
from marchante.understanding.normalize import word_key
from marchante.understanding.shop.fitting import is_cut_by_metre
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size, is_whole

_HALF = Decimal("0.5")
_MANY_IN_A_PACK = 12
_FEW = 8
_LARGE_PACK, _FEW_PACKS = 20, 4
_SINGLY = frozenset({word_key("huevo"), word_key("taquete"), word_key("cerveza")})
_CLOSED = frozenset({"bag", "box", "can", "pack", "bottle"})
"""Nobody sells half of these."""
_GARMENT = word_key("prenda")


def by_unit(place: int, said: Said, spoken: Spoken, index: CatalogIndex) -> Amount:
    product, entry = index.products[place], index.entries[place]
    if spoken.unit in MASS_IN_KG or spoken.unit in VOLUME_IN_LITRES:
        return _from_measure(spoken, entry.sizes, product)
    if spoken.unit == "m":
        by_metre = is_cut_by_metre(place, index)  # *elástico de 1 cm, 3 metros*: the width is no length
        return quantity(spoken.value) if by_metre else _from_measure(spoken, entry.sizes, product)
    if spoken.unit == "pair":
        served = product.unit == "service"  # whoever mends shoes counts pairs
        return quantity(spoken.value if served or in_name(place, "par", index) else spoken.value * 2)
    by_dozens = in_name(place, "dosena", index) or any(size.unit == "dozen" for size in entry.sizes)
    if by_dozens and (spoken.unit == "dozen" or (spoken.pack in {"", _GARMENT} and spoken.value > 1)):
        part = next(
            (size.value for size in entry.sizes if size.unit == "dozen"), Decimal(1)
        )  # *Planchado media docena*
        dozens = spoken.value / (entry.forms[0].pack_count or 12 * part)
        whole = is_whole(dozens)
        return quantity(dozens) if whole or (spoken.unit == "dozen" and product.unit == "service") else UNCLEAR
    if spoken.pack:
        return _from_pack(place, spoken, index)
    if product.unit == "bunch" and spoken.of and spoken.value >= MAYBE_PESOS:
        return UNCLEAR
    parted = not is_whole(spoken.value)
    if spoken.fraction and (spoken.value < 1 or (parted and product.unit in _CLOSED)):
        return _fraction_of(said, spoken, product, entry.sizes)
    if _is_few_packs(place, spoken, index):
        return quantity(spoken.value)
    return _from_count(spoken, _held(place, index))


def _held(place: int, index: CatalogIndex) -> int | None:
    """How many pieces are sold together, be it as one piece: *Orden de alitas (10 pzas)*, *Tacos dorados (4 pz)*."""
    form = index.entries[place].forms[0]
    together = PACKAGING.issuperset(form.keys[:1]) or any(size.unit == "pz" for size in form.sizes)
    ordered = index.products[place].unit in {"piece", "unit"} and together
    return form.pack_count if ordered else index.entries[place].pack_count


def _is_few_packs(place: int, spoken: Spoken, index: CatalogIndex) -> bool:
    """*servilletas 2* are no two napkins out of a hundred; two eggs are."""
    entry = index.entries[place]
    large = entry.pack_count is not None and entry.pack_count >= _LARGE_PACK
    return large and spoken.value <= _FEW_PACKS and not spoken.unit and entry.forms[0].head not in _SINGLY


def _from_measure(spoken: Spoken, sizes: tuple[Size, ...], product: CatalogProduct) -> Amount:
    """Whole packs for a weight or a volume: 2 kg of a 1-kg bag are 2 bags, half a kilo of it is a question."""
    wanted = Size(spoken.value, spoken.unit)
    if product.unit == "liter" and spoken.unit == "l" and not sizes:
        return quantity(spoken.value)
    for size in sizes:
        for asked, held in ((wanted.kilos, size.kilos), (wanted.litres, size.litres), (wanted.metres, size.metres)):
            if asked and held:
                packs = asked / held
                return _packs(packs)
    return UNCLEAR


def _from_pack(place: int, spoken: Spoken, index: CatalogIndex) -> Amount:
    product, entry = index.products[place], index.entries[place]
    if spoken.fraction and product.unit in _CLOSED:
        return UNCLEAR
    if in_name(place, spoken.pack, index):
        counts_pieces = entry.pack_count and not counts_packs(spoken, product)
        return _from_count(spoken, entry.pack_count) if counts_pieces else quantity(spoken.value)
    if counts_packs(spoken, product):
        return quantity(spoken.value)
    if spoken.pack in SPOKEN_PACK_COUNT and product.unit in {"can", "bottle", "piece"}:
        return quantity(spoken.value * SPOKEN_PACK_COUNT[spoken.pack])
    if spoken.pack in WHOLESALE | MULTIPACKS:
        return UNCLEAR
    return _from_count(spoken, entry.pack_count)


def _fraction_of(said: Said, spoken: Spoken, product: CatalogProduct, sizes: tuple[Size, ...]) -> Amount:
    """*media col* is half of one, *cuarto de tocino* a pack of 250 g; *medio de arroz* of a 1-kg bag is unclear."""
    measured = next((size for size in sizes if size.kilos or size.litres), None)
    weighs = spoken.of or said.trailing or spoken.value != _HALF  # *medio queso* may be half of one
    if measured is not None and weighs:
        return _from_measure(replace(spoken, unit="kg" if measured.kilos else "l"), sizes, product)
    if measured is not None or spoken.of or product.unit in _CLOSED:
        return UNCLEAR
    return quantity(spoken.value)


def _from_count(spoken: Spoken, pack_count: int | None) -> Amount:
    """Pieces of a closed pack become packs where they fill them."""
    if not pack_count or not spoken.explicit or spoken.value == 1:
        return quantity(spoken.value)
    packs = spoken.value / pack_count
    if _MANY_IN_A_PACK > pack_count > 1 and packs >= 1 and not spoken.pack:
        return _packs(packs)
    filled = is_whole(packs)
    if filled and (pack_count >= _MANY_IN_A_PACK or spoken.unit or spoken.pack):
        return quantity(packs)
    doubtful = filled and pack_count > _FEW
    if pack_count >= _MANY_IN_A_PACK or spoken.unit in {"pz", "dozen"} or spoken.pack or doubtful:
        return UNCLEAR
    return quantity(spoken.value)


def _packs(value: Decimal) -> Amount:
    """Nobody is sold a part of one."""
    return quantity(value) if is_whole(value) else UNCLEAR


def of_what_is_called_so(place: int, spoken: Spoken, index: CatalogIndex) -> Amount:
    """*2 conos de huevo* are two; *200 conos de papel* are the pack of 200."""
    held = index.entries[place].pack_count
    own = counts_packs(spoken, index.products[place])
    many = held is not None and spoken.value >= _MANY_IN_A_PACK and not own
    return _from_count(spoken, held) if many else quantity(spoken.value)
