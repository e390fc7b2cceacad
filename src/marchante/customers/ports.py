"""What customers need from the outside world."""

from decimal import Decimal
from typing import Protocol

from marchante.customers.domain import AddressParts


class Geocoder(Protocol):
    """Says which address a point on the map has. Never raises: None when there is none, or nobody can be asked."""

    async def address_at(self, latitude: Decimal, longitude: Decimal) -> AddressParts | None: ...
