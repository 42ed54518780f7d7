"""The quarter's review: which quarter, which numbers, what was decided of each (METHOD 9 to 12)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.domain.history import Past, Said, gather, page
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.quarter import Quarter, parse, quarter_of, subjects
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Decided, Decision, Kpi, Person, Team
from huddle_tui.domain.team_edits import decide, remove_kpi
from tests.kit.random_books import random_book
from tests.kit.random_books import said as judged

FOURTH = Quarter(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 23), "2026-Q4"),
        (date(2026, 12, 31), "2026-Q4"),
        (date(2027, 1, 15), "2026-Q4"),
        (date(2027, 2, 10), "2026-Q4"),
        (date(2027, 2, 20), "2027-Q1"),
        (date(2026, 11, 10), "2026-Q3"),
    ],
)
def test_the_quarter_whose_end_is_nearest_is_reviewed(day: date, name: str) -> None:
    assert quarter_of(day).name == name


def test_a_quarter_is_typed_as_it_is_written() -> None:
    assert parse("2026-q4") == FOURTH
    assert parse("") is None
    assert (FOURTH.number, FOURTH.last) == (4, date(2026, 12, 31))
    with pytest.raises(HuddleError, match="2026-Q4"):
        parse("Q5")


def past_of(team: Team) -> Past:
    return Past(team, complete=True)


def small() -> Team:
    people = (Person("anna", "Anna"), Person("bram", "Bram", away_from=date(2026, 12, 1)))
    kpis = (
        Kpi("a", "A", "anna", Decimal(1)),
        Kpi("b", "B", "bram", Decimal(1)),
        Kpi("star", "Star", "anna", Decimal(1), most_important=True),
    )
    return Team("T", people=people, kpis=kpis)


def test_every_number_comes_once_the_star_first() -> None:
    found = subjects(past_of(small()), FOURTH, date(2026, 12, 10))
    assert [(one.kpi.id, one.away) for one in found] == [("star", False), ("a", False), ("b", True)]
    assert all(one.decided(FOURTH) is None for one in found)


def test_what_was_decided_stays_with_the_number_and_its_quarter() -> None:
    day = date(2026, 12, 10)
    team = decide(small(), "a", Decided("2026-Q3", Decision.RAISE, day - timedelta(days=90)))
    team = decide(team, "a", Decided("2026-Q4", Decision.KEEP, day))
    team = decide(team, "a", Decided("2026-Q4", Decision.MEND, day))
    [subject] = [one for one in subjects(past_of(team), FOURTH, day) if one.kpi.id == "a"]
    decided = subject.decided(FOURTH)
    assert decided is not None
    assert decided.decision is Decision.MEND
    assert [one.quarter for one in subject.kpi.decided] == ["2026-Q3", "2026-Q4"]


def test_a_number_that_was_dropped_stays_in_its_review_and_in_no_other() -> None:
    day = date(2026, 12, 10)
    team = remove_kpi(decide(small(), "a", Decided("2026-Q4", Decision.DROP, day)), "a", day, has_history=True)
    assert "a" in [one.kpi.id for one in subjects(past_of(team), FOURTH, day)]
    assert "a" not in [one.kpi.id for one in subjects(past_of(team), Quarter(date(2027, 1, 1)), day)]


def test_thirteen_weeks_up_to_the_end_of_the_quarter() -> None:
    team, huddles = random_book(5, huddles=120)
    past = gather(team, (), map(page, huddles), complete=True)
    last = huddles[-1].day
    found = subjects(past, Quarter(date(last.year, (last.month - 1) // 3 * 3 + 1, 1)), last)
    for subject in found:
        assert sum((tally for _week, tally in subject.weeks), Tally()) == subject.kept
        assert len(subject.weeks) <= 13
        if subject.weeks:
            assert subject.weeks[0][0] >= last - timedelta(weeks=14)


def test_the_word_of_the_coach_is_on_the_same_thirteen_weeks() -> None:
    """A quarter that is over is judged by itself: what was missed since says nothing of it."""
    team, day, said = small(), date(2026, 9, 1), []
    while day < date(2026, 11, 2):
        value = Decimal(1 if day <= date(2026, 9, 30) else 0)
        said.append(Said(team.calendar.after(day), "anna", False, judged(day, team.kpis[0], team, value)))
        day = team.calendar.after(day)
    past = replace(past_of(team), said={"a": tuple(said)})
    [subject] = [one for one in subjects(past, Quarter(date(2026, 7, 1)), day) if one.kpi.id == "a"]
    assert [advice.id for advice in subject.advice] == ["always-kept"]
    assert subject.advice[0].sentence.values["n"] == subject.kept.due == 22


def test_reasons_are_those_of_its_misses() -> None:
    team, huddles = random_book(2, huddles=60)
    given = [
        replace(h, turns=tuple(replace(t, readings=tuple(replace(r, reason=2) for r in t.readings)) for t in h.turns))
        for h in huddles
    ]
    past = gather(team, (), map(page, given), complete=True)
    for subject in subjects(past, quarter_of(huddles[-1].day), huddles[-1].day):
        assert subject.pile.total == subject.kept.missed
