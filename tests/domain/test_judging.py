"""What gets a red flag: the tables of METHOD 5 and 6, row by row, and what holds for every number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from huddle_tui.domain.judging import Direction, Status, default_red_edge, yardstick
from huddle_tui.domain.team import Counting, Kpi, Team
from huddle_tui.domain.workdays import Period

D = Decimal
LEAST, MOST = Direction.AT_LEAST, Direction.AT_MOST
VALUE = st.decimals(-(10**9), 10**9, places=3)
EDGE = st.none() | VALUE
PASSED = st.none() | st.integers(1, 66).flatmap(lambda days: st.tuples(st.integers(0, days), st.just(days)))
DIRECTION = st.sampled_from(Direction)
RANK = [Status.RED, Status.YELLOW, Status.GREEN, Status.SUPER_GREEN]


@pytest.mark.parametrize(
    ("direction", "promise", "red_edge", "stretch", "actual", "status"),
    [
        (LEAST, "8", None, None, "8", Status.GREEN),
        (LEAST, "8", None, None, "7", Status.YELLOW),
        (LEAST, "8", None, None, "6.8", Status.YELLOW),
        (LEAST, "8", None, None, "6.7", Status.RED),
        (LEAST, "8", None, "10", "10", Status.SUPER_GREEN),
        (LEAST, "8", None, "10", "9.99", Status.GREEN),
        (MOST, "2", None, None, "2.3", Status.YELLOW),
        (MOST, "2", None, None, "3", Status.RED),
        (MOST, "2", None, "1", "1", Status.SUPER_GREEN),
        (MOST, "0", None, None, "0", Status.GREEN),
        (MOST, "0", None, None, "1", Status.RED),
        (LEAST, "0", None, None, "-0.001", Status.RED),
        (MOST, "0", "2", None, "1", Status.YELLOW),
        (LEAST, "-100", None, None, "-110", Status.YELLOW),
        (LEAST, "-100", None, None, "-115", Status.YELLOW),
        (LEAST, "-100", None, None, "-116", Status.RED),
        (LEAST, "8", "8", None, "7.99", Status.RED),
        (LEAST, "8", "6", None, "6", Status.YELLOW),
        (LEAST, "0.3", None, None, "0.3", Status.GREEN),
    ],
)
def test_the_table_of_red_flags(
    direction: Direction, promise: str, red_edge: str | None, stretch: str | None, actual: str, status: Status
) -> None:
    stick = yardstick(direction, D(promise), D(red_edge) if red_edge else None, D(stretch) if stretch else None)
    assert stick.judge(D(actual)) is status


@pytest.mark.parametrize(
    ("direction", "promise", "edge"),
    [(LEAST, "8", "6.8"), (MOST, "2", "2.3"), (LEAST, "-100", "-115"), (MOST, "0", "0")],
)
def test_the_red_edge_is_fifteen_percent_away(direction: Direction, promise: str, edge: str) -> None:
    assert default_red_edge(direction, D(promise)) == D(edge)


@pytest.mark.parametrize(
    ("huddle", "pace", "red_edge", "actual", "status"),
    [
        (date(2026, 11, 17), "5", "4.25", "0", Status.TOO_EARLY),
        (date(2026, 11, 18), "10", "8.5", "10", Status.GREEN),
        (date(2026, 11, 18), "10", "8.5", "9", Status.YELLOW),
        (date(2026, 11, 18), "10", "8.5", "8.5", Status.YELLOW),
        (date(2026, 11, 18), "10", "8.5", "8", Status.RED),
        (date(2026, 11, 23), "25", "21.25", "24", Status.YELLOW),
        (date(2026, 11, 23), "25", "21.25", "21", Status.RED),
    ],
)
def test_the_week_of_a_running_total(huddle: date, pace: str, red_edge: str, actual: str, status: Status) -> None:
    team = Team("T")
    kpi = Kpi("k", "Calls", "p", D(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL)
    stick = team.yardstick(kpi, team.reporting_day(huddle))
    assert (stick.pace, stick.red_edge, stick.promise) == (D(pace), D(red_edge), D(25))
    assert stick.judge(D(actual)) is status


def test_a_snapshot_is_held_against_the_promise_itself_whatever_its_period() -> None:
    team, kpi = Team("T"), Kpi("k", "Pipeline", "p", D(25), period=Period.MONTH)
    assert team.yardstick(kpi, date(2026, 11, 2)).judge(D(24)) is Status.YELLOW


def test_a_running_total_of_one_day_is_never_too_early() -> None:
    team, kpi = Team("T"), Kpi("k", "Calls", "p", D(8), counting=Counting.RUNNING_TOTAL)
    assert team.yardstick(kpi, date(2026, 11, 20)).judge(D(8)) is Status.GREEN


def test_too_early_is_up_to_and_including_a_fifth() -> None:
    assert yardstick(LEAST, D(25), passed=(2, 10)).judge(D(0)) is Status.TOO_EARLY
    assert yardstick(LEAST, D(25), passed=(5, 22)).judge(D(0)) is Status.RED


def test_edges_that_a_changed_promise_overtook_give_way_to_it() -> None:
    lowered = yardstick(LEAST, D(5), red_edge=D(6), stretch=D(4))
    assert lowered.judge(D(5)) is Status.GREEN
    assert lowered.judge(D("4.9")) is Status.RED


def test_every_status_has_its_own_glyph() -> None:
    assert [s.glyph for s in Status] == ["✦", "✔", "◐", "⚑", "◌", "–"]


@given(DIRECTION, VALUE, EDGE, EDGE, PASSED)
def test_not_measured_is_no_flag(
    direction: Direction,
    promise: Decimal,
    edge: Decimal | None,
    stretch: Decimal | None,
    passed: tuple[int, int] | None,
) -> None:
    status = yardstick(direction, promise, edge, stretch, passed).judge(None)
    assert status is Status.NOT_MEASURED
    assert not status.judged


@given(DIRECTION, VALUE, EDGE, EDGE, PASSED, st.lists(VALUE, min_size=2, max_size=6))
def test_a_better_actual_never_gets_a_worse_status(
    direction: Direction,
    promise: Decimal,
    edge: Decimal | None,
    stretch: Decimal | None,
    passed: tuple[int, int] | None,
    actuals: list[Decimal],
) -> None:
    stick = yardstick(direction, promise, edge, stretch, passed)
    assume(not stick.too_early)
    ranks = [RANK.index(stick.judge(a)) for a in sorted(actuals, reverse=direction is MOST)]
    assert all(worse <= better for worse, better in pairwise(ranks))


@given(DIRECTION, VALUE, EDGE, EDGE, VALUE, st.integers(1, 66))
def test_at_the_end_of_the_period_a_running_total_is_judged_as_a_snapshot(
    direction: Direction, promise: Decimal, edge: Decimal | None, stretch: Decimal | None, actual: Decimal, days: int
) -> None:
    whole = yardstick(direction, promise, edge, stretch, (days, days))
    assert whole == yardstick(direction, promise, edge, stretch)
    assert whole.judge(actual) is yardstick(direction, promise, edge, stretch).judge(actual)


@given(DIRECTION, VALUE, EDGE, EDGE)
def test_what_was_promised_is_kept_when_it_is_done(
    direction: Direction, promise: Decimal, edge: Decimal | None, stretch: Decimal | None
) -> None:
    assert yardstick(direction, promise, edge, stretch).judge(promise).kept
