"""Pace and rest, computed from the time they are given."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.outbox.circuit import FAULTS_IN_A_ROW, Circuit
from marchante.outbox.pacing import Window, messages_per_second, pair_bucket

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
gaps = st.lists(st.integers(min_value=0, max_value=400_000), min_size=1, max_size=40)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("throughput", "platform", "limit"),
    [
        ("STANDARD", "CLOUD_API", 80),
        ("HIGH", "CLOUD_API", 1_000),
        ("UNKNOWN", "CLOUD_API", 80),
        ("STANDARD", "COEXISTENCE", 20),
        ("HIGH", "ON_PREMISE", 20),
        ("", "", 80),
    ],
)
def test_the_pace_of_a_number_is_what_meta_says_of_it(throughput: str, platform: str, limit: int) -> None:
    assert messages_per_second(throughput, platform) == limit


@given(gaps, st.integers(min_value=1, max_value=30))
def test_no_second_ever_holds_more_messages_than_the_limit(steps: list[int], limit: int) -> None:
    window, now, sent = Window(limit), NOW, []
    for step in steps:
        now += timedelta(microseconds=step)
        room = window.room(now)
        window = window.taken(room, now)
        sent += [now] * room

    for at in sent:
        assert sum(at <= other < at + timedelta(seconds=1) for other in sent) <= limit


def test_a_full_second_has_room_again_when_it_is_over() -> None:
    window = Window(80).taken(80, NOW)

    assert window.room(after(0.999)) == 0
    assert window.next_room(after(0.5)) == after(1)
    assert window.room(after(1)) == 80


def test_forty_five_messages_may_burst_to_one_person_and_then_one_every_six_seconds() -> None:
    bucket = pair_bucket(NOW)
    for _ in range(45):
        assert bucket.allows(NOW)
        bucket = bucket.taken(NOW)

    assert not bucket.allows(after(5.9))
    assert bucket.next_token(NOW) == after(6)
    assert bucket.allows(after(6))
    assert not bucket.taken(after(6)).allows(after(11.9))
    assert bucket.is_full(after(6 * 45))


def test_when_meta_counts_fewer_the_bucket_is_empty() -> None:
    bucket = pair_bucket(NOW).drained(NOW)

    assert not bucket.allows(after(5))
    assert bucket.allows(after(6))


@given(gaps)
def test_a_bucket_never_holds_less_than_nothing_nor_more_than_its_capacity(steps: list[int]) -> None:
    bucket, now = pair_bucket(NOW), NOW
    for step in steps:
        now += timedelta(microseconds=step * 10)
        bucket = bucket.taken(now)
        assert 0 <= bucket.available(now) <= bucket.capacity


def test_a_few_faults_do_not_silence_a_number() -> None:
    circuit = Circuit()
    for _ in range(FAULTS_IN_A_ROW - 1):
        circuit = circuit.faulty(NOW)

    assert not circuit.is_blocked(NOW)
    assert circuit.well(NOW) == Circuit()


def test_faults_in_a_row_open_the_circuit_for_longer_each_time_and_one_success_closes_it() -> None:
    circuit, now, rests = Circuit(), NOW, []
    for _ in range(FAULTS_IN_A_ROW):
        circuit = circuit.faulty(now)
    for _ in range(12):
        assert circuit.blocked_until is not None
        assert circuit.is_blocked(now)
        assert circuit.is_probing
        rests.append(circuit.blocked_until - now)
        now = circuit.blocked_until
        assert not circuit.is_blocked(now)
        circuit = circuit.faulty(now)

    assert rests == sorted(rests)
    assert rests[0] == timedelta(seconds=1)
    assert rests[-1] == timedelta(minutes=5)
    assert circuit.blocked_until is not None
    assert circuit.well(circuit.blocked_until) == Circuit()


def test_what_left_before_the_trouble_neither_opens_nor_closes_the_circuit() -> None:
    blocked = Circuit().throttled(NOW)

    assert blocked.well(after(1)) == blocked
    assert blocked.faulty(after(1)) == blocked
    assert blocked.throttled(after(1)) == blocked


def test_a_throttled_number_rests_longer_each_time() -> None:
    first = Circuit().throttled(NOW)
    assert first.blocked_until == after(2)

    second = first.throttled(after(2))
    assert second.blocked_until == after(2) + timedelta(seconds=4)
