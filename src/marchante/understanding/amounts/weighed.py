"""Amounts of what is sold by the kilo: weights, or a count of pieces."""

from marchante.understanding.amounts.said import MAYBE_PESOS, UNCLEAR, Said, pieces, quantity
from marchante.understanding.domain import Amount, CatalogProduct
from marchante.understanding.lexicon.goods import MASS
from marchante.understanding.lexicon.words import MASS_IN_KG, VOLUME_IN_LITRES
from marchante.understanding.normalize import flatten, word_key
from marchante.understanding.words.quantities import Spoken

_GRAMS = 50
"""From here no kilos are meant: *200 g de tocino y 300 de queso*."""

_PIECES_OF_A_MASS = frozenset(
    word_key(word)
    for word in (
        *("clavo", "galleta", "costilla", "nuez", "placa", "bloque", "leno"),
        *("polvoron", "higo", "datil", "bombon", "malvavisco", "hojarasca", "oreja"),
    )
)
"""*10 clavos* are counted, though *2 de clavo* are weighed."""
_WHOLE = frozenset(word_key(word) for word in ("papaya", "sandia", "melon", "piña", "pollo", "pavo", "conejo", "coco"))
_CHICKEN, _ENTIRE = word_key("pollo"), word_key("entero")
_FEW_WHOLE = 4


def by_kilo(product: CatalogProduct, said: Said, spoken: Spoken) -> Amount:
    if spoken.unit in MASS_IN_KG:
        return quantity(spoken.value * MASS_IN_KG[spoken.unit])
    if spoken.pack or spoken.unit in VOLUME_IN_LITRES:
        return UNCLEAR
    if spoken.unit in {"pair", "dozen", "pz"}:
        return pieces(spoken.value * (2 if spoken.unit == "pair" else 1))
    if spoken.fraction or spoken.plural_article:
        return quantity(spoken.value)
    return _bare_number(product, said, spoken)


def _bare_number(product: CatalogProduct, said: Said, spoken: Spoken) -> Amount:
    """Grams where grams are counted, kilos of a mass, else pieces; the shop asks where it may be pesos."""
    amount = _kilos_or_pieces(product, said, spoken)
    if amount.quantity is not None and spoken.value >= _GRAMS:
        return quantity(spoken.value * MASS_IN_KG["g"]) if said.counting_grams else UNCLEAR
    return amount


def _kilos_or_pieces(product: CatalogProduct, said: Said, spoken: Spoken) -> Amount:
    if said.counting_grams and spoken.value >= _GRAMS and (spoken.of or not said.trailing):
        return quantity(spoken.value)
    if spoken.of and not said.elliptic and not said.counting_kilos and spoken.value >= MAYBE_PESOS:
        return UNCLEAR
    plural = flatten(said.noun).endswith("s")
    if plural and not (said.trailing or spoken.of or said.elliptic) and word_key(said.noun) in _PIECES_OF_A_MASS:
        return pieces(spoken.value)
    mass = _is_mass(product) and (not plural or word_key(said.noun) in MASS or spoken.of or said.trailing)
    if mass or (spoken.of and not said.elliptic) or (said.elliptic and said.counting_kilos):
        return quantity(spoken.value)
    if said.described:
        return pieces(spoken.value)
    if said.trailing and not plural:
        return _after_one_thing(product, said, spoken)
    return quantity(spoken.value) if plural and not spoken.explicit else pieces(spoken.value)


def _after_one_thing(product: CatalogProduct, said: Said, spoken: Spoken) -> Amount:
    """*papa 2* are kilos, *papaya 1* is a piece, and *limón 20* may be pesos."""
    if _comes_whole(product) and not said.weighing and spoken.value <= _FEW_WHOLE:
        return pieces(spoken.value)
    if not spoken.explicit:
        kilo = said.one == "uno" and (said.weighing or flatten(said.noun).endswith("a"))  # *calabacita uno*
        return quantity(spoken.value) if kilo else pieces(spoken.value)
    alone = not (said.weighing or said.listing)
    return UNCLEAR if alone and spoken.value >= MAYBE_PESOS else quantity(spoken.value)


def _comes_whole(product: CatalogProduct) -> bool:
    """*papaya 1*, *pollo entero 2*: so large that who says a number after it counts it."""
    words = [word_key(word) for word in flatten(product.name).split()]
    return bool(words) and words[0] in _WHOLE and (len(words) == 1 or words[0] != _CHICKEN or _ENTIRE in words)


def _is_mass(product: CatalogProduct) -> bool:
    """Tell whether a product's first word is something weighed and never counted."""
    words = flatten(product.name).split()
    return bool(words) and word_key(words[0]) in MASS
