"""Which day a number is about and how far its period has come: METHOD 5."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.domain.workdays import Calendar, Period, Reports

DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
CALENDAR = st.builds(
    Calendar,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31))),
)
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("huddle", "about"),
    [(23, 20), (24, 23), (25, 24), (26, 25), (27, 26), (28, 27), (29, 27)],
)
def test_a_morning_huddle_is_about_the_last_working_day_before_it(huddle: int, about: int) -> None:
    assert Calendar().reporting_day(date(2026, 11, huddle), Reports.YESTERDAY) == date(2026, 11, about)


def test_a_huddle_at_the_end_of_the_day_is_about_that_day() -> None:
    assert Calendar().reporting_day(MONDAY, Reports.TODAY) == MONDAY


def test_days_off_and_other_weekdays_are_passed_over() -> None:
    christmas = Calendar(days_off=frozenset({date(2026, 12, 25), date(2026, 12, 24)}))
    assert christmas.reporting_day(date(2026, 12, 28), Reports.YESTERDAY) == date(2026, 12, 23)
    assert christmas.after(date(2026, 12, 23)) == date(2026, 12, 28)
    shop = Calendar(frozenset({1, 2, 3, 4, 5}))
    assert shop.reporting_day(date(2026, 11, 24), Reports.YESTERDAY) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.DAY, date(2026, 11, 18), date(2026, 11, 18)),
        (Period.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Period.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_ends_of_a_period(period: Period, first: date, last: date) -> None:
    day = date(2026, 11, 18)
    assert (period.first(day), period.last(day)) == (first, last)


def test_february_of_a_leap_year_has_29_days() -> None:
    assert Period.MONTH.last(date(2028, 2, 10)) == date(2028, 2, 29)


@pytest.mark.parametrize(("period", "slow"), [("day", False), ("week", False), ("month", True), ("quarter", True)])
def test_day_and_week_are_fast_month_and_quarter_slow(period: str, slow: bool) -> None:
    assert Period(period).slow is slow


@pytest.mark.parametrize(("day", "done"), [(16, 1), (17, 2), (18, 3), (19, 4), (20, 5), (21, 5), (22, 5)])
def test_working_days_of_the_week_that_have_passed(day: int, done: int) -> None:
    assert Calendar().passed(Period.WEEK, date(2026, 11, day)) == (done, 5)


def test_days_off_do_not_count_in_the_period() -> None:
    calendar = Calendar(days_off=frozenset({date(2026, 11, 18)}))
    assert calendar.passed(Period.WEEK, date(2026, 11, 19)) == (3, 4)
    assert Calendar().passed(Period.MONTH, date(2026, 11, 30)) == (21, 21)


@pytest.mark.parametrize(
    ("period", "day", "complete"),
    [
        (Period.MONTH, date(2026, 11, 29), date(2026, 10, 30)),
        (Period.MONTH, date(2026, 11, 30), date(2026, 11, 30)),
        (Period.MONTH, date(2026, 12, 1), date(2026, 11, 30)),
        (Period.MONTH, date(2026, 10, 30), date(2026, 10, 30)),  # the 31st is a Saturday
        (Period.QUARTER, date(2026, 11, 30), date(2026, 9, 30)),
        (Period.QUARTER, date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_the_newest_complete_period(period: Period, day: date, complete: date) -> None:
    assert Calendar().completed(period, day) == complete


@given(DAY, st.sampled_from(Period))
def test_periods_tile_the_calendar(day: date, period: Period) -> None:
    first, last = period.first(day), period.last(day)
    assert first <= day <= last
    assert period.first(last + timedelta(days=1)) == last + timedelta(days=1)
    assert period.first(last) == first


@given(CALENDAR, DAY, st.sampled_from(Period))
def test_the_last_working_day_completes_its_period(calendar: Calendar, day: date, period: Period) -> None:
    done, days = calendar.passed(period, day)
    assert 0 <= done <= days
    last = calendar.last_workday(period, day)
    assert calendar.passed(period, last)[0] == days
    assert calendar.completed(period, last) == last
    assert calendar.completed(period, day) <= day


@given(CALENDAR, DAY)
def test_before_and_after_are_the_nearest_working_days(calendar: Calendar, day: date) -> None:
    before, after = calendar.before(day), calendar.after(day)
    assert calendar.is_workday(before)
    assert calendar.is_workday(after)
    assert calendar.between(before, after) == 2 + calendar.is_workday(day)
