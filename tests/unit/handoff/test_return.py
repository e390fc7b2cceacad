"""When the bot may answer again after a person was asked for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.companies.domain import CompanySettings
from marchante.handoff.domain import Handoff, returns_at

ASKED = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
WAITING = Handoff(1, 7, "p:+522281234567", "1001", "requested", "asked", {}, requested_at=ASKED)
SETTINGS = CompanySettings()


def answered(at: datetime) -> Handoff:
    return replace(WAITING, status="active", answered_at=at, last_human_at=at)


def test_half_an_hour_after_the_request_when_nobody_answered():
    assert returns_at(WAITING, SETTINGS, ASKED) == ASKED + timedelta(minutes=30)


def test_four_hours_after_a_person_last_wrote():
    handoff = answered(ASKED + timedelta(minutes=10))
    assert returns_at(handoff, SETTINGS, ASKED + timedelta(hours=1)) == ASKED + timedelta(hours=4, minutes=10)


def test_the_shop_chooses_both_times():
    settings = CompanySettings(human_return_hours=1, unanswered_handoff_minutes=5)
    assert returns_at(WAITING, settings, ASKED) == ASKED + timedelta(minutes=5)
    assert returns_at(answered(ASKED), settings, ASKED) == ASKED + timedelta(hours=1)


def test_never_while_a_person_wrote_in_the_last_half_hour():
    settings = CompanySettings(human_return_hours=0)
    assert returns_at(answered(ASKED), settings, ASKED) == ASKED + timedelta(minutes=30)


def test_a_closed_request_holds_nobody_back():
    assert returns_at(replace(WAITING, status="closed"), SETTINGS, ASKED) is None


@given(
    st.one_of(st.none(), st.integers(0, 10_000)),
    st.integers(0, 10_000),
    st.integers(0, 48),
    st.integers(0, 600),
)
def test_it_is_never_in_the_past_and_never_within_half_an_hour_of_a_person(wrote, now, hours, minutes):
    handoff = WAITING if wrote is None else answered(ASKED + timedelta(minutes=wrote))
    settings = CompanySettings(human_return_hours=hours, unanswered_handoff_minutes=minutes)
    moment = ASKED + timedelta(minutes=now)
    back = returns_at(handoff, settings, moment)
    assert back is not None
    assert back >= moment
    if handoff.last_human_at is not None:
        assert back >= handoff.last_human_at + timedelta(minutes=30)


@pytest.mark.parametrize("minutes", [0, 29])
def test_a_request_just_made_waits(minutes):
    now = ASKED + timedelta(minutes=minutes)
    assert returns_at(WAITING, SETTINGS, now) > now
