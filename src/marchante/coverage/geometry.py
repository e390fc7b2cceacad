"""Points on the map. Good for the size of a town: a polygon's sides are straight lines of latitude and longitude."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import msgspec

_EARTH_METRES = 6_371_000.0


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Degrees."""

    latitude: Decimal
    longitude: Decimal


def distance(one: Position, other: Position) -> float:
    """Metres along the great circle."""
    first, second = radians(one.latitude), radians(other.latitude)
    north, east = second - first, radians(other.longitude) - radians(one.longitude)
    chord = sin(north / 2) ** 2 + cos(first) * cos(second) * sin(east / 2) ** 2
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(chord)))


def is_inside(place: Position, corners: Sequence[Position]) -> bool:
    """Whether a place lies in a polygon: a ray to the east crosses its sides an odd number of times. Exact, in
    decimals; a point on a side counts as inside.
    """
    inside = False
    for one, other in pairwise([*corners, *corners[:1]]):
        # Most sides are north or south of the place: nothing is multiplied for them.
        if one.latitude > place.latitude < other.latitude or one.latitude < place.latitude > other.latitude:
            continue
        if _is_on(place, one, other):
            return True
        if (one.latitude > place.latitude) != (other.latitude > place.latitude) and _crosses_east(place, one, other):
            inside = not inside
    return inside


def _crosses_east(place: Position, one: Position, other: Position) -> bool:
    """Of a side that passes the place's latitude; multiplied out, so that nothing is rounded."""
    rise = other.latitude - one.latitude
    run = (other.longitude - one.longitude) * (place.latitude - one.latitude)
    ahead = (place.longitude - one.longitude) * rise
    return ahead < run if rise > 0 else ahead > run


def _is_on(place: Position, one: Position, other: Position) -> bool:
    cross = (other.latitude - one.latitude) * (place.longitude - one.longitude) - (other.longitude - one.longitude) * (
        place.latitude - one.latitude
    )
    return (
        cross == 0
        and min(one.latitude, other.latitude) <= place.latitude <= max(one.latitude, other.latitude)
        and min(one.longitude, other.longitude) <= place.longitude <= max(one.longitude, other.longitude)
    )
