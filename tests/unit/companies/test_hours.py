"""When a shop is open, and what it can promise."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marchante.companies.domain import CompanySettings
from marchante.companies.hours import (
    AROUND_THE_CLOCK,
    Closure,
    OpenInterval,
    Schedule,
    Slot,
    WeeklyHours,
    public_holidays,
)
from marchante.companies.hours_text import read_hours, write_hours
from marchante.foundation.kernel.errors import Invalid

MEXICO, TIJUANA, MAZATLAN = (ZoneInfo(f"America/{city}") for city in ("Mexico_City", "Tijuana", "Mazatlan"))
GROCER = read_hours("mon-sat 08:00-21:00; sun 09:00-15:00")
TAQUERIA = read_hours("thu-sat 19:00-02:00")


def local(text, zone=MEXICO):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def shown(slots):
    return [f"{slot.starts_at:%a %H:%M}-{slot.ends_at:%H:%M}" for slot in slots]


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-23 07:59:59", False),  # Monday
        ("2026-11-23 08:00", True),
        ("2026-11-23 20:59:59", True),
        ("2026-11-23 21:00", False),
        ("2026-11-29 08:30", False),  # Sunday
        ("2026-11-29 14:59", True),
        ("2026-11-29 15:00", False),
    ],
)
def test_a_shop_is_open_from_the_opening_to_just_before_the_closing(at, is_open):
    assert Schedule(MEXICO, GROCER).is_open(local(at)) is is_open


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-26 18:59", False),  # Thursday
        ("2026-11-26 23:59", True),
        ("2026-11-27 00:30", True),
        ("2026-11-27 02:00", False),
        ("2026-11-29 01:59", True),  # the night of Saturday
        ("2026-11-29 19:30", False),
    ],
)
def test_a_night_belongs_to_the_day_it_begins_on(at, is_open):
    assert Schedule(MEXICO, TAQUERIA).is_open(local(at)) is is_open


def test_a_closed_day_does_not_end_the_night_before():
    schedule = Schedule(MEXICO, TAQUERIA, (Closure(date(2026, 11, 27), date(2026, 11, 27), "boda"),))
    assert schedule.is_open(local("2026-11-27 01:30"))
    assert not schedule.is_open(local("2026-11-27 20:00"))
    assert not schedule.is_open(local("2026-11-28 01:30"))
    assert schedule.next_opening(local("2026-11-27 20:00")) == local("2026-11-28 19:00")


def test_on_public_holidays_the_shop_is_closed_only_if_it_says_so():
    christmas = local("2026-12-25 12:00")
    assert Schedule(MEXICO, GROCER).is_open(christmas)
    closed = Schedule(MEXICO, GROCER, holidays_closed=True)
    assert not closed.is_open(christmas)
    assert closed.closure_on(date(2026, 12, 25)) == Closure(date(2026, 12, 25), date(2026, 12, 25), "Navidad")
    assert closed.next_opening(christmas) == local("2026-12-26 08:00")
    assert closed.next_opening(local("2026-12-31 21:00")) == local("2027-01-02 08:00")


def test_the_shops_own_reason_is_told_before_the_holidays_name():
    days = Closure(date(2026, 12, 24), date(2027, 1, 1), "vacaciones")
    assert Schedule(MEXICO, GROCER, (days,), holidays_closed=True).closure_on(date(2026, 12, 25)) is days


@pytest.mark.parametrize("day", ["2026-01-01", "2026-02-02", "2026-03-16", "2026-05-01", "2026-09-16", "2026-11-16"])
def test_mexicos_holidays_are_known_by_day(day):
    assert date.fromisoformat(day) in public_holidays(2026)


def test_a_shop_that_has_not_told_its_hours_counts_as_open_and_promises_nothing():
    schedule = Schedule(MEXICO, closures=(Closure(date(2026, 11, 24), date(2026, 11, 24)),))
    at = local("2026-11-23 03:00")
    assert schedule.is_open(at)
    assert schedule.next_opening(at) == at
    assert schedule.slots(at, 7, 120, 60) == ()
    assert schedule.next_slot(at, 120, 60) is None
    assert schedule.closes_at(at) == local("2026-11-24 00:00")
    assert not schedule.is_open(local("2026-11-24 12:00"))


def test_a_shop_that_never_opens_has_no_next_opening():
    closed = Schedule(MEXICO, WeeklyHours())
    assert closed.next_opening(local("2026-11-23 12:00")) is None
    assert closed.closes_at(local("2026-11-23 12:00")) is None
    long = Schedule(MEXICO, GROCER, (Closure(date(2026, 1, 1), date(2030, 1, 1)),))
    assert long.next_opening(local("2026-11-23 12:00")) is None
    assert long.next_slot(local("2026-11-23 12:00"), 120, 60) is None


def test_around_the_clock_never_closes():
    schedule = Schedule(TIJUANA, AROUND_THE_CLOCK)
    for at in ("2026-03-08 02:30", "2026-11-01 01:30", "2026-06-01 00:00"):
        assert schedule.is_open(local(at, TIJUANA))
        assert schedule.closes_at(local(at, TIJUANA)) is None


def test_the_night_the_clocks_change_is_an_hour_shorter_or_longer():
    schedule = Schedule(TIJUANA, read_hours("sat 20:00-04:00; sun 08:00-12:00"))
    for opening, hours in (("2026-03-07 20:00", 7), ("2026-10-31 20:00", 9), ("2026-06-06 20:00", 8)):
        at = local(opening, TIJUANA)
        assert schedule.closes_at(at).astimezone(UTC) - at.astimezone(UTC) == timedelta(hours=hours)
        assert schedule.next_opening(at + timedelta(hours=9)) == local(opening, TIJUANA) + timedelta(hours=12)


def test_an_hour_that_is_there_twice_opens_the_first_time_and_closes_the_second():
    schedule = Schedule(TIJUANA, read_hours("sun 01:15-01:45"))
    start, end = datetime(2026, 11, 1, 8, 15, tzinfo=UTC), datetime(2026, 11, 1, 9, 45, tzinfo=UTC)
    assert schedule.next_opening(local("2026-10-31 12:00", TIJUANA)).astimezone(UTC) == start
    assert schedule.closes_at(start).astimezone(UTC) == end


def test_an_hour_that_is_skipped_is_the_one_after():
    schedule = Schedule(TIJUANA, read_hours("sun 02:30-05:00"))
    assert schedule.next_opening(local("2026-03-07 12:00", TIJUANA)) == local("2026-03-08 03:30", TIJUANA)


def test_open_hours_are_cut_into_slots_and_a_short_rest_belongs_to_the_last():
    slots = Schedule(MEXICO, GROCER).slots(local("2026-11-28 15:30"), 2, 120, 60)
    assert shown(slots) == [
        *("Sat 16:00-18:00", "Sat 18:00-20:00", "Sat 20:00-21:00"),
        *("Sun 09:00-11:00", "Sun 11:00-13:00", "Sun 13:00-15:00"),
    ]
    half = Schedule(MEXICO, read_hours("mon 08:00-12:30"))
    assert shown(half.slots(local("2026-11-23 06:00"), 1, 120, 0)) == ["Mon 08:00-10:00", "Mon 10:00-12:30"]
    short = Schedule(MEXICO, read_hours("mon 08:00-08:45"))
    assert shown(short.slots(local("2026-11-23 06:00"), 1, 120, 0)) == ["Mon 08:00-08:45"]


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("2026-11-23 16:00", "Mon 16:00-18:00"),
        ("2026-11-23 16:01", "Mon 18:00-20:00"),
        ("2026-11-23 19:30", "Mon 20:00-21:00"),
        ("2026-11-23 19:31", "Tue 08:00-10:00"),
        ("2026-11-23 23:00", "Tue 08:00-10:00"),
        ("2026-11-28 21:00", "Sun 09:00-11:00"),
    ],
)
def test_a_slot_is_offered_while_the_order_can_be_there_by_the_middle_of_it(at, first):
    schedule = Schedule(MEXICO, GROCER)
    assert shown(schedule.slots(local(at), 3, 120, 60))[0] == first
    assert shown([schedule.next_slot(local(at), 120, 60)]) == [first]


def test_after_the_cut_off_nothing_is_promised_for_the_same_day():
    schedule = Schedule(MEXICO, GROCER)
    assert shown(schedule.slots(local("2026-11-23 12:59"), 1, 240, 0, time(13)))[0] == "Mon 12:00-16:00"
    assert schedule.slots(local("2026-11-23 13:00"), 1, 240, 0, time(13)) == ()
    assert shown([schedule.next_slot(local("2026-11-23 13:00"), 240, 0, time(13))]) == ["Tue 08:00-12:00"]


def test_the_night_of_yesterday_can_still_be_promised_after_midnight():
    schedule = Schedule(MEXICO, TAQUERIA)
    at = local("2026-11-27 00:10")
    assert shown(schedule.slots(at, 1, 60, 20)) == [
        *("Fri 00:00-01:00", "Fri 01:00-02:00"),
        *(f"Fri {hour}:00-{(hour + 1) % 24:02}:00" for hour in range(19, 24)),
        *("Sat 00:00-01:00", "Sat 01:00-02:00"),
    ]
    assert shown(schedule.slots(at, 1, 60, 20, time(21)))[0] == "Fri 19:00-20:00"


def test_a_company_reckons_with_its_own_settings():
    settings = CompanySettings(hours=GROCER, slot_minutes=240, lead_minutes=0, same_day_cutoff=time(13))
    at = local("2026-11-23 13:30")
    assert settings.next_slot(MEXICO, at) == Slot(local("2026-11-24 08:00"), local("2026-11-24 12:00"))
    assert settings.slots(MEXICO, at)[0] == settings.next_slot(MEXICO, at)
    assert settings.schedule(MAZATLAN).closes_at(local("2026-11-23 20:30", MAZATLAN)) == local(
        "2026-11-23 21:00", MAZATLAN
    )


TIMES = st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
DAYS = st.lists(TIMES, max_size=4, unique=True).map(
    lambda ends: tuple(OpenInterval(*pair) for pair in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)


@st.composite
def weekly_hours(draw):
    days = [draw(DAYS) for _ in range(7)]
    for weekday in range(7):
        if days[weekday] and draw(st.booleans()):  # the last of the day goes on past midnight
            *earlier, last = days[weekday]
            closes = draw(TIMES.filter(lambda at, opens=last.opens: at < opens or at == time(0)))
            days[weekday] = (*earlier, OpenInterval(last.opens, closes))
    return WeeklyHours(*days)


CLOSURES = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 10)).map(
        lambda drawn: Closure(drawn[0], drawn[0] + timedelta(days=drawn[1]))
    ),
    max_size=3,
).map(tuple)
SCHEDULES = st.builds(
    Schedule,
    zone=st.sampled_from([MEXICO, TIJUANA, MAZATLAN]),
    hours=weekly_hours(),
    closures=CLOSURES,
    holidays_closed=st.booleans(),
)
MOMENTS = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
) | st.sampled_from([datetime(2026, 3, 8, 9, 30, tzinfo=UTC), datetime(2026, 11, 1, 8, 30, tzinfo=UTC)])


def clock_changes_near(schedule, at):
    around = [(at + timedelta(hours=hours)).astimezone(schedule.zone).utcoffset() for hours in (-2, 2)]
    return around[0] != around[1]


def open_by_the_clock_on_the_wall(schedule, at):
    wall = at.astimezone(schedule.zone).replace(tzinfo=None)
    for day in (wall.date() - timedelta(days=1), wall.date()):
        if schedule.closure_on(day) is not None:
            continue
        for interval in schedule.hours.on(day):
            opens = datetime.combine(day, interval.opens)
            closes = datetime.combine(day, interval.closes)
            if opens <= wall < closes + timedelta(days=closes <= opens):
                return True
    return False


@given(SCHEDULES, MOMENTS)
def test_open_is_what_the_clock_on_the_wall_says(schedule, at):
    assume(not clock_changes_near(schedule, at))
    assert schedule.is_open(at) is open_by_the_clock_on_the_wall(schedule, at)


@given(SCHEDULES, MOMENTS, st.floats(0, 0.999))
def test_until_the_next_opening_the_shop_is_closed_and_then_it_is_open(schedule, at, part):
    opening = schedule.next_opening(at)
    if opening is None:
        assert not schedule.is_open(at)
        return
    opening = opening.astimezone(UTC)  # equality of moments in different zones is not to be relied on in a doubled hour
    assert opening >= at
    assert schedule.is_open(opening)
    assert (opening == at) is schedule.is_open(at)
    assert opening == at or not schedule.is_open(at + (opening - at) * part)


@given(SCHEDULES, MOMENTS, st.floats(0, 0.999))
def test_until_it_closes_the_shop_is_open_and_then_it_is_not(schedule, at, part):
    closing = schedule.closes_at(at)
    if closing is None:
        return
    assert schedule.is_open(at)
    assert schedule.is_open(at + (closing.astimezone(UTC) - at) * part)
    assert not schedule.is_open(closing)


@given(
    SCHEDULES,
    MOMENTS,
    st.integers(1, 8),
    st.integers(15, 300),
    st.integers(0, 600),
    st.none() | TIMES,
)
def test_every_slot_lies_in_open_hours_ahead_in_order_and_on_a_day_that_may_be_promised(
    schedule, at, days, slot_minutes, lead_minutes, cutoff
):
    slots = schedule.slots(at, days, slot_minutes, lead_minutes, cutoff)
    length, lead = timedelta(minutes=slot_minutes), timedelta(minutes=lead_minutes)
    before = None
    for slot in slots:
        start, end = slot.starts_at.astimezone(UTC), slot.ends_at.astimezone(UTC)
        assert slot.starts_at.tzinfo is schedule.zone
        assert start < end
        assert end - start < 1.5 * length
        assert before is None or before <= start
        before = end
        assert at + lead <= start + (end - start) / 2
        for moment in (start, start + (end - start) / 2, end - timedelta(seconds=1)):
            assert schedule.is_open(moment)
        assert slot.starts_at.date() <= at.astimezone(schedule.zone).date() + timedelta(days=days)
    assert slots[:1] == tuple(filter(None, [schedule.next_slot(at, slot_minutes, lead_minutes, cutoff)])) or not slots


@given(weekly_hours())
def test_hours_are_written_as_they_are_read(hours):
    assert read_hours(write_hours(hours)) == hours


@given(weekly_hours(), CLOSURES, TIMES)
def test_hours_survive_the_way_through_json(hours, closures, cutoff):
    settings = CompanySettings(hours=hours, closures=closures, same_day_cutoff=cutoff)
    stored = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(settings)))
    assert msgspec.convert(stored, CompanySettings) == settings


def test_settings_stored_before_there_were_hours_are_still_read():
    settings = msgspec.convert({"treatment": "usted"}, CompanySettings)
    assert (settings.hours, settings.closures, settings.slot_minutes, settings.lead_minutes) == (None, (), 120, 60)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("mon-sat 08:00-21:00; sun 09:00-15:00", "mon-sat 08:00-21:00; sun 09:00-15:00"),
        ("Lunes–Sábado 8-21\ndom 9-15", "mon-sat 08:00-21:00; sun 09:00-15:00"),
        ("mon-fri 9-14, 16-20", "mon-fri 09:00-14:00, 16:00-20:00"),
        ("mon-fri 16-20; mon-fri 9-14", "mon-fri 09:00-14:00, 16:00-20:00"),
        ("fri-mon 19-2", "mon 19:00-02:00; fri-sun 19:00-02:00"),
        ("mié, vie 7:30 - 24:00", "wed 07:30-24:00; fri 07:30-24:00"),
        ("mon-sun 00:00-24:00", "mon-sun 00:00-24:00"),
        ("always", "mon-sun 00:00-24:00"),
        ("closed", "closed"),
    ],
)
def test_hours_are_read_as_people_write_them(typed, written):
    assert write_hours(read_hours(typed)) == written


@pytest.mark.parametrize(
    "typed",
    [
        *("", ";", "mon", "8-21", "mon 25-26", "mon 8", "foo 8-21", "mon-tue-wed 8-21", "mon 8:60-9", "mon 8-9 10-11"),
        *("mon 8-12, 11-15", "mon 08:00-08:00", "mon 24:00-02:00", "mon 20-02, 22-23", "mon 8-21 sun 9-15"),
    ],
)
def test_hours_that_make_no_sense_are_refused(typed):
    with pytest.raises(Invalid) as refused:
        read_hours(typed)
    assert refused.value.code == "bad_hours"


@given(st.text(alphabet="montuedlsa 0123456789:-,;áé\n", max_size=40))
def test_whatever_is_typed_is_read_or_refused(typed):
    try:
        hours = read_hours(typed)
    except Invalid:
        return
    assert read_hours(write_hours(hours)) == hours
