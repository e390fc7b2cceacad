"""The address of a shared location, looked up before the turn: no transaction is open, no conversation is held."""

import asyncio
from collections.abc import Mapping

import structlog

from marchante.channels.whatsapp.inbound import LocationMessage, decode_message
from marchante.conversations import claims
from marchante.conversations.claims import Claim
from marchante.customers.domain import AddressParts
from marchante.customers.ports import Geocoder
from marchante.foundation.database.connection import Database

log = structlog.get_logger(__name__)

Places = Mapping[str, AddressParts | None]
"""By wamid. None: somebody was asked and knew nothing; not in it: nobody was asked."""


class PlaceLookup:
    """Without a geocoder nobody is asked. Whatever goes wrong here costs the customer the address, never the answer."""

    def __init__(self, database: Database, geocoder: Geocoder | None) -> None:
        self._database = database
        self._geocoder = geocoder

    async def places(self, claim: Claim) -> Places:
        """The addresses of the locations pending in this conversation."""
        if self._geocoder is None or not claim.located:
            return {}
        try:
            return await self._looked_up(claim, self._geocoder)
        except Exception as error:
            # A turn that cannot begin would never come to set its message aside.
            log.exception("lookup.failed", error=type(error).__name__)
            return {}

    async def _looked_up(self, claim: Claim, geocoder: Geocoder) -> Places:
        async with self._database.pool.acquire() as connection:
            pending = await claims.pending_locations(connection, claim)
        shared = [message for raw in pending if isinstance(message := decode_message(raw), LocationMessage)]
        found = await asyncio.gather(*(geocoder.address_at(message.latitude, message.longitude) for message in shared))
        return {message.envelope.wamid: parts for message, parts in zip(shared, found, strict=True)}
