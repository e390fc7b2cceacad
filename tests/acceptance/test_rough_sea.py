"""Thousands of messages over many numbers while Meta fails in every way it can: none is lost, none is sent twice where
a status arrives, each chat stays in order, and one banned number harms nobody.

Small in CI; `MARCHANTE_CHAOS=1` sends 10,000 over 50 numbers. MARCHANTE_CHAOS_SEED repeats a run.
"""

import os
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.acceptance.stage import NUMBERS, TOKEN, Stage, open_stage
from tests.builders import outbox
from tests.builders.endurance import LONG

from marchante.companies.domain import Company
from marchante.outbox import leases
from marchante.simulator.chats import Entry
from marchante.simulator.config import SimulatedNumber
from marchante.simulator.faults import Match

MESSAGES, NUMBERS_IN_ALL = (10_000, 50) if LONG else (500, 10)
PEOPLE_OF_A_NUMBER = 10
CHANCE = 0.05
ROUNDS = 4_000 if LONG else 600
BANNED = "7000"
DONE = {"sent", "delivered", "read"}

AT_ONCE = (1, 2, 131000, 131016, 133004, 131056, 130429, 131057, 131026)
LATER = (131026, 131036, 131053)
OTHER = (
    "close_before_accept",
    "close_after_accept",
    "http",
    "suppress_statuses",
    "duplicate_webhooks",
    "reorder_webhooks",
    "status_before_answer",
    "skip_delivered",
)


@dataclass(frozen=True, slots=True)
class Sea:
    """A stage with many numbers, all of whose messages are queued before the storm begins."""

    stage: Stage
    ids: list[int]

    @property
    def entries(self) -> list[Entry]:
        """What Meta took and did not fail later."""
        return [entry for entry in self.stage.simulator.store.sent_by_shops() if entry.failure is None]

    async def rows(self) -> dict[int, dict[str, Any]]:
        return {row["id"]: row for row in await self.stage.relay("SELECT * FROM relay.outbox")}

    def storm(self) -> None:
        """Each kind of trouble meets one message in twenty."""
        faults = self.stage.simulator.sending.faults
        ban = {"code": 131031, "details": "Business Account locked"}
        faults.add("error", Match(phone_number_id=BANNED), after=5, options=ban)
        for code in AT_ONCE:
            faults.add("error", Match(), chance=CHANCE, options={"code": code})
        for code in LATER:
            faults.add("error", Match(), chance=CHANCE, options={"code": code, "asynchronous": True})
        for kind in OTHER:
            faults.add(kind, Match(), chance=CHANCE)

    async def calms(self) -> None:
        """Work, moment by moment, until nothing is left but what a banned number holds back. While nothing may leave,
        the moments are longer.
        """
        for _ in range(ROUNDS):
            taken = len(self.entries)
            await self._settles()
            if not await self.stage.relay(_OPEN):
                return
            self.stage.clock.advance(seconds=2 if len(self.entries) > taken else 20)
        raise AssertionError(f"still open: {await self.stage.relay(_OPEN)}")

    async def _settles(self) -> None:
        """Everything that can be sent now is, and every status of it has come."""
        simulator = self.stage.simulator
        await self.stage.rests()

        async def told() -> bool:
            return simulator.statuses.at_rest and simulator.delivery.at_rest

        await self.stage.until(told)
        await self.stage.rests()


_OPEN = """
    SELECT o.id, o.status, o.attempts, o.error_code, o.not_before FROM relay.outbox o
    JOIN relay.numbers n USING (phone_number_id)
    WHERE o.status IN ('queued', 'sending', 'in_doubt') AND n.stopped_at IS NULL LIMIT 5
"""


@pytest.fixture
async def sea(postgres_dsn: str, stocked: str) -> AsyncIterator[Sea]:
    seed = int(os.environ.get("MARCHANTE_CHAOS_SEED", random.SystemRandom().randrange(10**6)))
    print("MARCHANTE_CHAOS_SEED", seed)
    more = [
        SimulatedNumber(
            str(7000 + place), f"97{place:02}", f"+52 33 7000 {place:04}", f"Tienda {place}", (TOKEN,), "HIGH"
        )
        for place in range(NUMBERS_IN_ALL)
    ]
    async with open_stage(postgres_dsn, stocked, numbers=[*NUMBERS, *more], seed=seed) as stage:
        companies = await stage.marchante.storage.companies.list()
        ids = await _queued(stage, list(companies), more, random.Random(seed))
        yield Sea(stage, ids)


async def _queued(
    stage: Stage, companies: list[Company], numbers: list[SimulatedNumber], dice: random.Random
) -> list[int]:
    """Every number's messages to ten people, in a mixed order."""
    database, now = stage.marchante.storage.database, stage.clock.now()
    owners: dict[str, Company] = {}
    for place, number in enumerate(numbers):
        owners[number.phone_number_id] = companies[place % len(companies)]
        owner = owners[number.phone_number_id]
        await outbox.another_number(database, owner, number.phone_number_id, throughput="HIGH")
    wanted = []
    for place in range(MESSAGES):
        number = numbers[place % len(numbers)]
        phone = f"52155{number.phone_number_id}{dice.randrange(PEOPLE_OF_A_NUMBER):04}"
        changes = {"phone_number_id": number.phone_number_id}
        wanted.append(outbox.text_to(owners[number.phone_number_id], phone, f"mensaje {place}", now, **changes))
    return await outbox.queued(database, wanted, now)


@pytest.mark.chaos
@pytest.mark.timeout(1500 if LONG else 180)
async def test_nothing_is_lost_doubled_or_out_of_order_and_a_banned_number_harms_nobody(sea: Sea) -> None:
    sea.storm()
    await sea.calms()
    rows = await sea.rows()
    assert rows.keys() >= set(sea.ids)
    alerts = {row["fingerprint"] for row in await sea.stage.relay("SELECT fingerprint FROM relay.alerts")}
    _every_message_came_to_an_end_that_somebody_sees(sea, rows, alerts)
    _none_arrived_twice_where_a_status_told_of_it(sea, rows)
    _each_chat_is_in_order(sea)
    _only_the_banned_number_stands_still(rows)

    sea.stage.simulator.sending.faults.clear()
    async with sea.stage.marchante.storage.database.relay() as connection:
        assert await leases.resume(connection, BANNED)
    await sea.calms()
    after = await sea.rows()
    assert not [row for row in after.values() if row["status"] not in {*DONE, "failed", "cancelled"}]
    _each_chat_is_in_order(sea)


@pytest.mark.chaos
@pytest.mark.timeout(1500 if LONG else 180)
async def test_with_no_status_at_all_each_doubtful_message_is_listed_and_copied_once_at_the_most(sea: Sea) -> None:
    faults = sea.stage.simulator.sending.faults
    faults.add("suppress_statuses", Match())
    for kind in ("close_after_accept", "close_before_accept"):
        faults.add(kind, Match(), chance=CHANCE)
    await sea.calms()
    rows = await sea.rows()
    copies = Counter(_id(entry) for entry in sea.entries)

    _each_chat_is_in_order(sea)
    assert max(copies.values()) == 2
    assert {id_ for id_, times in copies.items() if times == 2} <= {
        id_ for id_, row in rows.items() if row["possible_duplicate"]
    }
    lost = [row for id_, row in rows.items() if id_ not in copies]
    assert all(row["status"] == "failed" and row["error_detail"].startswith("no answer twice") for row in lost)


def _every_message_came_to_an_end_that_somebody_sees(
    sea: Sea, rows: dict[int, dict[str, Any]], alerts: set[str]
) -> None:
    taken = {_id(entry) for entry in sea.stage.simulator.store.sent_by_shops()}
    latest = {row["payload"]: id_ for id_, row in sorted(rows.items())}
    for id_, row in rows.items():
        if row["status"] in DONE:
            assert id_ in taken, "what is called sent was taken by Meta"
        elif row["status"] == "failed":
            told = row["error_code"] in {*AT_ONCE, *LATER} or row["error_code"] is None
            assert told, str(dict(row))
            assert row["error_detail"], "with a reason"
        elif row["status"] == "cancelled":
            assert latest[row["payload"]] > id_, "Meta took it, failed it later, and it goes once more"
        else:
            assert row["phone_number_id"] == BANNED
    lost = [id_ for id_, row in rows.items() if row["status"] == "failed" and id_ not in taken]
    print(len(lost), "failed for good of", len(rows), Counter(rows[id_]["error_code"] for id_ in lost))
    assert len(lost) < len(rows) * 0.04
    assert {f"message_failed:{rows[id_]['company_id']}:{rows[id_]['error_code']}" for id_ in lost} <= alerts


def _none_arrived_twice_where_a_status_told_of_it(sea: Sea, rows: dict[int, dict[str, Any]]) -> None:
    copies: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in sea.entries:
        copies[_id(entry)].append(entry)
    doubled = {id_: entries for id_, entries in copies.items() if len(entries) > 1}
    print(len(doubled), "doubled,", sum(row["possible_duplicate"] for row in rows.values()), "listed")
    for id_, entries in doubled.items():
        assert len(entries) == 2, "one copy at the most"
        assert rows[id_]["possible_duplicate"], "and it is listed"
        assert sea.stage.simulator.statuses.suppressed(entries[0].wamid), "nobody had told of the first"


def _each_chat_is_in_order(sea: Sea) -> None:
    chats: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in sea.stage.simulator.store.sent_by_shops():
        chats[entry.phone_number_id, entry.wa_id[-10:]].append(_id(entry))
    assert len(chats) > NUMBERS_IN_ALL
    for ids in chats.values():
        assert ids == sorted(ids)


def _only_the_banned_number_stands_still(rows: dict[int, dict[str, Any]]) -> None:
    waiting = Counter(row["phone_number_id"] for row in rows.values() if row["status"] == "queued")
    assert set(waiting) == {BANNED}
    assert waiting[BANNED] > MESSAGES / NUMBERS_IN_ALL / 2
    banned = {row["phone_number_id"] for row in rows.values() if row["error_code"] == 131031}
    assert banned == {BANNED}


def _id(entry: Entry) -> int:
    return int(str(entry.callback_data).removeprefix("o:"))
