"""A team that does not meet every day, or works other days: weeks, huddles and what a number is over (METHOD 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.domain.checkin import huddle_for
from huddle_tui.domain.coach import advise
from huddle_tui.domain.history import Said
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Status
from huddle_tui.domain.promises import Outcome, fallen_due
from huddle_tui.domain.scorecard import By
from huddle_tui.domain.team import Counting, Kpi, Order, Person, Team
from huddle_tui.domain.turns import agenda, speaking_order
from huddle_tui.domain.workdays import Calendar, Period, Reports, week_number, week_start
from huddle_tui.words import over

MONDAY = date(2026, 11, 23)
WEEKLY = Team(
    "Wekelijks",
    people=(Person("anna", "Anna"), Person("bob", "Bob")),
    kpis=(
        Kpi("dag", "Dag", "anna", Decimal(8)),
        Kpi("week", "Week", "anna", Decimal(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL),
    ),
    meets=frozenset({0}),
    huddle_times={0: time(9, 7)},
)
ISRAEL = Calendar(frozenset({6, 0, 1, 2, 3}))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def test_a_weekly_team_meets_on_mondays_and_can_meet_on_others() -> None:
    assert WEEKLY.meets_on(MONDAY)
    assert not WEEKLY.meets_on(date(2026, 11, 24))
    assert WEEKLY.next_huddle(MONDAY) == date(2026, 11, 30)
    assert WEEKLY.next_huddle(date(2026, 11, 22)) == MONDAY
    off = replace(WEEKLY, calendar=Calendar(days_off=frozenset({date(2026, 11, 30)})))
    assert off.next_huddle(MONDAY) == date(2026, 12, 7)
    assert replace(WEEKLY, meets=frozenset()).next_huddle(date(2026, 11, 27)) == date(2026, 11, 30)


def test_a_check_in_is_for_the_huddle_that_is_planned() -> None:
    assert huddle_for(WEEKLY, date(2026, 11, 24), None, "anna") == date(2026, 11, 30)
    assert huddle_for(WEEKLY, MONDAY, None, "anna") == MONDAY


def test_fast_numbers_are_asked_in_every_huddle_over_the_working_day_before() -> None:
    asked = agenda(WEEKLY, "anna", MONDAY, {})
    assert [(due.kpi, due.day) for due in asked] == [("dag", date(2026, 11, 20)), ("week", date(2026, 11, 20))]
    stick = WEEKLY.yardstick(WEEKLY.kpis[1], date(2026, 11, 20))
    assert (stick.pace, stick.judge(Decimal(21))) == (Decimal(25), Status.RED), "five working days keep their pace"


def test_a_weekly_team_rotates_a_person_a_week() -> None:
    team = replace(WEEKLY, people=tuple(Person(str(n), str(n)) for n in range(5)), order=Order.ROTATING)
    first = [speaking_order(team, date(2026, 11, day))[0].id for day in (2, 9, 16, 23, 30)]
    assert len(set(first)) == 5


@pytest.mark.parametrize(
    ("weekdays", "starts"),
    [({0, 1, 2, 3, 4}, 0), ({6, 0, 1, 2, 3}, 6), (set(range(7)), 0), ({5, 6, 0, 1, 2}, 5), ({0, 1, 3, 4}, 0), ({2}, 2)],
)
def test_a_week_begins_after_its_days_off(weekdays: set[int], starts: int) -> None:
    assert week_start(frozenset(weekdays)) == starts


def test_weeks_of_a_team_that_works_from_sunday_to_thursday() -> None:
    sunday, thursday = date(2026, 11, 22), date(2026, 11, 26)
    assert ISRAEL.first(Period.WEEK, thursday) == ISRAEL.first(Period.WEEK, sunday) == sunday
    assert ISRAEL.passed(Period.WEEK, sunday) == (1, 5)
    assert ISRAEL.passed(Period.WEEK, thursday) == (5, 5)
    assert ISRAEL.last_workday(Period.WEEK, sunday) == thursday
    assert week_number(sunday) == (2026, 48)
    assert By.WEEK.column(thursday, ISRAEL) == sunday
    total = WEEKLY.kpis[1]
    team = replace(WEEKLY, calendar=ISRAEL, meets=frozenset())
    said = [
        Said(day, "anna", False, Reading.of(
            "week", "Week", day, Decimal(actual), stick := team.yardstick(total, day), stick.judge(Decimal(actual)),
            period=Period.WEEK, counting=Counting.RUNNING_TOTAL,
        ))
        for day, actual in ((date(2026, 11, 19), 30), (sunday, 2), (thursday, 20))
    ]  # fmt: skip
    assert [(one.said.reading.day, one.outcome) for one in fallen_due(said, ISRAEL)] == [
        (thursday, Outcome.MISSED),
        (date(2026, 11, 19), Outcome.KEPT),
    ]


def test_a_total_of_a_period_without_a_working_day_is_not_asked() -> None:
    christmas = frozenset(date(2026, 12, day) for day in range(21, 26))
    team = replace(WEEKLY, calendar=Calendar(days_off=christmas), reports=Reports.TODAY, meets=frozenset())
    assert [due.kpi for due in agenda(team, "anna", date(2026, 12, 23), {})] == ["dag"]
    assert [due.kpi for due in agenda(team, "anna", date(2026, 12, 28), {})] == ["dag", "week"]


@pytest.mark.parametrize(
    ("period", "day", "english", "dutch"),
    [
        (Period.DAY, date(2026, 11, 20), "Friday 20 November", "vrijdag 20 november"),
        (Period.WEEK, date(2026, 11, 20), "week 47", "week 47"),
        (Period.WEEK, date(2026, 11, 24), "week 48, up to Tuesday 24", "week 48, tot en met dinsdag 24"),
        (Period.MONTH, date(2026, 11, 30), "November", "november"),
        (Period.QUARTER, date(2026, 12, 31), "Q4", "Q4"),
    ],
)
def test_what_a_number_is_over(period: Period, day: date, english: str, dutch: str) -> None:
    assert over(period, day, Calendar(), "en") == english
    i18n.use("nl")
    assert over(period, day, Calendar(), "nl") == dutch


@pytest.mark.parametrize(
    ("period", "unit", "proposed"),
    [
        (Period.DAY, "", Counting.SNAPSHOT),
        (Period.WEEK, "calls", Counting.RUNNING_TOTAL),
        (Period.MONTH, "€", Counting.RUNNING_TOTAL),
        (Period.QUARTER, "%", Counting.SNAPSHOT),
        (Period.WEEK, "/10", Counting.SNAPSHOT),
        (Period.WEEK, "calls/day", Counting.SNAPSHOT),
    ],
)
def test_a_guided_start_proposes_that_a_weeks_promise_adds_up(period: Period, unit: str, proposed: Counting) -> None:
    assert Counting.proposed(period, unit) is proposed


def test_the_coach_says_where_the_time_box_is_too_small() -> None:
    people = tuple(Person(str(n), f"P{n}") for n in range(25))
    told = [a for a in advise(replace(WEEKLY, people=people)) if a.id == "time-box"]
    assert [str(a.sentence) for a in told] == ["25 people × 60 s do not fit 10 min: 24 s each."]
    assert not [a for a in advise(replace(WEEKLY, people=people[:10])) if a.id == "time-box"]
    alone = advise(replace(WEEKLY, people=people[:1], seconds_per_person=900, time_box=60))
    assert [str(a.sentence) for a in alone if a.id == "time-box"] == ["One person × 900 s does not fit 1 min: 60 s."]
