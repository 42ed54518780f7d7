"""The figures of the scorecard (METHOD 9), each on small rows of readings that a person can check by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.domain.behaviour import behaviour
from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.history import Past, Said, gather, page
from huddle_tui.domain.huddle import Action, CheckIn, Entry, Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Direction, yardstick
from huddle_tui.domain.promises import Tally, tally
from huddle_tui.domain.scorecard import By, order, scorecard
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Counting, Kpi, Person, Team
from huddle_tui.domain.voice import News, news
from huddle_tui.domain.weeks import done_on_time, weeks
from huddle_tui.domain.workdays import Calendar, Period
from tests.kit.random_books import random_book

MONDAY = date(2026, 11, 16)
CALENDAR = Calendar()


def valued(values: list[int], direction: Direction = Direction.AT_LEAST) -> list[Said]:
    """One KPI's daily snapshots."""
    stick = yardstick(direction, Decimal(10))
    return [
        Said(day, "p", False, Reading.of("k", "K", day, Decimal(value), stick, stick.judge(Decimal(value))))
        for n, value in enumerate(values)
        for day in [MONDAY + timedelta(days=n)]
    ]


def test_what_is_new_is_told_with_its_better_side() -> None:
    steady = [9, 11] * 6
    assert news(valued([*steady, 10]), CALENDAR) is None
    assert news(valued([9, 11, 9, 11, 9]), CALENDAR) is None
    up = news(valued([*steady, 30]), CALENDAR)
    assert up == News("outside", above=True, better=True, mean=Decimal(10))
    down = news(valued([*steady, 1], Direction.AT_MOST), CALENDAR)
    assert down == News("outside", above=False, better=True, mean=Decimal(10))
    assert news(valued([*steady, 30, 10]), CALENDAR) is None


@given(st.lists(st.integers(-12, 12), max_size=60))
def test_news_is_what_all_of_the_series_would_say(values: list[int]) -> None:
    found, whole = news(valued(values), CALENDAR), behaviour([Decimal(value) for value in values])
    assert (found is None) == (whole.news is None)
    if found is not None and whole.news is not None:
        assert (found.name, found.above, found.mean) == (whole.news.name, whole.news.above, whole.mean)


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
    assert [row.kpi.id for row in card.rows] == ["happy", "calls", "sales", "bugs"]
    assert [row.owner for row in card.rows] == ["Sanne", "Sanne", "Sanne", "Bram"]


def test_a_column_per_huddle_and_kept_over_the_last_thirteen() -> None:
    huddles = [held(MONDAY + timedelta(n), {"calls": 8 if n else 1}) for n in range(14)]
    card = scorecard(past_of(huddles))
    calls = card.rows[1]
    assert card.columns == tuple(h.day for h in huddles)
    assert calls.kept == Tally(13)
    assert scorecard(past_of(huddles), trailing=None).rows[1].kept == Tally(13, 1)
    assert calls.streak == 13
    assert [one.reading.actual for one in calls.cells[MONDAY]] == [1]
    assert card.kept == Tally(13)


def test_a_week_holds_what_is_about_it_also_when_it_is_said_on_the_monday_after() -> None:
    friday_before = MONDAY - timedelta(3)
    huddles = [held(MONDAY, {"sales": 25, "calls": 9}), held(MONDAY + timedelta(1), {"sales": 6, "calls": 7})]
    card = scorecard(past_of(huddles), By.WEEK)
    assert card.columns == (friday_before - timedelta(4), MONDAY)
    sales = next(row for row in card.rows if row.kpi.id == "sales")
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
    assert [(row.kpi.name, row.owner, row.retired) for row in card.rows] == [
        ("Phone calls", "Sanne B.", False),
        ("Bugs", "Bram", True),
    ]
    assert card.rows[0].cells == scorecard(before).rows[1].cells
    assert card.rows[0].kept == scorecard(before).rows[1].kept == Tally(1, 3)
    assert [row.kpi.id for row in scorecard(after).rows] == ["calls"]


def test_a_kpi_that_the_team_knows_no_more_shows_as_it_was() -> None:
    bare = replace(TEAM, kpis=(CALLS,))
    past = past_of([held(MONDAY, {"bugs": 1, "calls": 8})], bare)
    assert order(past) == ["calls"]
    assert order(past, retired=True) == ["calls", "bugs"]
    bugs = scorecard(past, retired=True).rows[1]
    assert (bugs.kpi.name, bugs.owner, bugs.kpi.promise, bugs.kpi.direction, bugs.retired) == (
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
    assert week.kept == Tally(1, 3)
    assert week.red == 2
    assert week.huddles == 2
    assert week.seconds == 600
    assert week.time_box == 600
    assert week.temperature == Decimal("7.5")
    assert week.actions == Tally(1, 1)


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
        assert {row.kpi.id for row in card.rows} == set(past.said) | {k.id for k in team.kpis}
        for row in card.rows:
            assert sum(map(len, row.cells.values())) == len(row.said)
            assert set(row.cells) <= set(card.columns)
            assert row.kept == tally(row.said, team.calendar)
            assert row.streak == 0 or row.misses == 0
            assert row.streak <= row.kept.kept
            assert row.misses <= row.kept.missed
    total = sum((week.kept for week in weeks(past, huddles[-1].day)), Tally())
    assert total == scorecard(past, By.WEEK, None, retired=True).kept
