"""Whether a number should be left in peace for a while. One circuit per number: never one for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marchante.channels.whatsapp.errors import Action, retry_delay

# This many faults in a row, with nothing getting through between them, are not about one message any more.
FAULTS_IN_A_ROW = 5
_LONGEST = timedelta(minutes=5)
LONG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Circuit:
    """`faults` in a row; `waits` in a row, each longer than the one before; nothing leaves until `blocked_until`, and
    then one message at a time until one gets through. `since`: of the first of those waits.
    """

    faults: int = 0
    waits: int = 0
    blocked_until: datetime | None = None
    since: datetime | None = None

    def is_blocked(self, now: datetime) -> bool:
        return self.blocked_until is not None and now < self.blocked_until

    @property
    def is_probing(self) -> bool:
        return self.waits > 0

    def is_open_for_long(self, now: datetime) -> bool:
        """So long that a person must look."""
        return self.since is not None and now - self.since >= LONG

    def well(self, now: datetime) -> "Circuit":
        """One got through. While blocked it says nothing: it left before the trouble."""
        return self if self.is_blocked(now) else Circuit()

    def faulty(self, now: datetime) -> "Circuit":
        """No answer, no connection, or an error of Meta's own."""
        if self.is_blocked(now):
            return self
        faults = self.faults + 1
        if faults < FAULTS_IN_A_ROW and not self.is_probing:
            return Circuit(faults, self.waits, None, self.since)
        until = now + min(_LONGEST, timedelta(seconds=2 ** min(self.waits, 10)))
        return Circuit(faults, self.waits + 1, until, self.since or now)

    def throttled(self, now: datetime) -> "Circuit":
        """Too much from this number."""
        if self.is_blocked(now):
            return self
        wait = retry_delay(Action.WAIT_NUMBER, self.waits + 1) or timedelta(0)
        return Circuit(self.faults, self.waits + 1, now + min(_LONGEST, wait), self.since or now)
