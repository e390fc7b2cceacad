"""What becomes of a message after each outcome and each report, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.graph import graph_failure

from marchante.channels.whatsapp.ports import Accepted, InDoubt, NeverSent, Refused
from marchante.outbox.domain import (
    DOUBT,
    MOST_ATTEMPTS,
    MOST_ATTEMPTS_ALONE,
    Bearing,
    Claimed,
    Status,
    Verdict,
    after_report,
    callback_data,
    judge,
    outbox_id_of,
)

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
ROW = Claimed(
    id=7,
    company_id=1,
    customer_key="p:+522281000001",
    phone_number_id="1001",
    recipient_phone="5212281000001",
    recipient_bsuid=None,
    type="text",
    payload={"type": "text", "text": {"body": "hola"}},
    reply_to=None,
    attempts=1,
    fence=1,
    sending_at=NOW,
    possible_duplicate=False,
    error_code=None,
    trace_id="t",
)
reported = st.sampled_from([Status.SENT, Status.DELIVERED, Status.READ, Status.FAILED])


def after(outcome: object, *, well: bool = True, spread: float = 0.0, **row: object) -> Verdict:
    return judge(replace(ROW, **row), outcome, NOW, others_get_through=well, spread=spread)  # type: ignore[arg-type]


def refused(code: int | None, **row: object) -> Verdict:
    return after(Refused(graph_failure(code, http_status=500 if code is None else 400)), **row)


def test_an_accepted_message_is_sent_and_keeps_its_wamid() -> None:
    verdict = after(Accepted("wamid.1", wa_id="522281000001"))

    assert (verdict.status, verdict.wamid, verdict.wa_id) == (Status.SENT, "wamid.1", "522281000001")


def test_no_answer_puts_a_message_in_doubt_for_a_minute() -> None:
    verdict = after(InDoubt("timeout"))

    assert (verdict.status, verdict.not_before, verdict.bearing) == (Status.IN_DOUBT, NOW + DOUBT, Bearing.FAULTY)


def test_no_answer_to_the_copy_ends_in_a_failure_a_person_sees() -> None:
    verdict = after(InDoubt("timeout"), possible_duplicate=True)

    assert (verdict.status, verdict.error_code) == (Status.FAILED, None)


@pytest.mark.parametrize("attempts", [1, 10, 1_000])
def test_what_never_left_is_repeated_however_often_it_takes(attempts: int) -> None:
    verdict = after(NeverSent("connect_refused"), attempts=attempts)

    assert verdict.status is Status.QUEUED
    assert verdict.not_before is not None
    assert timedelta(0) < verdict.not_before - NOW <= timedelta(minutes=15)


def test_a_request_that_cannot_be_written_is_not_repeated() -> None:
    assert after(NeverSent("invalid_request")).status is Status.FAILED


def test_retries_of_a_crowd_are_spread_out() -> None:
    early, late = after(NeverSent("dns")), after(NeverSent("dns"), spread=1.0)

    assert early.not_before is not None
    assert late.not_before is not None
    assert early.not_before < late.not_before


@pytest.mark.parametrize("code", [1, 2, 131000, 131016, 133004, None])
def test_a_passing_fault_of_meta_is_repeated_later(code: int | None) -> None:
    verdict = refused(code)

    assert (verdict.status, verdict.bearing) == (Status.QUEUED, Bearing.FAULTY)
    assert verdict.not_before == NOW + timedelta(seconds=1)


def test_a_message_that_alone_keeps_failing_is_given_up_so_that_its_chat_goes_on() -> None:
    assert refused(131000, attempts=MOST_ATTEMPTS - 1).status is Status.QUEUED
    assert refused(131000, attempts=MOST_ATTEMPTS).status is Status.FAILED


def test_while_nothing_gets_through_messages_are_not_given_up_so_soon() -> None:
    failure = Refused(graph_failure(131000))

    assert after(failure, well=False, attempts=MOST_ATTEMPTS).status is Status.QUEUED
    assert after(failure, well=False, attempts=MOST_ATTEMPTS_ALONE).status is Status.FAILED


def test_too_many_messages_to_one_person_says_nothing_about_the_number() -> None:
    verdict = refused(131056, attempts=3)

    assert (verdict.status, verdict.bearing) == (Status.QUEUED, Bearing.WELL)
    assert verdict.not_before == NOW + timedelta(seconds=16)


@pytest.mark.parametrize("code", [4, 80007, 130429, 131057])
def test_a_throttled_number_loses_no_message(code: int) -> None:
    verdict = refused(code, attempts=500)

    assert (verdict.status, verdict.bearing) == (Status.QUEUED, Bearing.THROTTLED)


@pytest.mark.parametrize("code", [190, 368, 131031, 131042, 10, 200])
def test_a_refusal_of_the_number_leaves_the_message_queued(code: int) -> None:
    verdict = refused(code)

    assert (verdict.status, verdict.bearing, verdict.error_code) == (Status.QUEUED, Bearing.STOPPED, code)


@pytest.mark.parametrize("code", [131030, 131026])
def test_the_other_spelling_of_a_mexican_number_is_tried_once(code: int) -> None:
    first = refused(code)
    second = refused(code, recipient_phone="522281000001", error_code=first.error_code, attempts=2)

    assert (first.status, first.recipient_phone, first.not_before) == (Status.QUEUED, "522281000001", NOW)
    assert (second.status, second.error_code) == (Status.FAILED, code)


@pytest.mark.parametrize("phone", ["14155550100", None])
def test_a_number_without_another_spelling_is_given_up(phone: str | None) -> None:
    assert refused(131026, recipient_phone=phone).status is Status.FAILED


@pytest.mark.parametrize("code", [100, 131008, 131047, 131050, 131051, 132001, 131048, 999_999])
def test_what_cannot_be_repeated_is_failed_with_its_code(code: int) -> None:
    verdict = refused(code)

    assert (verdict.status, verdict.error_code, verdict.bearing) == (Status.FAILED, code, Bearing.WELL)


@given(st.sampled_from(list(Status)), reported, st.booleans())
def test_the_same_report_twice_says_nothing_new(current: Status, report: Status, accepted: bool) -> None:
    once = after_report(current, report, accepted=accepted)

    assert after_report(once, report, accepted=True) is once


@given(st.lists(st.sampled_from([Status.SENT, Status.DELIVERED, Status.READ]), min_size=1), st.randoms())
def test_reports_end_in_the_same_place_in_any_order(reports: list[Status], chance: object) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert _all(reports) is _all(shuffled)


def _all(reports: list[Status]) -> Status:
    status = Status.SENDING
    for number, report in enumerate(reports):
        status = after_report(status, report, accepted=number > 0)
    return status


@given(st.lists(reported))
def test_reports_never_move_a_message_back(reports: list[Status]) -> None:
    order = [Status.SENDING, Status.SENT, Status.DELIVERED, Status.READ]
    status = Status.SENDING
    for report in reports:
        next_ = after_report(status, report, accepted=True)
        if next_ is Status.FAILED or status is Status.FAILED:
            assert next_ is Status.FAILED
            assert status in (Status.SENDING, Status.SENT, Status.FAILED)
        else:
            assert order.index(next_) >= order.index(status)
        status = next_


@pytest.mark.parametrize("given_up", [Status.FAILED, Status.CANCELLED])
def test_a_message_given_up_without_an_answer_comes_back_when_it_turns_out_to_have_left(given_up: Status) -> None:
    assert after_report(given_up, Status.DELIVERED, accepted=False) is Status.DELIVERED
    assert after_report(given_up, Status.DELIVERED, accepted=True) is given_up
    assert after_report(given_up, Status.FAILED, accepted=False) is given_up


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_what_meta_echoes_names_the_message(id_: int) -> None:
    assert outbox_id_of(callback_data(id_)) == id_


@pytest.mark.parametrize("data", [None, "", "o:", "o:-1", "o:1.5", "o:٣", "x:12", "o:" + "9" * 30, "campaign o:12"])
def test_an_echo_that_is_not_ours_names_nothing(data: str | None) -> None:
    assert outbox_id_of(data) is None
