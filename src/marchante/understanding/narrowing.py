"""The amount said tells variants apart: *un kilo* is the one sold by weight, *2 paquetes* the one in packs."""

from collections.abc import Iterable

from marchante.understanding.amounts import UNCLEAR, Said, amount_for
from marchante.understanding.index import CatalogIndex
from marchante.understanding.lexicon.words import MASS_IN_KG, VOLUME_IN_LITRES
from marchante.understanding.matching import MAX_CANDIDATES, Choice, Outcome
from marchante.understanding.quantities import Spoken
from marchante.understanding.readings import Reading

_A_PACKFUL = 12
_REASON = "the one sold that way"


def narrow_by_amount(reading: Reading, amount: Spoken | None, index: CatalogIndex) -> None:
    """Keep the products in whose units the amount makes sense; turn to their namesakes where it makes none."""
    choice = reading.choice
    if amount is None:
        return
    if choice.outcome is Outcome.SEVERAL and amount.value >= _A_PACKFUL:
        full = tuple(place for place in choice.places if index.entries[place].pack_count == amount.value)
        if len(full) == 1:
            reading.choice = _chosen(full, choice)
    if not (amount.pack or amount.unit in MASS_IN_KG or amount.unit in VOLUME_IN_LITRES):
        return
    fitting = _fitting(choice.places, amount, index)
    if choice.outcome is Outcome.SEVERAL and fitting and len(fitting) < len(choice.places):
        reading.choice = _chosen(fitting, choice)
    elif choice.outcome is Outcome.ONE and not fitting:
        others = _fitting(reading.group.anchored(), amount, index)
        if others:
            reading.choice = _chosen(others, choice)


def _chosen(places: tuple[int, ...], old: Choice) -> Choice:
    outcome = Outcome.ONE if len(places) == 1 else Outcome.SEVERAL
    return Choice(outcome, places[:MAX_CANDIDATES], old.score, _REASON)


def _fitting(places: Iterable[int], amount: Spoken, index: CatalogIndex) -> tuple[int, ...]:
    said = Said(amount)
    return tuple(sorted(place for place in places if amount_for(place, said, index) != UNCLEAR))
