"""Points, circles and polygons: what must hold wherever they are drawn."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.coverage.geometry import Position, distance, is_inside

# Thousandths of a degree around a town.
_STEPS = st.integers(-200, 200)


def at(north: int, east: int) -> Position:
    return Position(Decimal("19.5") + Decimal(north) / 1000, Decimal("-96.9") + Decimal(east) / 1000)


PLACES = st.builds(at, _STEPS, _STEPS)
POLYGONS = st.lists(PLACES, min_size=3, max_size=12, unique=True)
SQUARE = (at(0, 0), at(0, 10), at(10, 10), at(10, 0))
# The letter U: its notch is outside.
HORSESHOE = (at(0, 0), at(0, 30), at(30, 30), at(30, 20), at(10, 20), at(10, 10), at(30, 10), at(30, 0))


@pytest.mark.parametrize("place", [at(5, 5), at(1, 9), at(0, 0), at(10, 10), at(0, 5), at(5, 10)])
def test_inside_and_on_the_border_of_a_square_is_inside(place: Position):
    assert is_inside(place, SQUARE)


@pytest.mark.parametrize("place", [at(11, 5), at(-1, 5), at(5, 11), at(5, -1), at(0, 11), at(10, -1), at(20, 20)])
def test_beside_a_square_is_outside(place: Position):
    assert not is_inside(place, SQUARE)


def test_the_notch_of_a_horseshoe_is_outside_and_its_arms_are_inside():
    assert not is_inside(at(20, 15), HORSESHOE)
    assert is_inside(at(20, 5), HORSESHOE)
    assert is_inside(at(20, 25), HORSESHOE)
    assert is_inside(at(5, 15), HORSESHOE)


@given(PLACES, POLYGONS, st.integers(0, 11))
def test_it_does_not_matter_at_which_corner_one_begins_nor_which_way_round(
    place: Position, polygon: list[Position], turn: int
):
    turned = [*polygon[turn % len(polygon) :], *polygon[: turn % len(polygon)]]
    assert is_inside(place, turned) == is_inside(place, polygon) == is_inside(place, polygon[::-1])


@given(POLYGONS)
def test_every_corner_of_a_polygon_is_inside(polygon: list[Position]):
    assert all(is_inside(corner, polygon) for corner in polygon)


@given(PLACES, POLYGONS)
def test_outside_the_box_around_a_polygon_nothing_is_inside(place: Position, polygon: list[Position]):
    latitudes = [corner.latitude for corner in polygon]
    longitudes = [corner.longitude for corner in polygon]
    in_box = min(latitudes) <= place.latitude <= max(latitudes) and min(longitudes) <= place.longitude <= max(
        longitudes
    )
    assert in_box or not is_inside(place, polygon)


@given(PLACES, POLYGONS, _STEPS, _STEPS)
def test_a_map_moved_as_a_whole_says_the_same(place: Position, polygon: list[Position], north: int, east: int):
    def moved(each: Position) -> Position:
        return Position(each.latitude + Decimal(north) / 1000, each.longitude + Decimal(east) / 1000)

    assert is_inside(moved(place), [moved(corner) for corner in polygon]) == is_inside(place, polygon)


@given(PLACES, st.tuples(PLACES, PLACES, PLACES))
def test_a_triangle_and_its_halves_agree(place: Position, triangle: tuple[Position, Position, Position]):
    one, two, three = triangle
    middle = Position((two.latitude + three.latitude) / 2, (two.longitude + three.longitude) / 2)
    halves = is_inside(place, (one, two, middle)) or is_inside(place, (one, middle, three))
    assert is_inside(place, triangle) == halves


@given(PLACES, PLACES, PLACES)
def test_distances_are_even_handed_and_no_way_round_is_shorter(one: Position, two: Position, three: Position):
    assert distance(one, two) == pytest.approx(distance(two, one))
    assert distance(one, one) == 0
    assert distance(one, three) <= distance(one, two) + distance(two, three) + 1e-6


def test_a_known_distance():
    xalapa, veracruz = (
        Position(Decimal("19.5438"), Decimal("-96.9102")),
        Position(Decimal("19.1738"), Decimal("-96.1342")),
    )
    assert distance(xalapa, veracruz) == pytest.approx(91_250, rel=0.01)
