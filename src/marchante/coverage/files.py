"""Zones as a person writes them in a file: a JSON list, each with one of colonias, postal_codes, radius_km, polygon.

[{"name": "Centro", "colonias": ["Centro", "Las Ánimas"], "fee": "15", "minimum": "100",
  "hours": "mon-sat 09:00-18:00", "establishment": "Matriz"},
 {"name": "Cerca", "radius_km": 2.5, "center": [19.5432, -96.9200], "fee": 10},
 {"name": "Norte", "polygon": [[19.55, -96.93], [19.56, -96.91], [19.54, -96.90]]}]
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import msgspec

from marchante.companies.hours_text import read_hours
from marchante.coverage.domain import Area, Colonias, NewZone, Polygon, PostalCodes, Radius
from marchante.coverage.geometry import Position
from marchante.foundation.kernel.errors import Invalid
from marchante.foundation.kernel.money import ZERO

_METRES = 1_000
_FARTHEST = 1_000


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One zone as it was written; `establishment` by name."""

    name: str
    colonias: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    radius_km: Decimal | None = None
    center: Position | None = None
    polygon: tuple[Position, ...] = ()
    fee: Decimal = ZERO
    minimum: Decimal = ZERO
    hours: str = ""
    establishment: str = ""


@dataclass(frozen=True, slots=True)
class BranchZone:
    """A zone that was read, and the name of the branch that serves it; "" for any."""

    zone: NewZone
    branch: str = ""

    def of(self, branch_id: int | None) -> NewZone:
        return replace(self.zone, establishment_id=branch_id)


def read_file(path: Path) -> list[BranchZone]:
    """Raises Invalid `bad_zone_file`, or what `read` raises."""
    try:
        written = msgspec.json.decode(path.read_bytes(), type=list[Written], strict=False)
    except msgspec.MsgspecError as error:
        raise Invalid(f"{path.name}: {error}", code="bad_zone_file") from error
    return [read(each) for each in written]


def read(written: Written) -> BranchZone:
    """Raises Invalid `bad_area`, `bad_hours`, `bad_amount` or `name_missing`."""
    hours = read_hours(written.hours) if written.hours.strip() else None
    name = " ".join(written.name.split())
    zone = NewZone(name, _area(written), written.fee, written.minimum, hours)
    return BranchZone(zone, written.establishment.strip())


def _metres(kilometres: Decimal) -> int:
    """0, which no zone has, for what is no distance."""
    return int(kilometres * _METRES) if kilometres.is_finite() and abs(kilometres) < _FARTHEST else 0


def _area(written: Written) -> Area:
    areas: list[Area] = []
    if written.colonias:
        areas.append(Colonias(tuple(" ".join(name.split()) for name in written.colonias)))
    if written.postal_codes:
        areas.append(PostalCodes(tuple(code.strip() for code in written.postal_codes)))
    if written.radius_km is not None and written.center is not None:
        areas.append(Radius(written.center, _metres(written.radius_km)))
    if written.polygon:
        areas.append(Polygon(written.polygon))
    if len(areas) != 1:
        raise Invalid(
            f"zone {written.name}: give one of colonias, postal codes, radius with center, polygon", code="bad_area"
        )
    return areas[0]
