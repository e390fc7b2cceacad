"""Meta's two speed limits: messages a second of a number, and messages to one person."""

from dataclasses import dataclass

from marchante.simulator.chats import ChatKey
from marchante.simulator.config import SimulatedNumber
from marchante.simulator.errors import GraphError

PAIR_BURST = 45
PAIR_SECONDS_PER_MESSAGE = 6.0


@dataclass(slots=True)
class _Bucket:
    """Tokens that come back at `rate` a second up to `capacity`."""

    capacity: float
    rate: float
    tokens: float
    filled_at: float

    def refill(self, now: float) -> None:
        self.tokens = min(self.capacity, self.tokens + max(0.0, now - self.filled_at) * self.rate)
        self.filled_at = max(now, self.filled_at)

    def take(self) -> None:
        self.tokens = max(0.0, self.tokens - 1)

    @property
    def empty(self) -> bool:
        # Refills add floats: without the margin, exactly six seconds could give 0.9999999 tokens.
        return self.tokens < 1 - 1e-9


class Pacing:
    """Counts what passes and refuses what is too fast; a refused message costs nothing."""

    def __init__(self) -> None:
        self._numbers: dict[str, _Bucket] = {}
        self._pairs: dict[ChatKey, _Bucket] = {}

    def outgoing(self, number: SimulatedNumber, chat: ChatKey, now: float) -> None:
        """Let one message to a customer pass.

        Raises GraphError 130429 when the number is too fast, 131056 when this customer gets too many.
        """
        throughput, pair = self._number(number, now), self._pair(chat, now)
        if throughput.empty:
            raise GraphError(130429, "Cloud API message throughput has been reached.")
        if pair.empty:
            raise GraphError(131056, "Too many messages sent from this phone number to the same user in a short time.")
        throughput.take()
        pair.take()

    def incoming(self, number: SimulatedNumber, now: float) -> None:
        """Customers' messages share the number's throughput and are never refused."""
        self._number(number, now).take()

    def _number(self, number: SimulatedNumber, now: float) -> _Bucket:
        limit = float(number.messages_per_second)
        bucket = self._numbers.get(number.phone_number_id)
        if bucket is None or bucket.capacity != limit:
            bucket = self._numbers[number.phone_number_id] = _Bucket(limit, limit, limit, now)
        bucket.refill(now)
        return bucket

    def _pair(self, chat: ChatKey, now: float) -> _Bucket:
        bucket = self._pairs.get(chat)
        if bucket is None:
            bucket = self._pairs[chat] = _Bucket(PAIR_BURST, 1 / PAIR_SECONDS_PER_MESSAGE, PAIR_BURST, now)
        bucket.refill(now)
        return bucket
