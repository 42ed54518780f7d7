"""Days and moments as people and files write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from huddle_tui.domain.dates import is_zone, iso, local, now, parse_day, parse_due, parse_moment, show_day
from huddle_tui.domain.sentence import HuddleError

ZONE = "Europe/Amsterdam"


def test_a_moment_falls_on_the_day_of_the_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert local(late, ZONE).date() == date(2026, 11, 23)
    assert local(late, "America/New_York").date() == date(2026, 11, 22)


def test_files_hold_local_time_with_its_offset() -> None:
    assert iso(local(datetime(2026, 11, 23, 8, 7, 0, 999, tzinfo=UTC), ZONE)) == "2026-11-23T09:07:00+01:00"
    assert iso(local(datetime(2026, 7, 1, 8, 7, tzinfo=UTC), ZONE)) == "2026-07-01T10:07:00+02:00"


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


@pytest.mark.parametrize(("name", "known"), [(ZONE, True), ("UTC", True), ("Mars/Olympus", False), ("", False)])
def test_time_zones(name: str, known: bool) -> None:
    assert is_zone(name) is known


def test_now_is_aware() -> None:
    assert abs(now(ZONE) - datetime.now(UTC)) < timedelta(seconds=5)
    assert now(ZONE).utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


def test_the_29th_of_february_to_come_is_a_day() -> None:
    assert parse_due("29-02", date(2027, 12, 1), "nl") == date(2028, 2, 29)
    assert parse_due("29-02", date(2028, 1, 3), "nl") == date(2028, 2, 29)
    with pytest.raises(HuddleError, match="29-02 is not a day"):
        parse_due("29-02", date(2025, 12, 1), "nl")


def test_a_day_that_may_have_been_is_the_nearest_one() -> None:
    today = date(2026, 11, 26)
    assert parse_due("20-11", today, "nl", past=True) == date(2026, 11, 20)
    assert parse_due("20-11", today, "nl") == date(2027, 11, 20)
    assert parse_due("5-1", today, "nl", past=True) == date(2027, 1, 5)
    assert parse_due("28-12", date(2027, 1, 4), "nl", past=True) == date(2026, 12, 28)
    assert [parse_due(word, today, "nl", past=True) for word in ("gisteren", "yesterday")] == [date(2026, 11, 25)] * 2
    for typed, past in (("gisteren", False), ("31-6", True)):
        with pytest.raises(HuddleError):
            parse_due(typed, today, "nl", past=past)
