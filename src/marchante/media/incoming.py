"""Customers' files, fetched from Meta as soon as they are announced: the address lives 5 minutes, the id 7 days.

A turn only notes a file (`note`). A loop of this process, or whoever cannot wait (`fetch`), downloads it outside any
transaction, checks it by its content, keeps it and writes how it ended.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from marchante.channels.whatsapp.errors import GraphFailure
from marchante.channels.whatsapp.inbound_types import MediaMessage
from marchante.channels.whatsapp.ports import Downloaded, MediaGateway, Refused, Unreachable
from marchante.foundation.database.connection import DATABASE_AWAY, Connection, Database
from marchante.foundation.jobs.alerts import raise_alert
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import AppError, NotFound
from marchante.media import repository
from marchante.media.content import MOST_INBOUND, Checked, MediaRefused, check_inbound
from marchante.media.domain import MediaKey
from marchante.media.ports import MediaStore, Tokens
from marchante.media.repository import Download, MediaFile, NewFile, Settled

log = structlog.get_logger(__name__)

FILES = Counter("marchante_media_files_total", "Customers' files, by how they ended", ["status"])

ID_LIFE = timedelta(days=7)
# Longer than the slowest download and what follows it: then another process may try.
LEASE = timedelta(minutes=3)
AT_ONCE = 4
SLOW_POLL = 2.0
_LONGEST_WAIT = timedelta(hours=1)
# An id Meta does not know is asked for again a few times: the token may be the one at fault.
_UNKNOWN_TRIES = 4
# From this many failures on a person is told: an hour or so without the bucket.
_ALERT_FROM = 7
_INVALID_PARAMETER, _UNKNOWN_OBJECT = 100, 33


class _Later(Exception):
    """Not now; `reason` is a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after `attempts` failures: 2 s, 8 s, 32 s, 2 min … at most an hour."""
    return min(timedelta(seconds=2 * 4 ** min(attempts - 1, 10)), _LONGEST_WAIT)


async def note(
    connection: Connection,
    *,
    company_id: int,
    customer_id: int,
    phone_number_id: str,
    message: MediaMessage,
    now: datetime,
) -> int | None:
    """Remember, in the turn's transaction, that this message brought a file; its id in `media_files`.

    None when the message was noted before. After the commit `IncomingMedia.wake` makes the loop look at once.
    """
    new = NewFile(
        customer_id=customer_id,
        phone_number_id=phone_number_id,
        media_id=message.media_id,
        wamid=message.envelope.wamid,
        kind=message.kind,
        filename=message.filename,
        sent_at=message.envelope.at,
    )
    return await repository.add_file(connection, company_id, new, now)


class IncomingMedia:
    """One per process; several processes share the work. Memory: `AT_ONCE` files at the most."""

    def __init__(
        self, database: Database, gateway: MediaGateway, store: MediaStore, tokens: Tokens, clock: Clock
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._store = store
        self._tokens = tokens
        self._clock = clock
        self._woken = asyncio.Event()
        self._finished = asyncio.Event()
        self._finished.set()
        self._stopping = False

    def wake(self) -> None:
        """A file was noted: look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Fetch what is due until `stop`; a database that is away is waited for."""
        self._finished.clear()
        try:
            while not self._stopping:
                self._woken.clear()
                if await self._round() < AT_ONCE and not self._stopping:
                    await self._wait()
        finally:
            self._finished.set()

    async def stop(self) -> None:
        """Finish what is being fetched; begin nothing new."""
        self._stopping = True
        self._woken.set()
        await self._finished.wait()

    async def take_due(self, limit: int = AT_ONCE) -> int:
        """Fetch up to `limit` due files side by side; how many were tried."""
        now = self._clock.now()
        async with self._database.relay() as connection:
            due = await repository.claim_due(connection, now, now + LEASE, limit)
        ended = await asyncio.gather(*(self._settle(download) for download in due), return_exceptions=True)
        _raise_or_log([error for error in ended if error is not None])
        return len(due)

    async def fetch(self, schema: str, company_id: int, file_id: int) -> MediaFile:
        """Fetch one noted file now, outside any transaction, and return it as it is after that (it may still be
        pending: the loop goes on trying). Raises NotFound `media_not_found`.
        """
        now = self._clock.now()
        async with self._database.relay() as connection:
            download = await repository.claim_file(connection, company_id, file_id, now, now + LEASE)
        if download is not None:
            await self._settle(download)
        async with self._database.company(schema) as connection:
            found = await repository.find_file(connection, file_id)
        if found is None:
            raise NotFound("there is no such file", code="media_not_found")
        return found

    async def _round(self) -> int:
        try:
            return await self.take_due()
        except DATABASE_AWAY as error:
            log.warning("media.database_away", error=type(error).__name__)
            return 0

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), SLOW_POLL)
        except TimeoutError:
            return

    async def _settle(self, download: Download) -> None:
        """Obtain, keep and record one file; what cannot be done now is put off."""
        try:
            settled = await self._obtained(download)
        except _Later as later:
            await self._put_off(download, later.reason)
            return
        async with self._database.company(f"company_{download.slug}") as connection:
            await repository.settle(connection, download, settled, self._clock.now())
        FILES.labels(settled.status).inc()
        log.info("media.settled", status=settled.status, kind=download.kind, refusal=settled.refusal)

    async def _obtained(self, download: Download) -> Settled:
        if self._clock.now() - download.sent_at > ID_LIFE:
            return Settled("gone")
        try:
            downloaded = await self._downloaded(download)
            if isinstance(downloaded, Settled):
                return downloaded
            # Off the loop: a hundred megabytes are hashed, and a zip may have a long list of parts.
            checked = await asyncio.to_thread(check_inbound, download.kind, downloaded.content)
            return await self._kept(download, checked)
        except MediaRefused as refused:
            return Settled("refused", refusal=refused.code)
        except AppError as error:
            raise _Later(error.code) from error

    async def _downloaded(self, download: Download) -> Downloaded | Settled:
        token = self._tokens.of(download.token_ciphertext)
        found = await self._gateway.media_info(download.media_id, token, download.phone_number_id)
        if isinstance(found, Refused):
            return _refused_by_meta(found.failure, download.attempts)
        if isinstance(found, Unreachable):
            raise _Later(found.reason)
        if found.size is not None and found.size > MOST_INBOUND:
            return Settled("refused", refusal="too_large")
        downloaded = await self._gateway.download(found.url, token, MOST_INBOUND)
        if isinstance(downloaded, Refused):
            raise _Later(f"download_{downloaded.failure.http_status}")
        if isinstance(downloaded, Unreachable):
            if downloaded.reason == "too_large":
                return Settled("refused", refusal="too_large")
            raise _Later(downloaded.reason)
        return downloaded

    async def _kept(self, download: Download, checked: Checked) -> Settled:
        # Named after the message, so that a second attempt writes the same file; a digest, because a wamid holds the
        # customer's phone.
        name = hashlib.sha256(download.wamid.encode()).hexdigest()[:32]
        key = MediaKey(download.slug, "incoming", name, checked.type.extension)
        digest = await asyncio.to_thread(lambda: hashlib.sha256(checked.content).digest())
        await self._store.put(key, checked.content)
        return Settled("stored", key=key, size=len(checked.content), sha256=digest)

    async def _put_off(self, download: Download, reason: str) -> None:
        now = self._clock.now()
        log.warning("media.put_off", reason=reason, attempts=download.attempts, company=download.slug)
        async with self._database.relay() as connection:
            await repository.postpone(connection, download, now + retry_delay(download.attempts), reason)
            if download.attempts >= _ALERT_FROM:
                await raise_alert(
                    connection,
                    code="media_not_fetched",
                    severity="warning",
                    message="a customer's file could not be fetched or kept for an hour; it is lost after seven days",
                    company_id=download.company_id,
                    data={"reason": reason, "file_id": download.file_id},
                    fingerprint=f"media_not_fetched:{download.company_id}:{reason}",
                    now=now,
                )


def _raise_or_log(errors: Sequence[BaseException]) -> None:
    """A fault of ours costs one file an attempt, never the others; a database that is away stops the round."""
    for error in errors:
        if isinstance(error, DATABASE_AWAY) or not isinstance(error, Exception):
            raise error
        log.error("media.settle_failed", exc_info=error)


def _refused_by_meta(failure: GraphFailure, attempts: int) -> Settled:
    """Gone when Meta keeps saying that it has no such file; any other refusal may pass."""
    unknown = failure.code == _INVALID_PARAMETER and failure.subcode == _UNKNOWN_OBJECT
    if unknown and attempts >= _UNKNOWN_TRIES:
        return Settled("gone")
    raise _Later(f"graph_{failure.code or failure.http_status}")
