"""The huddles to come in a calendar, read back by somebody else's parser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from msgspec.structs import replace

from huddle_tui.activities.setting_up import SettingUp
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.domain.workdays import Calendar
from huddle_tui.exchange.writing.calendar import as_ics, changes, vtimezone, without_time
from tests.kit.fakes import FakeTime
from tests.kit.memory_book import MemoryBook

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=AMSTERDAM)
CHRISTMAS = Calendar(days_off=frozenset({date(2026, 12, 25)}))
TEAM = Team("Voorbeeld, Software; \\o/", "nl", huddle_times=dict.fromkeys(range(5), time(9, 7)), calendar=CHRISTMAS)


def events(team: Team, now: datetime = NOW) -> list[Any]:
    """The events of the calendar, after it was read by a parser that is not ours."""
    text = "".join(as_ics(team, now))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    calendar: Any = icalendar.Calendar.from_ical(text)
    found = calendar.walk("VEVENT")
    for event in found:
        assert not event.errors
    return list(found)


def test_a_series_by_the_days_and_the_time_of_the_team() -> None:
    (event,) = events(TEAM)
    assert event["SUMMARY"] == "Huddle of Voorbeeld, Software; \\o/"
    assert event["DTSTART"].dt == datetime(2026, 11, 23, 9, 7, tzinfo=AMSTERDAM)
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=10)
    assert dict(event["RRULE"]) == {"FREQ": ["WEEKLY"], "BYDAY": ["MO", "TU", "WE", "TH", "FR"]}
    assert event["EXDATE"].params["TZID"] == "Europe/Amsterdam"
    assert [one.dt for one in event["EXDATE"].dts] == [datetime(2026, 12, 25, 9, 7, tzinfo=AMSTERDAM)]


def test_the_reminder_says_to_check_in_and_stands_last() -> None:
    (event,) = events(TEAM)
    (alarm,) = event.subcomponents
    assert alarm["TRIGGER"].dt == timedelta(minutes=-10)
    assert "huddle checkin" in alarm["DESCRIPTION"]
    lines = "".join(as_ics(TEAM, NOW)).split("\r\n")
    assert lines[-4:] == ["END:VALARM", "END:VEVENT", "END:VCALENDAR", ""]


def test_days_that_differ_in_time_are_series_of_their_own() -> None:
    times = {0: time(9, 7), 2: time(16, 0), 4: time(9, 7)}
    first, second = events(replace(TEAM, meets=frozenset({0, 2, 4}), huddle_times=times))
    assert (first["RRULE"]["BYDAY"], second["RRULE"]["BYDAY"]) == (["MO", "FR"], ["WE"])
    assert second["DTSTART"].dt == datetime(2026, 11, 25, 16, 0, tzinfo=AMSTERDAM)
    assert first["UID"] != second["UID"]


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 11, 23, 9, 7, tzinfo=AMSTERDAM), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 9, 8, tzinfo=AMSTERDAM), date(2026, 11, 24)),
        (datetime(2026, 11, 27, 12, 0, tzinfo=AMSTERDAM), date(2026, 11, 30)),
        (datetime(2026, 12, 24, 12, 0, tzinfo=AMSTERDAM), date(2026, 12, 28)),
    ],
)
def test_it_begins_with_the_next_huddle(now: datetime, first: date) -> None:
    (event,) = events(TEAM, now)
    assert event["DTSTART"].dt.date() == first


def test_importing_it_again_changes_instead_of_doubling() -> None:
    book = MemoryBook()
    book.change_team(lambda _: TEAM)
    setting_up = SettingUp(book, FakeTime())

    def written() -> tuple[str, int]:
        (event,) = events(book.team(), NOW)
        return str(event["UID"]), int(event["SEQUENCE"])

    uid, sequence = written()
    steps = [
        lambda team: replace(team, huddle_times=dict.fromkeys(range(5), time(10, 0))),
        lambda team: replace(team, meets=frozenset({0})),
        lambda team: replace(team, calendar=Calendar(days_off=frozenset({date(2026, 12, 28)}))),
    ]
    for step in steps:
        setting_up.do(step)
        assert written() == (uid, sequence + 1)
        sequence += 1
    setting_up.undo()
    assert written() == (uid, sequence + 1), "what is undone is newer than what it undoes"
    setting_up.do(lambda team: replace(team, seconds_per_person=45))
    assert written() == (uid, sequence + 1), "what no calendar shows is no new edition"


def test_days_without_a_time_are_left_out_and_named() -> None:
    team = replace(TEAM, huddle_times={0: time(9, 7)})
    (event,) = events(team)
    assert event["RRULE"]["BYDAY"] == ["MO"]
    assert without_time(team) == (1, 2, 3, 4)
    with pytest.raises(HuddleError, match="has no time of day yet"):
        list(as_ics(replace(TEAM, huddle_times={6: time(9, 7)}), NOW))


ZONES = (
    *("Europe/Amsterdam", "America/New_York", "Australia/Sydney", "Europe/Dublin", "Asia/Kolkata", "America/Santiago"),
    *("Africa/Casablanca", "Asia/Jerusalem", "UTC", "Australia/Lord_Howe"),
)


@pytest.mark.parametrize("name", ZONES)
def test_the_time_zone_is_right_at_every_hour_of_the_years_to_come(name: str) -> None:
    """Read by the other parser, in which nothing but the rules in the file says what time it is."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *vtimezone(name, 2026), "END:VCALENDAR", ""])
    calendar: Any = icalendar.Calendar.from_ical(text)
    (component,) = calendar.walk("VTIMEZONE")
    read = component.to_tz(lookup_tzid=False)
    zone = ZoneInfo(name)
    for moment in moments(zone):
        there = moment.astimezone(zone)
        assert read.utcoffset(there.replace(tzinfo=None)) == there.utcoffset(), there


def moments(zone: ZoneInfo) -> Iterator[datetime]:
    """Noon of every fifth day, and some hours around every change, in 2026 up to 2030."""
    day = datetime(2026, 1, 1, 12, tzinfo=UTC)
    while day.year < 2031:
        yield day
        day += timedelta(days=5)
    for change in changes(zone, 2026, 2030):
        at = (change.wall - change.before).replace(tzinfo=UTC)
        yield from (at + timedelta(hours=hours) for hours in (-30, -3, 3, 30))


def test_rules_and_no_lists_where_there_are_rules() -> None:
    lines = list(vtimezone("Europe/Amsterdam", 2026))
    assert lines == [
        "BEGIN:VTIMEZONE", "TZID:Europe/Amsterdam",
        "BEGIN:DAYLIGHT", "DTSTART:20250330T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZNAME:CEST", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:20251026T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZNAME:CET", "END:STANDARD",
        "END:VTIMEZONE",
    ]  # fmt: skip
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" in list(vtimezone("America/New_York", 2026))
