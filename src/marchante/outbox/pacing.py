"""How fast a number may send, and how fast to one person: values that are given the time.

Meta counts messages a second of a number, in and out together, and lets a burst to one person borrow from the minutes
that follow it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
_STANDARD = 80
_HIGH = 1_000
_WITH_THE_APP = 20
_APP_PLATFORMS = frozenset({"COEXISTENCE", "ON_PREMISE"})
# Refills add floats: without the margin, exactly six seconds could give 0.9999999 tokens.
_MARGIN = 1e-6


def messages_per_second(throughput: str, platform_type: str) -> int:
    """Meta's limit of a number; unknown levels are taken for the standard one."""
    if platform_type in _APP_PLATFORMS:
        return _WITH_THE_APP
    return _HIGH if throughput == "HIGH" else _STANDARD


@dataclass(frozen=True, slots=True)
class Window:
    """At most `limit` messages in any second: never more, not even in the first one."""

    limit: int
    counts: tuple[tuple[datetime, int], ...] = ()

    def room(self, now: datetime) -> int:
        """How many may go now."""
        return max(0, self.limit - sum(count for at, count in self.counts if at + SECOND > now))

    def taken(self, count: int, now: datetime) -> "Window":
        """After `count` left at `now`."""
        recent = tuple(entry for entry in self.counts if entry[0] + SECOND > now)
        return replace(self, counts=(*recent, (now, count)))

    def next_room(self, now: datetime) -> datetime:
        """When at least one more may go."""
        recent = [at for at, _ in self.counts if at + SECOND > now]
        return now if self.room(now) or not recent else min(recent) + SECOND


@dataclass(frozen=True, slots=True)
class Bucket:
    """Tokens that come back one every `interval`, up to `capacity`; a message costs one."""

    capacity: int
    interval: timedelta
    tokens: float
    at: datetime

    def available(self, now: datetime) -> float:
        gained = max(timedelta(0), now - self.at) / self.interval
        return min(float(self.capacity), self.tokens + gained)

    def allows(self, now: datetime) -> bool:
        return self.available(now) >= 1 - _MARGIN

    def is_full(self, now: datetime) -> bool:
        return self.available(now) >= self.capacity - _MARGIN

    def taken(self, now: datetime) -> "Bucket":
        """After one message left at `now`."""
        return replace(self, tokens=max(0.0, self.available(now) - 1), at=now)

    def drained(self, now: datetime) -> "Bucket":
        """Meta says there were fewer tokens than we thought: none."""
        return replace(self, tokens=0.0, at=now)

    def next_token(self, now: datetime) -> datetime:
        """When one more message may go."""
        missing = max(0.0, 1 - self.available(now))
        return now + self.interval * missing


def pair_bucket(now: datetime) -> Bucket:
    """To one person: one message every six seconds, and bursts of up to 45 that borrow from the future."""
    return Bucket(45, timedelta(seconds=6), 45.0, now)
