"""A stand-in for Google's reverse geocoding: the same point always has the same made-up address in Xalapa.

Outside Mexico there is nothing.
"""

from decimal import Decimal
from typing import Any

from fastapi import APIRouter

_STREETS = ("Avenida Xalapa", "Calle Zaragoza", "Calle Lucio", "Calle Úrsulo Galván", "Avenida Ávila Camacho")
_COLONIAS = (
    ("Centro", "91000"),
    ("Progreso Macuiltépetl", "91130"),
    ("Las Ánimas", "91190"),
    ("Obrero Campesina", "91020"),
)
_MEXICO = ((Decimal(14), Decimal(33)), (Decimal(-118), Decimal(-86)))


def geocoding_router() -> APIRouter:
    router = APIRouter()

    @router.get("/maps/api/geocode/json")
    async def reverse(latlng: str = "") -> dict[str, Any]:
        return address_of(latlng)

    return router


def address_of(latlng: str) -> dict[str, Any]:
    """What is answered for "latitude,longitude"."""
    try:
        latitude, longitude = (Decimal(part) for part in latlng.split(","))
    except (ArithmeticError, ValueError):
        return {"status": "INVALID_REQUEST", "results": []}
    (south, north), (west, east) = _MEXICO
    if not (south <= latitude <= north and west <= longitude <= east):
        return {"status": "ZERO_RESULTS", "results": []}
    street = _STREETS[int(abs(latitude) * 1000) % len(_STREETS)]
    number = str(int(abs(longitude) * 1000) % 300 + 1)
    colony, zip_code = _COLONIAS[int(abs(latitude) * 100) % len(_COLONIAS)]
    components = [
        _component(number, "street_number"),
        _component(street, "route"),
        _component(colony, "sublocality_level_1", "sublocality", "political"),
        _component("Xalapa-Enríquez", "locality", "political"),
        _component("Veracruz", "administrative_area_level_1", "political", short="Ver."),
        _component("México", "country", "political", short="MX"),
        _component(zip_code, "postal_code"),
    ]
    return {"status": "OK", "results": [{"address_components": components, "types": ["street_address"]}]}


def _component(name: str, *types: str, short: str | None = None) -> dict[str, Any]:
    return {"long_name": name, "short_name": short or name, "types": list(types)}
