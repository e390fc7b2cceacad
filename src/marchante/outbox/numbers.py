"""What a sender keeps in memory about a number it owns: its pace, its circuit, and what is under way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from marchante.outbox.circuit import Circuit
from marchante.outbox.domain import Bearing, Claimed
from marchante.outbox.leases import Lease
from marchante.outbox.pacing import Bucket, Window, messages_per_second, pair_bucket
from marchante.outbox.repository import Share


class OwnedNumber:
    """One number under one lease."""

    def __init__(self, lease: Lease, now: datetime) -> None:
        self.lease = lease
        rests = lease.blocked_until is not None
        self.circuit = Circuit(waits=int(rests), blocked_until=lease.blocked_until, since=lease.blocked_since)
        self._told_of_trouble = False
        self.active_at = now
        self.under_way: set[int] = set()
        self._window = Window(messages_per_second(lease.throughput, lease.platform_type))
        self._pairs: dict[str, Bucket] = {}
        self._held: dict[str, datetime] = {}

    def update(self, lease: Lease) -> None:
        """The number as it is now: its token or its throughput may have changed."""
        limit = messages_per_second(lease.throughput, lease.platform_type)
        if limit != self._window.limit:
            self._window = Window(limit, self._window.counts)
        self.lease = lease

    def share(self, now: datetime, most: int) -> Share | None:
        """What this number may send now; None when nothing."""
        room = min(most, self._window.room(now), self._free_slots(most, now))
        if room <= 0:
            return None
        self._held = {key: until for key, until in self._held.items() if until > now}
        return Share(self.lease.phone_number_id, self.lease.fence, room, tuple(self._held))

    def _free_slots(self, most: int, now: datetime) -> int:
        if self.circuit.is_blocked(now):
            return 0
        return (1 if self.circuit.is_probing else most) - len(self.under_way)

    def began(self, rows: list[Claimed], now: datetime) -> None:
        """These are being posted."""
        self.active_at = now
        self.under_way.update(row.id for row in rows)
        self._window = self._window.taken(len(rows), now)
        for row in rows:
            self._set_pair(row.customer_key, self._pair(row.customer_key, now).taken(now), now)

    def too_many_to(self, customer_key: str, now: datetime) -> None:
        """Meta says the pair limit is reached: its count, not ours, is the right one."""
        self._set_pair(customer_key, self._pair(customer_key, now).drained(now), now)

    def hear(self, bearing: Bearing, now: datetime) -> bool:
        """What an outcome says about the number; whether its time of rest changed."""
        before = self.circuit.blocked_until
        # Perhaps an owner before us told of it.
        self._told_of_trouble = self._told_of_trouble or (
            bearing is Bearing.WELL and self.circuit.is_open_for_long(now)
        )
        match bearing:
            case Bearing.WELL:
                self.circuit = self.circuit.well(now)
            case Bearing.FAULTY:
                self.circuit = self.circuit.faulty(now)
            case Bearing.THROTTLED:
                self.circuit = self.circuit.throttled(now)
            case Bearing.STOPPED | Bearing.NOTHING:
                pass
        return self.circuit.blocked_until != before

    def news(self, now: datetime) -> Literal["unreachable", "reached"] | None:
        """What a person must hear of the circuit, once."""
        if not self._told_of_trouble and self.circuit.is_open_for_long(now):
            self._told_of_trouble = True
            return "unreachable"
        if self._told_of_trouble and not self.circuit.is_probing:
            self._told_of_trouble = False
            return "reached"
        return None

    def rest(self, until: datetime) -> None:
        """Leave the number in peace for a reason of our own."""
        self.circuit = Circuit(blocked_until=until)

    def moments(self, now: datetime) -> Iterator[datetime]:
        """When something that holds messages back now will end."""
        if self.circuit.blocked_until is not None:
            yield self.circuit.blocked_until
        yield self._window.next_room(now)
        yield from self._held.values()

    def forget_calm_pairs(self, now: datetime) -> None:
        """A full bucket is as good as none."""
        self._pairs = {key: bucket for key, bucket in self._pairs.items() if not bucket.is_full(now)}

    def is_idle(self, now: datetime, patience: timedelta) -> bool:
        return not self.under_way and now - self.active_at > patience

    def _pair(self, customer_key: str, now: datetime) -> Bucket:
        return self._pairs.get(customer_key) or pair_bucket(now)

    def _set_pair(self, customer_key: str, bucket: Bucket, now: datetime) -> None:
        self._pairs[customer_key] = bucket
        if not bucket.allows(now):
            self._held[customer_key] = bucket.next_token(now)
