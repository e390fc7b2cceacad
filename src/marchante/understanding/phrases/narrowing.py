"""The amount said tells variants apart: *un kilo* is the one sold by weight, *2 paquetes* the one in packs."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from marchante.understanding.amounts.amounts import amount_for
from marchante.understanding.amounts.said import UNCLEAR, Said, counts_packs
from marchante.understanding.lexicon.words import MASS_IN_KG, VOLUME_IN_LITRES
from marchante.understanding.normalize import word_key
from marchante.understanding.phrases.readings import Reading
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.matching import MAX_CANDIDATES, Choice, Group, Outcome, choose
from marchante.understanding.shop.variants import marks_of
from marchante.understanding.shop.vessels import PIPED
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size

_A_PACKFUL = 12
_HOLDS = {
    word_key("galon"): (Decimal("3.7"), Decimal(4)),
    word_key("cubeta"): (Decimal(18), Decimal(20)),
}
"""In litres: what paint and cleaners come in, whether or not the names say so."""
_METRE = word_key("metro")
_LOOSE = frozenset({"kg", "liter"})
_DOZEN = word_key("docena")
_COUNTS = frozenset({"", "pz", "dozen"})
CONTENTS = frozenset({word_key("agua"), word_key("gas"), word_key("hielo")})
"""What a shop of *garrafones* or *tanques* fills them with: the container is the thing."""
_REASON = "the one sold that way"


def narrow_by_amount(reading: Reading, amount: Spoken | None, index: CatalogIndex) -> None:
    """Keep the products in whose units the amount makes sense; turn to their namesakes where it makes none."""
    _narrow_by_what_it_holds(reading, amount, index)
    if amount is None:
        return
    choice = reading.choice
    if choice.outcome is Outcome.SEVERAL and amount.value >= _A_PACKFUL:
        full = _of_that_count(choice.places, amount, index)
        if len(full) == 1:
            reading.choice = _chosen(full, choice)
    gas = bool(reading.group.keys & PIPED)
    if gas and (amount.unit == "peso" or amount.unit in VOLUME_IN_LITRES):
        _keep_poured(reading, index)
    if amount.unit == "peso":
        _keep_loose(reading, index)
        return
    if amount.unit == "dozen":
        _by_the_dozen(reading, amount, index)
    _turn_to_full_packs(reading, amount, index)
    part = amount.fraction and amount.value < 1
    if not (amount.pack or part or amount.unit in MASS_IN_KG or amount.unit in VOLUME_IN_LITRES):
        return
    reading.choice = _fitting_choice(reading, amount, index)


def _fitting_choice(reading: Reading, amount: Spoken, index: CatalogIndex) -> Choice:
    choice = reading.choice
    fitting = _fitting(choice.places, amount, index)
    if amount.unit in MASS_IN_KG and amount.value >= 1:
        fitting = _without_small_packs(fitting, index)
    said = Size(amount.value, amount.unit)
    measured = bool(amount.unit) or amount.value < 1  # *3 bolsas de hielo* say nothing of 3 kilos
    whole = tuple(at for at in fitting if any(size.unit and size.fits(said) for size in index.entries[at].sizes))
    weighed = any(index.products[at].unit == "kg" for at in fitting)
    if choice.outcome is Outcome.SEVERAL and len(whole) == 1 and measured and amount.explicit and not weighed:
        return _chosen(whole, choice)  # *un litro de crema* is the one of a litre, not two of half a litre
    if choice.outcome is Outcome.SEVERAL and fitting:
        return _chosen(fitting, choice) if len(fitting) < len(choice.places) else choice
    if choice.outcome is Outcome.SEVERAL and amount.unit in VOLUME_IN_LITRES:
        poured = tuple(place for place in sorted(reading.group.places) if index.products[place].unit == "liter")
        return _chosen(poured, choice) if poured else choice  # *50 litros de gas* of no cylinder
    loose = reading.group.anchored() - index.vessels.keys()  # *10 botellas de agua* are no refills
    others = _fitting(loose, amount, index) if choice.outcome is Outcome.ONE and not fitting else ()
    return _chosen(others, choice) if others else choice


def _narrow_by_what_it_holds(reading: Reading, amount: Spoken | None, index: CatalogIndex) -> None:
    """*un galón de vinimex* is that of 4 litres, *20 metros de cable* no roll of a hundred."""
    choice = reading.choice
    box = reading.box or (amount.pack if amount else "")
    if choice.outcome is Outcome.ONE and box in _HOLDS:
        _turn_to_what_holds_so_much(reading, box, index)
    if choice.outcome is not Outcome.SEVERAL:
        return
    holding = _holding_so_much(_litres(choice.places, index), box) if box in _HOLDS else set()
    if amount is not None and amount.unit == "m":
        holding = index.exact(_METRE).keys() & set(choice.places)
    if 0 < len(holding) < len(choice.places):
        reading.choice = _chosen(tuple(at for at in choice.places if at in holding), choice)


def _turn_to_what_holds_so_much(reading: Reading, box: str, index: CatalogIndex) -> None:
    """*una cubeta de vinílica blanca* is not the four litres taken where no size is said."""
    litres = _litres(reading.group.places, index)
    holding = _holding_so_much(litres, box)
    taken = reading.choice.places[0]
    if holding and taken in litres and taken not in holding:
        reading.choice = _chosen(tuple(sorted(holding)), reading.choice)


def _litres(places: Iterable[int], index: CatalogIndex) -> dict[int, Decimal]:
    return {at: size.litres for at in places for size in index.entries[at].sizes if size.litres}


def _holding_so_much(litres: Mapping[int, Decimal], box: str) -> set[int]:
    least, most = _HOLDS[box]
    return {at for at, held in litres.items() if least <= held <= most}


def _of_that_count(places: Sequence[int], amount: Spoken, index: CatalogIndex) -> tuple[int, ...]:
    """*200 hojas* are the pack of 200, or else two packs of a hundred and no part of five hundred."""
    counts = {place: index.entries[place].pack_count or 0 for place in places}
    full = tuple(place for place, count in counts.items() if count == amount.value)
    return full or tuple(p for p, count in counts.items() if count >= _A_PACKFUL and amount.value % count == 0)


def _by_the_dozen(reading: Reading, amount: Spoken, index: CatalogIndex) -> None:
    """*media docena de planchado* where work is sold by the dozen and by the half."""
    entries = index.entries
    served = [at for at in reading.group.places if index.is_service(at)]
    halves = {at for at in served if any(size.unit == "dozen" and size.value < 1 for size in entries[at].sizes)}
    dozens = {at for at in served if _DOZEN in entries[at].forms[0].keys} - halves
    wanted = dozens if not amount.value % _A_PACKFUL else halves if amount.value < _A_PACKFUL else set()
    wanted = wanted or dozens | halves  # *docena y media* is asked about
    if halves and not amount.value % (_A_PACKFUL // 2):
        reading.choice = _chosen(tuple(sorted(wanted)), reading.choice)


def _turn_to_full_packs(reading: Reading, amount: Spoken, index: CatalogIndex) -> None:
    """*18 huevos* are the pack of 18 rather than part of one of 30, *media docena de planchado* the one called so."""
    choice = reading.choice
    if choice.outcome is not Outcome.ONE or amount.unit not in _COUNTS:
        return
    place = choice.places[0]
    product, held = index.products[place], index.entries[place].forms[0].pack_count
    boxed = counts_packs(amount, product)
    dozens = amount.unit == "dozen" and product.unit == "service"
    if not held or boxed or not amount.value % held or not (dozens or amount.value >= _A_PACKFUL):
        return
    alike = tuple(reading.group.anchored())
    full = {at for at in alike if index.entries[at].forms[0].pack_count == amount.value} if dozens else set()
    full = full or set(_of_that_count(alike, amount, index))
    better = choose(Group(reading.group.words, full), (), index) if full else choice
    reading.choice = better if better.outcome is Outcome.ONE else choice


def _keep_poured(reading: Reading, index: CatalogIndex) -> None:
    """*500 pesos al estacionario*, *200 litros de gas* are what is sold by the litre, and no tank nor cylinder."""
    poured = tuple(place for place in sorted(reading.group.named()) if index.products[place].unit == "liter")
    if poured and not set(reading.choice.places) <= set(poured):
        reading.choice = _chosen(poured, reading.choice)


def _keep_loose(reading: Reading, index: CatalogIndex) -> None:
    """*30 pesos de crema* are of the cream sold loose."""
    choice = reading.choice
    loose = tuple(place for place in choice.places if index.products[place].unit in _LOOSE)
    if not loose:  # *500 pesos al estacionario* are gas for the tank
        loose = tuple(place for place in sorted(reading.group.places) if index.products[place].unit in _LOOSE)
    if loose and set(loose) != set(choice.places):
        reading.choice = _chosen(loose, choice)


def doubt_contents(reading: Reading, amount: Spoken | None, sizes: Sequence[Size], index: CatalogIndex) -> None:
    """*2 aguas* where only one name says water, and that one a special water: the shop asks which of the shelf."""
    choice = reading.choice
    told = bool(sizes or reading.size_words) or (amount is not None and bool(amount.pack or amount.unit))
    if choice.outcome is not Outcome.ONE or told or not reading.group.keys <= CONTENTS:
        return
    place = choice.places[0]
    shelf = index.entries[place].category
    if place in index.vessels or marks_of(index.entries[place], reading.group.keys):
        near = {at for at, entry in enumerate(index.entries) if shelf and entry.category == shelf}
        others = sorted((near | reading.group.anchored()) - {place})
        if not others:
            return
        places = (place, *others)[:MAX_CANDIDATES]
        reading.choice = Choice(Outcome.SEVERAL, places, choice.score, "what is inside was said, not which")


def _without_small_packs(places: tuple[int, ...], index: CatalogIndex) -> tuple[int, ...]:
    """Whoever says kilos means no sachets or cans where the thing is weighed too."""
    weighed = tuple(place for place in places if not _is_small_pack(place, index))
    return weighed if any(index.products[place].unit == "kg" for place in weighed) else places


def _is_small_pack(place: int, index: CatalogIndex) -> bool:
    kilos = [size.kilos for size in index.entries[place].sizes if size.kilos]
    return bool(kilos) and max(kilos) < 1 and index.products[place].unit != "kg"


def _chosen(places: tuple[int, ...], old: Choice) -> Choice:
    outcome = Outcome.ONE if len(places) == 1 else Outcome.SEVERAL
    return Choice(outcome, places[:MAX_CANDIDATES], old.score, _REASON)


def _fitting(places: Iterable[int], amount: Spoken, index: CatalogIndex) -> tuple[int, ...]:
    said = Said(amount)
    return tuple(sorted(place for place in places if amount_for(place, said, index) != UNCLEAR))
