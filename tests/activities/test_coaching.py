"""The coach's word on the past: what the whole history says, read as far as it has to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from huddle_tui.activities.coaching import past_advice
from huddle_tui.activities.example import write_example
from huddle_tui.domain.coach_past import advise_on
from huddle_tui.domain.history import gather, page
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.team import Baseline, Team
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import random_book


class Counting(MemoryBook):
    """A book that knows what was read of it."""

    read: list[date]

    def huddles(self, days: Iterable[date]) -> Iterator[Huddle]:
        self.read = [*getattr(self, "read", []), *(days := list(days))]
        return super().huddles(days)


def whole(book: MemoryBook) -> object:
    """What the whole history says."""
    return advise_on(gather(book.team(), (), map(page, MemoryBook.huddles(book, book.days())), complete=True))


@pytest.mark.parametrize("seed", range(6))
def test_it_says_what_the_whole_history_says(seed: int) -> None:
    team, huddles = random_book(seed, 180)
    book = Counting(team, huddles)
    assert past_advice(book, team) == whole(book)


def test_a_number_of_which_nothing_fell_due_for_thirteen_weeks_is_spoken_of_by_its_limits() -> None:
    team, huddles = random_book(2, 180)
    book = MemoryBook(team, [*huddles[:30], *(replace(huddle, turns=()) for huddle in huddles[30:])])
    told = past_advice(book, team)
    assert told == whole(book)
    assert "hit-and-miss" in {advice.id for advice in told}


def with_baselines(team: Team, day: date) -> Team:
    """Every number's limits begin anew on that day."""
    began = Baseline(day, "another way of counting", day)
    return replace(team, kpis=tuple(replace(kpi, baselines=(began,)) for kpi in team.kpis))


def test_ten_years_are_not_opened_for_it() -> None:
    book = Counting()
    write_example(book, "en", date(2026, 11, 23))
    advice = past_advice(book, book.team())
    assert advice == whole(book)
    assert len(book.read) == len(set(book.read))
    middle = [day for day in book.days() if date(2026, 4, 15) < day < date(2026, 7, 15)]
    daily = replace(book.team(), kpis=tuple(kpi for kpi in book.team().kpis if not kpi.period.slow))
    book.read = []
    past_advice(book, daily)
    assert middle
    assert not set(middle) & set(book.read)


def test_a_new_baseline_is_read_from_its_day_on() -> None:
    book = Counting()
    write_example(book, "en", date(2026, 11, 23))
    began = date(2026, 3, 2)
    team = with_baselines(book.team(), began)
    book.change_team(lambda _: team)
    assert past_advice(book, team) == whole(book)
    assert min(book.read) >= began - timedelta(days=1)


def test_an_empty_book_has_nothing_to_say() -> None:
    team, _huddles = random_book(1, 1)
    assert past_advice(MemoryBook(team), team) == []
