"""Verify, store once, acknowledge. Nothing is decided here."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from marchante.channels.whatsapp.signature import verify
from marchante.channels.whatsapp.wire import NotAWebhook, parse_webhook
from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import Denied
from marchante.foundation.kernel.secrets import UnreadableSecret, Vault
from marchante.inbox import repository
from marchante.inbox.domain import Batch, Stored, rows_of
from marchante.inbox.repository import Signer
from marchante.inbox.writer import CannotStore, InboxWriter

log = structlog.get_logger(__name__)


class BadSignature(Denied):
    """No secret of ours signed these bytes. Without a secret nothing is ever accepted."""

    code = "bad_signature"


@dataclass(frozen=True, slots=True)
class Received:
    """What came in with one webhook, after the commit."""

    batch: Batch
    stored: Stored


class Inbox:
    """`after_commit` is called with every stored batch: it wakes the workers and sends the read receipts."""

    def __init__(
        self, database: Database, vault: Vault, clock: Clock, app_secret: str, after_commit: Callable[[Batch], None]
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._app_secret = app_secret
        self._writer = InboxWriter(database)
        self._after_commit = after_commit

    async def receive(self, body: bytes, signature: str | None, trace_id: str) -> Received:
        """Store every item of a webhook once.

        Raises:
            BadSignature: not signed with the platform's app secret, nor with the own secret of the numbers it names.
            NotAWebhook: signed, but not a JSON object.
            CannotStore: the database did not take it; Meta must repeat it.

        """
        signed_by_platform = verify([self._app_secret], body, signature) is not None
        batch = rows_of(parse_webhook(body), self._clock.now(), trace_id) if signed_by_platform else Batch()
        if not signed_by_platform:
            batch = await self._signed_by_its_company(body, signature, trace_id)
        if not len(batch):
            return Received(batch, Stored())
        stored = await self._writer.store(batch)
        self._after_commit(batch)
        log.info(
            "inbox.stored",
            messages=len(batch.messages),
            statuses=len(batch.statuses),
            events=len(batch.events),
            trace_id=trace_id,
        )
        return Received(batch, stored)

    async def _signed_by_its_company(self, body: bytes, signature: str | None, trace_id: str) -> Batch:
        """The rows of those numbers whose own app secret signed the body; a company speaks for its own numbers only."""
        if signature is None:
            raise BadSignature("the webhook is not signed")
        try:
            batch = rows_of(parse_webhook(body), self._clock.now(), trace_id)
        except NotAWebhook as error:
            raise BadSignature("the signature does not match") from error
        signers = await self._signers(batch)
        matched = verify({secret for _, secret in signers}, body, signature)
        if matched is None:
            raise BadSignature("the signature does not match")
        own = [signer for signer, secret in signers if secret == matched]
        numbers = {signer.phone_number_id for signer in own}
        accounts = {signer.waba_id for signer in own if signer.waba_id}
        return replace(
            batch,
            messages=tuple(row for row in batch.messages if row.phone_number_id in numbers),
            statuses=tuple(row for row in batch.statuses if row.phone_number_id in numbers),
            events=tuple(
                row
                for row in batch.events
                if row.phone_number_id in numbers or (row.phone_number_id is None and row.waba_id in accounts)
            ),
        )

    async def _signers(self, batch: Batch) -> list[tuple[Signer, str]]:
        """The numbers a body is about whose company signs with an app of its own, with its secret; one that no key
        opens signs nothing.
        """
        numbers = {row.phone_number_id for row in batch.messages} | {row.phone_number_id for row in batch.statuses}
        numbers |= {row.phone_number_id for row in batch.events if row.phone_number_id}
        accounts = {row.waba_id for row in batch.events if row.waba_id}
        try:
            async with self._database.pool.acquire() as connection:
                found = await repository.signers(connection, numbers, accounts)
        except DATABASE_AWAY as error:
            raise CannotStore("the database cannot be asked who signed this") from error
        opened: list[tuple[Signer, str]] = []
        for signer in found:
            try:
                opened.append((signer, self._vault.open(signer.app_secret_ciphertext)))
            except UnreadableSecret as error:
                log.error("inbox.unreadable_secret", phone_number_id=signer.phone_number_id, code=error.code)  # noqa: TRY400 - no fault of the program
        return opened
