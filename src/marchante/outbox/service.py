"""What leaves: the sender of this process and the statuses that come back."""

import asyncio

from marchante.channels.whatsapp.ports import MessageGateway
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import NotFound
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox import leases, troubles
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier
from marchante.outbox.tokens import Tokens


class Outbox:
    """One per process. `platform_token` may be empty: then only numbers with a token of their own send."""

    def __init__(
        self, database: Database, gateway: MessageGateway, vault: Vault, clock: Clock, platform_token: str
    ) -> None:
        self._database = database
        self._clock = clock
        self._sender = Sender(database, gateway, Tokens(vault, platform_token), clock)
        self._statuses = StatusApplier(database, clock, after_resolved=self._sender.wake)

    async def run(self) -> None:
        """Send and apply statuses until `stop`."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sender.run())
            group.create_task(self._statuses.run())

    async def stop(self) -> None:
        """Finish what was begun and give the numbers up."""
        await self._statuses.stop()
        await self._sender.stop()

    def wake(self) -> None:
        """Messages were queued."""
        self._sender.wake()

    def wake_statuses(self) -> None:
        """Statuses were stored."""
        self._statuses.wake()

    async def resume_number(self, phone_number_id: str) -> None:
        """As the function of this name, and look at once. Raises NotFound."""
        await resume_number(self._database, self._clock, phone_number_id)
        self.wake()


async def resume_number(database: Database, clock: Clock, phone_number_id: str) -> None:
    """Send again from a number Meta had refused, once its owner has repaired it.

    Raises:
        NotFound: `number_not_found`.

    """
    async with database.relay() as connection:
        if not await leases.resume(connection, phone_number_id):
            raise NotFound(f"no number {phone_number_id}", code="number_not_found")
        await troubles.report_resumed(connection, phone_number_id, clock.now())
