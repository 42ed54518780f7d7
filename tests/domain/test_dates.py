"""Days and moments as people and files write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pendulum
import pytest

from huddle_tui.domain import numbers
from huddle_tui.domain.dates import (
    at,
    is_zone,
    iso,
    local,
    now,
    parse_day,
    parse_days,
    parse_due,
    parse_moment,
    show_day,
    weekday,
)
from huddle_tui.domain.sentence import HuddleError

ZONE = "Europe/Amsterdam"


def test_a_moment_falls_on_the_day_of_the_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert local(late, ZONE).date() == date(2026, 11, 23)
    assert local(late, "America/New_York").date() == date(2026, 11, 22)


def test_files_hold_local_time_with_its_offset() -> None:
    assert iso(local(datetime(2026, 11, 23, 8, 7, 0, 999, tzinfo=UTC), ZONE)) == "2026-11-23T09:07:00+01:00"
    assert iso(local(datetime(2026, 7, 1, 8, 7, tzinfo=UTC), ZONE)) == "2026-07-01T10:07:00+02:00"


def test_moments_differ_by_the_time_that_passed_though_the_clocks_were_put_back() -> None:
    before = local(datetime(2026, 10, 25, 0, 55, tzinfo=UTC), ZONE)
    after = local(before + timedelta(minutes=10), ZONE)
    assert (iso(before), iso(after)) == ("2026-10-25T02:55:00+02:00", "2026-10-25T02:05:00+01:00")
    assert before < after
    assert after - before == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("day", "offset"), [("2026-03-28", 1), ("2026-03-29", 2), ("2026-10-24", 2), ("2026-10-25", 1)]
)
def test_a_time_of_a_day_is_that_of_its_clocks(day: str, offset: int) -> None:
    assert iso(at(date.fromisoformat(day), time(9, 7), ZONE)) == f"{day}T09:07:00+0{offset}:00"


@pytest.mark.parametrize(
    ("typed", "is_"),
    [
        ("2026-11-23", "2026-11-23T09:00:00+01:00"),
        (" 2026-07-01 ", "2026-07-01T09:00:00+02:00"),
        ("2026-11-23T09:07:00+01:00", "2026-11-23T09:07:00+01:00"),
        ("2026-11-23T23:30:00Z", "2026-11-24T00:30:00+01:00"),
    ],
)
def test_a_day_or_a_full_timestamp_is_a_moment(typed: str, is_: str) -> None:
    assert iso(parse_moment(typed, ZONE)) == is_


@pytest.mark.parametrize(
    "typed",
    [
        *("", "tomorrow", "2026-13-01", "2026-11-23T09:07:00", "23-11-2026", "2026-11-2x"),
        *("0001-01-01", "9999-12-31", "9999-12-31T23:59:00-12:00"),
    ],
)
def test_anything_else_is_refused_naming_what_was_typed(typed: str) -> None:
    with pytest.raises(HuddleError, match="2026-11-23T09:07:00"):
        parse_moment(typed, ZONE)


@pytest.mark.parametrize("typed", ["", "2026-02-29", "23-11-2026", "today", "2026-11-23T09:00"])
def test_a_day_is_year_month_day(typed: str) -> None:
    assert parse_day(" 2026-11-23 ") == date(2026, 11, 23)
    with pytest.raises(HuddleError, match="year-month-day"):
        parse_day(typed)


@pytest.mark.parametrize(
    ("locale", "pattern", "shown"),
    [
        ("nl", "dddd D MMMM YYYY", "vrijdag 20 november 2026"),
        ("en", "dddd D MMMM YYYY", "Friday 20 November 2026"),
        ("nl", "ddd D MMM", "vr 20 nov."),
        ("en", "ddd D MMM", "Fri 20 Nov"),
    ],
)
def test_days_in_the_words_of_the_locale(locale: str, pattern: str, shown: str) -> None:
    assert show_day(date(2026, 11, 20), locale, pattern) == shown


@pytest.mark.parametrize("locale", numbers.LOCALES)
@pytest.mark.parametrize("pattern", ["dddd D MMMM YYYY", "ddd D MMM YY", "dd D", "MMM YYYY"])
def test_days_and_months_have_the_names_that_the_world_knows_them_by(locale: str, pattern: str) -> None:
    """pendulum's are those of CLDR."""
    for n in range(366):
        day = date(2026, 7, 1) + timedelta(days=n)
        expected = pendulum.date(day.year, day.month, day.day).format(pattern, locale=locale)
        assert show_day(day, locale, pattern) == expected
        assert weekday(day.weekday(), locale) == show_day(day, locale, "dddd")


@pytest.mark.parametrize(("name", "known"), [(ZONE, True), ("UTC", True), ("Mars/Olympus", False), ("", False)])
def test_time_zones(name: str, known: bool) -> None:
    assert is_zone(name) is known


def test_now_is_aware() -> None:
    assert abs(now(ZONE) - datetime.now(UTC)) < timedelta(seconds=5)
    assert now(ZONE).utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        *(("", None), ("today", 26), ("vandaag", 26), ("morgen", 27), ("+3", 29), ("+0", 26)),
        *(
            ("thu", 33),
            ("Thursday", 33),
            ("do", 33),
            ("fr", 27),
            ("vrij", None),
            ("VRIJDAG", 27),
            ("wed", 32),
            ("we", 32),
        ),
    ],
)
def test_a_day_to_come_by_its_name_or_so_many_days_from_now(typed: str, due: int | None) -> None:
    today = date(2026, 11, 26)
    assert today.strftime("%A") == "Thursday"
    if due is None and typed:
        with pytest.raises(HuddleError, match="type a weekday"):
            parse_due(typed, today)
        return
    found = parse_due(typed, today)
    assert found == (None if due is None else date(2026, 11, 1) + timedelta(days=due - 1))
    assert found is None or type(found) is date


def test_the_29th_of_february_to_come_is_a_day() -> None:
    assert parse_due("29-02", date(2027, 12, 1)) == date(2028, 2, 29)
    assert parse_due("29-02", date(2028, 1, 3)) == date(2028, 2, 29)
    with pytest.raises(HuddleError, match="29-02 is not a day"):
        parse_due("29-02", date(2025, 12, 1))


def test_a_day_that_may_have_been_is_the_nearest_one() -> None:
    today = date(2026, 11, 26)
    assert parse_due("20-11", today, past=True) == date(2026, 11, 20)
    assert parse_due("20-11", today) == date(2027, 11, 20)
    assert parse_due("5-1", today, past=True) == date(2027, 1, 5)
    assert parse_due("28-12", date(2027, 1, 4), past=True) == date(2026, 12, 28)
    assert [parse_due(word, today, past=True) for word in ("gisteren", "yesterday")] == [date(2026, 11, 25)] * 2
    for typed, past in (("gisteren", False), ("31-6", True)):
        with pytest.raises(HuddleError):
            parse_due(typed, today, past=past)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", ""),
        ("25-12, 2027-01-01", "2026-12-25 2027-01-01"),
        ("24-12 t/m 26-12", "2026-12-24 2026-12-25 2026-12-26"),
        ("31-12 - 2-1; 5-1", "2026-12-31 2027-01-01 2027-01-02 2027-01-05"),
        ("2026-12-31..2027-01-01", "2026-12-31 2027-01-01"),
        ("1-2 to 2-2,", "2027-02-01 2027-02-02"),
        ("3/5 tot en met 4/5", "2027-05-03 2027-05-04"),
    ],
)
def test_days_off_are_days_and_stretches_of_them(typed: str, days: str) -> None:
    assert sorted(map(str, parse_days(typed, date(2026, 11, 26)))) == days.split()


@pytest.mark.parametrize("typed", ["kerst", "24-12 t/m", "t/m 3-1", "2026-12-25 to 2026-12-24", "1-2 to 2-2 to 3-2"])
def test_what_is_no_day_off_is_refused(typed: str) -> None:
    with pytest.raises(HuddleError):
        parse_days(typed, date(2026, 11, 26))
