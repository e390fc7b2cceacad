"""What Meta reports, read from its own webhooks and applied in any order."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.graph import graph_failure

from marchante.channels.whatsapp.wire import StatusItem, parse_webhook
from marchante.outbox.domain import Status
from marchante.outbox.reports import Billed, Report, Tracked, apply, read_report, send_again, stops_the_number

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
FIXTURES = Path(__file__).parents[2] / "fixtures" / "webhooks" / "status"
MESSAGE = Tracked(
    id=7,
    company_id=1,
    phone_number_id="1001",
    recipient_phone="5212281000001",
    status=Status.SENT,
    attempts=1,
    possible_duplicate=False,
    wamid="wamid.1",
    sent_at=NOW,
    delivered_at=None,
    read_at=None,
    failed_at=None,
    error_code=None,
    error_detail=None,
)


def report(status: str, at: datetime = NOW, wamid: str = "wamid.1", code: int | None = None) -> Report:
    failure = graph_failure(code, "why") if code is not None else None
    return Report(
        wamid,
        {"sent": Status.SENT, "delivered": Status.DELIVERED, "read": Status.READ}.get(status, Status.FAILED),
        at,
        failure,
    )


def reports_of(name: str) -> Iterator[Report]:
    for item in parse_webhook((FIXTURES / f"{name}.json").read_bytes(), NOW).items:
        assert isinstance(item, StatusItem)
        yield read_report(item.raw, item.wamid, item.status, item.timestamp)


@pytest.mark.parametrize(
    ("name", "billed"),
    [
        ("delivered_service", Billed("service", "regular", billable=True)),
        ("delivered_free_service", Billed("service", "free_customer_service", billable=False)),
        ("delivered_without_pricing", None),
        ("sent", None),
        ("sent_free_entry_point", None),
    ],
)
def test_only_what_is_delivered_is_billed_and_by_its_type(name: str, billed: Billed | None) -> None:
    assert [told.billed for told in reports_of(name)] == [billed]


def test_the_price_on_a_read_counts_when_delivered_never_came() -> None:
    raw = {"status": {"id": "w", "status": "read", "pricing": {"category": "utility", "billable": True}}}

    told = read_report(json.dumps(raw).encode(), "w", "read", NOW)

    assert told.billed == Billed("utility", "unknown", billable=True)


def test_a_failure_is_read_with_its_code() -> None:
    [told] = reports_of("failed_window_closed")

    assert told.status is Status.FAILED
    assert told.failure is not None
    assert told.failure.code == 131047


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b'{"status": 7}', b'{"status": {"errors": {}, "pricing": []}}']
)
@pytest.mark.parametrize("status", ["sent", "delivered", "failed", "warning", "deleted", ""])
def test_whatever_is_stored_can_be_read(raw: bytes, status: str) -> None:
    told = read_report(raw, "w", status, NOW)

    assert (told.failure, told.billed) == (None, None)


def test_a_status_of_a_kind_we_do_not_know_changes_nothing() -> None:
    [told] = reports_of("old_deleted")

    assert told.status is None
    assert apply(MESSAGE, told) is MESSAGE


def test_a_voice_note_that_was_played_was_read() -> None:
    [told] = reports_of("played")

    assert told.status is Status.READ


def test_the_same_reports_in_any_order_leave_the_same_message() -> None:
    told = [report("sent"), report("delivered", NOW + timedelta(seconds=1)), report("read", NOW + timedelta(seconds=9))]
    ends = set()
    for order in permutations(told):
        message = replace(MESSAGE, status=Status.SENDING, wamid=None, sent_at=None)
        for one in order:
            message = apply(message, one)
        ends.add((message.status, message.wamid, message.read_at))

    assert ends == {(Status.READ, "wamid.1", NOW + timedelta(seconds=9))}


def test_a_failure_after_the_delivery_is_not_believed() -> None:
    delivered = apply(MESSAGE, report("delivered"))

    assert apply(delivered, report("failed", code=131000)) is delivered


def test_a_failure_keeps_its_code_and_its_time() -> None:
    failed = apply(MESSAGE, report("failed", code=131047))

    assert (failed.status, failed.error_code, failed.error_detail, failed.failed_at) == (
        Status.FAILED,
        131047,
        "why",
        NOW,
    )
    assert apply(failed, report("sent")).status is Status.FAILED


@pytest.mark.parametrize("status", [Status.SENDING, Status.IN_DOUBT])
def test_a_failure_before_the_answer_settles_the_only_attempt(status: Status) -> None:
    waiting = replace(MESSAGE, status=status, wamid=None)

    assert apply(waiting, report("failed", wamid="wamid.x", code=131047)).status is Status.FAILED


@pytest.mark.parametrize(
    "copy",
    [
        replace(MESSAGE, status=Status.SENDING, wamid=None, possible_duplicate=True),
        replace(MESSAGE, status=Status.QUEUED, wamid=None, possible_duplicate=True),
        replace(MESSAGE, status=Status.SENT, wamid="wamid.copy", possible_duplicate=True),
    ],
)
def test_the_first_attempt_may_fail_while_the_copy_stands(copy: Tracked) -> None:
    assert apply(copy, report("failed", wamid="wamid.first", code=131000)) is copy


@pytest.mark.parametrize("code", [131026, 131030])
def test_an_undelivered_message_goes_once_more_to_the_other_spelling(code: int) -> None:
    failure = graph_failure(code)
    failed = apply(MESSAGE, report("failed", code=code))

    again = send_again(MESSAGE, failed, failure, NOW)
    assert again is not None
    assert (again.recipient_phone, again.not_before) == ("522281000001", NOW)
    second = replace(MESSAGE, recipient_phone="522281000001", error_code=code)
    assert send_again(second, apply(second, report("failed", code=code)), failure, NOW) is None


def test_a_passing_fault_after_acceptance_is_repeated_a_few_times() -> None:
    failure = graph_failure(131000)

    delays = []
    for attempts in (1, 2, 3):
        again = send_again(MESSAGE, replace(MESSAGE, attempts=attempts, status=Status.FAILED), failure, NOW)
        delays.append(again.not_before - NOW if again else None)

    assert delays == [timedelta(seconds=1), timedelta(seconds=2), None]


def test_what_may_have_arrived_twice_is_not_sent_a_third_time() -> None:
    doubtful = replace(MESSAGE, possible_duplicate=True)

    assert send_again(doubtful, replace(doubtful, status=Status.FAILED), graph_failure(131000), NOW) is None


@pytest.mark.parametrize(("code", "stops"), [(131042, True), (190, True), (131047, False), (131000, False)])
def test_a_failure_of_the_account_stops_its_number(code: int, stops: bool) -> None:
    assert stops_the_number(graph_failure(code)) is stops


@given(st.lists(st.sampled_from(["sent", "delivered", "read", "failed"]), max_size=12))
def test_reports_repeated_or_not_never_lose_what_was_known(names: list[str]) -> None:
    message = replace(MESSAGE, status=Status.SENDING, wamid=None, sent_at=None)
    for name in names:
        before, message = message, apply(message, report(name, code=131000))
        assert apply(message, report(name, code=131000)) == message
        for field in ("wamid", "sent_at", "delivered_at", "read_at", "failed_at"):
            assert getattr(before, field) is None or getattr(message, field) == getattr(before, field)
