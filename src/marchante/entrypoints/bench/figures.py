"""What is measured, as values that travel between the processes of a bench and end in its JSON."""

from collections.abc import Sequence

import msgspec


class Spread(msgspec.Struct, frozen=True):
    """Percentiles in milliseconds; `count` 0 means nothing was measured."""

    count: int
    p50: float
    p95: float
    p99: float
    worst: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        ordered = sorted(seconds)
        if not ordered:
            return cls(0, 0, 0, 0, 0)
        at = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 for share in (0.5, 0.95, 0.99)]
        return cls(len(ordered), *(round(value, 2) for value in (*at, ordered[-1] * 1000)))


class Load(msgspec.Struct, frozen=True):
    """One run. `rate` is messages a second, whether they are answered or not (open loop); without it the next customer
    writes when another was answered, with `window` of them waiting (closed loop). Statuses come back if asked for.
    """

    seconds: float
    rate: float | None = None
    window: int = 600
    statuses: bool = False

    @property
    def lead_in(self) -> float:
        """Seconds before those that are measured: a closed loop begins with everybody writing at once."""
        return 0.0 if self.rate is not None else min(3.0, self.seconds / 3)


class LoadResult(msgspec.Struct, frozen=True):
    """What the load generator saw. `answered_in_time` are the replies that reached Graph in the measured seconds;
    `drain_seconds` passed from their end to the last. `unsent`: due by the rate, with no customer left to write them.
    `by_second` are the replies of each second, to see a stall.
    """

    seconds: float
    sent: int
    texts: int
    refused: int
    replied: int
    extra_replies: int
    unanswered: int
    unsent: int
    answered_in_time: int
    drain_seconds: float
    webhook: Spread
    tap_reply: Spread
    text_reply: Spread
    by_second: list[int]
    cpu_seconds: float

    @property
    def replies_per_second(self) -> float:
        return round(self.answered_in_time / self.seconds, 1)

    def is_sustained(self, rate: float) -> bool:
        """Everything was sent on time, answered, and nothing had piled up when the load ended. Texts wait 0.8 s."""
        backlog = self.sent - self.answered_in_time
        return self.unsent == 0 and self.refused == 0 and self.unanswered == 0 and backlog <= 2 * rate


class DatabaseCost(msgspec.Struct, frozen=True):
    """Per message. `statements` is None without pg_stat_statements."""

    commits: float
    wal_kilobytes: float
    wal_flushes: float | None
    statements: float | None


class Costs(msgspec.Struct, frozen=True):
    """CPU seconds per 1,000 messages, by leg. `elsewhere` is how many cores something else kept busy meanwhile; None
    where that cannot be seen.
    """

    load: float
    stub: float
    server: dict[str, float]
    postgres: float
    elsewhere: float | None

    @property
    def total(self) -> float:
        return round(self.load + self.stub + sum(self.server.values()) + self.postgres, 2)


class Scenario(msgspec.Struct, frozen=True):
    """A run and what it cost. `orders` were confirmed in it. `yardstick_ms` is how long the fixed piece of Python took
    just before and after (mean of two medians): on a machine that others use, twice the yardstick is half the speed.
    """

    name: str
    load: Load
    result: LoadResult
    costs: Costs
    database: DatabaseCost
    orders: int
    statuses: int
    yardstick_ms: float


class Ceiling(msgspec.Struct, frozen=True):
    """pgbench doing the writes of one message after the other, several clients at once."""

    messages_per_second: float
    clients: int
    commits: float
    wal_kilobytes: float
    postgres_cpu: float
    pgbench_cpu: float


class WebhookCost(msgspec.Struct, frozen=True):
    """Microseconds, in one process, without network or database."""

    verify: float
    parse: float
    rows: float
    batch_per_update: float


class Surroundings(msgspec.Struct, frozen=True):
    """Where it was measured. `flush` is how long one 8 kB write takes to reach the disk of the database, `yardstick`
    how long a fixed piece of Python takes.
    """

    cores: int
    machine: str
    python: str
    postgres: str
    durability: dict[str, str]
    flush: Spread
    yardstick: Spread
    load_average: tuple[float, float, float]
    processes: list[str]
    companies: int
    customers: int
    products: int
    numbers: int
    graph_ms: float


class Figures(msgspec.Struct):
    """Everything one bench found."""

    surroundings: Surroundings
    webhook_cost: WebhookCost | None = None
    scenarios: list[Scenario] = []
    sustained_rate: float | None = None
    ceiling: Ceiling | None = None

    def best(self, *, statuses: bool) -> Scenario | None:
        """The saturated run with or without statuses."""
        found = (each for each in self.scenarios if each.load.rate is None and each.load.statuses is statuses)
        return next(found, None)
