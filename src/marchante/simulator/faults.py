"""Faults ordered by a test: what goes wrong, for which messages and how often."""

import random
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from marchante.simulator.identifiers import match_key, phone_digits

FaultKind = Literal[
    "error",
    "http",
    "delay",
    "close_after_accept",
    "close_before_accept",
    "suppress_statuses",
    "duplicate_webhooks",
    "reorder_webhooks",
    "status_before_answer",
    "skip_delivered",
]
FAULT_KINDS: tuple[str, ...] = get_args(FaultKind)
SEND_FAULTS = frozenset(FAULT_KINDS)
INCOMING_FAULTS = frozenset({"duplicate_webhooks", "reorder_webhooks"})


@dataclass(frozen=True, slots=True)
class Match:
    """Which messages a fault meets. Empty fields match all.

    `to` means the person in either Mexican form; `to_exact` the digits as the shop wrote them; `type` the message
    type (text, interactive …); `contains` a piece of the message's JSON.
    """

    phone_number_id: str | None = None
    to: str | None = None
    to_exact: str | None = None
    type: str | None = None
    contains: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The message a fault may meet. `text` is its JSON; `sent_digits` is empty for customers' messages."""

    phone_number_id: str
    wa_id: str
    type: str
    text: str
    sent_digits: str = ""


@dataclass(slots=True)
class Fault:
    """One ordered fault. `times` None lasts until deleted; the first `after` matching messages go free; of the others
    it meets `chance` (0 to 1).
    """

    id: int
    kind: FaultKind
    match: Match
    times: int | None = None
    after: int = 0
    chance: float = 1.0
    options: dict[str, Any] = field(default_factory=dict)
    met: int = 0

    @property
    def spent(self) -> bool:
        return self.times is not None and self.met >= self.times

    def for_tests(self) -> dict[str, Any]:
        return {"id": self.id, "kind": self.kind, "times": self.times, "after": self.after, "met": self.met}


class Faults:
    """The faults in force, in the order they were given. What is left to chance is the same for the same `seed`."""

    def __init__(self, seed: int = 0) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - no secret: a run that can be repeated
        self._faults: list[Fault] = []
        self._next_id = 1

    def add(
        self,
        kind: FaultKind,
        match: Match,
        *,
        times: int | None = None,
        after: int = 0,
        chance: float = 1.0,
        options: dict[str, Any] | None = None,
    ) -> Fault:
        fault = Fault(self._next_id, kind, match, times, after, chance, options or {})
        self._next_id += 1
        self._faults.append(fault)
        return fault

    def clear(self, fault_id: int | None = None) -> None:
        self._faults = [fault for fault in self._faults if fault_id is not None and fault.id != fault_id]

    def all(self) -> list[Fault]:
        return list(self._faults)

    def meet(self, target: Target, kinds: frozenset[str]) -> dict[FaultKind, Fault]:
        """The faults this message meets, at most one of each kind; each counts as used once."""
        met: dict[FaultKind, Fault] = {}
        for fault in self._faults:
            if fault.kind not in kinds or fault.kind in met or fault.spent or not _matches(fault.match, target):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            if self._dice.random() >= fault.chance:
                continue
            fault.met += 1
            met[fault.kind] = fault
        return met


def _matches(match: Match, target: Target) -> bool:
    return (
        match.phone_number_id in {None, target.phone_number_id}
        and match.type in {None, target.type}
        and (match.contains is None or match.contains in target.text)
        and (match.to_exact is None or phone_digits(match.to_exact) == target.sent_digits)
        and (match.to is None or match_key(phone_digits(match.to) or match.to) == match_key(target.wa_id))
    )
