"""Containers brought full and taken back empty: which products are a refill, which the new one, which only the shell.

Every shop writes them otherwise (*Recarga garrafón 20 L*, *Garrafón Ciel 20 L*, *GFON 20LT NVO C/AGUA*) and every
customer says them otherwise (*2 garrafones*, *un relleno*, *uno completo*); what they are is the same everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from marchante.understanding.domain import CatalogProduct
from marchante.understanding.lexicon.goods import BRANDS, GOODS, MATERIALS
from marchante.understanding.normalize import bound, other_gender, word_key
from marchante.understanding.shop.product_names import NameForm, Role
from marchante.understanding.words.tokens import tokenize_name


def _keys(words: str) -> frozenset[str]:
    return frozenset(word_key(word) for word in words.split())


WATER, GAS = word_key("agua"), word_key("gas")
_OF_WATER, _OF_GAS = _keys("garrafon botellon"), _keys("cilindro tanque")
_GALLON = word_key("galon")
VESSELS = _OF_WATER | _OF_GAS | {_GALLON}
_SHELL = _keys("envase casco")
_FILLING = _keys("recarga relleno llenado rellenado intercambio canje")
FRESH = _keys("nuevo completo lleno")
_EMPTY = word_key("vacio")
_STATIONARY = word_key("estacionario")
PIPED = frozenset({GAS, _STATIONARY})
"""What is filled at the house by the litre, or for a sum of money."""
_BOTTLE = _keys("botella botellita")
_BRANDS_OF_WATER = _keys("ciel bonafont epura")
UNMARKED = _keys("purificada natural")
_MARKED = _keys("alcalina mineral mineralizada sabor")
_BOTTLED = word_key("embotellada")
_HALF = word_key("medio")
_SMALL_LITRES = (9, 12)
_LARGEST_BOTTLE = 9
_LEAST_JUG = 3
CARRIED = _SHELL | {WATER, GAS}
"""What a new one comes with."""
_ASKS_NEW = _keys("nuevo completo") | {bound("con", key) for key in CARRIED}
_DRY = frozenset({_EMPTY, bound("sin", WATER), bound("sin", GAS)})
_SPOKEN_OF = VESSELS | _FILLING | _SHELL


TELLS_STATE = _FILLING | FRESH | {_EMPTY}
"""Said alone after a container they tell which of it: *un garrafón de 11, el puro relleno*."""


class State(Enum):
    """What is paid for: the contents against an empty shell, shell and contents, or the shell alone."""

    REFILL = auto()
    NEW = auto()
    EMPTY = auto()


@dataclass(frozen=True, slots=True)
class Vessel:
    """`contents` is the key of what it holds."""

    contents: str
    state: State
    called: frozenset[str]
    """What customers call it."""


def vessel_of(product: CatalogProduct, form: NameForm) -> Vessel | None:
    """Tell whether a product is such a container, and which."""
    if product.unit in {"service", "liter", "kg"} or _STATIONARY in form.keys:
        return None
    called = _called(product, form)
    if not called:
        return None
    contents = GAS if called & _OF_GAS else WATER
    return Vessel(contents, _state(product, form), called)


def _called(product: CatalogProduct, form: NameForm) -> frozenset[str]:
    named = {key for key, role in zip(form.keys, form.roles, strict=True) if key in VESSELS and role > Role.DETAIL}
    others = frozenset(form.keys) - VESSELS - _SHELL - _FILLING - {WATER, GAS} - _MARKED - UNMARKED
    if form.head not in VESSELS | _SHELL | _FILLING | {WATER, GAS} or others & (GOODS | MATERIALS) - BRANDS:
        return frozenset()
    said = _words(f"{product.name} {product.category} {product.description}")
    if named & _OF_GAS and (GAS in said or any(size.kilos for size in form.sizes)):
        return _OF_GAS
    if named & _OF_WATER:
        return _OF_WATER
    told = frozenset(form.keys) & (_FILLING | FRESH | _SHELL)
    if _GALLON in named:
        return frozenset({_GALLON}) if told else frozenset()
    refilled = frozenset(form.keys) & _FILLING and said & (_OF_WATER | {WATER})
    large = any(size.litres and size.litres > _LARGEST_BOTTLE for size in form.sizes)
    return _OF_WATER if refilled and large and WATER in form.keys else frozenset()


def _state(product: CatalogProduct, form: NameForm) -> State:
    keys, said = frozenset(form.keys), _words(product.name)
    if _EMPTY in keys or form.head in _SHELL or (word_key("solo") in said and said & _SHELL):
        return State.EMPTY
    if keys & _FILLING:
        return State.REFILL
    if keys & (FRESH | _SHELL) or _carries(product.name):
        return State.NEW
    described = _words(product.description)
    new = word_key("incluye") in described and described & _SHELL and word_key("no") not in described
    return State.NEW if new else State.REFILL


def _carries(name: str) -> bool:
    """*GFON 20LT C/AGUA*"""
    tokens = tokenize_name(name)
    return any(one.text in {"con", "+"} and two.key in {WATER, GAS} for one, two in pairwise(tokens))


def _words(text: str) -> frozenset[str]:
    return frozenset(token.key for token in tokenize_name(text) if token.is_word)


SPOKEN_STATES: Mapping[State, frozenset[str]] = {
    State.REFILL: _keys("recarga relleno intercambio canje"),
    State.NEW: _keys("nuevo completo") | {bound("con", key) for key in _SHELL},
    State.EMPTY: _SHELL | {_EMPTY},
}


def words_of_vessel(vessel: Vessel, form: NameForm) -> Iterator[tuple[str, Role]]:
    """Give what customers call it beside its name, and by which role."""
    for key in sorted(SPOKEN_STATES[vessel.state]):
        yield key, Role.HEAD if key in _FILLING | _SHELL else Role.DETAIL
    if vessel.state is State.EMPTY:
        yield bound("sin", vessel.contents), Role.DETAIL
        yield from ((key, Role.VARIETY) for key in sorted(vessel.called))
        return
    if vessel.state is State.NEW:
        yield bound("con", vessel.contents), Role.DETAIL
    yield from ((key, Role.HEAD) for key in sorted({*vessel.called, vessel.contents}))
    if vessel.contents == WATER:
        yield from _plainness(form)
        yield from ((other_gender(key), Role.VARIETY) for key in form.keys if key in _MARKED)  # *2 alcalinos*
    least, most = _SMALL_LITRES
    if vessel.called == _OF_WATER and any(size.litres and least <= size.litres <= most for size in form.sizes):
        yield _HALF, Role.DETAIL


def words_of_drink(product: CatalogProduct, form: NameForm) -> Iterator[tuple[str, Role]]:
    """Bottles are *agua de litro* where names only say *Botella 1 lt paquete 12 pz*; gas is poured into a *tanque*."""
    if product.unit == "liter" and GAS in form.keys:
        yield from ((key, Role.HEAD) for key in (GAS, _STATIONARY, word_key("tanque")))
        return
    litres = [size.litres for size in form.sizes if size.litres]
    named = form.head in _BOTTLE | {WATER} or (form.keys and _BRANDS_OF_WATER.intersection(form.keys))
    if not named or not litres or max(litres) > _LARGEST_BOTTLE or product.unit == "service":
        return
    others = frozenset(form.keys) - {WATER} - _MARKED - UNMARKED - _BOTTLE
    told = _words(f"{product.category} {product.description}")
    if others & (GOODS | MATERIALS) - BRANDS or (form.head != WATER and told & (GOODS - {WATER} - _BOTTLE)):
        return
    yield WATER, Role.HEAD
    yield word_key("botella"), Role.FORM
    if max(litres) >= _LEAST_JUG:
        yield from ((key, Role.FORM) for key in sorted(_keys("garrafa galon bidon")))
    yield _BOTTLED, Role.DETAIL
    yield from _plainness(form)


def _plainness(form: NameForm) -> Iterator[tuple[str, Role]]:
    """Water of which nothing is said is plain."""
    if not frozenset(form.keys) & _MARKED:
        yield from ((key, Role.DETAIL) for key in sorted(UNMARKED))


def halves_of(vessels: Iterable[Vessel]) -> frozenset[tuple[str, str]]:
    """*medio garrafón* is no amount."""
    return frozenset((_HALF, key) for vessel in vessels for key in vessel.called & _OF_WATER)


def in_the_state_asked(places: set[int], said: frozenset[str], vessels: Mapping[int, Vessel]) -> set[int]:
    """*2 garrafones* are refills, *uno nuevo* is no refill, and neither is a washing of one."""
    there = {place for place in places if place in vessels}
    if not there or not (said & _SPOKEN_OF or there == places):
        return places
    return {place for place in there if vessels[place].state is _asked_for(said)} or there


def _asked_for(said: frozenset[str]) -> State:
    if said & _DRY:
        return State.EMPTY
    if said & _ASKS_NEW:
        return State.NEW
    return State.EMPTY if said & _SHELL else State.REFILL
