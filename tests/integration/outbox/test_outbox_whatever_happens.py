"""Crashes, lost answers, refusals, late and repeated statuses, two senders, in any order Hypothesis can think of:
each chat stays in order, nothing is lost, nothing arrives more than twice, and what may have arrived twice is listed.
"""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Mapping
from typing import Any, ClassVar, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.builders import outbox
from tests.builders.outbox import abandon, status_came, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.graph import graph_failure

from marchante.channels.whatsapp.ports import (
    Accepted,
    Acknowledged,
    AcknowledgeOutcome,
    InDoubt,
    NeverSent,
    Refused,
    SendOutcome,
)
from marchante.companies.domain import Company
from marchante.companies.service import Companies
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.domain import outbox_id_of
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier
from marchante.outbox.tokens import Tokens

T = TypeVar("T")
PEOPLE = ("5212281000001", "5212281000002")
DONE = ("sent", "delivered", "read")
FATES = st.lists(
    st.sampled_from(["answer lost", "request lost", "answer lost", "never sent", "fault", "pair", "throttled"]),
    max_size=3,
)


class Meta:
    """Meta and the network between: what really arrived, whatever the sender was told."""

    def __init__(self) -> None:
        self.fates: dict[int, list[str]] = {}
        """What the next attempts of a message come to; after that all is well."""
        self.crash: str | None = None
        self.arrived: list[tuple[str, str, int, str]] = []
        """(number, phone, outbox id, wamid), in order."""

    async def send(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> SendOutcome:
        id_ = outbox_id_of(frame["biz_opaque_callback_data"])
        assert id_ is not None
        fate = self.crash or (self.fates[id_].pop(0) if self.fates[id_] else "accepted")
        if fate == "never sent":
            return NeverSent("connect_refused")
        if fate in ("fault", "pair", "throttled"):
            return Refused(graph_failure({"fault": 131000, "pair": 131056, "throttled": 130429}[fate]))
        if fate == "request lost":
            return InDoubt("timeout")
        if fate == "process dies before":
            await asyncio.Event().wait()
        wamid = f"wamid.{len(self.arrived)}"
        self.arrived.append((phone_number_id, frame["to"], id_, wamid))
        if fate == "process dies after":
            await asyncio.Event().wait()
        return Accepted(wamid) if fate == "accepted" else InDoubt("timeout")

    async def mark_read(self, phone_number_id: str, token: str, wamid: str, *, typing: bool) -> AcknowledgeOutcome:
        return Acknowledged()


class Sending(RuleBasedStateMachine):
    loop: ClassVar[asyncio.AbstractEventLoop]
    database: ClassVar[Database]
    companies: ClassVar[list[Company]]
    vault: ClassVar[Vault]

    @initialize()
    def begin(self) -> None:
        self.clock = FakeClock()
        self.meta = Meta()
        self.senders = [self.new_sender(), self.new_sender()]
        self.statuses = StatusApplier(self.database, self.clock, after_resolved=lambda: None)
        self.furthest: dict[int, str] = {}
        self.do(self.clean())

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def new_sender(self) -> Sender:
        tokens = Tokens(self.vault, "token")
        return Sender(self.database, self.meta, tokens, self.clock, spread=lambda: 0.0)

    async def clean(self) -> None:
        async with self.database.relay() as connection:
            await connection.execute("TRUNCATE relay.outbox, relay.inbox_statuses, relay.alerts, relay.usage_events")
            await connection.execute(
                "UPDATE relay.numbers SET lease_owner = NULL, lease_until = NULL, fence = 0, blocked_until = NULL"
            )

    @rule(company=st.integers(0, 1), person=st.sampled_from(PEOPLE), fates=st.lists(FATES, min_size=1, max_size=3))
    def queue(self, company: int, person: str, fates: list[list[str]]) -> None:
        messages = [text_to(self.companies[company], person, "hola", self.clock.now()) for _ in fates]
        ids = self.do(outbox.queued(self.database, messages, self.clock.now()))
        self.meta.fates |= dict(zip(ids, map(list, fates), strict=True))

    @rule(which=st.integers(0, 1), later=st.sampled_from([0, 1, 16, 61, 61]))
    def send(self, which: int, later: int) -> None:
        self.clock.advance(seconds=later)
        self.do(self.senders[which].tick())
        self.do(self.senders[which].settle())

    @rule(which=st.integers(0, 1), frozen=st.sampled_from([0, 16, 61]))
    def begin_to_send(self, which: int, frozen: int) -> None:
        """A round whose answers are recorded later, perhaps too late."""
        self.do(self.senders[which].tick())
        self.clock.advance(seconds=frozen)

    @rule(which=st.integers(0, 1), after=st.booleans())
    def crash(self, which: int, after: bool) -> None:
        self.do(self.senders[which].settle())
        self.meta.crash = "process dies after" if after else "process dies before"
        self.do(self.die(self.senders[which]))
        self.meta.crash = None
        self.senders[which] = self.new_sender()

    async def die(self, sender: Sender) -> None:
        await sender.tick()
        await abandon(sender, after_posting=True)

    @rule(which=st.integers(0, 1))
    def restart(self, which: int) -> None:
        self.do(self.senders[which].finish())
        self.senders[which] = self.new_sender()

    @precondition(lambda self: self.meta.arrived)
    @rule(which=st.integers(0, 50), status=st.sampled_from(DONE))
    def report(self, which: int, status: str) -> None:
        number, _, id_, wamid = self.meta.arrived[which % len(self.meta.arrived)]
        self.do(status_came(self.database, number, wamid, status, self.clock.now(), callback_data=f"o:{id_}"))

    @rule()
    def apply(self) -> None:
        self.do(self.statuses.apply_pending())

    @invariant()
    def every_chat_is_in_order(self) -> None:
        chats: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for number, phone, id_, _ in getattr(self, "meta", Meta()).arrived:
            chats[number, phone].append(id_)
        for ids in chats.values():
            assert ids == sorted(ids)

    @invariant()
    def nothing_arrives_more_than_twice_and_copies_are_listed(self) -> None:
        if not hasattr(self, "meta"):
            return
        arrived = [id_ for _, _, id_, _ in self.meta.arrived]
        for row in self.do(outbox.rows(self.database)):
            times = arrived.count(row["id"])
            assert times <= (2 if row["possible_duplicate"] else 1)
            assert times >= 1 or row["status"] not in DONE
            before = self.furthest.get(row["id"])
            if before is not None:
                assert row["status"] in DONE[DONE.index(before) :]
            if row["status"] in DONE:
                self.furthest[row["id"]] = row["status"]

    def teardown(self) -> None:
        """The trouble ends: whatever is open is settled."""
        if not hasattr(self, "meta"):
            return
        for _ in range(60):
            for sender in self.senders:
                self.do(sender.tick())
                self.do(sender.settle())
            self.do(self.statuses.apply_pending())
            self.clock.advance(seconds=61)
        self.every_chat_is_in_order()
        self.nothing_arrives_more_than_twice_and_copies_are_listed()
        for row in self.do(outbox.rows(self.database)):
            gave_up = row["status"] == "failed" and (row["possible_duplicate"] or row["error_code"] == 131000)
            assert row["status"] in DONE or gave_up, dict(row)


def test_whatever_happens_messages_are_in_order_none_is_lost_and_copies_are_listed(
    database_dsn: str, vault: Vault
) -> None:
    loop = asyncio.new_event_loop()
    pool = loop.run_until_complete(open_pool(database_dsn, size=4))
    Sending.loop, Sending.database, Sending.vault = loop, Database(pool), vault
    Sending.companies = list(loop.run_until_complete(Companies(Sending.database, vault).list()))
    try:
        run_state_machine_as_test(
            Sending,
            settings=settings(
                max_examples=25,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                report_multiple_bugs=False,
            ),
        )
    finally:
        loop.run_until_complete(pool.close())
        loop.close()
