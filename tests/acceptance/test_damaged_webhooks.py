"""Thousands of damaged webhooks of every kind: never a 5xx, nothing readable lost, and what came between is answered.

2,000 in CI, 100,000 with `MARCHANTE_CHAOS=1`. MARCHANTE_CHAOS_SEED repeats a run.
"""

import asyncio
import os
import random

import pytest
from tests.acceptance.conftest import NewPerson
from tests.acceptance.stage import GROCER, Stage
from tests.builders.damaged import damaged
from tests.builders.endurance import LONG
from tests.builders.webhooks import message, webhook
from tests.fixtures.webhooks import NAMES
from tests.fixtures.webhooks import webhook as fixture

from marchante.channels.whatsapp.wire import NotAWebhook, parse_webhook

BODIES = 100_000 if LONG else 2_000
AT_ONCE = 100
KEPT = """
    SELECT count(*) FROM unnest($1::bytea[]) AS k (key)
    WHERE EXISTS (SELECT FROM relay.inbox_messages m WHERE m.dedupe_key = key)
       OR EXISTS (SELECT FROM relay.inbox_statuses s WHERE s.dedupe_key = key)
       OR EXISTS (SELECT FROM relay.inbox_events e WHERE e.dedupe_key = key)
"""
RESUMED = "UPDATE relay.numbers SET stopped_at = NULL WHERE stopped_at IS NOT NULL RETURNING phone_number_id"


def keys(body: bytes) -> set[bytes]:
    """Of every part of a body, readable or not; none where it is no webhook at all."""
    try:
        parsed = parse_webhook(body)
    except NotAWebhook:
        return set()
    return {part.dedupe_key for part in (*parsed.items, *parsed.malformed)}


async def kept(stage: Stage, expected: set[bytes]) -> bool:
    [row] = await stage.relay(KEPT, list(expected))
    return int(row["count"]) == len(expected)


async def test_every_documented_webhook_is_stored_whole(stage: Stage) -> None:
    for name in NAMES:
        answer = await stage.post(fixture(name))
        assert answer.status == 200, name
        assert await kept(stage, keys(fixture(name))), name
    await stage.passes(seconds=1)
    due = "SELECT * FROM relay.inbox_messages WHERE handled_at IS NULL AND ready_at <= $1"
    assert await stage.relay(due, stage.clock.now()) == []


@pytest.mark.chaos
@pytest.mark.timeout(1750 if LONG else 180)
async def test_damaged_webhooks_are_taken_without_an_error_and_nothing_readable_is_lost(
    stage: Stage, someone: NewPerson
) -> None:
    seed = int(os.environ.get("MARCHANTE_CHAOS_SEED", random.SystemRandom().randrange(10**6)))
    print("MARCHANTE_CHAOS_SEED", seed)
    dice = random.Random(seed)
    people = []
    for begin in range(0, BODIES, AT_ONCE):
        lupe = someone()
        people.append(lupe)
        good = webhook([message(GROCER, lupe.phone, stage.wamid(), "hola", at=stage.clock.now())])
        bodies = [damaged(dice, begin + place) for place in range(AT_ONCE)]
        answers = await asyncio.gather(*(stage.post(body) for body in (*bodies, good)))
        assert {answer.status for answer in answers} <= {200, 400, 413}
        taken = [body for body, answer in zip(bodies, answers, strict=False) if answer.status == 200]
        assert len(taken) > AT_ONCE / 2
        assert await kept(stage, set().union(*map(keys, taken)))
        await stage.passes(seconds=1)
        if await stage.relay(RESUMED):  # a damaged one may well say that Meta has locked the number
            await stage.passes(seconds=1)
    assert [len(person.heard) for person in people] == [1] * len(people)
