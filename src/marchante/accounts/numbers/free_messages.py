"""Tells a shop before its free messages of the month end: from then on every answer is billed.

Meta gives every number 1,000 free service messages a month; the month is the company's own.
"""

from dataclasses import dataclass
from datetime import timedelta

from marchante.accounts.numbers import repository
from marchante.accounts.numbers.repository import MeteredNumber
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.jobs.alerts import Severity, raise_alert
from marchante.foundation.kernel.clock import Clock

FREE_A_MONTH = 1_000
WARN_AT = 800
EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Mark:
    """How many were delivered when somebody must hear of it."""

    delivered: int
    severity: Severity
    words: str


_MARKS = (
    Mark(
        FREE_A_MONTH, "warning", f"the {FREE_A_MONTH} free messages of this month are used up: answers are billed now"
    ),
    Mark(WARN_AT, "info", f"{WARN_AT} of the {FREE_A_MONTH} free messages of this month are used"),
)


def mark_to_tell(number: MeteredNumber) -> Mark | None:
    """The highest mark reached that was not told this month."""
    reached = next((mark for mark in _MARKS if number.delivered >= mark.delivered), None)
    if reached is None or number.told == told_as(number, reached):
        return None
    return reached


def told_as(number: MeteredNumber, mark: Mark) -> str:
    return f"{number.month}/{mark.delivered}"


class FreeMessages:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._next = clock.now()

    async def look(self) -> int:
        """Count every few minutes, and tell what must be told; returns how many were told."""
        now = self._clock.now()
        if now < self._next:
            return 0
        self._next = now + EVERY
        async with self._database.relay() as connection:
            numbers = await repository.free_messages(connection, now, FREE_A_MONTH)
            return sum([await self._tell(connection, number) for number in numbers])

    async def _tell(self, connection: Connection, number: MeteredNumber) -> bool:
        mark = mark_to_tell(number)
        if mark is None or not await repository.note_told(connection, number.phone_number_id, told_as(number, mark)):
            return False
        await raise_alert(
            connection,
            code="free_messages_end",
            severity=mark.severity,
            message=mark.words,
            company_id=number.company_id,
            data={"phone_number_id": number.phone_number_id, "month": number.month},
            fingerprint=f"free_messages_end:{number.phone_number_id}:{number.month}",
            now=self._clock.now(),
        )
        return True
