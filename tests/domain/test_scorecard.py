"""The figures of the scorecard (METHOD 9), each on small rows of readings that a person can check by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.history import Past, Said, gather, page
from huddle_tui.domain.huddle import Action, CheckIn, Entry, Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Direction, Status, yardstick
from huddle_tui.domain.scorecard import (
    By,
    Tally,
    counting,
    misses,
    order,
    scorecard,
    signal,
    streak,
    tally,
)
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Counting, Kpi, Person, Team
from huddle_tui.domain.weeks import done_on_time, weeks
from huddle_tui.domain.workdays import Period
from tests.kit.random_books import random_book

MONDAY = date(2026, 11, 16)
STATUSES = {
    "s": Status.SUPER_GREEN,
    "g": Status.GREEN,
    "y": Status.YELLOW,
    "r": Status.RED,
    "e": Status.TOO_EARLY,
    "-": Status.NOT_MEASURED,
}


def row_of(marks: str) -> list[Said]:
    """One KPI's readings on successive days: a status each; in capitals the owner was absent."""
    made = []
    for n, mark in enumerate(marks):
        day = MONDAY + timedelta(days=n)
        status = STATUSES[mark.lower()]
        actual = None if status is Status.NOT_MEASURED else Decimal(8)
        reading = Reading.of("k", "K", day, actual, yardstick(Direction.AT_LEAST, Decimal(8)), status)
        made.append(Said(day, "p", mark.isupper(), reading))
    return made


@pytest.mark.parametrize(
    ("marks", "kept", "judged"),
    [
        ("", 0, 0),
        ("ggggggggg", 9, 9),
        ("sgyr", 2, 4),
        ("g-e-g", 2, 2),
        ("gGRg", 2, 2),
        ("rrrrrrr", 0, 7),
    ],
)
def test_kept_promises(marks: str, kept: int, judged: int) -> None:
    assert tally(row_of(marks)) == Tally(kept, judged)


@pytest.mark.parametrize(
    ("kept", "judged", "percent"),
    [(5, 5, None), (0, 0, None), (6, 6, 100), (9, 13, 69), (1, 8, 13), (0, 6, 0), (7, 8, 88)],
)
def test_a_percentage_only_from_six_readings_on(kept: int, judged: int, percent: int | None) -> None:
    assert Tally(kept, judged).percent == percent


@pytest.mark.parametrize(
    ("marks", "length"),
    [("", 0), ("rggg", 3), ("gggr", 0), ("ggy", 0), ("sgs", 3), ("rg-g", 2), ("rgRgEg", 3), ("yge", 1)],
)
def test_a_streak_is_not_broken_by_absence_or_what_was_not_measured(marks: str, length: int) -> None:
    assert streak(row_of(marks)) == length


@pytest.mark.parametrize(
    ("marks", "length"), [("", 0), ("grry", 3), ("rrrg", 0), ("yy", 2), ("y-r-y", 3), ("rrGr", 3), ("rry", 3)]
)
def test_misses_in_a_row(marks: str, length: int) -> None:
    assert misses(row_of(marks)) == length


def valued(values: list[int], direction: Direction = Direction.AT_LEAST) -> list[Said]:
    """One KPI's daily snapshots."""
    stick = yardstick(direction, Decimal(10))
    return [
        Said(day, "p", False, Reading.of("k", "K", day, Decimal(value), stick, stick.judge(Decimal(value))))
        for n, value in enumerate(values)
        for day in [MONDAY + timedelta(days=n)]
    ]


def test_a_signal_needs_fifteen_earlier_readings() -> None:
    assert signal(valued([10] * 14 + [11] * 8)) is None
    found = signal(valued([10] * 15 + [11] * 8))
    assert found is not None
    assert found.above
    assert found.better
    assert found.mean == 10


def test_a_signal_needs_eight_readings_on_one_side() -> None:
    assert signal(valued([10] * 20 + [11] * 7)) is None
    assert signal(valued([10] * 20 + [11] * 7 + [10])) is None
    assert signal(valued([10] * 20 + [11] * 4 + [9] * 4)) is None
    assert signal(valued([10] * 20)) is None


def test_a_signal_knows_which_side_is_better() -> None:
    down = signal(valued([10] * 15 + [8] * 8, Direction.AT_MOST))
    assert down is not None
    assert not down.above
    assert down.better
    worse = signal(valued([10] * 15 + [8] * 8))
    assert worse is not None
    assert not worse.better


@given(st.lists(st.integers(-50, 50), max_size=40))
def test_a_signal_is_what_its_definition_says(values: list[int]) -> None:
    run, base = values[-8:], values[:-8]
    expected = None
    if len(base) >= 15:
        mean = Fraction(sum(base), len(base))
        expected = True if all(v > mean for v in run) else False if all(v < mean for v in run) else None
    found = signal(valued(values))
    assert (None if found is None else found.above) == expected


def totals(values: list[tuple[date, int]]) -> list[Said]:
    """One weekly running total of 25."""
    team = Team("T", kpis=(weekly(),))
    made = []
    for day, value in values:
        stick = team.yardstick(weekly(), day)
        reading = Reading.of(
            "w", "W", day, Decimal(value), stick, stick.judge(Decimal(value)),
            period=Period.WEEK, counting=Counting.RUNNING_TOTAL,
        )  # fmt: skip
        made.append(Said(team.calendar.after(day), "p", False, reading))
    return made


def weekly() -> Kpi:
    return Kpi("w", "W", "p", Decimal(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL)


def test_of_a_running_total_only_the_last_reading_of_each_period_counts() -> None:
    week = [(MONDAY, 1), (MONDAY + timedelta(1), 8), (MONDAY + timedelta(2), 9), (MONDAY + timedelta(4), 25)]
    missed = [(day + timedelta(7), value - 9) for day, value in week]
    assert tally(totals(week)) == Tally(1, 1)
    assert tally(totals(week + missed)) == Tally(1, 2)
    assert streak(totals(missed + week)) == 1
    assert [one.reading.actual for one in counting(totals(week + missed))] == [16, 25]


def test_a_running_total_that_was_too_early_last_counts_not() -> None:
    assert tally(totals([(MONDAY, 1)])) == Tally(0, 0)


def test_a_signal_leaves_out_a_total_that_is_still_under_way() -> None:
    fridays = [(MONDAY + timedelta(7 * n + 4), 25) for n in range(15)]
    fridays += [(MONDAY + timedelta(7 * (15 + n) + 4), 30) for n in range(8)]
    under_way = [(MONDAY + timedelta(7 * 23 + 2), 12)]
    found = signal(totals(fridays + under_way))
    assert found is not None
    assert found.above
    assert signal(totals(fridays[:-1] + under_way)) is None


# The whole card

SANNE, BRAM = Person("s", "Sanne"), Person("b", "Bram")
CALLS = Kpi("calls", "Calls", "s", Decimal(8))
SALES = Kpi("sales", "Sales", "s", Decimal(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL)
HAPPY = Kpi("happy", "Happy", "s", Decimal(7), most_important=True)
BUGS = Kpi("bugs", "Bugs", "b", Decimal(2), direction=Direction.AT_MOST)
TEAM = Team("T", people=(SANNE, BRAM), kpis=(CALLS, SALES, HAPPY, BUGS))


def held(day: date, values: dict[str, int | None], **other: object) -> Huddle:
    """A huddle in which those numbers were said."""
    about = TEAM.reporting_day(day)
    turns = []
    for person in (SANNE, BRAM):
        readings = []
        for kpi in (k for k in TEAM.kpis if k.owner == person.id and k.id in values):
            value = values[kpi.id]
            actual, stick = None if value is None else Decimal(value), TEAM.yardstick(kpi, about)
            readings.append(
                Reading.of(
                    kpi.id, kpi.name, about, actual, stick, stick.judge(actual),
                    period=kpi.period, counting=kpi.counting,
                )
            )  # fmt: skip
        turns.append(Turn(person.id, person.name, TurnState.DONE, Stopwatch(50), readings=tuple(readings)))
    at = datetime(2026, 11, 16, 12, tzinfo=UTC)
    huddle = Huddle(day, "T", turns=tuple(turns), started_at=at, ended_at=at, watch=Stopwatch(500))
    return replace(huddle, **other)


def past_of(huddles: list[Huddle], team: Team = TEAM) -> Past:
    return gather(team, [summarise(h) for h in huddles], [page(h) for h in huddles], complete=True)


def test_rows_stand_in_the_order_of_the_team_the_star_first() -> None:
    card = scorecard(past_of([held(MONDAY, {"calls": 8})]))
    assert [row.kpi for row in card.rows] == ["happy", "calls", "sales", "bugs"]
    assert [row.owner for row in card.rows] == ["Sanne", "Sanne", "Sanne", "Bram"]


def test_a_column_per_huddle_and_kept_over_the_last_thirteen() -> None:
    huddles = [held(MONDAY + timedelta(n), {"calls": 8 if n else 1}) for n in range(14)]
    card = scorecard(past_of(huddles))
    calls = card.rows[1]
    assert card.columns == tuple(h.day for h in huddles)
    assert calls.kept == Tally(13, 13)
    assert scorecard(past_of(huddles), trailing=None).rows[1].kept == Tally(13, 14)
    assert calls.streak == 13
    assert [one.reading.actual for one in calls.cells[MONDAY]] == [1]
    assert card.kept == Tally(13, 13)


def test_a_week_holds_what_is_about_it_also_when_it_is_said_on_the_monday_after() -> None:
    friday_before = MONDAY - timedelta(3)
    huddles = [held(MONDAY, {"sales": 25, "calls": 9}), held(MONDAY + timedelta(1), {"sales": 6, "calls": 7})]
    card = scorecard(past_of(huddles), By.WEEK)
    assert card.columns == (friday_before - timedelta(4), MONDAY)
    sales = next(row for row in card.rows if row.kpi == "sales")
    assert [one.reading.actual for one in sales.cells[card.columns[0]]] == [25]
    months = scorecard(past_of(huddles), By.MONTH)
    assert months.columns == (date(2026, 11, 1),)
    assert [one.reading.actual for one in months.rows[1].cells[months.columns[0]]] == [9, 7]


def test_what_is_hidden_never_shows() -> None:
    hidden = CheckIn("s", MONDAY, (Entry("calls", "777", True, Decimal(777)),))
    huddle = held(MONDAY, {"bugs": 1})
    turns = (replace(huddle.turns[0], state=TurnState.SPEAKING, hidden=hidden), huddle.turns[1])
    past = past_of([replace(huddle, turns=turns, ended_at=None)])
    assert "calls" not in past.said
    assert "777" not in repr(past)


def test_a_huddle_that_has_not_begun_is_no_column() -> None:
    opened = replace(held(MONDAY + timedelta(1), {}), started_at=None, ended_at=None)
    past = past_of([held(MONDAY, {"calls": 8}), opened])
    assert past.days == (MONDAY,)
    assert len(past.summaries) == 2


def test_editing_the_team_repaints_nothing_that_was_said() -> None:
    huddles = [held(MONDAY + timedelta(n), {"calls": 8 - n, "bugs": n}) for n in range(4)]
    edited = replace(
        TEAM,
        people=(replace(SANNE, name="Sanne B."), replace(BRAM, left_on=MONDAY + timedelta(9))),
        kpis=(replace(CALLS, name="Phone calls", promise=Decimal(99)), replace(BUGS, retired_on=MONDAY)),
    )
    before, after = past_of(huddles), past_of(huddles, edited)
    assert before.said == after.said
    card = scorecard(after, retired=True)
    assert [(row.name, row.owner, row.retired) for row in card.rows] == [
        ("Phone calls", "Sanne B.", False),
        ("Bugs", "Bram", True),
    ]
    assert card.rows[0].cells == scorecard(before).rows[1].cells
    assert card.rows[0].kept == scorecard(before).rows[1].kept == Tally(1, 4)
    assert [row.kpi for row in scorecard(after).rows] == ["calls"]


def test_a_kpi_that_the_team_knows_no_more_shows_as_it_was() -> None:
    bare = replace(TEAM, kpis=(CALLS,))
    past = past_of([held(MONDAY, {"bugs": 1, "calls": 8})], bare)
    assert order(past) == ["calls"]
    assert order(past, retired=True) == ["calls", "bugs"]
    bugs = scorecard(past, retired=True).rows[1]
    assert (bugs.name, bugs.owner, bugs.promise, bugs.direction, bugs.retired) == (
        "Bugs", "Bram", Decimal(2), Direction.AT_MOST, True,
    )  # fmt: skip


def test_the_team_week_by_week() -> None:
    on_time = Action("a", "Bram", "belt", MONDAY + timedelta(2), MONDAY + timedelta(2))
    late = Action("b", "Bram", "belt", MONDAY + timedelta(3), None)
    later = Action("c", "Bram", "belt", MONDAY + timedelta(60), None)
    huddles = [
        held(MONDAY + timedelta(1), {"calls": 8, "bugs": 5}, temperature=8, actions=(on_time, late, later)),
        held(MONDAY + timedelta(2), {"calls": 7, "bugs": 5}, temperature=7, watch=Stopwatch(700)),
    ]
    (week,) = weeks(past_of(huddles), MONDAY + timedelta(10))
    assert week.first == MONDAY
    assert week.kept == Tally(1, 4)
    assert week.red == 2
    assert week.huddles == 2
    assert week.seconds == 600
    assert week.time_box == 600
    assert week.temperature == Decimal("7.5")
    assert week.actions == Tally(1, 2)


@pytest.mark.parametrize(
    ("by", "done_on", "on_time"),
    [(None, None, None), (3, None, None), (1, None, False), (3, 3, True), (3, 4, False), (3, 1, True), (None, 1, None)],
)
def test_an_action_is_on_time(by: int | None, done_on: int | None, on_time: bool | None) -> None:
    def day(n: int | None) -> date | None:
        return None if n is None else MONDAY + timedelta(n)

    assert done_on_time(day(by), day(done_on), MONDAY + timedelta(2)) is on_time


@pytest.mark.parametrize("seed", range(8))
def test_figures_agree_with_one_another_on_random_books(seed: int) -> None:
    team, huddles = random_book(seed)
    past = past_of(huddles, team)
    for by in By:
        card = scorecard(past, by, None, retired=True)
        assert {row.kpi for row in card.rows} == set(past.said) | {k.id for k in team.kpis}
        for row in card.rows:
            assert sum(map(len, row.cells.values())) == len(row.said)
            assert set(row.cells) <= set(card.columns)
            assert row.kept == tally(row.said)
            assert row.streak == 0 or row.misses == 0
            assert row.streak <= row.kept.kept
            assert row.misses <= row.kept.judged - row.kept.kept
    total = sum((week.kept for week in weeks(past, huddles[-1].day)), Tally())
    assert total == scorecard(past, By.WEEK, None, retired=True).kept
