"""What a shop of *garrafones* brings where the container is not named, or the customer has none to give in exchange."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from marchante.understanding.entries.entries import Entry
from marchante.understanding.lexicon.attributes import PLAIN_SAID
from marchante.understanding.lexicon.words import STOPWORDS
from marchante.understanding.normalize import word_key
from marchante.understanding.phrases.narrowing import CONTENTS, narrow_by_amount
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.matching import MAX_CANDIDATES, NOTHING, Choice, Outcome
from marchante.understanding.shop.product_names import Role
from marchante.understanding.shop.variants import of_standard_size, plainest
from marchante.understanding.shop.vessels import FRESH, SPOKEN_STATES, UNMARKED, VESSELS, WATER, State
from marchante.understanding.words.tokens import Token

_LACKING = frozenset({"tengo", "tenemos", "traigo", "cuento", "contamos", "hay"})
_SHELLS = frozenset({"envase", "envases", "casco", "cascos", "garrafon", "garrafones", "cilindro", "tanque"})
_REACH = 3
_CLOTHES = word_key("ropa")


def unnamed(said: Sequence[Token], index: CatalogIndex) -> Choice:
    """*uno nuevo*, *2 normales*: of the usual size and plain, where only one kind of container is brought."""
    keys = frozenset(token.key for token in said if token.text not in STOPWORDS)
    if not keys or len({vessel.contents for vessel in index.vessels.values()}) != 1:
        return NOTHING
    if keys <= FRESH and keys & SPOKEN_STATES[State.NEW]:
        return _plain_of(State.NEW, keys, index)
    return _plain_of(State.REFILL, keys, index) if keys <= PLAIN_SAID | UNMARKED else NOTHING


def usual_refill(index: CatalogIndex) -> Choice:
    """*me rellena 2* fills garrafones of the usual size with plain water."""
    return _plain_of(State.REFILL, frozenset({WATER}), index)


def by_the_kilo(index: CatalogIndex) -> Choice:
    """*8 kilos y 2 cobijas*: the plain clothes of a laundry."""
    named = (at for at, hit in index.exact(_CLOTHES).items() if hit.role > Role.ABOUT)
    clothes = {at for at in named if index.products[at].unit == "kg"} if index.washes else set()
    return _choice(plainest(frozenset({_CLOTHES}), clothes, index)) if clothes else NOTHING


def _plain_of(state: State, keys: frozenset[str], index: CatalogIndex) -> Choice:
    held = keys & {WATER} or {vessel.contents for vessel in index.vessels.values()}
    places = {at for at, vessel in index.vessels.items() if vessel.state is state and vessel.contents in held}
    if not places:
        return NOTHING
    usual = of_standard_size(places, VESSELS, index)
    return _choice(plainest(keys | VESSELS, usual, index))


def _choice(places: set[int]) -> Choice:
    outcome = Outcome.ONE if len(places) == 1 else Outcome.SEVERAL
    return Choice(outcome, tuple(sorted(places))[:MAX_CANDIDATES], 0.9, "what the shop brings")


def refills_among(places: Sequence[int], entries: Sequence[Entry], index: CatalogIndex) -> list[int]:
    """*el de 45 y el de 20*: of all that is so large the refills, such as were named before."""
    refills = [place for place in places if place in index.vessels and index.vessels[place].state is State.REFILL]
    before = next((place for entry in reversed(entries) if (place := _vessel_place(entry, index)) is not None), None)
    alike = [p for p in refills if before is not None and index.vessels[p].called == index.vessels[before].called]
    return alike or refills or list(places)


def as_brought(entries: list[Entry], tokens: Sequence[Token], index: CatalogIndex) -> None:
    """Leave out contents said beside their container; sell whoever has none to give a new one."""
    if not index.vessels:
        return
    for entry in entries:
        if entry.reading.choice.outcome is Outcome.SEVERAL:  # *al estacionario mejor que sean 300 litros*
            narrow_by_amount(entry.reading, entry.amount, index)
    for before, entry in pairwise(entries):
        _take_the_same_kind(before, entry, tokens, index)
    filled = [entry for entry in entries if _vessel_place(entry, index) is not None]
    if not filled:
        return
    held = {index.vessels[place].contents for entry in filled if (place := _vessel_place(entry, index)) is not None}
    for entry in list(entries):
        if entry not in filled and _only_contents(entry, held):
            entries.remove(entry)  # *traigan agua, dos garrafones*
    if _has_none(tokens):
        for entry in filled:
            _sell_new(entry, index)


def _vessel_place(entry: Entry, index: CatalogIndex) -> int | None:
    places = entry.reading.choice.places
    one = entry.known and entry.reading.choice.outcome is Outcome.ONE and places[0] in index.vessels
    return places[0] if one else None


def _take_the_same_kind(before: Entry, entry: Entry, tokens: Sequence[Token], index: CatalogIndex) -> None:
    """*garrafones Bonafont 2, Ciel 4*, *una recarga alcalina por mineral*: in the container of the thing before."""
    said, choice = entry.reading.group, entry.reading.choice
    spoken = {token.key for token in tokens[entry.reading.first : entry.reading.last + 1]}
    if choice.outcome is not Outcome.SEVERAL or entry.sizes or spoken & (CONTENTS | VESSELS):
        return
    if entry.amount is not None and (entry.amount.pack or entry.amount.unit):
        return
    kinds = {index.vessels[at].called for at in before.reading.choice.places if at in index.vessels}
    kinds |= {VESSELS & before.reading.group.keys} if not before.known else set()
    alike = {
        at
        for at in said.places
        if at in index.vessels
        and index.vessels[at].state is State.REFILL
        and any(called & index.vessels[at].called for called in kinds)
    }
    if alike and not _told_size(before, index, alike):
        usual = plainest(said.keys | VESSELS, of_standard_size(alike, VESSELS, index), index)
        entry.reading.choice = _choice(usual)


def _told_size(before: Entry, index: CatalogIndex, alike: set[int]) -> bool:
    return bool(before.sizes) and not any(
        _as_large(at, one, index) for at in alike for one in before.reading.choice.places
    )


def _only_contents(entry: Entry, held: set[str]) -> bool:
    keys = entry.reading.group.keys
    bare = entry.amount is None and not entry.sizes and not entry.asked and entry.op == "add"
    return bare and bool(keys) and keys <= CONTENTS and bool(keys & held)


def _has_none(tokens: Sequence[Token]) -> bool:
    """*no tengo envase*, *no cuento con garrafón*, *sin envase para cambiar*"""
    for at, token in enumerate(tokens):
        ahead = [one.text for one in tokens[at + 1 : at + 1 + _REACH]]
        lacks = token.text == "no" and ahead[:1] and ahead[0] in _LACKING and bool(_SHELLS.intersection(ahead))
        if lacks or (token.text == "sin" and ahead[:1] and ahead[0] in {"envase", "envases", "casco", "cascos"}):
            return True
    return False


def _sell_new(entry: Entry, index: CatalogIndex) -> None:
    """The new one of the same size and contents in a refill's stead, unless a refill was asked for."""
    (place,) = entry.reading.choice.places
    keys, mine = entry.reading.group.keys, index.vessels[place]
    if mine.state is not State.REFILL or keys & SPOKEN_STATES[State.REFILL] or entry.op != "add":
        return
    places = {
        at
        for at, vessel in index.vessels.items()
        if vessel.state is State.NEW and vessel.called == mine.called and _as_large(at, place, index)
    }
    if places:
        new = _choice(plainest(keys | VESSELS, places, index))
        entry.reading.choice = replace(new, score=entry.reading.choice.score)


def _as_large(one: int, other: int, index: CatalogIndex) -> bool:
    return set(index.entries[one].sizes) == set(index.entries[other].sizes)
