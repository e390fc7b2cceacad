"""The address of a shared location, looked up before the turn: no transaction is open, no conversation is held."""

import asyncio
from collections.abc import Mapping

from marchante.channels.whatsapp.inbound import LocationMessage, decode_message
from marchante.conversations import claims
from marchante.conversations.claims import Claim
from marchante.customers.domain import AddressParts
from marchante.customers.ports import Geocoder
from marchante.foundation.database.connection import Database

Places = Mapping[str, AddressParts | None]
"""By wamid. None: somebody was asked and knew nothing; not in it: nobody was asked."""


class PlaceLookup:
    """Without a geocoder nobody is asked. A lookup that fails costs the customer nothing but it."""

    def __init__(self, database: Database, geocoder: Geocoder | None) -> None:
        self._database = database
        self._geocoder = geocoder

    async def places(self, claim: Claim) -> Places:
        """The addresses of the locations pending in this conversation."""
        geocoder = self._geocoder
        if geocoder is None or not claim.located:
            return {}
        async with self._database.pool.acquire() as connection:
            pending = await claims.pending_locations(connection, claim)
        shared = [message for raw in pending if isinstance(message := decode_message(raw), LocationMessage)]
        found = await asyncio.gather(*(geocoder.address_at(message.latitude, message.longitude) for message in shared))
        return {message.envelope.wamid: parts for message, parts in zip(shared, found, strict=True)}
