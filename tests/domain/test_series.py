"""Which readings a chart shows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from huddle_tui.domain.history import Said, series
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Direction, yardstick
from huddle_tui.domain.team import Counting
from huddle_tui.domain.workdays import Calendar, Period

MONDAY = date(2026, 1, 5)


def daily(count: int, period: Period = Period.DAY, counting: Counting = Counting.SNAPSHOT) -> list[Said]:
    stick = yardstick(Direction.AT_LEAST, Decimal(8))
    said = []
    for n in range(count):
        day, value = MONDAY + timedelta(n), Decimal(n)
        reading = Reading.of("k", "K", day, value, stick, stick.judge(value), period=period, counting=counting)
        said.append(Said(day, "p", False, reading))
    return said


def test_the_last_so_many() -> None:
    drawn = series(daily(40), 13, 100, Calendar())
    assert [one.reading.actual for one in drawn.said] == list(range(27, 40))
    assert drawn.every is None
    assert len(series(daily(40), None, 100, Calendar()).said) == 40


def test_a_running_total_shows_the_last_of_each_period() -> None:
    drawn = series(daily(17, Period.WEEK, Counting.RUNNING_TOTAL), 13, 100, Calendar())
    assert [one.reading.actual for one in drawn.said] == [6, 13, 16]
    assert drawn.every is Period.WEEK


@pytest.mark.parametrize(
    ("count", "most", "every"),
    [(100, 100, None), (100, 20, Period.WEEK), (400, 40, Period.MONTH), (400, 5, Period.QUARTER)],
)
def test_where_too_many_would_have_to_be_drawn_each_stands_for_more(
    count: int, most: int, every: Period | None
) -> None:
    said = daily(count)
    drawn = series(said, None, most, Calendar())
    assert drawn.every is every
    assert len(drawn.said) <= most
    assert drawn.said[-1] == said[-1]
    assert set(map(id, drawn.said)) <= set(map(id, said))


def test_a_monthly_total_is_never_cut_into_weeks() -> None:
    said = daily(300, Period.MONTH, Counting.RUNNING_TOTAL)
    assert series(said, None, 3, Calendar()).every is Period.QUARTER


def test_nothing_gives_nothing() -> None:
    assert series([], 13, 100, Calendar()).said == ()
    assert series(daily(3), 13, 0, Calendar()).said == ()
