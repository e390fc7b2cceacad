"""Zones, and whether a place lies in one. Three answers: inside, outside, and unknown, which is never a refusal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from marchante.companies.hours import WeeklyHours
from marchante.coverage.geometry import Position, distance, is_inside
from marchante.coverage.names import compare, words_of
from marchante.foundation.kernel.errors import Invalid
from marchante.foundation.kernel.money import ZERO, pesos

_MAX_NAME = 60
_MAX_AMOUNT = 100_000
_MAX_METRES = 100_000
_TRIANGLE, _MAX_CORNERS = 3, 500
_LATITUDE, _LONGITUDE = 90, 180
_POSTAL_CODE = re.compile(r"[0-9]{5}")

Reach = Literal["inside", "outside", "unknown"]


class Colonias(msgspec.Struct, frozen=True, tag_field="kind", tag="colonias"):
    """Neighbourhoods by name, as the shop writes them."""

    names: tuple[str, ...]


class PostalCodes(msgspec.Struct, frozen=True, tag_field="kind", tag="postal_codes"):
    codes: tuple[str, ...]


class Radius(msgspec.Struct, frozen=True, tag_field="kind", tag="radius"):
    center: Position
    metres: int


class Polygon(msgspec.Struct, frozen=True, tag_field="kind", tag="polygon"):
    """The corners in order; the last one meets the first."""

    corners: tuple[Position, ...]


Area = Colonias | PostalCodes | Radius | Polygon


@dataclass(frozen=True, slots=True)
class Zone:
    """Amounts in pesos. `hours` None: as the shop is open. `branch`: who delivers there; None: any."""

    id: int
    name: str
    area: Area
    delivery_fee: Decimal
    minimum_order: Decimal
    hours: WeeklyHours | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of a place; each part may be missing. `guesses` may name its colonia: good for a yes only."""

    colony: str | None = None
    zip_code: str | None = None
    position: Position | None = None
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`zone` is the one that applies, of a place that is inside."""

    reach: Reach
    zone: Zone | None = None


def check(zones: Iterable[Zone], place: Whereabouts) -> Verdict:
    """Where several zones hold the place, the one that asks least of the customer applies.

    Outside only what every zone knows it does not hold: what a zone cannot judge (a colonia not said, a point not
    shared, a name that is nearly one of the list) is unknown.
    """
    answers = [(zone, holds(zone.area, place)) for zone in zones]
    holding = [zone for zone, answer in answers if answer]
    if holding:
        return Verdict("inside", min(holding, key=lambda zone: (zone.delivery_fee, zone.minimum_order, zone.id)))
    judged = bool(answers) and all(answer is False for _, answer in answers)
    return Verdict("outside" if judged else "unknown")


def holds(area: Area, place: Whereabouts) -> bool | None:
    """Whether an area holds a place; None when it cannot be told."""
    match area:
        case Radius(center=center, metres=metres):
            return None if place.position is None else distance(center, place.position) <= metres
        case Polygon(corners=corners):
            return None if place.position is None else is_inside(place.position, corners)
        case PostalCodes(codes=codes):
            return None if place.zip_code is None else place.zip_code in codes
        case Colonias(names=names):
            return _named(names, place)


def _named(names: Iterable[str], place: Whereabouts) -> bool | None:
    if place.colony is None:
        return True if any(compare(name, guess) == "same" for name in names for guess in place.guesses) else None
    likeness = {compare(name, place.colony) for name in names}
    return True if "same" in likeness else None if "near" in likeness else False


def on_map(area: Area) -> bool:
    """Whether only a point can say if a place lies in it."""
    return isinstance(area, Radius | Polygon)


def named_in(zones: Iterable[Zone], text: str) -> str | None:
    """The colonia of the zones whose whole name stands in a text; of several the longest."""
    said = f" {' '.join(words_of(text))} "
    listed = (name for zone in zones if isinstance(zone.area, Colonias) for name in zone.area.names)
    found = [name for name in listed if f" {' '.join(words_of(name))} " in said]
    return max(found, key=len, default=None)


def near_names(zones: Iterable[Zone], said: str) -> tuple[str, ...]:
    """Colonias of the zones that `said` may be meant for, to be asked about."""
    listed = (name for zone in zones if isinstance(zone.area, Colonias) for name in zone.area.names)
    return tuple(dict.fromkeys(name for name in listed if compare(name, said) == "near"))


@dataclass(frozen=True, slots=True)
class NewZone:
    """A zone to be added. Raises Invalid `name_missing`, `bad_amount` or `bad_area`, with what would be good."""

    name: str
    area: Area
    delivery_fee: Decimal = ZERO
    minimum_order: Decimal = ZERO
    hours: WeeklyHours | None = None
    establishment_id: int | None = None

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > _MAX_NAME:
            raise Invalid(f"a zone needs a name of {_MAX_NAME} characters at most", code="name_missing")
        for amount in (self.delivery_fee, self.minimum_order):
            if not (amount.is_finite() and 0 <= amount <= _MAX_AMOUNT):
                raise Invalid(f"fee and minimum are from 0 to {_MAX_AMOUNT} pesos", code="bad_amount")
        fault = _fault(self.area)
        if fault:
            raise Invalid(f"zone {self.name}: {fault}", code="bad_area")
        object.__setattr__(self, "delivery_fee", pesos(self.delivery_fee))
        object.__setattr__(self, "minimum_order", pesos(self.minimum_order))


@dataclass(frozen=True, slots=True)
class Wish:
    """A place a customer would have been delivered to; `place` in the words the customer reads."""

    place: str
    where: Whereabouts


@dataclass(frozen=True, slots=True)
class Demand:
    """A wish that was noted, and whose it was."""

    place: str
    colony: str | None
    zip_code: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    asked_at: datetime
    customer: str | None


def _fault(area: Area) -> str:
    """What is wrong with an area; nothing when it is good."""
    match area:
        case Colonias(names=names):
            return "" if names and all(words_of(name) for name in names) else "it names no colonia"
        case PostalCodes(codes=codes):
            good = codes and all(_POSTAL_CODE.fullmatch(code) for code in codes)
            return "" if good else "a postal code has five digits"
        case Radius(center=center, metres=metres):
            good = _is_on_earth(center) and 0 < metres <= _MAX_METRES
            return "" if good else f"a radius has a centre and up to {_MAX_METRES // 1000} km"
        case Polygon(corners=corners):
            good = len(set(corners)) >= _TRIANGLE and len(corners) <= _MAX_CORNERS and all(map(_is_on_earth, corners))
            return "" if good else f"a polygon has 3 to {_MAX_CORNERS} corners, latitude before longitude"


def _is_on_earth(position: Position) -> bool:
    latitude, longitude = position.latitude, position.longitude
    finite = latitude.is_finite() and longitude.is_finite()
    return finite and abs(latitude) <= _LATITUDE and abs(longitude) <= _LONGITUDE
