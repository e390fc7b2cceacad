"""Files Meta already has: the same content is uploaded once per number while its id lives."""

import asyncio
import hashlib
from datetime import timedelta
from weakref import WeakValueDictionary

import structlog

from marchante.channels.whatsapp.ports import MediaGateway, Refused, Unreachable, Uploaded
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.clock import Clock
from marchante.media import repository
from marchante.media.content import Checked

log = structlog.get_logger(__name__)

# Meta keeps an upload for 30 days; a message that waits in the outbox must still find it.
LIFE = timedelta(days=29)


class Uploads:
    """One per process. Nothing here holds a transaction while it uploads."""

    def __init__(self, database: Database, gateway: MediaGateway, clock: Clock) -> None:
        self._database = database
        self._gateway = gateway
        self._clock = clock
        self._under_way: WeakValueDictionary[tuple[str, bytes], asyncio.Lock] = WeakValueDictionary()

    async def media_id(
        self, phone_number_id: str, token: str, file: Checked, filename: str
    ) -> Uploaded | Refused | Unreachable:
        """Meta's id of this content for this number: the one it has, else that of a new upload.

        A hundred customers who ask for the catalog at once cause one upload. Never raises for what Meta does.
        """
        digest = hashlib.sha256(file.content).digest()
        lock = self._under_way.setdefault((phone_number_id, digest), asyncio.Lock())
        async with lock:
            async with self._database.relay() as connection:
                known = await repository.known_upload(
                    connection, phone_number_id, digest, file.type.mime, self._clock.now()
                )
            if known is not None:
                return Uploaded(known)
            uploaded = await self._gateway.upload(phone_number_id, token, file.content, file.type.mime, filename)
            if isinstance(uploaded, Uploaded):
                await self._remember(phone_number_id, digest, file.type.mime, uploaded.media_id)
                log.info("media.uploaded", phone_number_id=phone_number_id, size=len(file.content))
            return uploaded

    async def forget(self, phone_number_id: str, *media_ids: str) -> None:
        """Meta does not take these ids any more: the next message uploads again."""
        async with self._database.relay() as connection:
            await repository.forget_uploads(connection, phone_number_id, media_ids, self._clock.now())

    async def _remember(self, phone_number_id: str, digest: bytes, mime: str, media_id: str) -> None:
        async with self._database.relay() as connection:
            await repository.forget_uploads(connection, phone_number_id, (), self._clock.now())
            await repository.remember_upload(
                connection, phone_number_id, digest, mime, media_id, self._clock.now() + LIFE
            )
