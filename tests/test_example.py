"""The example team: two languages, one year, judged by the real rules, on any day."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.activities import importing
from huddle_tui.activities.coaching import past_advice
from huddle_tui.activities.example import example_folder, write_example
from huddle_tui.domain.coach import advise
from huddle_tui.domain.coach_past import thirteen_weeks
from huddle_tui.domain.history import gather, page
from huddle_tui.domain.huddle import Huddle, Reading, TurnState
from huddle_tui.domain.judging import Direction, Status
from huddle_tui.domain.reasons import Hands
from huddle_tui.domain.scorecard import scorecard
from huddle_tui.domain.team import Counting, Kpi, Measures, Nature, PromiseChange, Team, Timing
from huddle_tui.domain.workdays import Period
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from tests.kit.memory_book import MemoryBook

MONDAY = date(2026, 11, 23)
SLUGS = json.loads((example_folder() / "history.json").read_text("utf-8"))["kpis"]
DAYS = [
    MONDAY,
    date(2026, 11, 28),  # a Saturday
    date(2026, 12, 25),  # a day off
    date(2028, 2, 29),
    date(2040, 6, 13),  # beyond the days off that the team file knows
]


@cache
def told(language: str, today: date = MONDAY, weeks: int | None = None) -> Book:
    """A book with the example in it."""
    book = MemoryBook()
    write_example(book, language, today, weeks)
    return book


def year(language: str = "nl", today: date = MONDAY, weeks: int | None = None) -> list[Huddle]:
    """Its huddles, oldest first."""
    book = told(language, today, weeks)
    return list(book.huddles(book.days()))


def readings(huddles: list[Huddle]) -> Iterator[Reading]:
    """Everything that was said."""
    return (reading for huddle in huddles for reading in huddle.readings)


def team_file(language: str) -> Team:
    """The team as its file says."""
    file = importing.read(example_folder() / f"team.{language}.toml", None)
    return importing.plan(None, file, MONDAY).team


def numbers_of(kpi: Kpi, team: Team) -> Kpi:
    """A KPI without what is written in a language."""
    place = [process.id for process in team.processes].index(kpi.process or "")
    return replace(kpi, id="", name="", definition="", process=str(place), unit=kpi.unit if len(kpi.unit) < 4 else "…")


# The team


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_team_is_one_that_the_coach_has_nothing_to_say_about(language: str) -> None:
    team = team_file(language)
    assert team.locale == language
    assert advise(team) == []
    assert {process.accountable for process in team.processes} == {person.id for person in team.members}
    assert len(team.processes) == 8


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_team_shows_every_kind_of_number(language: str) -> None:
    kpis = team_file(language).kpis
    assert len(kpis) == 30
    assert {k.timing for k in kpis} == set(Timing)
    assert {k.measures for k in kpis} == set(Measures)
    assert {k.nature for k in kpis} == set(Nature)
    assert {k.direction for k in kpis} == set(Direction)
    assert {k.period for k in kpis} == {Period.DAY, Period.WEEK, Period.MONTH}
    assert sum(k.period is Period.MONTH for k in kpis) == 1
    assert sum(k.counting is Counting.RUNNING_TOTAL for k in kpis) >= 5
    assert any(k.stretch is not None for k in kpis)
    assert any(k.red_edge is not None for k in kpis)
    assert any(k.definition for k in kpis)


def test_both_languages_describe_the_same_team() -> None:
    dutch, english = team_file("nl"), team_file("en")
    assert [p.name for p in dutch.members] == [p.name for p in english.members]
    assert [numbers_of(k, dutch) for k in dutch.kpis] == [numbers_of(k, english) for k in english.kpis]
    assert dutch.calendar == english.calendar
    assert dutch.huddle_times == english.huddle_times
    for mine, theirs in zip(named(dutch), named(english), strict=True):
        assert mine != theirs


def named(team: Team) -> list[str]:
    """The names that are written in a language."""
    return [team.name, *(p.name for p in team.processes), *(k.name for k in team.kpis)]


def test_both_languages_tell_the_same_year() -> None:
    def bare(reading: Reading) -> tuple[object, ...]:
        return reading.day, reading.actual, reading.yardstick, reading.status, reading.checked_in, bool(reading.note)

    for dutch, english in zip(year("nl"), year("en"), strict=True):
        assert [bare(r) for r in dutch.readings] == [bare(r) for r in english.readings]
        assert (dutch.watch, dutch.started_at, dutch.temperature) == (
            english.watch,
            english.started_at,
            english.temperature,
        )
        assert [a.by for a in dutch.actions] == [a.by for a in english.actions]
    told_in = {lang: {r.note for r in readings(year(lang)) if r.note} for lang in ("nl", "en")}
    assert not told_in["nl"] & told_in["en"]


# The year


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reading_is_judged_by_the_promise_that_was_in_force(language: str) -> None:
    team = told(language).team()
    promises = {kpi.id: kpi.promise for kpi in team.kpis}
    for change in team.promise_changes[::-1]:
        assert promises[change.kpi] == change.new
        promises[change.kpi] = change.old
    changes = list(team.promise_changes)
    for huddle in year(language):
        while changes and (changes[0].day < huddle.day or is_between(changes[0], huddle)):
            change = changes.pop(0)
            promises[change.kpi] = change.new
        for reading in huddle.readings:
            kpi = team.kpi(reading.kpi)
            assert kpi is not None
            assert reading.yardstick == team.yardstick(replace(kpi, promise=promises[kpi.id]), reading.day)
            assert reading.status is reading.yardstick.judge(reading.actual)
    assert [change.day for change in changes] == [year(language)[-1].day], "all but the last one were used"


def is_between(change: PromiseChange, huddle: Huddle) -> bool:
    """Whether that promise was changed on the day of the huddle, before it."""
    return change.day == huddle.day and change.id != f"{huddle.day}/{change.kpi}"


def test_the_year_has_everything_that_happens_in_a_year() -> None:
    huddles = year()
    said = list(readings(huddles))
    team = told("nl").team()
    assert len(huddles) == 250
    assert {r.status for r in said} == set(Status)
    assert any(r.by_proxy for r in said)
    assert any(r.earlier and r.checked_in for r in said)
    assert any(r.earlier and not r.checked_in for r in said)
    assert any(r.note for r in said)
    assert any(r.checked_in for r in said)
    assert any(t.state is TurnState.ABSENT and t.readings for h in huddles for t in h.turns)
    assert any(h.offline for h in huddles)
    assert any(h.temperature is None for h in huddles)
    assert any(h.temperature for h in huddles)
    assert {a.done_on is None for h in huddles for a in h.actions} == {True, False}
    carried = [(s.solved_on, h.day) for h in huddles for t in h.turns for s in t.stucks]
    assert any(solved and (solved - day) > timedelta(days=4) for solved, day in carried)
    assert any(solved is None for solved, _ in carried)
    lowered = [c for c in team.promise_changes if c.new < c.old]
    raised = [c for c in team.promise_changes if c.new > c.old]
    assert len(lowered) >= 3
    assert len(raised) >= 3
    assert lowered[-1].day == huddles[-1].day, "somebody has a lowered promise to read out today"


def test_the_year_is_believable() -> None:
    huddles = year()
    judged = [r for r in readings(huddles) if r.status.judged]
    assert 0.75 < sum(r.status.kept for r in judged) / len(judged) < 0.88
    within = [h.watch.used <= h.time_box for h in huddles]
    assert 0.85 < sum(within) / len(within) < 1
    assert all(h.started_at and h.ended_at and h.started_at.hour == 9 for h in huddles)
    assert all(h.started_at and h.started_at.utcoffset() for h in huddles)
    for kpi in told("nl").team().kpis:
        mine = [r for r in judged if r.kpi == kpi.id]
        assert 0.5 < sum(r.status.kept for r in mine) / len(mine) < 0.98, kpi.name


def test_the_last_huddles_give_the_scorecard_something_to_say() -> None:
    book = told("nl")
    card = scorecard(gather(book.team(), book.summaries(), map(page, year()), complete=True))
    assert any(row.talking_point for row in card.rows)
    assert any(row.signal for row in card.rows)
    assert any(row.streak > 10 for row in card.rows)
    assert card.kept.percent is not None


def test_running_totals_grow_over_their_week() -> None:
    for language in ("nl", "en"):
        so_far: dict[tuple[str, date], Decimal] = {}
        for reading in readings(year(language)):
            if reading.counting is Counting.RUNNING_TOTAL and reading.actual is not None and not reading.earlier:
                week = (reading.kpi, reading.period.first(reading.day))
                assert reading.actual >= so_far.get(week, Decimal(0))
                so_far[week] = reading.actual
        assert len(so_far) > 300


@pytest.mark.parametrize("today", DAYS)
def test_the_monthly_number_is_reported_once_a_month(today: date) -> None:
    monthly = [r for r in readings(year("nl", today)) if r.period is Period.MONTH and r.actual is not None]
    months = [(r.day.year, r.day.month) for r in monthly]
    assert len(set(months)) == len(months)
    assert len(months) >= 11
    assert monthly[-1].actual in {Decimal(147700), Decimal(148050)}


# Any day


@pytest.mark.parametrize("today", DAYS)
def test_the_year_ends_on_the_working_day_before_today(today: date) -> None:
    book = told("nl", today)
    calendar = book.team().calendar
    days = book.days()
    assert days[-1] == calendar.before(today)
    assert all(calendar.before(later) == day for day, later in pairwise(days))
    assert book.huddle(today) is None


@pytest.mark.parametrize("today", DAYS)
def test_the_team_has_come_to_what_its_file_says(today: date) -> None:
    for weeks in (None, 3):
        then = {k.id: k.promise for k in told("nl", today, weeks).team().kpis}
        assert then == {k.id: k.promise for k in team_file("nl").kpis}


@pytest.mark.parametrize("today", DAYS)
def test_some_have_checked_in_for_today(today: date) -> None:
    book = told("nl", today)
    team = book.team()
    found = [c for person in team.members for c in book.check_ins(person.id)]
    assert len(found) == 4
    statuses = set()
    for check_in in found:
        assert check_in.huddle_day == today
        assert check_in.by == check_in.person
        for entry in check_in.entries:
            kpi = team.kpi(entry.kpi)
            assert kpi is not None
            statuses.add(status := team.yardstick(kpi, team.reporting_day(today)).judge(entry.actual))
            assert (entry.next_promise is not None) == (status is Status.RED)
    assert {Status.RED, Status.GREEN, Status.SUPER_GREEN, Status.YELLOW} <= statuses


def test_only_the_last_weeks_are_the_same_weeks() -> None:
    short, whole = year(weeks=3), year()[-15:]
    assert [h.day for h in short] == [h.day for h in whole]
    for few, all_of_them in zip(short, whole, strict=True):
        few_said = {r.kpi: (r.actual, r.yardstick) for r in few.readings if not r.period.slow}
        assert few_said == {r.kpi: (r.actual, r.yardstick) for r in all_of_them.readings if not r.period.slow}


# The files


def test_the_history_is_what_its_script_makes() -> None:
    script = Path(__file__).parents[1] / "data" / "make_example.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (example_folder() / "history.json").stat().st_size < 600_000


def test_a_book_on_disk_holds_the_same(tmp_path: Path) -> None:
    book, memory = TinyBook(tmp_path, durable=False), told("en", MONDAY, 2)
    write_example(book, "en", MONDAY, 2)
    assert book.team() == memory.team()
    assert list(book.huddles(book.days())) == year("en", MONDAY, 2)
    for person in memory.team().members:
        assert book.check_ins(person.id) == memory.check_ins(person.id)


def test_the_same_day_gives_the_same_year() -> None:
    book = MemoryBook()
    write_example(book, "nl", MONDAY)
    assert list(book.huddles(book.days())) == year()
    assert book.team() == told("nl").team()


def test_the_whole_year_is_there_before_anybody_notices() -> None:
    book = MemoryBook()
    started = time.process_time()
    write_example(book, "nl", MONDAY)
    assert time.process_time() - started < 3, "about half a second on a quiet machine"


BY_THEN = {date(2027, 3, 3): ["mrr"]}
"""Numbers of a month of which twelve values are known by that day, with limits that hold their promise."""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("today", [MONDAY, *(MONDAY + timedelta(days=n) for n in range(1, 5)), date(2027, 3, 3)])
def test_the_example_tells_the_story_of_kept_promises(language: str, today: date) -> None:
    """One number that changed, one that is hit and miss, one always kept and one never: as the coach says it."""
    book = told(language, today)
    team = book.team()
    past = gather(team, book.summaries(), map(page, year(language, today)), complete=True)
    of = {slug: kpi.name for slug, kpi in zip(SLUGS, team.kpis, strict=True)}
    said = [(advice.id, advice.sentence.values["kpi"]) for advice in past_advice(book, team)]
    assert sorted(said) == [
        ("always-kept", of["comeback"]),
        *[("hit-and-miss", of[slug]) for slug in ("complaints", *BY_THEN.get(today, ()))],
        ("never-kept", of["answered"]),
    ]
    assert [row.kpi.name for row in scorecard(past).rows if row.signal] == [of["pipeline"]]
    misses = [r for r in readings(year(language, today)) if r.status.missed]
    given = [r for r in misses if r.reason not in {None, 9}]
    assert 0.85 < len(given) / len(misses) < 0.95
    pile = thirteen_weeks(past).pile
    assert 0.5 < pile.in_hands(Hands.OURS) / pile.total < 0.75
