"""Whether a shop delivers somewhere: three answers, and the one that asks least of the customer."""

from decimal import Decimal

import pytest

from marchante.coverage.domain import (
    Area,
    Colonias,
    NewZone,
    Polygon,
    PostalCodes,
    Radius,
    Whereabouts,
    Zone,
    check,
    near_names,
)
from marchante.coverage.files import Written, read
from marchante.coverage.geometry import Position
from marchante.coverage.names import compare
from marchante.foundation.kernel.errors import Invalid

HERE = Position(Decimal("19.5438"), Decimal("-96.9102"))
NEARBY = Position(Decimal("19.5500"), Decimal("-96.9102"))  # 690 m to the north
FAR = Position(Decimal("19.6500"), Decimal("-96.9102"))


def zone(area: Area, fee: str = "15", minimum: str = "0", number: int = 1) -> Zone:
    return Zone(number, f"zone {number}", area, Decimal(fee), Decimal(minimum))


CENTRE = zone(Colonias(("Centro", "Fracc. Santa Rosa", "Progreso Macuiltépetl")))
AROUND = zone(Radius(HERE, 1_000), "20", number=2)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Centro", "col. centro"),
        ("Fracc. Santa Rosa", "Sta. Rosa"),
        ("Lucas Martín", "fraccionamiento LUCAS MARTIN"),
        ("Las Ánimas", "animas"),
        ("Gral. Ignacio Zaragoza", "general ignacio zaragoza"),
        ("Revolución 2a Sección", "Revolucion segunda secc."),
        ("U.H. Xalapa 2000", "unidad habitacional xalapa 2000"),
    ],
)
def test_a_colonia_is_the_same_without_accents_and_with_any_abbreviation(listed: str, said: str):
    assert compare(listed, said) == "same"


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Centro", "Centro Histórico"),
        ("Progreso Macuiltépetl", "progreso macuiltepel"),
        ("Progreso Macuiltépetl", "Macuiltepetl"),
        ("Rafael Lucio", "ampliación Rafael Lucio"),
    ],
)
def test_a_name_that_is_nearly_one_of_the_list_is_neither_it_nor_another(listed: str, said: str):
    assert compare(listed, said) == "near"


@pytest.mark.parametrize(("listed", "said"), [("Centro", "Aguacatal"), ("Obrera 1a Sección", "Obrera 2a Sección")])
def test_other_colonias_are_others(listed: str, said: str):
    assert compare(listed, said) == "different"


def test_a_place_is_inside_outside_or_unknown():
    assert check([CENTRE], Whereabouts(colony="centro")).reach == "inside"
    assert check([CENTRE], Whereabouts(colony="Aguacatal")).reach == "outside"
    assert check([CENTRE], Whereabouts(colony="Centro Histórico")).reach == "unknown"
    assert check([CENTRE], Whereabouts(zip_code="91000")).reach == "unknown"
    assert check([CENTRE], Whereabouts()).reach == "unknown"
    assert check([AROUND], Whereabouts(position=NEARBY)).reach == "inside"
    assert check([AROUND], Whereabouts(position=FAR)).reach == "outside"


def test_what_one_zone_cannot_judge_is_not_outside():
    both = [CENTRE, AROUND]
    assert check(both, Whereabouts(colony="Aguacatal")).reach == "unknown"
    assert check(both, Whereabouts(position=FAR)).reach == "unknown"
    assert check(both, Whereabouts(colony="Aguacatal", position=FAR)).reach == "outside"
    assert check(both, Whereabouts(colony="Centro")).zone == CENTRE


def test_a_postal_code_decides_where_zones_are_postal_codes():
    zones = [zone(PostalCodes(("91000", "91010")))]
    assert check(zones, Whereabouts(zip_code="91010")).reach == "inside"
    assert check(zones, Whereabouts(zip_code="91190")).reach == "outside"
    assert check(zones, Whereabouts(colony="Centro")).reach == "unknown"


def test_of_several_zones_the_one_that_costs_least_applies():
    near, far = zone(Radius(HERE, 1_000), "15", number=1), zone(Radius(HERE, 5_000), "30", number=2)
    assert check([far, near], Whereabouts(position=NEARBY)).zone == near
    square = Polygon((HERE, Position(HERE.latitude, NEARBY.longitude + 1), Position(FAR.latitude, HERE.longitude + 1)))
    cheap = zone(square, "15", "50", number=3)
    assert check([cheap, near], Whereabouts(position=HERE)).zone == near


def test_the_colonias_that_may_be_meant_are_offered():
    assert near_names([CENTRE, AROUND], "macuiltepetl") == ("Progreso Macuiltépetl",)
    assert near_names([CENTRE], "Aguacatal") == ()


@pytest.mark.parametrize(
    "area",
    [
        Colonias(()),
        Colonias(("  ",)),
        PostalCodes(("9100",)),
        Radius(HERE, 0),
        Radius(Position(Decimal("-96.9"), Decimal(195)), 100),
        Polygon((HERE, NEARBY)),
        Polygon((HERE, NEARBY, Position(Decimal(96), Decimal(19)))),
    ],
)
def test_an_area_that_is_none_is_refused(area: Area):
    with pytest.raises(Invalid, match="zone X"):
        NewZone("X", area)


def test_amounts_are_pesos_and_cents():
    new = NewZone("X", CENTRE.area, Decimal("15.005"), Decimal(100))
    assert (new.delivery_fee, new.minimum_order) == (Decimal("15.01"), Decimal("100.00"))
    with pytest.raises(Invalid, match="fee and minimum"):
        NewZone("X", CENTRE.area, Decimal(-1))


@pytest.mark.parametrize("radius", ["NaN", "Infinity", "1e999999", "-1e999999", "0"])
def test_a_radius_that_is_no_distance_is_refused(radius: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(Written(name="Cerca", radius_km=Decimal(radius), center=HERE))
    assert refused.value.code == "bad_area"
