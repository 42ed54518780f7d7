"""Nights on which the clock jumps, the last week of a year, 29 February, midnight, wrong clocks, another time zone."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Asking, Huddle, Stage
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing.exports import EXPORTS
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.tiny import TinyBook
from tests.kit.exporting import exported_text
from tests.kit.fakes import small_team


class Clock(Timepiece):
    """The clock of a zone, moved by hand; it may be set wrong, which the monotonic one does not notice."""

    def __init__(self, starts: str, zone: str = "Europe/Amsterdam") -> None:
        super().__init__(zone)
        self.zone, self._began, self._passed, self.wrong = zone, datetime.fromisoformat(starts), 0.0, timedelta()

    def pass_by(self, seconds: float) -> None:
        self._passed += seconds

    def now(self) -> datetime:
        return dates.local(self._began + timedelta(seconds=self._passed) + self.wrong, self.zone)

    def monotonic(self) -> float:
        return 1000.0 + self._passed


@pytest.fixture
def book(tmp_path: Path) -> TinyBook:
    book = TinyBook(tmp_path / "book")
    book.change_team(lambda _: small_team(people=2))
    return book


def held(book: TinyBook, clock: Clock, seconds: float = 60.0) -> Huddle:
    """Holds a huddle in which every number takes that long; what is on disk."""
    hosting = Hosting(book, clock)
    assert hosting.claim()
    hosting.do(lambda r: r.start(clock.monotonic(), clock.now()))
    while (turn := hosting.round.speaking) is not None:
        kpi, now = hosting.round.kpi_at_hand(), clock.monotonic()
        if kpi is None or turn.asking is Asking.STUCK:
            hosting.do(lambda r, now=now: r.stuck("", now))  # type: ignore[misc]
        else:
            clock.pass_by(seconds)
            value = kpi.promise
            hosting.do(lambda r, value=value: r.say(value, clock.monotonic()))  # type: ignore[misc]
        hosting.save()
    hosting.do(lambda r: r.end(8, clock.monotonic(), clock.now()))
    hosting.save()
    hosting.settle()
    hosting.release()
    stored = book.huddle(hosting.day)
    assert stored is not None
    assert stored.stage is Stage.ENDED
    assert len(stored.readings) == 8
    return stored


def exported(book: TinyBook) -> list[dict[str, str]]:
    """The JSON export; every other export is made too."""
    team, days = book.team(), book.days()
    texts = {
        (what, format): exported_text(what, format, team, book.huddles(days))
        for what, formats in EXPORTS.items()
        for format in formats
    }
    found: list[dict[str, str]] = json.loads(texts["huddles", "json"])
    return found


@pytest.mark.parametrize(
    ("starts", "zone", "offsets"),
    [
        ("2026-03-29T01:56:00+01:00", "Europe/Amsterdam", ("+01:00", "+02:00")),
        ("2026-10-25T02:56:00+02:00", "Europe/Amsterdam", ("+02:00", "+01:00")),
        ("2026-03-08T01:56:00-05:00", "America/New_York", ("-05:00", "-04:00")),
        ("2026-11-01T01:56:00-04:00", "America/New_York", ("-04:00", "-05:00")),
    ],
)
def test_the_clock_jumps_in_the_middle_of_a_huddle(
    book: TinyBook, starts: str, zone: str, offsets: tuple[str, str]
) -> None:
    book.change_team(lambda team: replace(team or Team(""), timezone=zone))
    huddle = held(book, Clock(starts, zone))
    assert huddle.watch.used == 8 * 60
    assert huddle.started_at is not None
    assert huddle.ended_at is not None
    assert huddle.ended_at - huddle.started_at == timedelta(minutes=8)
    assert huddle.day == date.fromisoformat(starts[:10])
    (row,) = exported(book)
    assert (row["started_at"][-6:], row["ended_at"][-6:]) == offsets
    assert examine(book.root, repair=False) == []


def test_midnight_passes_in_the_middle_of_a_huddle(book: TinyBook) -> None:
    huddle = held(book, Clock("2026-12-31T23:58:00+01:00"))
    assert huddle.day == date(2026, 12, 31)
    assert huddle.ended_at is not None
    assert huddle.ended_at.year == 2027
    assert book.days() == [date(2026, 12, 31)]


def test_the_last_week_of_a_year_is_one_week(book: TinyBook) -> None:
    """Monday 28 December 2026 to Friday 1 January 2027: week 53, of which the files are in two years."""
    days = [date(2026, 12, 28) + timedelta(days=n) for n in range(5)] + [date(2027, 1, 4)]
    for day in days:
        held(book, Clock(f"{day}T09:07:00+01:00"), 1.0)
    assert book.days() == days
    assert sorted(path.name for path in (book.root / "huddles").iterdir()) == ["2026", "2027"]
    weekly = [next(r for r in h.readings if r.kpi == "sanne-bezoek") for h in book.huddles(days)]
    assert [reading.pace for reading in weekly] == [25, 5, 10, 15, 20, 25]
    assert [reading.day for reading in weekly[1:]] == days[:5]
    assert len(exported(book)) == 6
    assert examine(book.root, repair=False) == []


def test_29_february(book: TinyBook) -> None:
    assert held(book, Clock("2028-02-29T09:07:00+01:00"), 1.0).day == date(2028, 2, 29)
    after = held(book, Clock("2028-03-01T09:07:00+01:00"), 1.0)
    assert {reading.day for reading in after.readings} == {date(2028, 2, 29)}
    assert [row["date"] for row in exported(book)] == ["2028-02-29", "2028-03-01"]


def test_a_check_in_made_in_another_time_zone_is_for_the_same_day(book: TinyBook) -> None:
    """Typed in Amsterdam late on Sunday, when it is Monday already in Auckland, to which the team then moves."""
    evening = Clock("2026-11-22T20:00:00+01:00")
    form = CheckingIn(book, evening, "sanne")
    assert form.day == date(2026, 11, 23)
    form.commit("sanne-opgelost", "9")
    form.save()
    book.change_team(lambda team: replace(team or Team(""), timezone="Pacific/Auckland"))
    there = Clock("2026-11-22T20:00:00+01:00", "Pacific/Auckland")
    assert there.today() == form.day
    hosting = Hosting(book, there)
    assert hosting.claim()
    hosting.do(lambda r: r.start(there.monotonic(), there.now()))
    hosting.do(lambda r: r.uncover(there.monotonic()))
    hosting.save()
    stored = book.huddle(date(2026, 11, 23))
    assert stored is not None
    assert [(r.kpi, r.actual, r.checked_in) for r in stored.readings] == [("sanne-opgelost", Decimal(9), True)]


@pytest.mark.parametrize("wrong", [timedelta(days=-400), timedelta(hours=-3), timedelta(days=4000)])
def test_a_clock_that_is_set_wrong_during_a_huddle(book: TinyBook, wrong: timedelta) -> None:
    clock = Clock("2026-11-23T09:07:00+01:00")
    hosting = Hosting(book, clock)
    assert hosting.claim()
    hosting.do(lambda r: r.start(clock.monotonic(), clock.now()))
    hosting.do(lambda r: r.say(Decimal(8), clock.monotonic()))
    hosting.save()
    clock.wrong = wrong
    clock.pass_by(30)
    hosting.do(lambda r: r.say(Decimal(2), clock.monotonic()))
    hosting.save()
    stored = book.huddle(date(2026, 11, 23))
    assert stored is not None
    assert [r.actual for r in stored.readings] == [8, 2]
    assert stored.watch.used == 30
    assert book.days() == [date(2026, 11, 23)]
    assert len(exported(book)) == 1


def test_a_clock_that_went_back_a_year_does_not_touch_what_was_held(book: TinyBook) -> None:
    now = held(book, Clock("2026-11-23T09:07:00+01:00"), 1.0)
    held(book, Clock("2025-11-24T09:07:00+01:00"), 1.0)
    assert book.huddle(date(2026, 11, 23)) == now
    assert book.days() == [date(2025, 11, 24), date(2026, 11, 23)]
    assert len(exported(book)) == 2
