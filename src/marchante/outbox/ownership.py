"""Which numbers a sender owns right now."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from marchante.foundation.database.connection import Connection
from marchante.outbox import leases, troubles
from marchante.outbox.domain import Status
from marchante.outbox.numbers import OwnedNumber
from marchante.outbox.troubles import FailedMessage

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=15)
RENEW = LEASE / 3
IDLE = timedelta(seconds=30)
# How often numbers without an owner are looked for while there is work anyway.
LOOK = timedelta(milliseconds=100)


class Ownership:
    """`numbers` by phone_number_id."""

    def __init__(self, owner: UUID) -> None:
        self.owner = owner
        self.numbers: dict[str, OwnedNumber] = {}
        self._renewed_at: datetime | None = None
        self._looked_at: datetime | None = None

    async def hold(self, connection: Connection, known: AbstractSet[int], now: datetime, *, busy: bool) -> None:
        """Own what has something to send, keep what is used, settle what nobody is sending.

        `known` are the messages this process is posting or has yet to record; while `busy` the search for new numbers
        may wait a moment.
        """
        fresh: list[str] = []
        if self._renewed_at is None or now - self._renewed_at >= RENEW:
            await self._renew(connection, now)
            fresh += self.numbers
        if not busy or self._looked_at is None or now - self._looked_at >= LOOK:
            taken = await leases.take(connection, self.owner, self.numbers, now, now + LEASE)
            self._looked_at = now
            self.numbers |= {lease.phone_number_id: OwnedNumber(lease, now) for lease in taken}
            fresh += [lease.phone_number_id for lease in taken]
        if fresh:
            await self._recover(connection, fresh, known, now)

    async def release(self, connection: Connection) -> None:
        """Give everything up."""
        await leases.release(connection, self.owner, self.numbers)
        self.numbers.clear()

    async def _renew(self, connection: Connection, now: datetime) -> None:
        idle = {name for name, number in self.numbers.items() if number.is_idle(now, IDLE)}
        if idle:
            await leases.release(connection, self.owner, idle)
        wanted = self.numbers.keys() - idle
        kept = await leases.renew(connection, self.owner, wanted, now + LEASE) if wanted else []
        if len(kept) < len(wanted):
            log.warning("sender.numbers_lost", count=len(wanted) - len(kept))
        usable = {lease.phone_number_id: lease for lease in kept if lease.stopped_at is None}
        self.numbers = {name: self.numbers[name] for name in usable}
        for name, lease in usable.items():
            self.numbers[name].update(lease)
            self.numbers[name].forget_calm_pairs(now)
        self._renewed_at = now

    async def _recover(
        self, connection: Connection, numbers: list[str], known: AbstractSet[int], now: datetime
    ) -> None:
        found = await leases.recover(connection, self.owner, numbers, known, now)
        for row in found:
            log.warning("outbox.recovered", outbox_id=row.id, status=row.status.value, trace_id=row.trace_id)
        failed = [
            FailedMessage(row.id, row.company_id, row.phone_number_id, None, "no answer twice")
            for row in found
            if row.status is Status.FAILED
        ]
        if failed:
            await troubles.report_failed(connection, failed, now)
