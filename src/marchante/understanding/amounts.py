"""What a spoken amount means for one product: kilos, pieces, pesos, or packs, with the arithmetic between them."""

from dataclasses import dataclass, replace
from decimal import Decimal

from marchante.understanding.domain import Amount, CatalogProduct
from marchante.understanding.index import CatalogIndex
from marchante.understanding.lexicon.goods import MASS
from marchante.understanding.lexicon.words import (
    MASS_IN_KG,
    MULTIPACKS,
    PACK_OF_UNIT,
    PACKAGING,
    SPOKEN_PACK_COUNT,
    VOLUME_IN_LITRES,
    WHOLESALE,
)
from marchante.understanding.normalize import flatten, word_key
from marchante.understanding.quantities import Spoken
from marchante.understanding.sizes import Size

UNCLEAR = Amount()
_ONE, _HALF = Decimal(1), Decimal("0.5")
_MANY_IN_A_PACK = 12
_FEW = 8
_LARGE_PACK, _FEW_PACKS = 20, 4
_SINGLY = frozenset({word_key("huevo"), word_key("taquete"), word_key("cerveza")})
_CLOSED = frozenset({"bag", "box", "can", "pack", "bottle"})
"""Nobody sells half of these."""
_GARMENT = word_key("prenda")
_LEAST_PESOS = 5
_MAYBE_PESOS = 10
"""From here *20 de masa* may be kilos or pesos: the shop asks."""
_GRAMS = 50
"""From here no kilos are meant: *200 g de tocino y 300 de queso*."""
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
    counting_pesos: bool = False
    counting_grams: bool = False
    described: bool = False
    """Whether what was counted was described right after the number: *sandía 1 chica*."""
    sizes: tuple[Size, ...] = ()
    in_full: frozenset[int] = frozenset()
    """Products said by their full names, with what a pack holds: two of them are two packs."""


def amount_for(place: int, said: Said, index: CatalogIndex) -> Amount:
    """Give the amount for one product; `UNCLEAR` where the shop has to ask how much is meant. Never nothing at all."""
    amount = _amount(place, said, index)
    given = (amount.quantity, amount.amount_mxn, amount.pieces)
    return UNCLEAR if any(value is not None and value <= 0 for value in given) else amount


def _amount(place: int, said: Said, index: CatalogIndex) -> Amount:
    product = index.products[place]
    spoken = said.spoken
    if product.unit == "kg":
        weight = next((size.kilos for size in said.sizes if size.kilos), None)
        if weight and (spoken is None or (spoken.value == 1 and not spoken.unit and not spoken.pack)):
            return _quantity(weight)
    measured = _by_measure(place, said, index)
    if measured is not None:
        return _quantity(measured)
    if spoken is None:
        return Amount(quantity=_ONE)
    if spoken.unit == "peso" or (said.counting_pesos and _may_be_pesos(spoken, said)):
        return Amount(amount_mxn=_exact(spoken.value))
    if spoken.vague:
        return _quantity(product.step)
    if spoken.pack and spoken.pack not in PACK_OF_UNIT["piece"] and _in_name(place, spoken.pack, index):
        return _of_what_is_called_so(place, spoken, index)
    if product.unit == "kg":
        return _by_kilo(product, said, spoken)
    if place in said.in_full and not (spoken.unit or spoken.pack or spoken.fraction):
        return _quantity(spoken.value)
    return _by_unit(place, said, spoken, index)


def _of_what_is_called_so(place: int, spoken: Spoken, index: CatalogIndex) -> Amount:
    """*2 conos de huevo* are two; *200 conos de papel* are the pack of 200."""
    held = index.entries[place].pack_count
    own = spoken.pack in PACK_OF_UNIT.get(index.products[place].unit, frozenset())
    many = held is not None and spoken.value >= _MANY_IN_A_PACK and not own
    return _from_count(spoken, held) if many else _quantity(spoken.value)


def _by_measure(place: int, said: Said, index: CatalogIndex) -> Decimal | None:
    """*una jerga de 2 metros* of what is sold by the metre are two, *3 botes de 2 litros* of loose cleaner six."""
    product, spoken = index.products[place], said.spoken
    if index.entries[place].sizes or (spoken is not None and spoken.unit):
        return None
    each = next((size.metres for size in said.sizes if size.metres and _in_name(place, "metro", index)), None)
    each = each or next((size.litres for size in said.sizes if size.litres and product.unit == "liter"), None)
    return each * (spoken.value if spoken else _ONE) if each else None


def _may_be_pesos(spoken: Spoken, said: Said) -> bool:
    """Where pesos were spoken of, *30 de* is 30 pesos."""
    bare = not spoken.unit and not spoken.pack and not spoken.fraction and spoken.explicit
    return bare and spoken.value >= _LEAST_PESOS and (spoken.of or said.trailing)


def _exact(value: Decimal) -> Decimal:
    """To the gram, without idle zeros."""
    rounded = value.quantize(_PLACES).normalize()
    return rounded.quantize(_ONE) if rounded == rounded.to_integral_value() else rounded


def _quantity(value: Decimal) -> Amount:
    return Amount(quantity=_exact(value))


def _pieces(value: Decimal) -> Amount:
    return Amount(pieces=_exact(value))


def _in_name(place: int, key: str, index: CatalogIndex) -> bool:
    return place in index.exact(key)


def _by_kilo(product: CatalogProduct, said: Said, spoken: Spoken) -> Amount:
    if spoken.unit in MASS_IN_KG:
        return _quantity(spoken.value * MASS_IN_KG[spoken.unit])
    if spoken.pack or spoken.unit in VOLUME_IN_LITRES:
        return UNCLEAR
    if spoken.unit in {"pair", "dozen", "pz"}:
        return _pieces(spoken.value * (2 if spoken.unit == "pair" else 1))
    if spoken.fraction or spoken.plural_article:
        return _quantity(spoken.value)
    return _bare_number(product, said, spoken)


def _bare_number(product: CatalogProduct, said: Said, spoken: Spoken) -> Amount:
    """Grams where grams are counted, kilos of a mass, else pieces; the shop asks where it may be pesos."""
    amount = _kilos_or_pieces(product, said, spoken)
    if amount.quantity is not None and spoken.value >= _GRAMS:
        return _quantity(spoken.value * MASS_IN_KG["g"]) if said.counting_grams else UNCLEAR
    return amount


def _kilos_or_pieces(product: CatalogProduct, said: Said, spoken: Spoken) -> Amount:
    if said.counting_grams and spoken.value >= _GRAMS and (spoken.of or not said.trailing):
        return _quantity(spoken.value)
    if spoken.of and not said.elliptic and not said.counting_kilos and spoken.value >= _MAYBE_PESOS:
        return UNCLEAR
    if _is_mass(product) or (spoken.of and not said.elliptic) or (said.elliptic and said.counting_kilos):
        return _quantity(spoken.value)
    if said.described:
        return _pieces(spoken.value)
    plural = flatten(said.noun).endswith("s")
    if said.trailing and not plural and spoken.explicit:
        return _quantity(spoken.value)
    if not spoken.explicit and plural:
        return _quantity(spoken.value)
    return _pieces(spoken.value)


def _is_mass(product: CatalogProduct) -> bool:
    """Tell whether a product's first word is something weighed and never counted."""
    words = flatten(product.name).split()
    return bool(words) and word_key(words[0]) in MASS


def _by_unit(place: int, said: Said, spoken: Spoken, index: CatalogIndex) -> Amount:
    product, entry = index.products[place], index.entries[place]
    if spoken.unit in MASS_IN_KG or spoken.unit in VOLUME_IN_LITRES:
        return _from_measure(spoken, entry.sizes, product)
    if spoken.unit == "m":
        loose = _in_name(place, "metro", index) and not any(size.metres for size in entry.sizes)
        return _quantity(spoken.value) if loose else _from_measure(spoken, entry.sizes, product)
    if spoken.unit == "pair":
        return _quantity(spoken.value if _in_name(place, "par", index) else spoken.value * 2)
    by_dozens = _in_name(place, "dosena", index) or any(size.unit == "dozen" for size in entry.sizes)
    if by_dozens and (spoken.unit == "dozen" or (spoken.pack in {"", _GARMENT} and spoken.value > 1)):
        dozens = spoken.value / (entry.forms[0].pack_count or 12)
        return _quantity(dozens) if spoken.unit == "dozen" or dozens == dozens.to_integral_value() else UNCLEAR
    if spoken.pack:
        return _from_pack(place, spoken, index)
    if product.unit == "bunch" and spoken.of and spoken.value >= _MAYBE_PESOS:
        return UNCLEAR
    parted = spoken.value != spoken.value.to_integral_value()
    if spoken.fraction and (spoken.value < 1 or (parted and product.unit in _CLOSED)):
        return _fraction_of(said, spoken, product, entry.sizes)
    if _is_few_packs(place, spoken, index):
        return _quantity(spoken.value)
    return _from_count(spoken, _held(place, index))


def _held(place: int, index: CatalogIndex) -> int | None:
    """How many pieces are sold together, be it as one piece: *Orden de alitas (10 pzas)*."""
    form = index.entries[place].forms[0]
    ordered = index.products[place].unit in {"piece", "unit"} and PACKAGING.issuperset(form.keys[:1])
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
        return _quantity(spoken.value)
    for size in sizes:
        for asked, held in ((wanted.kilos, size.kilos), (wanted.litres, size.litres), (wanted.metres, size.metres)):
            if asked and held:
                packs = asked / held
                return _quantity(packs) if packs == packs.to_integral_value() else UNCLEAR
    return UNCLEAR


def _from_pack(place: int, spoken: Spoken, index: CatalogIndex) -> Amount:
    product, entry = index.products[place], index.entries[place]
    if spoken.fraction and product.unit in _CLOSED:
        return UNCLEAR
    if _in_name(place, spoken.pack, index):
        counts_pieces = entry.pack_count and spoken.pack not in PACK_OF_UNIT.get(product.unit, frozenset())
        return _from_count(spoken, entry.pack_count) if counts_pieces else _quantity(spoken.value)
    if spoken.pack in PACK_OF_UNIT.get(product.unit, frozenset()):
        return _quantity(spoken.value)
    if spoken.pack in SPOKEN_PACK_COUNT and product.unit in {"can", "bottle", "piece"}:
        return _quantity(spoken.value * SPOKEN_PACK_COUNT[spoken.pack])
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
    return _quantity(spoken.value)


def _from_count(spoken: Spoken, pack_count: int | None) -> Amount:
    """Pieces of a closed pack become packs where they fill them."""
    if not pack_count or not spoken.explicit or spoken.value == 1:
        return _quantity(spoken.value)
    packs = spoken.value / pack_count
    if _MANY_IN_A_PACK > pack_count > 1 and packs >= 1 and not spoken.pack:
        return _quantity(packs) if packs == packs.to_integral_value() else UNCLEAR
    if packs == packs.to_integral_value() and (pack_count >= _MANY_IN_A_PACK or spoken.unit or spoken.pack):
        return _quantity(packs)
    doubtful = packs == packs.to_integral_value() and pack_count > _FEW
    if pack_count >= _MANY_IN_A_PACK or spoken.unit in {"pz", "dozen"} or spoken.pack or doubtful:
        return UNCLEAR
    return _quantity(spoken.value)
