"""Graph refuses, stalls or goes away: every message arrives once, in its order, or is listed as possibly doubled."""

from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson
from tests.acceptance.people import Person, words
from tests.acceptance.stage import Row, Stage
from tests.fakes.fault_proxy import Fault

from marchante.simulator.faults import FaultKind, Match


def fault(person: Person, kind: FaultKind, times: int | None = 1, **options: Any) -> None:
    """What the next sends to this person meet."""
    faults = person.stage.simulator.sending.faults
    faults.add(kind, Match(to=person.phone), times=times, after=0, options=options)


async def outbox(person: Person) -> list[Row]:
    return await person.stage.relay(
        """SELECT status, attempts, possible_duplicate, error_code FROM relay.outbox
           WHERE customer_key LIKE '%' || $1 ORDER BY id""",
        person.phone[-10:],
    )


async def ask_three_things(person: Person) -> None:
    """Three turns whose answers are queued while the first cannot leave."""
    for text in ("hola", "¿a cómo está el huevo blanco?", "2 cocas de 600, paso por ellas"):
        await person.writes(text)
        await person.stage.passes(seconds=1)


def in_order(person: Person) -> bool:
    """The greeting, the price, the summary."""
    greeting, price, summary = (words(sent) for sent in person.heard)
    return "Te damos la bienvenida" in greeting and "$46.00" in price and "$42.00" in summary


REFUSALS = {
    "an internal error (500)": {"code": 131000, "status": 500},
    "too many calls (429)": {"code": 80007, "status": 429},
    "the number is too fast (130429)": {"code": 130429, "status": 429},
    "too much to this person (131056)": {"code": 131056, "status": 400},
    "a passing failure of the service (131016)": {"code": 131016, "status": 503},
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS.keys())
async def test_what_graph_refuses_for_now_arrives_once_and_in_order(
    stage: Stage, someone: NewPerson, refusal: dict[str, int]
) -> None:
    lupe = someone()
    fault(lupe, "error", 2, **refusal)
    await ask_three_things(lupe)
    for _ in range(8):
        await stage.passes(seconds=15)

    assert in_order(lupe)
    rows = await outbox(lupe)
    assert [row["attempts"] for row in rows] == [3, 1, 1]
    assert not any(row["possible_duplicate"] for row in rows)


async def test_a_page_of_a_broken_proxy_is_no_answer_of_graph(stage: Stage, someone: NewPerson) -> None:
    lupe = someone()
    fault(lupe, "http", 2, status=502)
    await ask_three_things(lupe)
    for _ in range(8):
        await stage.passes(seconds=15)
    assert in_order(lupe)


async def test_who_gets_too_much_holds_nobody_else_back(stage: Stage, someone: NewPerson) -> None:
    lupe, beto = someone(), someone()
    fault(lupe, "error", None, code=131056)
    await lupe.says("hola")
    assert len(await beto.says("hola")) == 1
    assert lupe.heard == []


@pytest.mark.graph_is_lost
async def test_an_answer_that_never_came_of_a_message_that_arrived_is_not_sent_twice(
    stage: Stage, someone: NewPerson
) -> None:
    lupe = someone()
    stage.graph.faults.append(Fault.SILENCE_AFTER)
    await ask_three_things(lupe)
    await stage.after_a_while(lambda: settled(lupe, 3))
    assert stage.graph.met == [Fault.SILENCE_AFTER]
    for _ in range(5):
        await stage.passes(seconds=30)

    assert in_order(lupe)
    assert not any(row["possible_duplicate"] for row in await outbox(lupe))


async def settled(person: Person, count: int) -> bool:
    return [row["status"] in {"sent", "delivered"} for row in await outbox(person)] == [True] * count


@pytest.mark.graph_is_lost
@pytest.mark.parametrize("cut", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.BLACK_HOLE])
async def test_a_message_in_doubt_of_which_nothing_is_heard_goes_once_more_and_is_listed(
    stage: Stage, someone: NewPerson, cut: Fault
) -> None:
    lupe, beto = someone(), someone()
    fault(lupe, "suppress_statuses")
    stage.graph.faults.append(cut)
    await ask_three_things(lupe)
    arrived = len(lupe.heard)
    assert arrived == (1 if cut is Fault.CUT_AFTER else 0)
    assert [row["status"] for row in await outbox(lupe)] == ["in_doubt", "queued", "queued"]
    assert len(await beto.says("hola")) == 1, "a doubt about one person holds nobody else back"

    await stage.passes(seconds=50)
    assert len(lupe.heard) == arrived, "later messages wait for the one in doubt"
    await stage.passes(seconds=15)

    first, *later = await outbox(lupe)
    assert first["possible_duplicate"]
    assert not any(row["possible_duplicate"] for row in later)
    greetings = sum("Te damos la bienvenida" in words(sent) for sent in lupe.heard)
    assert greetings == 1 + arrived
    assert ["$46.00" in words(lupe.heard[-2]), "$42.00" in words(lupe.heard[-1])] == [True, True]


async def test_while_graph_cannot_be_reached_nothing_is_lost_or_doubled(stage: Stage, someone: NewPerson) -> None:
    people = [someone() for _ in range(6)]
    await stage.graph.stop()
    for person in people:
        await person.writes("hola")
    await stage.passes(seconds=1)
    for _ in range(3):
        await stage.passes(seconds=10)
    assert all(person.heard == [] for person in people)

    await stage.graph.start()
    for _ in range(6):
        await stage.passes(seconds=30)
    assert [len(person.heard) for person in people] == [1] * 6
    assert await stage.relay("SELECT FROM relay.outbox WHERE possible_duplicate") == []


async def test_statuses_that_come_twice_and_backwards_leave_the_message_delivered_and_billed_once(
    stage: Stage, someone: NewPerson
) -> None:
    lupe = someone()
    fault(lupe, "duplicate_webhooks", copies=3)
    fault(lupe, "reorder_webhooks")
    await lupe.says("hola")
    await stage.after_a_while(lambda: delivered(lupe))
    await stage.after_a_while(lambda: stage.relay("SELECT FROM relay.inbox_statuses WHERE status = 'sent'"))
    await stage.rests()
    assert len(await stage.relay("SELECT FROM relay.usage_events")) == 1
    assert await delivered(lupe)


async def delivered(person: Person) -> bool:
    return [row["status"] for row in await outbox(person)] == ["delivered"]


async def test_a_revoked_token_stops_the_number_and_alerts_until_it_is_resumed(
    stage: Stage, someone: NewPerson
) -> None:
    lupe = someone()
    fault(lupe, "error", 1, code=190, status=401)
    await lupe.writes("hola")
    await stage.passes(seconds=1)
    [alert] = await stage.relay("SELECT severity, code FROM relay.alerts")
    assert alert == {"severity": "critical", "code": "number_stopped"}
    await stage.passes(minutes=5)
    assert lupe.heard == []

    await stage.marchante.outbox.resume_number(lupe.number)
    await stage.passes(seconds=1)
    assert len(lupe.heard) == 1
    assert await stage.relay("SELECT FROM relay.alerts WHERE resolved_at IS NULL") == []
