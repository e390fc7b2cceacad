"""Blue ticks and "escribiendo…" for texts that wait for an answer: best effort, not queued on disk, not billed."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from marchante.channels.whatsapp.ports import MessageGateway, Refused
from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.kernel.errors import AppError
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.tokens import Tokens

log = structlog.get_logger(__name__)

WAITING = 200
AT_ONCE = 16

Receipt = tuple[str, str]
"""(phone_number_id, wamid) of a customer's message."""


class ReadReceipts:
    """A receipt that cannot be sent now is not worth sending later."""

    def __init__(
        self,
        database: Database,
        gateway: MessageGateway,
        vault: Vault,
        platform_token: str,
        *,
        waiting: int = WAITING,
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._tokens = Tokens(vault, platform_token)
        self._queue: asyncio.Queue[Receipt] = asyncio.Queue(waiting)
        self._stopping = asyncio.Event()

    def offer(self, messages: Sequence[Receipt]) -> int:
        """Returns at once; how many were taken. What finds no room is dropped."""
        taken = 0
        for message in messages:
            try:
                self._queue.put_nowait(message)
            except asyncio.QueueFull:
                break
            taken += 1
        return taken

    async def run(self) -> None:
        """Send what is offered until `stop`."""
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            while not self._stopping.is_set():
                first = asyncio.create_task(self._queue.get())
                await asyncio.wait({first, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if first.done():
                    await self.send([first.result(), *self._waiting(AT_ONCE - 1)])
                else:
                    first.cancel()
        finally:
            stopping.cancel()

    async def stop(self) -> None:
        """What waits is dropped; what is under way ends."""
        self._stopping.set()

    async def send(self, receipts: Sequence[Receipt]) -> None:
        """Send these side by side. Never raises for what Meta, the network or the database does."""
        try:
            tokens = await self._tokens_of({number for number, _ in receipts})
        except DATABASE_AWAY as error:
            log.info("receipts.dropped", count=len(receipts), error=type(error).__name__)
            return
        sends = [self._send(number, tokens[number], wamid) for number, wamid in receipts if number in tokens]
        for outcome in await asyncio.gather(*sends, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.warning("receipts.gateway_raised", error=type(outcome).__name__)

    async def _send(self, number: str, token: str, wamid: str) -> None:
        outcome = await self._gateway.mark_read(number, token, wamid, typing=True)
        if isinstance(outcome, Refused):
            log.info("receipts.refused", code=outcome.failure.code, phone_number_id=number)

    async def _tokens_of(self, numbers: set[str]) -> Mapping[str, str]:
        """Numbers that may not send are left out."""
        async with self._database.pool.acquire() as connection:
            rows = await connection.fetch(
                """SELECT phone_number_id, token_ciphertext FROM relay.numbers
                   WHERE phone_number_id = ANY ($1::text[]) AND stopped_at IS NULL""",
                list(numbers),
            )
        tokens: dict[str, str] = {}
        for row in rows:
            try:
                tokens[row["phone_number_id"]] = self._tokens.of(row["token_ciphertext"])
            except AppError as error:
                log.info("receipts.no_token", code=error.code, phone_number_id=row["phone_number_id"])
        return tokens

    def _waiting(self, most: int) -> list[Receipt]:
        waiting: list[Receipt] = []
        while len(waiting) < most and not self._queue.empty():
            waiting.append(self._queue.get_nowait())
        return waiting
