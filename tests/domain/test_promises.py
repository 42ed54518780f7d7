"""Promises that fell due and what became of them (METHOD 9): its worked examples, and rows to check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.domain.history import Said
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Direction, yardstick
from huddle_tui.domain.promises import (
    Outcome,
    Tally,
    fallen_due,
    in_a_row,
    outcome,
    share,
    tally,
)
from huddle_tui.domain.team import Counting, Kpi, Team
from huddle_tui.domain.voice import measured
from huddle_tui.domain.workdays import Calendar, Period

MONDAY = date(2026, 11, 16)
CALENDAR = Calendar()
KEPT, RENEGOTIATED, MISSED, NOT_REPORTED = Outcome
ACTUALS = {"s": "10", "g": "8", "y": "7", "r": "1", "-": None}


def daily(marks: str) -> list[Said]:
    """A snapshot of 8 on successive days, a letter for its status; in capitals its owner was absent."""
    stick = yardstick(Direction.AT_LEAST, Decimal(8), stretch=Decimal(10))
    made = []
    for n, mark in enumerate(marks):
        day, typed = MONDAY + timedelta(days=n), ACTUALS[mark.lower()]
        actual = None if typed is None else Decimal(typed)
        made.append(Said(day, "p", mark.isupper(), Reading.of("k", "K", day, actual, stick, stick.judge(actual))))
    return made


@pytest.mark.parametrize(
    ("marks", "counts"),
    [
        ("", Tally()),
        ("ggggggggg", Tally(9)),
        ("sgyr", Tally(2, 2)),
        ("g-g", Tally(2, not_reported=1)),
        ("gGRg", Tally(2)),
        ("rrrrrrr", Tally(0, 7)),
    ],
)
def test_a_snapshot_falls_due_with_every_reading_of_somebody_who_was_there(marks: str, counts: Tally) -> None:
    assert tally(daily(marks), CALENDAR) == counts


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (5, 6, 83),
        (10, 12, 83),
        (3, 4, None),
        (5, 5, None),
        (0, 0, None),
        (6, 6, 100),
        (0, 6, 0),
        (9, 13, 69),
        (1, 8, 13),
        (7, 8, 88),
        (415, 416, 99),
        (416, 416, 100),
        (1, 416, 1),
        (0, 416, 0),
        (199, 200, 99),
        (1, 200, 1),
    ],
)
def test_a_share_is_a_percentage_from_six_on_and_100_only_where_it_is_all(
    part: int, whole: int, percent: int | None
) -> None:
    assert share(part, whole) == percent
    assert Tally(part, whole - part).percent == percent


def test_counts_are_added_and_percentages_never_averaged() -> None:
    together = Tally(9, 1) + Tally(1, 1)
    assert (together.kept, together.due, together.percent) == (10, 12, 83)
    one_not_measured = Tally(3, not_reported=1)
    assert (one_not_measured.kept, one_not_measured.due, one_not_measured.percent) == (3, 4, None)


@pytest.mark.parametrize(
    ("tally", "easy"),
    [
        (Tally(30), True),
        (Tally(29), False),
        (Tally(29, 1), True),
        (Tally(19, 1), False),
        (Tally(95, 5), False),
        (Tally(96, 4), True),
    ],
)
def test_from_thirty_promises_on_above_95_percent_may_be_easy(tally: Tally, easy: bool) -> None:
    assert tally.easy is easy


@pytest.mark.parametrize(
    ("marks", "length"),
    [("", 0), ("rggg", 3), ("gggr", 0), ("ggy", 0), ("sgs", 3), ("rg-g", 1), ("gg-", 0), ("rgRgGg", 3), ("ygG", 1)],
)
def test_a_streak_is_broken_by_all_but_weekends_days_off_and_absence(marks: str, length: int) -> None:
    assert in_a_row(fallen_due(daily(marks), CALENDAR), KEPT) == length


@pytest.mark.parametrize(
    ("marks", "length"),
    [("", 0), ("grry", 3), ("rrrg", 0), ("yy", 2), ("y-r-y", 1), ("rr-", 0), ("rrGr", 3), ("rry", 3)],
)
def test_misses_in_a_row(marks: str, length: int) -> None:
    assert in_a_row(fallen_due(daily(marks), CALENDAR), MISSED) == length


# A running total

WEEKLY = Kpi("w", "W", "p", Decimal(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL)
TEAM = Team("T", kpis=(WEEKLY,))


def week(
    values: Sequence[object], promises: Sequence[object] = (), first: date = MONDAY, kpi: Kpi = WEEKLY
) -> list[Said]:
    """A week's readings, one per working day from Monday on (… is none); with the promise of each day."""
    made = []
    for n, value in enumerate(values):
        if value is ...:
            continue
        day = first + timedelta(days=n)
        promise = Decimal(str(promises[n])) if promises else kpi.promise
        stick = TEAM.yardstick(replace(kpi, promise=promise), day)
        actual = None if value is None else Decimal(str(value))
        reading = Reading.of(
            kpi.id, "W", day, actual, stick, stick.judge(actual), period=kpi.period, counting=kpi.counting
        )
        made.append(Said(CALENDAR.after(day), "p", False, reading))
    return made


@pytest.mark.parametrize(
    ("last", "promises", "found"),
    [
        (26, (25, 25, 25, 25, 25), KEPT),
        (25, (25, 25, 25, 25, 25), KEPT),
        (24, (25, 25, 25, 25, 25), MISSED),
        (26, (25, 25, 20, 20, 20), KEPT),
        (22, (25, 25, 20, 20, 20), RENEGOTIATED),
        (18, (25, 25, 20, 20, 20), MISSED),
        (26, (25, 25, 30, 30, 30), MISSED),
        (30, (25, 25, 30, 30, 30), KEPT),
        (22, (20, 30, 20, 20, 20), RENEGOTIATED),
        (None, (25, 25, 25, 25, 25), NOT_REPORTED),
    ],
)
def test_a_promise_of_a_week(last: int | None, promises: tuple[int, ...], found: Outcome) -> None:
    said = week((1, 8, 9, 20, last), promises)
    (promise,) = fallen_due(said, CALENDAR)
    assert promise.outcome is found
    assert promise.said is said[-1]


def test_at_most_is_held_the_other_way_round() -> None:
    few = replace(WEEKLY, direction=Direction.AT_MOST, promise=Decimal(4))
    outcomes = [
        next(fallen_due(week((0, 1, 2, 2, last), (4, 4, 6, 6, 6), kpi=few), CALENDAR)).outcome for last in (4, 5, 6, 7)
    ]
    assert outcomes == [KEPT, RENEGOTIATED, RENEGOTIATED, MISSED]


def test_before_its_last_reading_a_total_counts_nowhere() -> None:
    under_way = week((1, 8, 9, 26))
    assert tally(under_way, CALENDAR) == Tally()
    assert tally([*under_way, *week((3,), first=MONDAY + timedelta(7))], CALENDAR) == Tally()
    assert tally([*week((1, 8, 9, 20, 26)), *week((0, 2), first=MONDAY + timedelta(7))], CALENDAR) == Tally(1)


def test_an_absent_owner_makes_no_promise_fall_due() -> None:
    *before, last = week((1, 8, 9, 20, 26))
    assert tally([*before, replace(last, absent=True)], CALENDAR) == Tally()


def test_a_total_that_was_said_twice_for_its_last_day_counts_once() -> None:
    said = week((1, 8, 9, 20, 24))
    again = replace(said[-1], huddle=said[-1].huddle + timedelta(1), reading=week((..., ..., ..., ..., 25))[0].reading)
    assert tally([*said, again], CALENDAR) == Tally(1)


def test_a_total_of_which_none_is_promised_falls_due_on_its_last_day() -> None:
    none = replace(WEEKLY, promise=Decimal(0), direction=Direction.AT_MOST)
    assert tally(week((0, 0, 0), kpi=none), CALENDAR) == Tally()
    assert tally(week((0, 0, 0, 0, 0), kpi=none), CALENDAR) == Tally(1)
    assert tally(week((0, 0, 0, 1, 1), kpi=none), CALENDAR) == Tally(0, 1)
    four_days = Calendar(frozenset(range(4)))
    assert tally(week((0, 0, 0, 0), kpi=none), four_days) == Tally(1)


def test_a_harder_promise_of_the_week_before_is_not_this_weeks() -> None:
    both = [*week((1, 8, 9, 20, 26)), *week((1, 8, 9, 20, 22), (20,) * 5, first=MONDAY + timedelta(7))]
    assert tally(both, CALENDAR) == Tally(2)


def test_a_week_that_is_read_out_every_day_as_it_stands() -> None:
    level = replace(WEEKLY, counting=Counting.SNAPSHOT)
    said = week((25, 24, 22, 20, 25), (25, 25, 20, 20, 20), kpi=level)
    assert [promise.outcome for promise in fallen_due(said, CALENDAR)] == [
        KEPT, RENEGOTIATED, RENEGOTIATED, MISSED, KEPT,
    ]  # fmt: skip


def test_a_streak_ends_at_a_promise_that_was_renegotiated() -> None:
    first, second = week((1, 8, 9, 20, 26)), week((1, 8, 9, 20, 22), (25, 25, 20, 20, 20), first=MONDAY + timedelta(7))
    third = week((1, 8, 9, 20, 26), first=MONDAY + timedelta(14))
    assert in_a_row(fallen_due([*first, *second, *third], CALENDAR), KEPT) == 1
    assert in_a_row(fallen_due([*first, *second], CALENDAR), MISSED) == 0


def test_only_as_much_is_looked_at_as_is_asked_for() -> None:
    promises = fallen_due([*daily("r" * 1000)[:-1], daily("r" * 1000)[-1]], CALENDAR)
    assert next(promises).outcome is MISSED


# What a number's behaviour is read from


def test_the_series_of_a_snapshot_is_every_value_and_of_a_total_the_last_of_each_whole_period() -> None:
    assert [one.reading.actual for one in measured(daily("g-rGs"), CALENDAR)] == [8, 1, 8, 10]
    said = [
        *week((1, 8, 9, 20, 26)),
        *week((1, 8, 9, 20), first=MONDAY + timedelta(7)),
        *week((1, 8, 9, 20, None), first=MONDAY + timedelta(14)),
        *week((1, 8, 9, 20, 23), first=MONDAY + timedelta(21)),
        *week((4,), first=MONDAY + timedelta(28)),
    ]
    assert [one.reading.actual for one in measured(said, CALENDAR)] == [26, 23]
    assert [one.reading.actual for one in measured(reversed(said), CALENDAR, newest_first=True)] == [23, 26]


def test_an_outcome_alone() -> None:
    (one,) = daily("g")
    assert outcome(one.reading) is KEPT
    assert outcome(one.reading, [Decimal(9)]) is RENEGOTIATED
