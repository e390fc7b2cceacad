"""What a spoken amount means for one product: kilos, pieces, pesos, or packs, with the arithmetic between them."""

from decimal import Decimal

from marchante.understanding.amounts.packed import by_unit, of_what_is_called_so
from marchante.understanding.amounts.said import ONE, UNCLEAR, Said, exact, in_name, quantity
from marchante.understanding.amounts.weighed import by_kilo
from marchante.understanding.domain import Amount
from marchante.understanding.lexicon.words import PACK_OF_UNIT
from marchante.understanding.shop.fitting import is_cut_by_metre
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.words.quantities import Spoken

_LEAST_PESOS = 5


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
            return quantity(weight)
    measured = _by_measure(place, said, index)
    if measured is not None:
        return quantity(measured)
    if spoken is None:
        return Amount(quantity=ONE)
    if spoken.unit == "peso" or (said.counting_pesos and _may_be_pesos(spoken, said)):
        return Amount(amount_mxn=exact(spoken.value))
    if spoken.vague:
        return quantity(product.step)
    if spoken.pack and spoken.pack not in PACK_OF_UNIT["piece"] and in_name(place, spoken.pack, index):
        return of_what_is_called_so(place, spoken, index)
    if product.unit == "kg":
        return by_kilo(product, said, spoken)
    counted = any(size.value == index.entries[place].pack_count for size in said.sizes)  # *papel de 12 rollos, 2*
    if (counted or place in said.in_full) and not (spoken.unit or spoken.pack or spoken.fraction):
        return quantity(spoken.value)
    return by_unit(place, said, spoken, index)


def _by_measure(place: int, said: Said, index: CatalogIndex) -> Decimal | None:
    """*una jerga de 2 metros* of what is sold by the metre are two, *3 botes de 2 litros* of loose cleaner six."""
    product, spoken = index.products[place], said.spoken
    entry = index.entries[place]
    if spoken is not None and spoken.unit:
        return None
    each = next((size.metres for size in said.sizes if size.unit == "m" and is_cut_by_metre(place, index)), None)
    if entry.sizes and (each is None or any(size.fits(said_so) for size in entry.sizes for said_so in said.sizes)):
        return None
    each = each or next((size.litres for size in said.sizes if size.litres and product.unit == "liter"), None)
    return each * (spoken.value if spoken else ONE) if each else None


def _may_be_pesos(spoken: Spoken, said: Said) -> bool:
    """Where pesos were spoken of, *30 de* is 30 pesos."""
    bare = not spoken.unit and not spoken.pack and not spoken.fraction and spoken.explicit
    return bare and spoken.value >= _LEAST_PESOS and (spoken.of or said.trailing)
